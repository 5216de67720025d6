"""Outcome of an attempt: what is known about its effect."""

from __future__ import annotations

from collections.abc import Iterator

from scgapi._core import error_codes
from scgapi._core.operation import Method
from scgapi.errors import Outcome

# Statuses whose definition says that the request was not executed. Not 408: a gateway may send it after it has started.
# Not 460 and 499 either: proxies send these non-standard statuses for requests that continue behind them.
_REJECTING_STATUSES = frozenset({*range(400, 419), *range(421, 427), 428, 429, 431, 451}) - {408}
_REDIRECTS_BEFORE_PROCESSING = frozenset({307, 308})


def classify_outcome(
    status: int | None,
    code: str | None = None,
    *,
    method: Method = "POST",
    may_have_sent: bool = True,
    readable: bool = True,
) -> Outcome:
    """Classify an attempt.

    `status` is the status of the response, None without a response, and `code` the error code in its body without its
    prefix. `may_have_sent` is True if a byte of the request may have been sent, `readable` if the response is complete
    and valid.
    """
    if status is None:
        return "UNKNOWN" if may_have_sent else "NOT_SENT"
    if 200 <= status < 300:
        return "ACCEPTED" if readable else "ACCEPTED_UNPARSED"
    if status in _REJECTING_STATUSES or status in _REDIRECTS_BEFORE_PROCESSING:
        return "REJECTED"
    # 303, and by old habit 301 and 302, follow a POST that was executed: they name the place of its result.
    if 300 <= status < 400 and method == "GET":
        return "REJECTED"
    # Only the gateway's own 503 says "not processed": a proxy does not know what the gateway did.
    if status == 503 and code == error_codes.NOT_PROCESSED:
        return "REJECTED"
    return "UNKNOWN"


def describe_outcome(outcome: Outcome) -> str:
    """Return a clause that describes the outcome for an error text."""
    return _DESCRIPTIONS[outcome]


def iter_causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and its causes, each once."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        yield error
        seen.add(id(error))
        error = error.__cause__ or error.__context__


_DESCRIPTIONS: dict[Outcome, str] = {
    "NOT_SENT": "nothing was sent",
    "REJECTED": "the gateway had refused it",
    "ACCEPTED": "the gateway did it",
    "ACCEPTED_UNPARSED": "the gateway answered with success, and the rest of its answer is lost",
    "UNKNOWN": "the request may have had its effect",
}
