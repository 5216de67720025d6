"""Load objects from the bytes of a response.

A well-formed response is validated directly from its bytes. If that fails, it is loaded field by field: a malformed
field keeps its raw value and is logged once.
"""

from __future__ import annotations

import functools
import logging
import re
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar, get_args

from pydantic import AliasChoices, BaseModel, Field, ValidationError
from pydantic_core import from_json

from scgapi._core.json import is_array, is_integer, is_object, parse, parse_object
from scgapi._core.model.base import SubModel
from scgapi._core.model.dates import FROM_RESPONSE
from scgapi._core.operation import Operation
from scgapi._core.paging import Page
from scgapi._core.response import Response, unexpected_response_error
from scgapi._core.text import is_id

log = logging.getLogger("scgapi.responses")

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_MAX_ID = 10**40
"""Upper limit of integers that are read as an id or a count."""

_EMPTY_PAGE_KEYS = frozenset({"total", "limit", "offset"})
_TIME_WITHOUT_ZONE = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}[\d:.]*")

P = TypeVar("P", bound=SubModel)


class PageReader(Protocol):
    """A function that reads a page from a response, such as `load_page`."""

    def __call__(
        self, model: type[P], operation: Operation, response: Response, *, offset: int, limit: int
    ) -> Page[P]: ...


class Envelope(BaseModel, Generic[P]):
    """The JSON envelope of a page (docs/api-notes.md, note 5)."""

    rows: list[P] | None = Field(default=None, validation_alias="list")
    total: object = None
    limit: object = None


def load(model: type[P], operation: Operation, response: Response) -> P:
    """Load the object in a response.

    Raises:
        UnexpectedResponseError: the response does not hold an object.
    """
    try:
        return model.model_validate_json(response.content)
    except ValidationError:
        value = parse_body(operation, response)
    if not is_object(value):
        raise unexpected_response_error(operation, response, "JSON that is not an object")
    return load_leniently(model, value)


def load_page(
    model: type[P], operation: Operation, response: Response, *, offset: int, limit: int
) -> Page[P]:
    """Load the page in a response: an envelope, a bare array, or a single object.

    Raises:
        UnexpectedResponseError: the response has another shape.
    """
    kind: type[Envelope[P]] = Envelope[model]  # type: ignore[valid-type]  # a class built from a value; cached by pydantic
    try:
        envelope = kind.model_validate_json(response.content)
    except ValidationError:
        envelope = None
    if envelope is not None and envelope.rows is not None:
        return Page(envelope.rows, parse_count(envelope.total), offset, parse_count(envelope.limit) or limit)
    if not response.content.strip():
        return Page([], None, offset, limit)
    value = parse_body(operation, response)
    if is_array(value):
        return Page(_load_rows(model, value), None, offset, limit)
    if not is_object(value):
        raise unexpected_response_error(operation, response, "JSON that is no list")
    total = parse_count(value.get("total"))
    if "list" in value:
        rows: object = value["list"] if value["list"] is not None else []
    elif "id" in value:
        rows = [value]
    elif not total and value.keys() <= _EMPTY_PAGE_KEYS:
        rows = []
    else:
        raise unexpected_response_error(operation, response, "JSON without a list")
    if not is_array(rows):
        raise unexpected_response_error(operation, response, "JSON whose list is no list")
    return Page(_load_rows(model, rows), total, offset, parse_count(value.get("limit")) or limit)


def parse_created_id(operation: Operation, response: Response) -> str:
    """Return the id in the response to a create.

    Raises:
        UnexpectedResponseError: the response has no id, so it does not prove that the object was created.
    """
    value = parse_body(operation, response)
    found: object = value.get("id") if is_object(value) else None
    text = normalize_id(found)
    if not is_id(text):
        raise unexpected_response_error(
            operation, response, "no id: look up with list() whether it was created"
        )
    return text


def find_id(response: Response) -> str | None:
    """Return the id in a response, or None."""
    found = normalize_id(parse_object(response.content).get("id"))
    return found if is_id(found) else None


def load_leniently(model: type[P], data: dict[str, object]) -> P:
    """Load an object field by field: repair known deviations, keep other malformed values raw."""
    loaded, steps = _try_to_load(model, data)
    if loaded is not None:
        return loaded
    # pydantic rejects an object with a lone surrogate in a key.
    sound = {key: value for key, value in data.items() if not _SURROGATE.search(key)}
    raw: dict[str, str | None] = {key: None for key in data if key not in sound}
    repaired: set[str] = set()
    if raw:
        loaded, steps = _try_to_load(model, sound)
    while loaded is None:
        for key, field in _find_malformed(model, sound, steps).items():
            if field is None or key in repaired:
                raw[key] = field
                # The field may be well-formed under another spelling.
                del sound[key]
            else:
                repaired.add(key)
                sound[key] = _repair(model, field, sound[key])
        loaded, steps = _try_to_load(model, sound)
    for key, field in raw.items():
        _keep_raw(loaded, key, field, data[key])
    return loaded


