"""All handsets of a sandbox: the list of phones, and a search in all messages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from scgapi.sandbox.behaviour.addresses import address_key
from scgapi.sandbox.behaviour.messaging import Messaging
from scgapi.sandbox.behaviour.telephony import ENDED, Telephony
from scgapi.sandbox.errors import GatewayError
from scgapi.sandbox.handlers.attachments import content_of
from scgapi.sandbox.handlers.sender_ids import SENDER_IDS
from scgapi.sandbox.handsets.access import AccountAccess
from scgapi.sandbox.handsets.inbox import Conversation, Inbox
from scgapi.sandbox.handsets.phone import text_filter
from scgapi.sandbox.handsets.views import PhoneMessage, preview, view_call, view_message
from scgapi.sandbox.state.account import Account
from scgapi.sandbox.state.store import Document, text, texts


@dataclass(frozen=True, slots=True)
class PhoneSummary:
    """A line of the list of phones."""

    number: str = field(repr=False)
    last_text: str = field(repr=False)
    last_time: datetime
    last_state: str
    last_direction: str
    """`MT`, `MO`, or `CALL` for a conversation without messages."""
    messages: int
    unread: int
    ringing: bool


@dataclass(frozen=True, slots=True)
class Sender:
    """A sender id that a handset can reply to."""

    id: str
    name: str
    address: str
    capabilities: tuple[str, ...]


class Phones:
    """All handsets of an account."""

    def __init__(self, gateway: AccountAccess) -> None:
        self._gateway = gateway

    def latest(self, *, limit: int | None = None, offset: int = 0) -> list[PhoneSummary]:
        """Return the phones, the one with the latest activity first."""
        with self._gateway.account() as account:
            stop = None if limit is None else offset + limit
            return [_summary(account, one) for one in islice(account.component(Inbox).latest(), offset, stop)]

    def search(
        self,
        text: str | re.Pattern[str] | None = None,
        *,
        number: str | None = None,
        sender: str | None = None,
        state: str | None = None,
        request_id: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[PhoneMessage]:
        """Return the messages of all phones that match, the latest first.

        Args:
            text: only messages that contain this text, in upper or lower case, or match this pattern.
            number: only messages to or from numbers that contain these digits.
            sender: only messages of this sender id, given by id or address.
            state: only messages in this state.
            request_id: only messages of this message request.
            limit: maximum number of messages.
            offset: number of messages to skip.
        """
        with self._gateway.account() as account:
            rows = account.component(Messaging).all_messages(update=state is not None)
            matches = text_filter(text)

            def wanted(row: Document) -> bool:
                handset, application = (
                    ("from_address", "to_address")
                    if row["direction"] == "MO"
                    else ("to_address", "from_address")
                )
                return (
                    (state is None or row["state"] == state)
                    and (request_id is None or row.get("message_request_id") == request_id)
                    and (number is None or address_key(number) in address_key(row.get(handset)))
                    and (
                        sender is None
                        or row.get("customer_sender_id") == sender
                        or address_key(row.get(application)) == address_key(sender)
                    )
                    and matches(str(row.get("body") or ""))
                )

            stop = None if limit is None else offset + limit
            found = islice(filter(wanted, reversed(rows)), offset, stop)
            return [view_message(account, str(row["id"])) for row in found]

    def raw(self, message_id: str) -> Document:
        """Return a message with all its fields, as the API would show it.

        Raises:
            LookupError: the message does not exist.
        """
        with self._gateway.account() as account:
            if message_id not in account.component(Messaging).messages:
                raise LookupError(f"there is no message {message_id!r}")
            return account.component(Messaging).current(message_id)

    def senders(self) -> list[Sender]:
        """Return the sender ids that handsets can write to or call."""
        with self._gateway.account() as account:
            return [
                Sender(str(row["id"]), str(row.get("name")), address, tuple(texts(row.get("capabilities"))))
                for row in SENDER_IDS.rows(account).rows()
                if row["state"] == "ACTIVE" and (address := text(row.get("address")))
            ]

    def media(self, attachment_id: str) -> bytes:
        """Return the content of an attachment.

        Raises:
            LookupError: the attachment does not exist, or was not uploaded.
        """
        with self._gateway.account() as account:
            try:
                return content_of(account, attachment_id)
            except GatewayError:
                raise LookupError(f"attachment {attachment_id!r} does not exist or has no content") from None

    def clear(self) -> None:
        """Remove all conversations. The account keeps its messages and requests."""
        with self._gateway.account() as account:
            account.component(Inbox).clear()


def _summary(account: Account, conversation: Conversation) -> PhoneSummary:
    messages, calls = conversation.messages, account.component(Telephony).calls
    recent_calls = [view_call(account, key) for key in conversation.calls[-3:] if key in calls]
    ringing = any(call.direction == "OUT" and call.state not in (*ENDED, "ACTIVE") for call in recent_calls)
    last = view_message(account, messages[-1]) if messages else None
    if recent_calls and (last is None or recent_calls[-1].started > last.created):
        call = recent_calls[-1]
        shown = ("Call", call.started, call.state, "CALL")
    elif last is not None:
        shown = (
            preview(account.component(Messaging).messages.get(last.id)),
            last.created,
            last.state,
            last.direction,
        )
    else:
        shown = ("", datetime.fromtimestamp(account.now() / 1000).astimezone(), "", "CALL")
    return PhoneSummary(conversation.number, *shown, len(messages), conversation.unread, ringing)
