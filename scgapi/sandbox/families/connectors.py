"""Connectors: what joins a sender id with a bot on another platform."""

from __future__ import annotations

from scgapi.models import connectors
from scgapi.sandbox.errors import invalid, missing
from scgapi.sandbox.families.sender_ids import SENDER_IDS
from scgapi.sandbox.resource import Resource
from scgapi.sandbox.store import Document
from scgapi.sandbox.world import Handlers, World

_TYPES = ("AZURE_BOT_DIRECT_LINE",)


def _prepare(world: World, fields: Document, current: Document | None) -> None:
    for name in ("type", "sender_id"):
        if not {**(current or {}), **fields}.get(name):
            raise missing(name)
    if fields.get("type", _TYPES[0]) not in _TYPES:
        raise invalid("type", str(fields["type"]))
    if "sender_id" in fields and SENDER_IDS.rows(world).find(str(fields["sender_id"])) is None:
        raise invalid("sender_id", str(fields["sender_id"]))


def _show(_world: World, row: Document) -> Document:
    # Credentials are kept and never told.
    return {name: value for name, value in row.items() if name != "credentials"}


CONNECTORS = Resource(
    spec=connectors,
    model=connectors.ConnectorData,
    unique=("external_id",),
    prepare=_prepare,
    show=_show,
)

HANDLERS: Handlers = CONNECTORS.handlers()
