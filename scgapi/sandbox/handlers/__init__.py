"""The handlers of all operations. To add a resource, write a module with HANDLERS and add its line here."""

from __future__ import annotations

from scgapi._core.operation import Operation
from scgapi.sandbox.handlers import (
    access_tokens,
    applications,
    attachments,
    auto_alias,
    bridges,
    calls,
    channels,
    conferences,
    connectors,
    contact_address_statuses,
    contact_groups,
    contacts,
    digits_collectors,
    fast_access_rules,
    imports,
    keywords,
    message_requests,
    message_templates,
    messages,
    mfa_applications,
    sender_ids,
    tokens,
)
from scgapi.sandbox.state.account import OperationHandler

HANDLERS: dict[Operation, OperationHandler] = {
    **tokens.HANDLERS,
    **sender_ids.HANDLERS,
    **channels.HANDLERS,
    **message_requests.HANDLERS,
    **messages.HANDLERS,
    **attachments.HANDLERS,
    **contacts.HANDLERS,
    **contact_groups.HANDLERS,
    **access_tokens.HANDLERS,
    **calls.HANDLERS,
    **digits_collectors.HANDLERS,
    **bridges.HANDLERS,
    **conferences.HANDLERS,
    **contact_address_statuses.HANDLERS,
    **fast_access_rules.HANDLERS,
    **keywords.HANDLERS,
    **message_templates.HANDLERS,
    **mfa_applications.HANDLERS,
    **applications.HANDLERS,
    **auto_alias.HANDLERS,
    **connectors.HANDLERS,
    **imports.HANDLERS,
}
