# Generated from scgapi/_async/resources/bridges.py by tools/generate.py: edit that file.
"""Bridges: calls joined with one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._core.ids import OneOrMore, collect_ids
from scgapi._sync.objects import Updatable, operations
from scgapi._sync.pager import Pager
from scgapi._sync.resource import Resource
from scgapi._sync.resources.calls import Call
from scgapi.models import bridges as spec
from scgapi.models.bridges import BridgeAudio, BridgeData, BridgeFields, BridgeFilters, BridgeUpdate
from scgapi.models.calls import CallData, CallFilters

_ENDED = ("COMPLETED", "REJECTED")


@operations(refresh=spec.GET, update=spec.UPDATE, delete=spec.DELETE)
class Bridge(Updatable, BridgeData):
    """Calls that are joined with one another: `/calling/bridges/{id}`.

    `update()` saves `call_ids`, which must be all its calls, and `bridge_audio`, without a version; `add_calls()` keeps
    the calls that are in it. `delete()` ends it, too.
    """

    Resource: ClassVar[type[BridgeResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[BridgeFields]) -> None: ...

    def list_calls(self, **filters: Unpack[CallFilters]) -> Pager[Call]:
        """List the bridge's calls that match all filters (GET `/calling/bridges/{id}/calls`)."""
        return BridgeResource(self._scg).list_calls(self.id, **filters)

    def add_calls(self, calls: OneOrMore[CallData], **audio: Unpack[BridgeAudio]) -> None:
        """Join one call or several with those that are in the bridge, and read it again; see the resource's."""
        BridgeResource(self._scg).add_calls(self.id, calls, **audio)
        self.refresh()


class BridgeResource(Resource):
    """Bridges, through one client: `client.bridges`."""

    def list(self, **filters: Unpack[BridgeFilters]) -> Pager[Bridge]:
        """List bridges that match all filters, or all bridges (GET `/calling/bridges`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(Bridge, spec.LIST, options=filters)

    def create(self, bridge: BridgeData | None = None, /, **fields: Unpack[BridgeFields]) -> str:
        """Create a bridge from keywords or from an unsaved object (POST `/calling/bridges`).

        `bridge_audio` is known from older clients and samples; the published definition lacks it.

        Returns:
            The id of the new bridge.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return self._create(spec.CREATE, bridge, fields)

    def get(self, bridge_id: str) -> Bridge:
        """Get the bridge with this id (GET `/calling/bridges/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return self._get(Bridge, spec.GET, bridge_id)

    def update(self, bridge_id: str, **fields: Unpack[BridgeUpdate]) -> None:
        """Say which calls are in the bridge, all of them (POST `/calling/bridges/{id}`).

        Raises:
            BadRequestError: the bridge has ended, or one of the calls has or never was.
            NotFoundError: there is no such bridge.
        """
        self._send(spec.UPDATE, bridge_id, fields=fields)

    def delete(self, bridge_id: str) -> None:
        """End and delete the bridge (DELETE `/calling/bridges/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        self._send(spec.DELETE, bridge_id)

    def list_calls(self, bridge_id: str, **filters: Unpack[CallFilters]) -> Pager[Call]:
        """List the bridge's calls that match all filters (GET `/calling/bridges/{id}/calls`)."""
        return self._list(Call, spec.LIST_CALLS, bridge_id, options=filters)

    def add_calls(self, bridge_id: str, calls: OneOrMore[CallData], **audio: Unpack[BridgeAudio]) -> None:
        """Join one call or several, by id or as objects, with those that are in the bridge.

        An update takes all calls of a bridge: those in it that have not ended are looked up first and sent along
        (GET `/calling/bridges/{id}/calls`, POST `/calling/bridges/{id}`). Whoever changes the bridge in between
        is overruled: the gateway takes no version here.

        Raises:
            BadRequestError: the bridge has ended, or one of the calls has or never was.
            NotFoundError: there is no such bridge.
        """
        added = collect_ids(spec.ADD_CALLS, "calls", calls)
        present = [call.id for call in self.list_calls(bridge_id) if call.state not in _ENDED]
        call_ids = list(dict.fromkeys([*present, *added]))
        self._send(spec.ADD_CALLS, bridge_id, fields={"call_ids": call_ids, **audio})


Bridge.Resource = BridgeResource
