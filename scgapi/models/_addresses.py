"""Objects as addresses: what can be sent to, and from, besides text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator

from scgapi.models._base import ResourceModel

if TYPE_CHECKING:
    from scgapi.models.channels import ChannelData
    from scgapi.models.contact_groups import ContactGroupData
    from scgapi.models.contacts import ContactData
    from scgapi.models.sender_ids import SenderIdData

    Sender = str | SenderIdData | ChannelData
    Recipient = str | ContactData | ContactGroupData
    SingleRecipient = str | ContactData
else:
    # Checkers see the models; at run time nothing of them is loaded for a send to a number.

    def _address(*kinds: str) -> Callable[[object], object]:
        def as_text(value: object) -> object:
            if isinstance(value, ResourceModel) and value.id and value.address_kind in kinds:
                return f"{value.address_kind}:{value.id}"
            return value

        return as_text

    Sender = Annotated[str, BeforeValidator(_address("sender_id", "channel"))]
    Recipient = Annotated[str, BeforeValidator(_address("contact", "group"))]
    SingleRecipient = Annotated[str, BeforeValidator(_address("contact"))]
