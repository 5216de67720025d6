"""Access tokens, in one store with those that attachments and contacts make for themselves."""

from __future__ import annotations

from dataclasses import dataclass

from scgapi.models import access_tokens, contact_access_tokens, contact_application_tokens
from scgapi.sandbox.errors import invalid, missing
from scgapi.sandbox.families.attachments import ATTACHMENTS, tokens
from scgapi.sandbox.families.contacts import CONTACTS
from scgapi.sandbox.nested import NestedResource
from scgapi.sandbox.resource import Resource
from scgapi.sandbox.store import Collection, Document, number
from scgapi.sandbox.world import Handlers, World

_OPENED = {"ATTACHMENT": ATTACHMENTS, "CONTACT": CONTACTS}
# The definition's own text says GCN.
_PROVIDERS = ("APN", "GCM", "GCN", "FCM")


@dataclass(frozen=True, kw_only=True, eq=False)
class _ContactTokens(NestedResource):
    def rows(self, world: World) -> Collection:
        return tokens(world)


def _prepare(world: World, fields: Document, _current: Document | None) -> None:
    for name in ("resource", "resource_id"):
        if not fields.get(name):
            raise missing(name)
    kind = _OPENED.get(str(fields["resource"]))
    if kind is None:
        raise invalid("resource", str(fields["resource"]))
    kind.rows(world).get(str(fields["resource_id"]))
    expires = number(fields.get("expiry_time"))
    if expires is not None and expires <= world.now():
        raise invalid("expiry_time", "it has passed")


def _show(_world: World, row: Document) -> Document:
    # Answers do not tell what a token opens.
    return {name: value for name, value in row.items() if name not in ("resource", "resource_id", "duration")}


def _prepare_contact_token(world: World, fields: Document, _current: Document | None) -> None:
    fields["resource"] = "CONTACT"
    seconds = fields.get("duration")
    if seconds is None:
        return
    text = str(seconds)
    if not (text.isascii() and text.isdigit() and int(text[:12]) > 0):
        raise invalid("duration", "not a number of seconds above 0")
    fields["expiry_time"] = world.now() + int(text[:12]) * 1000


def _application_defaults(_world: World, _fields: Document) -> Document:
    return {"state": "ACTIVE", "badges": 0}


def _prepare_application(_world: World, fields: Document, _current: Document | None) -> None:
    provider = fields.get("message_delivery_provider")
    if provider is not None and provider not in _PROVIDERS:
        raise invalid("message_delivery_provider", str(provider))


def _show_application(_world: World, row: Document) -> Document:
    # The one kind of object whose last change is still called so.
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
)

HANDLERS: Handlers = {
    **TOKENS.handlers(),
    **CONTACT_TOKENS.handlers(),
    **APPLICATION_TOKENS.handlers(),
}
