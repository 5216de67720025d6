"""Contact application tokens: the installed applications that a contact gets push messages in."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field
from typing_extensions import TypedDict

from scgapi._core.operation import Operation
from scgapi.models._base import ResourceModel, Versioned
from scgapi.models._fields import HIDDEN, DateFilter, IntFilter, ListOptions, TextFilter

DeliveryProvider = Literal["APN", "GCM", "FCM"] | str
ApplicationTokenState = Literal["ACTIVE", "INVALID"] | str


class ContactApplicationTokenData(ResourceModel):
    """A contact application token's fields (GET `/contacts/{contact_id}/application_tokens/{id}`)."""

    sender_id_address: Annotated[str | None, HIDDEN] = None
    """The address of the sender id that the application belongs to."""
    message_delivery_provider: DeliveryProvider | None = None
    """Who delivers to it."""
    token: Annotated[str | None, HIDDEN] = None
    """What the provider knows the application on that device by."""
    state: Final[Annotated[ApplicationTokenState | None, Field(default=None)]]
    """INVALID once the provider refuses it."""
    badges: Final[Annotated[int | None, Field(default=None)]]


class ContactApplicationTokenFields(TypedDict, total=False):
    """What a contact application token is created from."""

    sender_id_address: str | None
    message_delivery_provider: DeliveryProvider | None
    token: str | None


class ContactApplicationTokenUpdate(ContactApplicationTokenFields, Versioned):
    """What an update of a contact application token takes."""


class ContactApplicationTokenFilters(ListOptions, total=False):
    """What contact application tokens can be found by; see `ListOptions` for the rest.

    `last_updated_date` is sent as `last_update_date`, which it is only here by the definition.
    """

    id: TextFilter
    sender_id_address: TextFilter
    message_delivery_provider: TextFilter
    token: TextFilter
    application_id: IntFilter
    created_date: DateFilter
    last_updated_date: Annotated[DateFilter, Field(alias="last_update_date")]


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
