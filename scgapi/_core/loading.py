"""From the bytes of a response to objects.

Well-formed answers are validated straight from their bytes. Only where that fails are they taken apart, so that
one malformed field never hides the rest: it keeps its raw value and is reported once.
"""

from __future__ import annotations

import functools
import json
import logging
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar, get_args

from pydantic import AliasChoices, BaseModel, Field, ValidationError
from pydantic_core import from_json

from scgapi._core.json import is_array, is_object
from scgapi._core.operation import Operation
from scgapi._core.paging import Page
from scgapi._core.response import Response, unexpected
from scgapi.models._base import Part

log = logging.getLogger("scgapi")

P = TypeVar("P", bound=Part)


class PageReader(Protocol):
    """Makes a page of a response, as `load_page` does."""

    def __call__(
        self, model: type[P], operation: Operation, response: Response, *, offset: int, limit: int
    ) -> Page[P]: ...


class Envelope(BaseModel, Generic[P]):
    """A page as the wire has it."""

    rows: list[P] | None = Field(default=None, validation_alias="list")
    total: int | None = None
    limit: int | None = None


def load(model: type[P], operation: Operation, response: Response) -> P:
    """The object that a response holds.

    Raises:
        UnexpectedResponseError: the response holds no object.
    """
    try:
        return model.model_validate_json(response.content)
    except ValidationError:
        value = _parsed(operation, response)
    if not is_object(value):
        raise unexpected(operation, response, "JSON that is not an object")
    return lenient(model, value)


def load_page(
    model: type[P], operation: Operation, response: Response, *, offset: int, limit: int
) -> Page[P]:
    """The page that a response holds: an envelope, a bare array, or (seen once) a single object.

    Raises:
        UnexpectedResponseError: the response holds none of these.
    """
    kind: type[Envelope[P]] = Envelope[model]  # type: ignore[valid-type]  # a class from a value; pydantic caches it
    try:
        envelope = kind.model_validate_json(response.content)
    except ValidationError:
        envelope = None
    if envelope is not None and envelope.rows is not None:
        return Page(envelope.rows, envelope.total, offset, envelope.limit or limit)
    if not response.content.strip():
        return Page([], None, offset, limit)
    value = _parsed(operation, response)
    if is_array(value):
        return Page(_items(model, value), None, offset, limit)
    if not is_object(value):
        raise unexpected(operation, response, "JSON that is no list")
    rows: object = value.get("list")
    if rows is None:
        rows = [value] if "id" in value else []
    if not is_array(rows):
        raise unexpected(operation, response, "JSON whose list is no list")
    return Page(_items(model, rows), _count(value.get("total")), offset, _count(value.get("limit")) or limit)


def created_id(operation: Operation, response: Response) -> str:
    """The id that a create answers with.

    Raises:
        UnexpectedResponseError: there is none, so that what was created must be looked up.
    """
    value = _parsed(operation, response)
    found: object = value.get("id") if is_object(value) else None
    if not isinstance(found, str) or not found.isprintable() or not found:
        raise unexpected(operation, response, "no id, though it created the object: look it up with list()")
    return found


def lenient(model: type[P], data: dict[str, object]) -> P:
    """Validate what is valid; mend what is known to differ; keep the rest raw."""
    sound = dict(data)
    for field, key in _broken(model, sound).items():
        sound[key] = _mended(model, field, sound[key])
    raw: dict[str, object] = {}
    while broken := _broken(model, sound):
        for field, key in broken.items():
            raw[field] = data[key]
            del sound[key]  # the field may have come well-formed under another spelling
    loaded = model.model_validate(sound)
    for field, value in raw.items():
        if field not in loaded.model_fields_set:
            _report(model.__name__, field)
            object.__setattr__(loaded, field, value)  # past the validation that it failed
            loaded.__pydantic_fields_set__.add(field)
    return loaded


def _broken(model: type[P], data: dict[str, object]) -> dict[str, str]:
    """The fields whose values do not validate, with the keys that those came under."""
    try:
        model.model_validate(data)
    except ValidationError as invalid:
        steps = {str(error["loc"][0]) for error in invalid.errors(include_input=False, include_url=False)}
        return {
            field: next(key for key in keys if key in data)
            for field, keys in _keys(model).items()
            if not steps.isdisjoint(keys)
        }
    return {}


def _mended(model: type[Part], field: str, value: object) -> object:
    """What the value means where sources disagree on its form: JSON inside a string, a time without a zone."""
    if isinstance(value, str):
        try:
            value = from_json(value) if value[:1] in ("[", "{") else value + "Z"
        except ValueError:
            return value
    part = _part(model.model_fields[field].annotation)
    if part is not None:
        rows = value if is_array(value) else [value]
        loaded = [lenient(part, row) if is_object(row) else row for row in rows]
        return loaded if is_array(value) else loaded[0]
    return value


def _part(annotation: object) -> type[Part] | None:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    return next(filter(None, map(_part, get_args(annotation))), None)


def _items(model: type[P], rows: Sequence[object]) -> list[P]:
    items = [lenient(model, row) for row in rows if is_object(row)]
    if len(items) != len(rows):
        _report(model.__name__, "(a row that is no object)")
    return items


def _parsed(operation: Operation, response: Response) -> object:
    if not response.content:
        raise unexpected(operation, response, "an empty body")
    try:
        value: object = from_json(response.content)
    except ValueError:
        pass
    else:
        return value
    try:  # half a character, a stray byte or a mark at the start must not cost the whole answer
        return json.loads(response.content.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        pass  # raised below: the chained error would hold the content
    raise unexpected(operation, response, "a body that is not JSON")


def _count(value: object) -> int | None:
    text = str(value) if isinstance(value, int | str) else ""
    return int(text) if text.isdecimal() and len(text) < 20 else None


@functools.cache
def _keys(model: type[Part]) -> dict[str, tuple[str, ...]]:
    """The keys that each field may come under, in the order in which they are looked for."""
    keys: dict[str, tuple[str, ...]] = {}
    for name, field in model.model_fields.items():
        alias = field.validation_alias
        choices = alias.choices if isinstance(alias, AliasChoices) else [alias]
        keys[name] = (*(choice for choice in choices if isinstance(choice, str)), name)
    return keys


@functools.cache
def _report(model: str, field: str) -> None:
    """Once for each field: a listing of a million must not write a million lines."""
    log.warning("%s.%s came malformed; its raw value is kept (said once)", model, field)
