"""Consent: whether an address may be sent to from a sender id."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._async.objects import AsyncUpdatable, operations
from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncResource
from scgapi._core.schema import body_schema
from scgapi.errors import InvalidArgumentError
from scgapi.models import contact_address_statuses as spec
from scgapi.models.contact_address_statuses import (
    AddressType,
    Consent,
    ContactAddressOptOut,
    ContactAddressStatusData,
    ContactAddressStatusFields,
    ContactAddressStatusFilters,
    ContactAddressStatusUpdate,
)

FIRST_VERSION = 1
"""The version of an object that was just created (docs/api-notes.md, note 8)."""


@operations(refresh=spec.GET, update=spec.UPDATE, delete=spec.DELETE)
class AsyncContactAddressStatus(AsyncUpdatable, ContactAddressStatusData):
    """The consent of one address for one sender id: `/consent/contact_address_statuses/{id}`.

    `update()` saves `consent_status`, the only field that can change.
    """

    Resource: ClassVar[type[AsyncContactAddressStatusResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ContactAddressStatusFields]) -> None: ...

    async def set_consent(self, status: Consent) -> None:
        """Set what the address consents to, and save it (POST `/consent/contact_address_statuses/{id}`).

        Raises:
            ConflictError: somebody else changed the status meanwhile.
        """
        # By its base's name: assigned to `self`, it would be declared here anew.
        data: ContactAddressStatusData = self
        data.consent_status = status
        await self.update()

    async def opt_out(self) -> None:
        """Take back the address's consent for this sender id, and read the status again.

        POST `/consent/contact_address_statuses/optout`, with the address and the sender id of this object.
        """
        if not (self.address and self.sender_id):
            raise InvalidArgumentError(
                f"{spec.OPT_OUT.name}: this status holds no address, or no sender id; nothing was sent",
                operation=spec.OPT_OUT.name,
                field="addresses",
            )
        await AsyncContactAddressStatusResource(self._scg).opt_out(
            addresses=[self.address], sender_id=self.sender_id
        )
        await self.refresh()


class AsyncContactAddressStatusResource(AsyncResource):
    """Consents of addresses, through one client: `client.contact_address_statuses`."""

    def list(self, **filters: Unpack[ContactAddressStatusFilters]) -> AsyncPager[AsyncContactAddressStatus]:
        """List statuses that match all filters, or all of them (GET `/consent/contact_address_statuses`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncContactAddressStatus, spec.LIST, options=filters)

    async def create(
        self, status: ContactAddressStatusData | None = None, /, **fields: Unpack[ContactAddressStatusFields]
    ) -> str:
        """Create the status of an address for a sender id (POST `/consent/contact_address_statuses`).

        It begins as NONE: `update()` or `set_consent()` set it. The definition takes `address_type` only; the
        published samples send `address` and `sender_id` too.

        Returns:
            The id of the new status.

        Raises:
            ConflictError: the address has a status for this sender id (code 1011).
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return await self._create(spec.CREATE, status, fields)

    async def get(self, status_id: str) -> AsyncContactAddressStatus:
        """Get the status with this id (GET `/consent/contact_address_statuses/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return await self._get(AsyncContactAddressStatus, spec.GET, status_id)

    async def update(self, status_id: str, **fields: Unpack[ContactAddressStatusUpdate]) -> None:
        """Set the consent (POST `/consent/contact_address_statuses/{id}`).

        The only way to take an address off the BLACKLIST or the WHITELIST.

        Raises:
            ConflictError: `version_number` is not the status's current one.
            NotFoundError: there is no such status.
        """
        await self._send(spec.UPDATE, status_id, fields=fields)

    async def delete(self, status_id: str) -> None:
        """Delete the status (DELETE `/consent/contact_address_statuses/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        await self._send(spec.DELETE, status_id)

    async def opt_out(self, **fields: Unpack[ContactAddressOptOut]) -> None:
        """Take back the consent of addresses (POST `/consent/contact_address_statuses/optout`).

        Args:
            **fields: `addresses`, a list; `sender_id`, if it is about one only. What the gateway does without a
                `sender_id`, or with a `consent_status` other than OPTOUT, is not documented.

        Raises:
            InvalidArgumentError: a field is unknown, missing or of a wrong type; nothing was sent.
        """
        await self._send(spec.OPT_OUT, fields=fields)

    async def set_consent(
        self, *, address: str, sender_id: str, status: Consent, address_type: AddressType = "MDN"
    ) -> str:
        """Set what an address consents to for one sender id, whether it has a status already or not.

        Looks for the status (GET `/consent/contact_address_statuses`), creates it if it does not exist, and sets it.

        Returns:
            The id of the status.

        Raises:
            ConflictError: somebody else created or changed it meanwhile: call it again.
            InvalidArgumentError: the status is not a known one; nothing was sent.
        """
        body_schema(spec.UPDATE).check(
            spec.UPDATE, {"consent_status": status, "version_number": FIRST_VERSION}
        )
        async for found in self.list(address=address, sender_id=sender_id):
            # Compared here, too: a gateway that ignored a filter would have somebody else's consent changed.
            if (found.address or "").lstrip("+") == address.lstrip("+") and found.sender_id == sender_id:
                await found.set_consent(status)
                return found.id
        status_id = await self.create(address=address, sender_id=sender_id, address_type=address_type)
        await self.update(status_id, consent_status=status, version_number=FIRST_VERSION)
        return status_id


AsyncContactAddressStatus.Resource = AsyncContactAddressStatusResource
