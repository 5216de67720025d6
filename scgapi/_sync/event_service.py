# Generated from scgapi/_async/event_service.py by tools/generate.py: edit that file.
"""Base class of the resources of the event subscription service, whose responses differ from the API's."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TypeVar

from pydantic import JsonValue

from scgapi._core.event_service import load_event_page, parse_event_service_id, parse_value
from scgapi._core.model.base import Model
from scgapi._core.operation import Operation
from scgapi._core.request import build_request
from scgapi._sync.pager import Pager
from scgapi._sync.resource import Resource

M = TypeVar("M", bound=Model)


class EventServiceResource(Resource):
    """One kind of object of the event subscription service, through one client."""

    def _rows(self, model: type[M], operation: Operation, options: Mapping[str, object]) -> Pager[M]:
        return self._list(model, operation, options=options, read=load_event_page)

    def _made(self, operation: Operation, *ids: str, fields: Mapping[str, object]) -> str:
        return self._call(partial(parse_event_service_id, operation), operation, ids, fields)

    def _value(
        self, operation: Operation, *ids: str, parameters: Mapping[str, str] | None = None
    ) -> JsonValue:
        request = build_request(self._client._pipeline.endpoints, operation, ids, query=parameters)
        return self._client._pipeline.call(request, partial(parse_value, operation))
