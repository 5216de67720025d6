"""The answers of the event subscription service, which has envelopes of its own."""

from __future__ import annotations

from typing import TypeVar

from pydantic import JsonValue
from pydantic_core import from_json

from scgapi._core.json import is_array, is_object
from scgapi._core.loading import lenient
from scgapi._core.operation import Operation
from scgapi._core.paging import Page
from scgapi._core.response import Response, unexpected
from scgapi.models._base import Part

P = TypeVar("P", bound=Part)


def page_of(model: type[P], operation: Operation, response: Response, *, offset: int, limit: int) -> Page[P]:
    """The page in an answer: `{"paged-result": …, "<collection>": […]}`, or a bare array.

    Raises:
        UnexpectedResponseError: it holds no list.
    """
    value: object = value_of(operation, response) if response.content.strip() else []
    if is_object(value):
        # Only one collection's name is published: it is the last step of its path. Any other only list will do.
        lists = {name: row for name, row in value.items() if is_array(row)}
        value = lists.get(operation.path.rpartition("/")[2], next(iter(lists.values()), None))
    if not is_array(value):
        raise unexpected(operation, response, "JSON that is no list")
    return Page([lenient(model, _row(row)) for row in value], None, offset, limit)


def id_of(operation: Operation, response: Response) -> str:
    """The id that a create answers with, under whichever of its names.

    Raises:
        UnexpectedResponseError: there is none, so that what was created must be looked up.
    """
    value = value_of(operation, response) if response.content.strip() else None
    if is_object(value):
        for name in ("id", "del-cfg-id"):
            found = value.get(name)
            if isinstance(found, str | int) and not isinstance(found, bool) and str(found):
                return str(found)
    raise unexpected(operation, response, "no id, though it created the object: look it up with list()")


def value_of(operation: Operation, response: Response) -> JsonValue:
    """The JSON in an answer.

    Raises:
        UnexpectedResponseError: it is none.
    """
    try:
        value: JsonValue = from_json(response.content)
    except ValueError:
        pass  # raised below: the chained error would hold the content
    else:
        return value
    raise unexpected(operation, response, "a body that is not JSON")


def _row(value: object) -> dict[str, object]:
    """A row; a bare name, which a list of topics may consist of, is one of a single field."""
    return value if is_object(value) else {"name": value}
