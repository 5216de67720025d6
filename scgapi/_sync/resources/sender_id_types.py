# Generated from scgapi/_async/resources/sender_id_types.py by tools/generate.py: edit that file.
"""Sender id types: the kinds of messages that sender ids can send, and their gateways."""

from __future__ import annotations

from typing import ClassVar, Unpack

from scgapi._sync.objects import Object
from scgapi._sync.pager import Pager
from scgapi._sync.resource import Resource
from scgapi.models import sender_id_types as spec
from scgapi.models.sender_id_types import SenderIdTypeData, SenderIdTypeFilters


class SenderIdType(Object, SenderIdTypeData):
    """The kinds of messages that a sender id can send, and their gateway; set by the gateway, it cannot be changed."""

    Resource: ClassVar[type[SenderIdTypeResource]]


class SenderIdTypeResource(Resource):
    """Sender id types, through one client: `client.sender_id_types`."""

    def list(self, **filters: Unpack[SenderIdTypeFilters]) -> Pager[SenderIdType]:
        """List sender id types that match all filters, or all of them (GET `/messaging/sender_id_types`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(SenderIdType, spec.LIST, options=filters)

    def get(self, type_id: str) -> SenderIdType:
        """Get the sender id type with this id (GET `/messaging/sender_id_types/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return self._get(SenderIdType, spec.GET, type_id)


SenderIdType.Resource = SenderIdTypeResource
