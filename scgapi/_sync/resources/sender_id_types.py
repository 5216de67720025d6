# Generated from scgapi/_async/resources/sender_id_types.py by tools/generate.py: edit that file.
"""Sender id types: what can be sent from a sender id, and through which gateway."""

from __future__ import annotations

from typing import ClassVar, Unpack

from scgapi._sync.pager import Pager
from scgapi._sync.resource import Object, Resource
from scgapi.models import sender_id_types as spec
from scgapi.models.sender_id_types import SenderIdTypeData, SenderIdTypeFilters


class SenderIdType(Object, SenderIdTypeData):
    """What can be sent from a sender id, and through which gateway; the gateway's own, it cannot be changed."""

    Resource: ClassVar[type[SenderIdTypeResource]]


class SenderIdTypeResource(Resource):
    """Sender id types, through one client: `client.sender_id_types`."""

    def list(self, **filters: Unpack[SenderIdTypeFilters]) -> Pager[SenderIdType]:
        """Sender id types that match all filters, or all of them (GET `/messaging/sender_id_types`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(SenderIdType, spec.LIST, options=filters)

    def get(self, type_id: str) -> SenderIdType:
        """The sender id type with this id (GET `/messaging/sender_id_types/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        return self._get(SenderIdType, spec.GET, type_id)


SenderIdType.Resource = SenderIdTypeResource
