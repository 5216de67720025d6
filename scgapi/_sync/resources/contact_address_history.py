# Generated from scgapi/_async/resources/contact_address_history.py by tools/generate.py: edit that file.
"""The history of consent: each change of what an address consents to."""

from __future__ import annotations

from typing import ClassVar, Unpack

from scgapi._sync.objects import Object
from scgapi._sync.pager import Pager
from scgapi._sync.resource import Resource
from scgapi.models import contact_address_history as spec
from scgapi.models.contact_address_history import ContactAddressHistoryData, ContactAddressHistoryFilters


class ContactAddressHistory(Object, ContactAddressHistoryData):
    """One change of what an address consents to."""

    Resource: ClassVar[type[ContactAddressHistoryResource]]


class ContactAddressHistoryResource(Resource):
    """The history of consent, through one client: `client.contact_address_history`."""

    def list(self, **filters: Unpack[ContactAddressHistoryFilters]) -> Pager[ContactAddressHistory]:
        """List changes of consent that match all filters, or all of them (GET `/consent/contact_address_history`).

        Lazy: pages of `limit` objects are fetched as they are consumed. There is no reading of a single one.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(ContactAddressHistory, spec.LIST, options=filters)


ContactAddressHistory.Resource = ContactAddressHistoryResource
