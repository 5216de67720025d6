"""The history of consent: each change of what an address consents to."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from scgapi._core.model.base import ResourceModel
from scgapi._core.model.fields import ChoiceFilter, DateFilter, IntFilter, ListOptions, TextFilter, Timestamp
from scgapi._core.operation import Operation
from scgapi.models.contact_address_statuses import ConsentStatus

ConsentSource = Literal["MESSAGE", "CARRIER", "COMPANY"] | str


class ContactAddressHistoryData(ResourceModel):
    """One change of consent (GET `/consent/contact_address_history`); the gateway's own, all read-only."""

    msisdn: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """The address whose consent changed."""
    sender_id: Final[Annotated[str | None, Field(default=None)]]
    """The sender id that the consent is about."""
    source: Final[Annotated[ConsentSource | None, Field(default=None)]]
    """Source of the change: MESSAGE (the recipient), CARRIER (a blacklist), or COMPANY."""
    status: Final[Annotated[ConsentStatus | None, Field(default=None)]]
    """New consent."""
    timestamp: Final[Annotated[Timestamp | None, Field(default=None)]]
    """Time when the message that changed it arrived."""
    message: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """The body of that message."""
    keyword: Final[Annotated[str | None, Field(default=None)]]
    """The keyword that was found in it."""


class ContactAddressHistoryFilters(ListOptions, total=False, closed=True):
    """Filters for changes of consent; see `ListOptions` for the other keywords."""

    id: TextFilter
    """Id, or several of which any may match."""
    msisdn: TextFilter
    """Address whose consent changed, such as `+15551234567`; or several."""
    sender_id: TextFilter
    """Id of the sender id that the consent is about, or several."""
    source: ChoiceFilter[ConsentSource]
    """Source of the change: MESSAGE, CARRIER or COMPANY; or several."""
    status: ChoiceFilter[ConsentStatus]
    """Consent after the change, such as `OPTOUT`; or several."""
    timestamp: DateFilter
    """Time of the change: one time, or a range `(from, to)` including both ends."""
    message: TextFilter
    """Text of the message that changed it."""
    keyword: TextFilter
    """Keyword that was found in that message, or several."""
    application_id: IntFilter
    """Id of the application that created it, or several."""
    created_date: DateFilter
    """Time of creation: one time, or a range `(from, to)` including both ends."""
    last_updated_date: DateFilter
    """Time of the last change: one time, or a range `(from, to)` including both ends."""


LIST = Operation(
    "contact_address_history.list",
    "GET",
    "/consent/contact_address_history",
    query=ContactAddressHistoryFilters,
)
