"""The account of a sandbox as JSON."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic_core import to_json

from scgapi._core.json import parse_object
from scgapi.sandbox.behaviour.confirmation_codes import ConfirmationCodes, PendingCode
from scgapi.sandbox.behaviour.consent import Consent
from scgapi.sandbox.behaviour.jobs import _JobProgress
from scgapi.sandbox.behaviour.messaging import Messaging
from scgapi.sandbox.behaviour.telephony import Telephony
from scgapi.sandbox.handlers.attachments import _Contents
from scgapi.sandbox.handlers.bridges import Bridges
from scgapi.sandbox.handlers.conferences import _Conferences
from scgapi.sandbox.handsets.inbox import Conversation, Inbox
from scgapi.sandbox.resources.membership import _MemberLists
from scgapi.sandbox.state.account import Account, Component
from scgapi.sandbox.state.progress import ProgressState
from scgapi.sandbox.state.store import Document
from scgapi.sandbox.state.tokens import Tokens

_FORMAT = "scgapi sandbox account, version 1"
_BYTES = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")


@dataclass(frozen=True)
class _SavedAttribute:
    """An attribute of a component to save. `pairs`: it is a dict whose keys are tuples."""

    component: type[Component]
    attribute: str
    adapter: TypeAdapter[Any]
    pairs: bool = False

    @property
    def name(self) -> str:
        return f"{self.component.__name__}.{self.attribute}".replace("_", "")

    def dump(self, account: Account) -> object:
        value = getattr(account.component(self.component), self.attribute)
        return self.adapter.dump_python(list(value.items()) if self.pairs else value, mode="json")

    def load(self, account: Account, saved: object) -> None:
        value = self.adapter.validate_json(to_json(saved))
        setattr(account.component(self.component), self.attribute, dict(value) if self.pairs else value)


_SAVED = (
    _SavedAttribute(Messaging, "_progress", TypeAdapter(dict[str, ProgressState])),
    _SavedAttribute(Messaging, "_message_ids", TypeAdapter(dict[str, list[str]])),
    _SavedAttribute(Messaging, "_reads", TypeAdapter(dict[str, int])),
    _SavedAttribute(Messaging, "_canceled", TypeAdapter(set[str])),
    _SavedAttribute(Messaging, "_outdated_requests", TypeAdapter(dict[str, None])),
    _SavedAttribute(Telephony, "_ringing", TypeAdapter(dict[str, ProgressState])),
    _SavedAttribute(Telephony, "_played", TypeAdapter(dict[str, list[dict[str, object]]])),
    _SavedAttribute(
        ConfirmationCodes, "_waiting", TypeAdapter(list[tuple[tuple[str, ...], PendingCode]]), pairs=True
    ),
    _SavedAttribute(Consent, "_ids", TypeAdapter(list[tuple[tuple[str, str], str]]), pairs=True),
    _SavedAttribute(_Contents, "content", TypeAdapter(dict[str, bytes], config=_BYTES)),
    _SavedAttribute(_JobProgress, "by_id", TypeAdapter(dict[str, ProgressState])),
    _SavedAttribute(_MemberLists, "by_owner", TypeAdapter(dict[str, dict[str, None]])),
    _SavedAttribute(Inbox, "_conversations", TypeAdapter(dict[str, Conversation])),
)
# These hold no state of their own, but must exist to follow the calls.
_FOLLOWERS: tuple[type[Component], ...] = (Bridges, _Conferences)


class _Credentials(BaseModel):
    key: str
    secret: str
    current: str
    first: str
    valid_until: dict[str, float | None]


class SavedAccount(BaseModel):
    """A saved account."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", hide_input_in_errors=True)

    tokens: _Credentials
    clock_offset: float
    collections: dict[str, list[dict[str, object]]]
    components: dict[str, object]


def dump(account: Account, tokens: Tokens, offset: float) -> bytes:
    """Return the account as two lines: a header with a checksum, and the account as a JSON object."""
    # Dump the components first: creating one creates its collections.
    components = {attribute.name: attribute.dump(account) for attribute in _SAVED}
    saved: Document = {
        "tokens": tokens.dump(),
        "clock_offset": offset,
        "collections": {name: rows.dump() for name, rows in account.collections().items() if len(rows)},
        "components": components,
    }
    body = to_json(saved)
    return to_json({"format": _FORMAT, "sha256": hashlib.sha256(body).hexdigest()}) + b"\n" + body + b"\n"


def load(content: bytes, account: Account) -> SavedAccount:
    """Fill an account with a saved one; return the saved account, for the values that are not objects.

    Raises:
        ValueError: the content is damaged, or is not a saved account.
    """
    head, _, body = content.partition(b"\n")
    about = parse_object(head)
    if about.get("format") != _FORMAT:
        raise ValueError(f"it does not begin as an account of the sandbox does ({_FORMAT})")
    body = body.removesuffix(b"\n")
    if about.get("sha256") != hashlib.sha256(body).hexdigest():
        raise ValueError("it is damaged: its checksum does not match its content")
    try:
        saved = SavedAccount.model_validate_json(body)
        for attribute in _SAVED:
            attribute.load(account, saved.components[attribute.name])
        for name, rows in saved.collections.items():
            account.collection(name).load({str(row["id"]): row for row in rows})
    except (ValidationError, KeyError) as error:
        where = error if isinstance(error, KeyError) else error.errors(include_input=False)[0]["loc"]
        raise ValueError(f"it is no account of this version of the sandbox: {where}") from None
    for follower in _FOLLOWERS:
        account.component(follower)
    return saved
