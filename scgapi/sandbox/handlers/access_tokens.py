"""Access tokens, and those of attachments and contacts, in one collection."""

from __future__ import annotations

from dataclasses import dataclass

from scgapi.models import access_tokens, contact_access_tokens, contact_application_tokens
from scgapi.sandbox.errors import invalid, missing
from scgapi.sandbox.handlers.attachments import ATTACHMENTS, tokens
from scgapi.sandbox.handlers.contacts import CONTACTS
from scgapi.sandbox.resources.nested import NestedResource
from scgapi.sandbox.resources.resource import Resource
from scgapi.sandbox.state.account import Account, OperationHandlers
from scgapi.sandbox.state.store import Collection, Document, number

_OPENED = {"ATTACHMENT": ATTACHMENTS, "CONTACT": CONTACTS}
# GCN stands in the published definition, probably for GCM.
_PROVIDERS = ("APN", "GCM", "GCN", "FCM")


@dataclass(frozen=True, kw_only=True, eq=False)
class _ContactTokens(NestedResource):
    def rows(self, account: Account) -> Collection:
        return tokens(account)


def _prepare(account: Account, fields: Document, _current: Document | None) -> None:
    for name in ("resource", "resource_id"):
        if not fields.get(name):
            raise missing(name)
    kind = _OPENED.get(str(fields["resource"]))
    if kind is None:
        raise invalid("resource", str(fields["resource"]))
    kind.rows(account).get(str(fields["resource_id"]))
    expires = number(fields.get("expiry_time"))
    if expires is not None and expires <= account.now():
        raise invalid("expiry_time", "it has passed")


def _show(_account: Account, row: Document) -> Document:
    # Responses do not show what a token opens.
    return {name: value for name, value in row.items() if name not in ("resource", "resource_id", "duration")}


def _prepare_contact_token(account: Account, fields: Document, _current: Document | None) -> None:
    fields["resource"] = "CONTACT"
    seconds = fields.get("duration")
    if seconds is None:
        return
    text = str(seconds)
    if not (text.isascii() and text.isdigit() and int(text[:12]) > 0):
        raise invalid("duration", "not a number of seconds above 0")
    fields["expiry_time"] = account.now() + int(text[:12]) * 1000


def _application_defaults(_account: Account, _fields: Document) -> Document:
    return {"state": "ACTIVE", "badges": 0}


def _prepare_application(_account: Account, fields: Document, _current: Document | None) -> None:
    provider = fields.get("message_delivery_provider")
    if provider is not None and provider not in _PROVIDERS:
        raise invalid("message_delivery_provider", str(provider))


def _show_application(_account: Account, row: Document) -> Document:
    # Only these objects call the date of the last change `last_update_date`.
    shown = {name: value for name, value in row.items() if name not in ("contact_id", "last_updated_date")}
    return {**shown, "last_update_date": row["last_updated_date"]}


TOKENS = Resource(spec=access_tokens, model=access_tokens.AccessTokenData, prepare=_prepare, show=_show)
CONTACT_TOKENS = _ContactTokens(
    spec=contact_access_tokens,
    model=contact_access_tokens.ContactAccessTokenData,
    owner=CONTACTS,
    link="resource_id",
    prepare=_prepare_contact_token,
    show=_show,
)
APPLICATION_TOKENS = NestedResource(
    spec=contact_application_tokens,
    model=contact_application_tokens.ContactApplicationTokenData,
    owner=CONTACTS,
    link="contact_id",
    defaults=_application_defaults,
    prepare=_prepare_application,
    show=_show_application,
    derived=("last_update_date",),
)

HANDLERS: OperationHandlers = {
    **TOKENS.handlers(),
    **CONTACT_TOKENS.handlers(),
    **APPLICATION_TOKENS.handlers(),
}
