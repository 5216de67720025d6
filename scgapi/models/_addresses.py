"""Types of fields that take an address or an id, or the object that has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

from scgapi._core.model.references import accept_address, accept_id

AddressOfSender = Annotated[str, accept_address("sender_id", "channel")]
"""A sender's address: in a model it is set by address, sender id or channel, and read as the address."""

AddressOfRecipient = Annotated[str, accept_address("contact", "group")]
"""A recipient's address: in a model it is set by address, contact or group, and read as the address."""

AddressOfContact = Annotated[str, accept_address("contact")]
"""A contact's address: in a model it is set by address or contact, and read as the address."""

IdOfAttachment = Annotated[str, accept_id("AttachmentData")]
"""The id of an attachment: in a model it is set by id or by the object, and read as the id."""

IdOfCall = Annotated[str, accept_id("CallData")]
"""The id of a call: set by id or by the object, read as the id."""

IdOfContactGroup = Annotated[str, accept_id("ContactGroupData")]
"""The id of a contact group: set by id or by the object, read as the id."""

IdOfScript = Annotated[str, accept_id("ApplicationScriptData")]
"""The id of a script: set by id or by the object, read as the id."""

IdOfSenderId = Annotated[str, accept_id("SenderIdData")]
"""The id of a sender id: set by id or by the object, read as the id."""

IdOfTokenResource = Annotated[str, accept_id("AttachmentData", "ContactData")]
"""The id of an attachment or a contact: set by id or by the object, read as the id."""

if TYPE_CHECKING:
    from scgapi.models.application_scripts import ApplicationScriptData
    from scgapi.models.attachments import AttachmentData
    from scgapi.models.calls import CallData
    from scgapi.models.channels import ChannelData
    from scgapi.models.contact_groups import ContactGroupData
    from scgapi.models.contacts import ContactData
    from scgapi.models.sender_ids import SenderIdData

    Sender: TypeAlias = str | SenderIdData | ChannelData
    """Sender: a sender id, a channel, `sender_id:ID`, `channel:ID`, a bare sender id, or an address."""

    Recipient: TypeAlias = str | ContactData | ContactGroupData
    """Recipient: a number such as `+15551234567`, `contact:ID`, `group:ID`, a contact, or a contact
    group."""

    SingleRecipient: TypeAlias = str | ContactData
    """Recipient: a number such as `+15551234567`, `contact:ID`, or a contact."""

    AttachmentRef: TypeAlias = str | AttachmentData
    """An attachment, by its id or as the object."""

    CallRef: TypeAlias = str | CallData
    """A call, by its id or as the object."""

    ContactGroupRef: TypeAlias = str | ContactGroupData
    """A contact group, by its id or as the object."""

    SenderIdRef: TypeAlias = str | SenderIdData
    """A sender id, by its id or as the object."""

    ScriptRef: TypeAlias = str | ApplicationScriptData
    """A script, by its id or as the object."""

    TokenResourceRef: TypeAlias = str | AttachmentData | ContactData
    """An attachment or a contact, by its id or as the object."""
else:
    # Type checkers see the models; at run time a send to a number loads none of them.
    Sender = AddressOfSender
    Recipient = AddressOfRecipient
    SingleRecipient = AddressOfContact
    AttachmentRef = IdOfAttachment
    CallRef = IdOfCall
    ContactGroupRef = IdOfContactGroup
    ScriptRef = IdOfScript
    SenderIdRef = IdOfSenderId
    TokenResourceRef = IdOfTokenResource
