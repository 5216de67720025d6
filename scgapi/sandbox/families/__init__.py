"""All operations that the sandbox answers. A new family is a module with HANDLERS, and its line here."""

from __future__ import annotations

from scgapi._core.operation import Operation
from scgapi.sandbox.families import (
    attachments,
    channels,
    contact_groups,
    contacts,
    message_requests,
    messages,
    sender_ids,
    tokens,
)
from scgapi.sandbox.world import Handler

HANDLERS: dict[Operation, Handler] = {
    **tokens.HANDLERS,
    **sender_ids.HANDLERS,
    **channels.HANDLERS,
    **message_requests.HANDLERS,
    **messages.HANDLERS,
    **attachments.HANDLERS,
    **contacts.HANDLERS,
    **contact_groups.HANDLERS,
}
