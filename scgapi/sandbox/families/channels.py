"""Channels: several sender ids to send from as one."""

from __future__ import annotations

from scgapi.models import channels
from scgapi.sandbox.errors import invalid
from scgapi.sandbox.families.sender_ids import SENDER_IDS
from scgapi.sandbox.membership import Membership
from scgapi.sandbox.resource import Resource
from scgapi.sandbox.store import Document
from scgapi.sandbox.world import Handlers, World


def _defaults(_world: World, _fields: Document) -> Document:
    return {"ownership": "PRIVATE", "priority": "normal", "message_templates": []}


def _prepare(_world: World, fields: Document, _current: Document | None) -> None:
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

HANDLERS: Handlers = {**CHANNELS.handlers(), **MEMBERSHIP.handlers()}
