"""Responses of the event subscription service, which has its own envelopes."""

from __future__ import annotations

from typing import TypeVar

from pydantic import JsonValue
from pydantic_core import from_json

from scgapi._core.json import is_array, is_object
from scgapi._core.loading import load_leniently, normalize_id, parse_body
from scgapi._core.model.base import SubModel
from scgapi._core.operation import Operation
from scgapi._core.paging import Page
from scgapi._core.response import Response, unexpected_response_error
from scgapi._core.text import is_id

P = TypeVar("P", bound=SubModel)


def load_event_page(
    model: type[P], operation: Operation, response: Response, *, offset: int, limit: int
) -> Page[P]:
    """Load the page in a response: `{"paged-result": …, "<collection>": […]}`, or a bare array.

    Raises:
        UnexpectedResponseError: the response does not hold a list.
    """
    value: object = parse_body(operation, response) if response.content.strip() else list[object]()
    if is_object(value):
        # Only one collection's key is published: the last segment of its path. Otherwise the only list is used.
        lists = {name: row for name, row in value.items() if is_array(row)}
        value = lists.get(operation.path.rpartition("/")[2], next(iter(lists.values()), None))
    if not is_array(value):
        raise unexpected_response_error(operation, response, "JSON that is no list")
    return Page([load_leniently(model, _as_row(row)) for row in value], None, offset, limit)


def parse_event_service_id(operation: Operation, response: Response) -> str:
    """Return the id in the response to a create, under either of its names.

    Raises:
        UnexpectedResponseError: the response has no id, so the new object must be looked up.
    """
    value = parse_body(operation, response) if response.content.strip() else None
    if is_object(value):
        for name in ("id", "del-cfg-id"):
            found = normalize_id(value.get(name))
            if is_id(found):
                return found
    raise unexpected_response_error(operation, response, "no id: look up with list() whether it was created")


def parse_value(operation: Operation, response: Response) -> JsonValue:
    """Return the JSON in a response.

    Raises:
        UnexpectedResponseError: the body is not JSON.
    """
    try:
        value: JsonValue = from_json(response.content)
    except ValueError:
        # Raised below: a chained error would hold the content.
        pass
    else:
        return value
    raise unexpected_response_error(operation, response, "a body that is not JSON")


def _as_row(value: object) -> dict[str, object]:
    """Return a row as an object; a list of topics may consist of bare names."""
    return value if is_object(value) else {"name": value}
