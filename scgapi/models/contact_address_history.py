"""The history of consent: each change of what an address consents to."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from scgapi._core.operation import Operation
from scgapi.models._base import ResourceModel
from scgapi.models._fields import DateFilter, IntFilter, ListOptions, TextFilter, Timestamp
from scgapi.models.contact_address_statuses import ConsentStatus

ConsentSource = Literal["MESSAGE", "CARRIER", "COMPANY"] | str


class ContactAddressHistoryData(ResourceModel):
    """One change of consent (GET `/consent/contact_address_history`); the gateway's own, all read-only."""

    msisdn: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """The address whose consent changed."""
    sender_id: Final[Annotated[str | None, Field(default=None)]]
    """The sender id that the consent is about."""
    source: Final[Annotated[ConsentSource | None, Field(default=None)]]
    """Who said so: the recipient in a MESSAGE, a CARRIER's blacklist, or your COMPANY."""
    status: Final[Annotated[ConsentStatus | None, Field(default=None)]]
    """What the consent became."""
    timestamp: Final[Annotated[Timestamp | None, Field(default=None)]]
    """When the message that changed it came in."""
    message: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """The body of that message."""
    keyword: Final[Annotated[str | None, Field(default=None)]]
    """The keyword that was found in it."""


class ContactAddressHistoryFilters(ListOptions, total=False):
    """What changes of consent can be found by; see `ListOptions` for the rest."""

    id: TextFilter
    msisdn: TextFilter
    sender_id: TextFilter
    source: TextFilter
    status: TextFilter
    timestamp: DateFilter
    message: TextFilter
    keyword: TextFilter
    application_id: IntFilter
    created_date: DateFilter
    last_updated_date: DateFilter


LIST = Operation(
    "contact_address_history.list",
    "GET",
    "/consent/contact_address_history",
    query=ContactAddressHistoryFilters,
)
