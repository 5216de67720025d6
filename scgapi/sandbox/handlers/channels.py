"""Channels: groups of sender ids that messages are sent from."""

from __future__ import annotations

from scgapi.models import channels
from scgapi.sandbox.errors import invalid
from scgapi.sandbox.handlers.sender_ids import SENDER_IDS
from scgapi.sandbox.resources.membership import Membership
from scgapi.sandbox.resources.resource import Resource
from scgapi.sandbox.state.account import Account, OperationHandlers
from scgapi.sandbox.state.store import Document


def _defaults(_account: Account, _fields: Document) -> Document:
    return {"ownership": "PRIVATE", "priority": "normal", "message_templates": []}


def _prepare(_account: Account, fields: Document, _current: Document | None) -> None:
    priority = fields.get("priority")
    if priority is not None and str(priority).lower() not in ("high", "normal", "low"):
        raise invalid("priority", str(priority))


CHANNELS = Resource(spec=channels, model=channels.ChannelData, defaults=_defaults, prepare=_prepare)

MEMBERSHIP = Membership(
    owner=CHANNELS,
    member=SENDER_IDS,
    list_members=channels.LIST_SENDER_IDS,
    add_members=channels.ADD_SENDER_ID,
    remove_member=channels.DELETE_SENDER_ID,
)

HANDLERS: OperationHandlers = {**CHANNELS.handlers(), **MEMBERSHIP.handlers()}
