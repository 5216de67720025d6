"""The history of consent: each change of what an address consents to."""

from __future__ import annotations

from typing import ClassVar, Unpack

from scgapi._async.objects import AsyncObject
from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncResource
from scgapi.models import contact_address_history as spec
from scgapi.models.contact_address_history import ContactAddressHistoryData, ContactAddressHistoryFilters


class AsyncContactAddressHistory(AsyncObject, ContactAddressHistoryData):
    """One change of what an address consents to."""

    Resource: ClassVar[type[AsyncContactAddressHistoryResource]]


class AsyncContactAddressHistoryResource(AsyncResource):
    """The history of consent, through one client: `client.contact_address_history`."""

    def list(self, **filters: Unpack[ContactAddressHistoryFilters]) -> AsyncPager[AsyncContactAddressHistory]:
        """List changes of consent that match all filters, or all of them (GET `/consent/contact_address_history`).

        Lazy: pages of `limit` objects are fetched as they are consumed. There is no reading of a single one.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncContactAddressHistory, spec.LIST, options=filters)


AsyncContactAddressHistory.Resource = AsyncContactAddressHistoryResource
