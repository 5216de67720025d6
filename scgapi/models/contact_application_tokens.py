"""Contact application tokens: the installed applications that a contact gets push messages in."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field
from typing_extensions import TypedDict

from scgapi._core.model.base import ResourceModel, Versioned
from scgapi._core.model.fields import SENSITIVE, ChoiceFilter, DateFilter, IntFilter, ListOptions, TextFilter
from scgapi._core.operation import Operation

DeliveryProvider = Literal["APN", "GCM", "FCM"] | str
ApplicationTokenState = Literal["ACTIVE", "INVALID"] | str


class ContactApplicationTokenData(ResourceModel):
    """A contact application token's fields (GET `/contacts/{contact_id}/application_tokens/{id}`)."""

    sender_id_address: Annotated[str | None, SENSITIVE] = None
    """The address of the sender id that the application belongs to."""
    message_delivery_provider: DeliveryProvider | None = None
    """Push provider: APN, GCM or FCM."""
    token: Annotated[str | None, SENSITIVE] = None
    """Device token: the provider's own id of the application on that device."""
    state: Final[Annotated[ApplicationTokenState | None, Field(default=None)]]
    """INVALID once the provider refuses it."""
    badges: Final[Annotated[int | None, Field(default=None)]]
    """Number on the application's icon."""


class _ContactApplicationTokenFields(TypedDict, total=False):
    """Keys that ContactApplicationTokenFields shares with ContactApplicationTokenUpdate."""

    sender_id_address: str | None
    """Address of the sender id that the application belongs to."""
    message_delivery_provider: DeliveryProvider | None
    """Push service that delivers: APN, FCM or GCM."""
    token: str | None
    """Token by which the push service knows the application on that device."""


class ContactApplicationTokenFields(_ContactApplicationTokenFields, closed=True):
    """Fields of a contact application token to create."""


class ContactApplicationTokenUpdate(_ContactApplicationTokenFields, Versioned, closed=True):
    """Fields of a contact application token that an update can change."""


class ContactApplicationTokenFilters(ListOptions, total=False, closed=True):
    """Filters for contact application tokens; see `ListOptions` for the other keywords.

    `last_updated_date` is sent as `last_update_date`, which it is only here by the definition.
    """

    id: TextFilter
    """Id, or several of which any may match."""
    sender_id_address: TextFilter
    """Address of the sender id, or several."""
    message_delivery_provider: ChoiceFilter[DeliveryProvider]
    """Push service, such as `APN`; or several."""
    token: TextFilter
    """Token of the push service, or several."""
    application_id: IntFilter
    """Id of the application that created it, or several."""
    created_date: DateFilter
    """Time of creation: one time, or a range `(from, to)` including both ends."""
    last_updated_date: Annotated[DateFilter, Field(alias="last_update_date")]
    """Time of the last change: one time, or a range `(from, to)` including both ends."""


_TOKENS = "/contacts/{contact_id}/application_tokens"

LIST = Operation("contacts.application_tokens.list", "GET", _TOKENS, query=ContactApplicationTokenFilters)
CREATE = Operation("contacts.application_tokens.create", "POST", _TOKENS, body=ContactApplicationTokenFields)
GET = Operation("contacts.application_tokens.get", "GET", f"{_TOKENS}/{{token_id}}")
UPDATE = Operation(
    "contacts.application_tokens.update",
    "POST",
    f"{_TOKENS}/{{token_id}}",
    body=ContactApplicationTokenUpdate,
)
DELETE = Operation("contacts.application_tokens.delete", "DELETE", f"{_TOKENS}/{{token_id}}")
