"""Explain keywords that an operation refuses: which it is, what it must be, and what was given in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from scgapi._core.describe import describe_type, join_words, with_article
from scgapi._core.json import is_object, is_sequence
from scgapi._core.operation import Operation
from scgapi._core.text import mask_numbers
from scgapi.errors import InvalidArgumentError, NotCreatedError

_MAX_LISTED_NAMES = 6
"""Maximum number of names that a message lists."""

_WORD = re.compile(r"[A-Za-z_]{1,20}")
"""A value that is shown in a message."""

_EXPECTED_TYPES = {
    "string_type": "a str",
    "int_type": "an int",
    "int_from_float": "an int",
    "int_parsing": "an int",
    "bool_parsing": "a bool",
    "date_from_datetime_parsing": "a date such as 2024-05-01",
    "datetime_from_date_parsing": "a datetime",
    "float_type": "a float",
    "bool_type": "a bool",
    "date_type": "a date",
    "datetime_type": "a datetime",
    "dict_type": "a dict",
    "mapping_type": "a dict",
    "sequence_str": "a list",
    "list_type": "a list",
    "tuple_type": "a tuple",
    "invalid-json-value": "a value that JSON can hold",
}

# Words of other SDKs; the first name that the operation has is suggested.
_SENDER, _RECIPIENT, _NUMBER, _BODY = (
    ("from_",),
    ("to", "addresses", "primary_mdn"),
    ("primary_mdn", "to"),
    ("body",),
)
_SYNONYMS = {
    "sender": _SENDER,
    "source": (*_SENDER, "sender_id"),
    "src": _SENDER,
    "originator": _SENDER,
    "from_number": _SENDER,
    "from_address": _SENDER,
    "sender_id": _SENDER,
    "messaging_service_sid": _SENDER,
    "recipient": _RECIPIENT,
    "recipients": _RECIPIENT,
    "receiver": _RECIPIENT,
    "destination": _RECIPIENT,
    "destinations": _RECIPIENT,
    "dest": _RECIPIENT,
    "to_number": _RECIPIENT,
    "to_address": _RECIPIENT,
    "phone": (*_NUMBER, "address", "user_address"),
    "phone_number": (*_NUMBER, "address", "user_address"),
    "number": (*_NUMBER, "address", "user_address"),
    "mobile": _NUMBER,
    "msisdn": (*_NUMBER, "address", "user_address"),
    "mdn": _NUMBER,
    "email": ("primary_email_addr",),
    "text": _BODY,
    "message": (*_BODY, "text"),
    "msg": _BODY,
    "content": (*_BODY, "pattern", "text"),
    "template": ("pattern", "associate_template", "reply_template"),
    "media": ("media_urls", "attachments"),
    "media_url": ("media_urls",),
    "attachment": ("attachments", "source"),
    "files": ("attachments",),
    "status": ("state", "consent_status"),
    "callback": ("address",),
    "callback_url": ("address",),
    "url": ("address", "source"),
    "schedule": ("scheduled_delivery_time", "start_date"),
    "send_at": ("scheduled_delivery_time",),
    "scheduled_at": ("scheduled_delivery_time",),
    "expires": ("expiry_time",),
    "expires_at": ("expiry_time",),
    "reference": ("external_id",),
    "client_reference": ("external_id",),
    "created": ("created_date",),
    "created_at": ("created_date",),
    "date": ("created_date",),
    "page_size": ("limit",),
    "per_page": ("limit",),
    "order": ("sort",),
    "order_by": ("sort",),
}


def unknown_keyword_error(operation: Operation, name: str, known: Mapping[str, str]) -> InvalidArgumentError:
    """Return the error for an unknown keyword; `known` maps every spelling to the name in Python."""
    from difflib import get_close_matches

    names = [*dict.fromkeys(known.values())]
    plain = name.lower().rstrip("_")
    meant = find_synonym(name, names) or next(
        (known[one] for one in get_close_matches(plain, known, n=1)), None
    )
    if meant:
        hint = f"did you mean {meant!r}?"
    elif len(names) <= _MAX_LISTED_NAMES:
        hint = f"it takes {join_words(names)}."
    else:
        close = [known[one] for one in get_close_matches(plain, known, n=3, cutoff=0)]
        hint = f"the nearest of its {len(names)} are {join_words(dict.fromkeys(close))}; help() on the method shows them all."
    text = f"{operation.name} takes no {name!r}; {hint} Nothing was sent."
    return InvalidArgumentError(text, operation=operation.name, field=name)


def find_synonym(name: str, names: Iterable[str]) -> str | None:
    """Return the name among `names` for which other SDKs use this word, or None."""
    known = {*names}
    return next((target for target in _SYNONYMS.get(name.lower().rstrip("_"), ()) if target in known), None)


def invalid_keywords_error(
    operation: Operation,
    names: Mapping[str, str],
    values: Mapping[str, object],
    errors: Iterable[ErrorDetails],
) -> InvalidArgumentError:
    """Return the error for missing keywords, else for the first wrong one.

    `names` maps the API's names to those in Python; `values` are the keywords by the API's names.
    """
    errors = [*errors]
    missing = [
        names[str(error["loc"][0])]
        for error in errors
        if error["type"] == "missing" and len(error["loc"]) == 1
    ]
    if missing:
        text = f"{operation.name} needs the keyword{'s' if len(missing) > 1 else ''} {join_words(missing)}"
        return _invalid_argument(operation, text, missing[0])
    field, text = describe_first_mistake(values, errors, names)
    return _invalid_argument(operation, f"{operation.name}: {text}", field)


def not_created_error(
    operation: Operation, names: Mapping[str, str], values: Mapping[str, object], unsaved: NotCreatedError
) -> NotCreatedError:
    """Return the error for an unsaved object where an id is needed, with its position."""
    places = (
        _format_path((names[name], *([at] if at != "" else [])))
        for name, value in values.items()
        for at, item in (("", value), *_iter_items(value))
        if isinstance(item, BaseModel) and "id" in type(item).model_fields and not hasattr(item, "id")
    )
    text = f"{operation.name}: {next(places)}: {unsaved.message}. Nothing was sent."
    return NotCreatedError(text, operation=operation.name)


def describe_first_mistake(
    values: Mapping[str, object], errors: Sequence[ErrorDetails], names: Mapping[str, str] | None = None
) -> tuple[str, str]:
    """Return the first wrong field and a text that says what is wrong where; `names` maps to names in Python."""
    first = str(errors[0]["loc"][0])
    found = [(_resolve(values, error), error) for error in errors if str(error["loc"][0]) == first]
    # If all members of a union fail, the one that validated furthest was intended.
    furthest = max((path for (path, _), _ in found), key=len)
    same = [(value, error) for (path, value), error in found if path == furthest]
    field = first if names is None else names[first]
    path = (field, *furthest[1:])
    return field, _format_path(path) + _describe_problem(path, same[0][0], [error for _, error in same])


def _describe_problem(path: tuple[str | int, ...], value: object, errors: list[ErrorDetails]) -> str:
    for error in errors:
        if error["type"] == "extra_forbidden":
            return " is not known"
    if all(error["type"] == "literal_error" for error in errors):
        # Another text may be private: it may have been meant for another field.
        shown = repr(value) if isinstance(value, str) and _WORD.fullmatch(value) else describe_type(value)
        return f" must be {errors[0]['msg'].removeprefix('Input should be ')}, got {shown}"
    expected = dict.fromkeys(kind for kind in map(_expected_type, errors) if kind)
    if not expected:
        return f": {errors[0]['msg']}"
    hint = ""
    if "a list" in expected and (_is_single(value) or not hasattr(value, "__iter__")):
        item = (
            '"+1…"'
            if isinstance(value, str) and value.startswith("+")
            else '"…"'
            if isinstance(value, str)
            else "…"
        )
        hint = f": write {path[-1]}=[{item}]"
    return f" must be {join_words(expected, 'or')}, got {describe_type(value)}{hint}"


def _expected_type(error: ErrorDetails) -> str:
    kind = error["type"]
    if kind == "is_instance_of":
        return "a list" if error["msg"].endswith("Sequence") else ""
    if kind in ("model_type", "model_attributes_type"):
        return with_article(error["msg"].rpartition(" ")[2])
    return _EXPECTED_TYPES.get(kind, "")


def _is_single(value: object) -> bool:
    return isinstance(value, str | bytes | BaseModel) or is_object(value)


def _resolve(values: Mapping[str, object], error: ErrorDetails) -> tuple[tuple[str | int, ...], object]:
    """Follow the location of an error to its value, skipping names of types in the location."""
    path: list[str | int] = []
    value: object = values
    for step in error["loc"]:
        for known, item in _iter_items(value):
            if known == step:
                path.append(step)
                value = item
                break
    return tuple(path), value


def _iter_items(value: object) -> Iterator[tuple[str | int, object]]:
    if is_object(value):
        yield from value.items()
    elif is_sequence(value):
        yield from enumerate(value)


def _format_path(path: tuple[str | int, ...]) -> str:
    first, *rest = path
    return str(first) + "".join(
        f"[{step}]" if isinstance(step, int) else f".{mask_numbers(step)}" for step in rest
    )


def _invalid_argument(operation: Operation, text: str, field: str) -> InvalidArgumentError:
    return InvalidArgumentError(f"{text}. Nothing was sent.", operation=operation.name, field=field)
