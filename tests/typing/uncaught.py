"""Wrong lines that a type checker does not report, with the reason. One that it does report must not stand here."""

from __future__ import annotations

_NO_FINAL = "it does not look at Final in pydantic models; they raise when the program runs"
_NO_COMPARISONS = "it lets values of any two types be compared"

UNCAUGHT: dict[str, dict[str, str]] = {
    "mypy": {},
    "pyright": {},
    "ty": {
        'error.status == "429"': _NO_COMPARISONS,
        "event.message(other)": "it asks for the await of an `async def` only, not of a function that returns a Coroutine",
    },
    "pyrefly": {
        'error.status == "429"': _NO_COMPARISONS,
        'contact.id = "x"': _NO_FINAL,
        "contact.version_number = 2": _NO_FINAL,
        "contact.version_number += 1": _NO_FINAL,
        "contact.created_date = None": _NO_FINAL,
        "contact.application_id = 1": _NO_FINAL,
        'message.state = "SENT"': _NO_FINAL,
        'request.state = "CANCELED"': _NO_FINAL,
        "request.sent_count = 0": _NO_FINAL,
        "attachment.size = 5": _NO_FINAL,
        'call.direction = "OUT"': _NO_FINAL,
        'user.status = "VALIDATED"': _NO_FINAL,
    },
}
