"""Base class of the resources of the event subscription service, whose responses differ from the API's."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TypeVar

from pydantic import JsonValue

from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncResource
from scgapi._core.event_service import load_event_page, parse_event_service_id, parse_value
from scgapi._core.model.base import Model
from scgapi._core.operation import Operation
from scgapi._core.request import build_request

M = TypeVar("M", bound=Model)


class AsyncEventServiceResource(AsyncResource):
    """One kind of object of the event subscription service, through one client."""

    def _rows(self, model: type[M], operation: Operation, options: Mapping[str, object]) -> AsyncPager[M]:
        return self._list(model, operation, options=options, read=load_event_page)

    async def _made(self, operation: Operation, *ids: str, fields: Mapping[str, object]) -> str:
        return await self._call(partial(parse_event_service_id, operation), operation, ids, fields)

    async def _value(
        self, operation: Operation, *ids: str, parameters: Mapping[str, str] | None = None
    ) -> JsonValue:
        request = build_request(self._client._pipeline.endpoints, operation, ids, query=parameters)
        return await self._client._pipeline.call(request, partial(parse_value, operation))
