"""Sender ids: the addresses that messages are sent from."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._async.objects import AsyncUpdatable, operations
from scgapi._async.pager import AsyncPager
from scgapi._async.pipeline import identity
from scgapi._async.resource import AsyncResource
from scgapi._core.loading import load, parse_created_id
from scgapi._core.request import build_request
from scgapi._core.schema import check_filter_values, check_query
from scgapi._core.text import encode_path_segment, encode_query_value
from scgapi.errors import InvalidArgumentError
from scgapi.models import sender_ids as spec
from scgapi.models.sender_ids import (
    DeletedSenderIds,
    RegisterMethod,
    SenderIdData,
    SenderIdFields,
    SenderIdFilters,
    SenderIdSearch,
    SenderIdSelection,
    SenderIdSummary,
    SenderIdUpdate,
)

if TYPE_CHECKING:
    from scgapi._core.operation import Operation


@operations(refresh=spec.GET, update=spec.UPDATE, delete=spec.DELETE)
class AsyncSenderId(AsyncUpdatable, SenderIdData):
    """An address that messages are sent from: `/messaging/sender_ids/{id}`.

    A short code, a number, an e-mail address, an application.
    """

    Resource: ClassVar[type[AsyncSenderIdResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[SenderIdFields]) -> None: ...

    async def activate(self, *, verification_code: str | None = None) -> None:
        """Make the sender id ACTIVE and read it again (POST `/messaging/sender_ids/{id}`).

        A WhatsApp number needs the `verification_code` that `request_verification()` had sent to it.

        Raises:
            BadRequestError: the code is not the one that was sent.
            ConflictError: somebody else changed the sender id meanwhile.
        """
        await AsyncSenderIdResource(self._scg).activate(
            self.id, verification_code=verification_code, version_number=self.version_number
        )
        await self.refresh()

    async def request_verification(self, method: RegisterMethod = "sms") -> None:
        """Have a verification code sent to the number, and read the sender id again.

        POST `/messaging/sender_ids/{id}`; see the resource's method of this name.

        Raises:
            ConflictError: somebody else changed the sender id meanwhile.
        """
        await AsyncSenderIdResource(self._scg).request_verification(
            self.id, method, version_number=self.version_number
        )
        await self.refresh()

    async def deactivate(self) -> None:
        """Make the sender id INACTIVE and read it again (POST `/messaging/sender_ids/{id}`).

        Raises:
            ConflictError: somebody else changed the sender id meanwhile.
        """
        await AsyncSenderIdResource(self._scg).deactivate(self.id, version_number=self.version_number)
        await self.refresh()


class AsyncSenderIdResource(AsyncResource):
    """Sender ids, through one client: `client.sender_ids`."""

    def list(self, **filters: Unpack[SenderIdFilters]) -> AsyncPager[AsyncSenderId]:
        """List sender ids that match all filters, or all sender ids (GET `/messaging/sender_ids`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncSenderId, spec.LIST, options=filters)

    async def create(self, sender_id: SenderIdData | None = None, /, **fields: Unpack[SenderIdFields]) -> str:
        """Create a sender id from keywords or from an unsaved object (POST `/messaging/sender_ids`).

        Returns:
            The id of the new sender id. Its state cannot be set here: see `activate()`.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return await self._create(spec.CREATE, sender_id, fields)

    async def get(self, sender_id: str) -> AsyncSenderId:
        """Get the sender id with this id (GET `/messaging/sender_ids/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return await self._get(AsyncSenderId, spec.GET, sender_id)

    async def update(self, sender_id: str, **fields: Unpack[SenderIdUpdate]) -> None:
        """Change the given fields, and no others (POST `/messaging/sender_ids/{id}`).

        Raises:
            ConflictError: `version_number` is not the sender id's current one.
            NotFoundError: there is no such sender id.
        """
        await self._send(spec.UPDATE, sender_id, fields=fields)

    async def delete(self, sender_id: str) -> None:
        """Delete the sender id (DELETE `/messaging/sender_ids/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        await self._send(spec.DELETE, sender_id)

    async def delete_many(self, **filters: Unpack[SenderIdSelection]) -> DeletedSenderIds | None:
        """Delete every sender id that matches all filters (DELETE `/messaging/sender_ids`).

        Without a filter the gateway would delete them all: that is refused here.

        Returns:
            What the gateway tells of it, or None if it tells nothing.

        Raises:
            InvalidArgumentError: no filter was fields_set, or one holds a comma; nothing was sent.
        """
        query = check_query(spec.DELETE_MANY, filters)
        blank = [
            name
            for name, value in query.items()
            if not all(map(str.strip, encode_query_value(value).split(",")))
        ]
        if not query or blank or None in query.values():
            raise InvalidArgumentError(
                "sender_ids.delete_many without a filter, or with an empty one, could delete every sender id; "
                "nothing was sent",
                operation=spec.DELETE_MANY.name,
                field=blank[0] if blank else None,
            )
        check_filter_values(spec.DELETE_MANY, query)
        response = await self._client._pipeline.call(
            build_request(self._client._pipeline.endpoints, spec.DELETE_MANY, query=query), identity
        )
        return load(DeletedSenderIds, spec.DELETE_MANY, response) if response.content else None

    async def purchase(self, parent_id: str) -> str | None:
        """Buy a PREPROVISIONED sender id: a private copy of it is made (POST `/messaging/sender_ids/purchase`).

        Returns:
            The id of the copy, or None if the gateway does not tell it (sources disagree).
        """
        encode_path_segment(parent_id, "parent_id", spec.PURCHASE.name)
        response = await self._send(spec.PURCHASE, fields={"parent_id": parent_id})
        return parse_created_id(spec.PURCHASE, response) if response.content else None

    def list_summaries(self, **search: Unpack[SenderIdSearch]) -> AsyncPager[SenderIdSummary]:
        """Sender ids whose name holds `name`, in short (GET `/messaging/sender_ids/list`)."""
        return self._list(SenderIdSummary, spec.LIST_SUMMARIES, options=search)

    async def request_verification(
        self, sender_id: str, method: RegisterMethod = "sms", *, version_number: int | None = None
    ) -> None:
        """Register a WhatsApp number: a code goes to it by `sms` or `voice` (POST `/messaging/sender_ids/{id}`).

        The sender id is PENDING_CONFIRMATION until `activate()` brings the code back. Without a `version_number`
        the current one is read first. Known from branches of older clients; the definition has the fields only.

        Raises:
            ConflictError: `version_number` is not the sender id's current one.
        """
        fields: dict[str, object] = {"state": "PENDING_CONFIRMATION", "register_method": method}
        await self._change(spec.REQUEST_VERIFICATION, sender_id, fields, version_number)

    async def activate(
        self, sender_id: str, *, verification_code: str | None = None, version_number: int | None = None
    ) -> None:
        """Make the sender id ACTIVE (POST `/messaging/sender_ids/{id}`).

        A WhatsApp number needs the `verification_code` that `request_verification()` had sent to it. Without a
        `version_number` the current one is read first.

        Raises:
            BadRequestError: the code is not the one that was sent.
            ConflictError: `version_number` is not the sender id's current one.
        """
        code = {} if verification_code is None else {"verification_code": verification_code}
        await self._change(spec.ACTIVATE, sender_id, {"state": "ACTIVE", **code}, version_number)

    async def deactivate(self, sender_id: str, *, version_number: int | None = None) -> None:
        """Make the sender id INACTIVE (POST `/messaging/sender_ids/{id}`).

        Without a `version_number` the current one is read first.

        Raises:
            ConflictError: `version_number` is not the sender id's current one.
        """
        await self._change(spec.DEACTIVATE, sender_id, {"state": "INACTIVE"}, version_number)

    async def _change(
        self, operation: Operation, sender_id: str, fields: dict[str, object], version: int | None
    ) -> None:
        if version is None:
            version = (await self.get(sender_id)).version_number
        await self._send(operation, sender_id, fields={**fields, "version_number": version or 1})


AsyncSenderId.Resource = AsyncSenderIdResource
