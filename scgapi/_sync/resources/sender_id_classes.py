# Generated from scgapi/_async/resources/sender_id_classes.py by tools/generate.py: edit that file.
"""Sender id classes: what decides a sender id's priority and throughput."""

from __future__ import annotations

from typing import ClassVar, Unpack

from scgapi._sync.objects import Object
from scgapi._sync.pager import Pager
from scgapi._sync.resource import Resource
from scgapi.models import sender_id_classes as spec
from scgapi.models.sender_id_classes import SenderIdClassData, SenderIdClassFilters


class SenderIdClass(Object, SenderIdClassData):
    """The priority and throughput of sender ids; set by the gateway, it cannot be changed."""

    Resource: ClassVar[type[SenderIdClassResource]]


class SenderIdClassResource(Resource):
    """Sender id classes, through one client: `client.sender_id_classes`."""

    def list(self, **filters: Unpack[SenderIdClassFilters]) -> Pager[SenderIdClass]:
        """List sender id classes that match all filters, or all of them (GET `/messaging/sender_id_classes`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(SenderIdClass, spec.LIST, options=filters)

    def get(self, class_id: str) -> SenderIdClass:
        """Get the sender id class with this id (GET `/messaging/sender_id_classes/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return self._get(SenderIdClass, spec.GET, class_id)


SenderIdClass.Resource = SenderIdClassResource