def _try_to_load(model: type[P], data: dict[str, object]) -> tuple[P | None, frozenset[str]]:
    """Return the object; or None and the names of the malformed fields."""
    try:
        return model.model_validate(data, context=FROM_RESPONSE), frozenset()
    except ValidationError as invalid:
        errors = invalid.errors(include_input=False, include_url=False, include_context=False)
        return None, frozenset(str(step) for error in errors for step in error["loc"][:1])


def _find_malformed(
    model: type[SubModel], data: dict[str, object], steps: frozenset[str]
) -> dict[str, str | None]:
    """Return the keys of malformed values with the field of each; None for unknown fields."""
    known = {
        next(key for key in keys if key in data): field
        for field, keys in _json_keys(model).items()
        if not steps.isdisjoint(keys)
    }
    unknown = {step: None for step in steps if step in data and step not in known}
    # If the malformed keys cannot be identified, all keys count as malformed.
    return known | unknown or dict.fromkeys(data)


def _keep_raw(loaded: SubModel, key: str, field: str | None, value: object) -> None:
    """Set a field to a value that failed validation."""
    if field is None:
        assert loaded.__pydantic_extra__ is not None  # noqa: S101 - all models keep unknown fields
        _report(type(loaded).__name__, "(a field that is not known)")
        loaded.__pydantic_extra__[key] = value
        loaded.__pydantic_fields_set__.add(key)
    elif field not in loaded.model_fields_set:
        _report(type(loaded).__name__, field)
        object.__setattr__(loaded, field, value)
        loaded.__pydantic_fields_set__.add(field)


def _repair(model: type[SubModel], field: str, value: object) -> object:
    """Repair known deviations: JSON in a string, a time without a zone, a number as an id."""
    if field == "id":
        return normalize_id(value)
    if isinstance(value, str):
        if _TIME_WITHOUT_ZONE.fullmatch(value):
            return value + "Z"
        try:
            value = from_json(value.encode()) if value[:1] in ("[", "{") else value
        except ValueError:
            return value
    submodel = _find_submodel(model.model_fields[field].annotation)
    if submodel is not None:
        rows = value if is_array(value) else [value]
        loaded = [load_leniently(submodel, row) if is_object(row) else row for row in rows]
        return loaded if is_array(value) else loaded[0]
    return value


def _find_submodel(annotation: object) -> type[SubModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, SubModel):
        return annotation
    return next(filter(None, map(_find_submodel, get_args(annotation))), None)


def _load_rows(model: type[P], rows: Sequence[object]) -> list[P]:
    items = [load_leniently(model, row) for row in rows if is_object(row)]
    if len(items) != len(rows):
        _report(model.__name__, "(a row that is no object)")
    return items


def parse_body(operation: Operation, response: Response) -> object:
    """Return the JSON in a response.

    Raises:
        UnexpectedResponseError: the body is empty or not JSON.
    """
    if not response.content:
        raise unexpected_response_error(operation, response, "an empty body")
    try:
        return parse(response.content)
    except ValueError:
        # Raised below: a chained error would hold the content.
        pass
    raise unexpected_response_error(operation, response, "a body that is not JSON")


def normalize_id(value: object) -> object:
    """Convert an integer id to a string; return anything else unchanged."""
    return str(value) if is_integer(value) and abs(value) < _MAX_ID else value


def parse_count(value: object) -> int | None:
    """Return a count from a number or a string of digits, else None."""
    if isinstance(value, str):
        return int(value) if len(value) < 20 and value.isdecimal() else None
    return value if is_integer(value) and 0 <= value < _MAX_ID else None


@functools.cache
def _json_keys(model: type[SubModel]) -> dict[str, tuple[str, ...]]:
    """Return the JSON keys of each field, in the order of their precedence."""
    keys: dict[str, tuple[str, ...]] = {}
    for name, field in model.model_fields.items():
        alias = field.validation_alias
        choices = alias.choices if isinstance(alias, AliasChoices) else [alias]
        keys[name] = (*(choice for choice in choices if isinstance(choice, str)), name)
    return keys


@functools.cache
def _report(model: str, field: str) -> None:
    """Log a warning once per field, so that a long listing does not write a line for each object."""
    log.warning("%s.%s was malformed; its raw value is kept (logged once)", model, field)
