"""Connectors between sender ids and bots on other platforms."""

from __future__ import annotations

from scgapi.models import connectors
from scgapi.sandbox.errors import invalid, missing
from scgapi.sandbox.handlers.sender_ids import SENDER_IDS
from scgapi.sandbox.resources.resource import Resource
from scgapi.sandbox.state.account import Account, OperationHandlers
from scgapi.sandbox.state.store import Document

_TYPES = ("AZURE_BOT_DIRECT_LINE",)


def _prepare(account: Account, fields: Document, current: Document | None) -> None:
    for name in ("type", "sender_id"):
        if not {**(current or {}), **fields}.get(name):
            raise missing(name)
    if fields.get("type", _TYPES[0]) not in _TYPES:
        raise invalid("type", str(fields["type"]))
    if "sender_id" in fields and SENDER_IDS.rows(account).find(str(fields["sender_id"])) is None:
        raise invalid("sender_id", str(fields["sender_id"]))


def _show(_account: Account, row: Document) -> Document:
    # Responses do not show credentials.
    return {name: value for name, value in row.items() if name != "credentials"}


CONNECTORS = Resource(
    spec=connectors,
    model=connectors.ConnectorData,
    unique=("external_id",),
    prepare=_prepare,
    show=_show,
)

HANDLERS: OperationHandlers = CONNECTORS.handlers()
