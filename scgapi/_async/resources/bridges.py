"""Bridges: calls joined with one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack, overload

from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncEditable, AsyncResource
from scgapi._async.resources.calls import AsyncCall
from scgapi._core.ids import OneOrMore, ids_of
from scgapi.models import bridges as spec
from scgapi.models.bridges import BridgeAudio, BridgeData, BridgeFields, BridgeFilters, BridgeUpdate
from scgapi.models.calls import CallData, CallFilters

_ENDED = ("COMPLETED", "REJECTED")


class AsyncBridge(AsyncEditable, BridgeData):
    """Calls joined with one another."""

    Resource: ClassVar[type[AsyncBridgeResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[BridgeFields]) -> None: ...

    async def update(self) -> None:
        """Save changed `call_ids`, which must be all its calls, and `bridge_audio` (POST `/calling/bridges/{id}`).

        No version is sent: the gateway takes none for bridges. `add_calls()` keeps the calls that are in it.

        Raises:
            InvalidArgumentError: something changed, but `call_ids` is not set; nothing was sent.
            NotFoundError: the bridge is gone.
        """
        await self._update(spec.UPDATE)

    async def refresh(self) -> None:
        """Read the bridge again; unsaved changes are lost (GET `/calling/bridges/{id}`)."""
        self._become(await self._scg.bridges.get(self.id))

    async def delete(self) -> None:
        """End and delete the bridge (DELETE `/calling/bridges/{id}`)."""
        await self._scg.bridges.delete(self.id)

    def list_calls(self, **filters: Unpack[CallFilters]) -> AsyncPager[AsyncCall]:
        """The bridge's calls that match all filters (GET `/calling/bridges/{id}/calls`)."""
        return self._scg.bridges.list_calls(self.id, **filters)

    async def add_calls(self, calls: OneOrMore[CallData], **audio: Unpack[BridgeAudio]) -> None:
        """Join one call or several with those that are in the bridge, and read it again; see the resource's."""
        await self._scg.bridges.add_calls(self.id, calls, **audio)
        await self.refresh()


class AsyncBridgeResource(AsyncResource):
    """Bridges, through one client: `client.bridges`."""

    def list(self, **filters: Unpack[BridgeFilters]) -> AsyncPager[AsyncBridge]:
        """Bridges that match all filters, or all bridges (GET `/calling/bridges`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncBridge, spec.LIST, options=filters)

    @overload
    async def create(self, bridge: BridgeData, /) -> str: ...
    @overload
    async def create(self, /, **fields: Unpack[BridgeFields]) -> str: ...
    async def create(self, bridge: BridgeData | None = None, /, **fields: object) -> str:
        """Create a bridge from keywords or from an unsaved object (POST `/calling/bridges`).

        `bridge_audio` is known from older clients and samples; the published definition lacks it.

        Returns:
            The id of the new bridge.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return await self._create(spec.CREATE, bridge, fields)

    async def get(self, bridge_id: str) -> AsyncBridge:
        """The bridge with this id (GET `/calling/bridges/{id}`).

        Raises:
            NotFoundError: there is none.
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
            NotFoundError: there is none.
        """
        await self._send(spec.DELETE, bridge_id)

    def list_calls(self, bridge_id: str, **filters: Unpack[CallFilters]) -> AsyncPager[AsyncCall]:
        """The bridge's calls that match all filters (GET `/calling/bridges/{id}/calls`)."""
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
        added = ids_of(spec.ADD_CALLS, "calls", calls)
        present = [call.id async for call in self.list_calls(bridge_id) if call.state not in _ENDED]
        call_ids = list(dict.fromkeys([*present, *added]))
        await self._send(spec.ADD_CALLS, bridge_id, fields={"call_ids": call_ids, **audio})


AsyncBridge.Resource = AsyncBridgeResource
