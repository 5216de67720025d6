# Generated from scgapi/_async/ess.py by tools/generate.py: edit that file.
"""What the resources of the event subscription service have in common: its answers differ from the API's."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TypeVar

from pydantic import JsonValue

from scgapi._core.operation import Operation
from scgapi._core.request import build_request
from scgapi._sync.pager import Pager
from scgapi._sync.resource import Resource
from scgapi.events.answers import id_of, page_of, value_of
from scgapi.models._base import Model

M = TypeVar("M", bound=Model)


class EssResource(Resource):
    """One kind of object of the event subscription service, through one client."""

    def _rows(self, model: type[M], operation: Operation, options: Mapping[str, object]) -> Pager[M]:
        return self._list(model, operation, options=options, read=page_of)

    def _made(self, operation: Operation, *ids: str, fields: Mapping[str, object]) -> str:
        return self._call(partial(id_of, operation), operation, ids, fields)

    def _value(
        self, operation: Operation, *ids: str, parameters: Mapping[str, str] | None = None
    ) -> JsonValue:
        request = build_request(self._client._pipeline.endpoints, operation, ids, query=parameters)
        return self._client._pipeline.call(request, partial(value_of, operation))
