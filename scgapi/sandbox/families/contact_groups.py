"""Contact groups: STATIC ones hold a list, DYNAMIC ones are worked out from their criteria."""

from __future__ import annotations

import json

from scgapi.models import contact_groups
from scgapi.sandbox.errors import GatewayError
from scgapi.sandbox.families.contacts import CONTACTS
from scgapi.sandbox.membership import Membership
from scgapi.sandbox.query import filter_text
from scgapi.sandbox.resource import Resource
from scgapi.sandbox.store import Document, document, items
from scgapi.sandbox.world import Handlers, World


def _prepare(_world: World, fields: Document, _current: Document | None) -> None:
    _criteria(fields)


def _show(world: World, group: Document) -> Document:
    members = MEMBERSHIP.members(world, group)
    kind = "STATIC" if _criteria(group) is None else "DYNAMIC"
    return {**group, "type": kind, "state": "Ready", "member_count": len(members)}


def _matching(world: World, group: Document) -> list[Document] | None:
    criteria = _criteria(group)
    if criteria is None:
        return None
    wanted = {name: _any_of(value) for name, value in criteria.items()}
    return [
        contact
        for contact in CONTACTS.rows(world).rows()
        if all(filter_text(contact.get(name)) in values for name, values in wanted.items())
    ]


def _must_be_static(_world: World, group: Document) -> None:
    if _criteria(group) is not None:
        raise GatewayError(
            400, "SCG_ERROR_400", "Bad Request - the members of a DYNAMIC group follow its criteria"
        )


def _criteria(group: Document) -> Document | None:
    text = group.get("criteria")
    if not isinstance(text, str) or not text:
        return None
    try:
        found = document(json.loads(text))
    except (ValueError, RecursionError):
        found = None
    if found is None:
        raise GatewayError(400, "1017", "Invalid Json expression in Dynamic Group definition")
    return found


def _any_of(value: object) -> list[str]:
    return [filter_text(item) for item in (items(value) or [value])]


GROUPS = Resource(
    spec=contact_groups,
    model=contact_groups.ContactGroupData,
    ignored=("version_number",),
    aliases={"status": "state"},
    prepare=_prepare,
    show=_show,
)

MEMBERSHIP = Membership(
    owner=GROUPS,
    member=CONTACTS,
    list_members=contact_groups.LIST_CONTACTS,
    add_members=contact_groups.ADD_CONTACT,
    remove_member=contact_groups.DELETE_CONTACT,
    may_change=_must_be_static,
    computed=_matching,
)

HANDLERS: Handlers = {**GROUPS.handlers(), **MEMBERSHIP.handlers()}
