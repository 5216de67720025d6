"""Bridges: calls joined with one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._async.objects import AsyncUpdatable, operations
from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncResource
from scgapi._async.resources.calls import AsyncCall
from scgapi._core.ids import OneOrMore, collect_ids
from scgapi.models import bridges as spec
from scgapi.models.bridges import BridgeAudio, BridgeData, BridgeFields, BridgeFilters, BridgeUpdate
from scgapi.models.calls import CallData, CallFilters

_ENDED = ("COMPLETED", "REJECTED")


@operations(refresh=spec.GET, update=spec.UPDATE, delete=spec.DELETE)
class AsyncBridge(AsyncUpdatable, BridgeData):
    """Calls that are joined with one another: `/calling/bridges/{id}`.

    `update()` saves `call_ids`, which must be all its calls, and `bridge_audio`, without a version; `add_calls()` keeps
    the calls that are in it. `delete()` ends it, too.
    """

    Resource: ClassVar[type[AsyncBridgeResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[BridgeFields]) -> None: ...

    def list_calls(self, **filters: Unpack[CallFilters]) -> AsyncPager[AsyncCall]:
        """List the bridge's calls that match all filters (GET `/calling/bridges/{id}/calls`)."""
        return AsyncBridgeResource(self._scg).list_calls(self.id, **filters)

    async def add_calls(self, calls: OneOrMore[CallData], **audio: Unpack[BridgeAudio]) -> None:
        """Join one call or several with those that are in the bridge, and read it again; see the resource's."""
        await AsyncBridgeResource(self._scg).add_calls(self.id, calls, **audio)
        await self.refresh()


class AsyncBridgeResource(AsyncResource):
    """Bridges, through one client: `client.bridges`."""

    def list(self, **filters: Unpack[BridgeFilters]) -> AsyncPager[AsyncBridge]:
        """List bridges that match all filters, or all bridges (GET `/calling/bridges`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncBridge, spec.LIST, options=filters)

    async def create(self, bridge: BridgeData | None = None, /, **fields: Unpack[BridgeFields]) -> str:
        """Create a bridge from keywords or from an unsaved object (POST `/calling/bridges`).

        `bridge_audio` is known from older clients and samples; the published definition lacks it.

        Returns:
            The id of the new bridge.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return await self._create(spec.CREATE, bridge, fields)

    async def get(self, bridge_id: str) -> AsyncBridge:
        """Get the bridge with this id (GET `/calling/bridges/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return await self._get(AsyncBridge, spec.GET, bridge_id)

    async def update(self, bridge_id: str, **fields: Unpack[BridgeUpdate]) -> None:
        """Say which calls are in the bridge, all of them (POST `/calling/bridges/{id}`).

        Raises:
            BadRequestError: the bridge has ended, or one of the calls has or never was.
            NotFoundError: there is no such bridge.
        """
        await self._send(spec.UPDATE, bridge_id, fields=fields)

    async def delete(self, bridge_id: str) -> None:
        """End and delete the bridge (DELETE `/calling/bridges/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        await self._send(spec.DELETE, bridge_id)

    def list_calls(self, bridge_id: str, **filters: Unpack[CallFilters]) -> AsyncPager[AsyncCall]:
        """List the bridge's calls that match all filters (GET `/calling/bridges/{id}/calls`)."""
        return self._list(AsyncCall, spec.LIST_CALLS, bridge_id, options=filters)

    async def add_calls(
        self, bridge_id: str, calls: OneOrMore[CallData], **audio: Unpack[BridgeAudio]
    ) -> None:
        """Join one call or several, by id or as objects, with those that are in the bridge.

        An update takes all calls of a bridge: those in it that have not ended are looked up first and sent along
        (GET `/calling/bridges/{id}/calls`, POST `/calling/bridges/{id}`). Whoever changes the bridge in between
        is overruled: the gateway takes no version here.

        Raises:
            BadRequestError: the bridge has ended, or one of the calls has or never was.
            NotFoundError: there is no such bridge.
        """
        added = collect_ids(spec.ADD_CALLS, "calls", calls)
        present = [call.id async for call in self.list_calls(bridge_id) if call.state not in _ENDED]
        call_ids = list(dict.fromkeys([*present, *added]))
        await self._send(spec.ADD_CALLS, bridge_id, fields={"call_ids": call_ids, **audio})


AsyncBridge.Resource = AsyncBridgeResource
