"""Contact groups. STATIC groups hold a list of contacts, DYNAMIC groups have all contacts that match their criteria."""

from __future__ import annotations

import json

from scgapi.models import contact_groups
from scgapi.sandbox.errors import GatewayError
from scgapi.sandbox.handlers.contacts import CONTACTS
from scgapi.sandbox.resources.membership import Membership
from scgapi.sandbox.resources.query import filter_text
from scgapi.sandbox.resources.resource import Resource
from scgapi.sandbox.state.account import Account, OperationHandlers
from scgapi.sandbox.state.store import Document, document, items


def _prepare(_account: Account, fields: Document, _current: Document | None) -> None:
    _criteria(fields)


def _show(account: Account, group: Document) -> Document:
    members = MEMBERSHIP.members(account, group)
    kind = "STATIC" if _criteria(group) is None else "DYNAMIC"
    return {**group, "type": kind, "state": "Ready", "member_count": len(members)}


def _matching(account: Account, group: Document) -> list[Document] | None:
    criteria = _criteria(group)
    if criteria is None:
        return None
    wanted = {name: _any_of(value) for name, value in criteria.items()}
    return [
        contact
        for contact in CONTACTS.rows(account).rows()
        if all(filter_text(contact.get(name)) in values for name, values in wanted.items())
    ]


def _must_be_static(_account: Account, group: Document) -> None:
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
    derived=("type", "state", "status", "member_count"),
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

HANDLERS: OperationHandlers = {**GROUPS.handlers(), **MEMBERSHIP.handlers()}
