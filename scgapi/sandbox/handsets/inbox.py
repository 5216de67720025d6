"""Conversations by the number of the handset, updated by watching the account's objects.

This module does not read through the API: a read would change the state of messages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from scgapi.sandbox.behaviour.addresses import address_key
from scgapi.sandbox.state.account import Account
from scgapi.sandbox.state.store import Document


@dataclass(slots=True)
class Conversation:
    """The messages and calls of one handset."""

    number: str
    """Number of the handset, as it was first written."""
    messages: list[str] = field(default_factory=list[str])
    """Ids of the messages, oldest first."""
    calls: list[str] = field(default_factory=list[str])
    """Ids of the calls, oldest first."""
    unread: int = 0
    """Number of messages to the handset since the conversation was last marked as read."""


class Inbox:
    """All conversations of an account."""

    def __init__(self, account: Account) -> None:
        # In the order of the last activity, the latest at the end.
        self._conversations: dict[str, Conversation] = {}
        self._listeners: list[Callable[[str], None]] = []
        account.collection("messages").watch(self._message)
        account.collection("calls").watch(self._call)

    def listen(self, listener: Callable[[str], None]) -> None:
        """Call a function with the number of each conversation that changes; `""` stands for all."""
        self._listeners.append(listener)

    def find(self, number: str) -> Conversation | None:
        """Return the conversation of a number, or None."""
        return self._conversations.get(address_key(number))

    def latest(self) -> Iterator[Conversation]:
        """Return all conversations, the one with the latest activity first."""
        return reversed(self._conversations.values())

    def mark_read(self, number: str) -> None:
        """Reset the count of this number's unread messages."""
        conversation = self.find(number)
        if conversation is not None and conversation.unread:
            conversation.unread = 0
            self._notify(number)

    def clear(self, number: str | None = None) -> None:
        """Remove one conversation, or all. The account keeps its messages."""
        if number is None:
            self._conversations.clear()
        else:
            self._conversations.pop(address_key(number), None)
        self._notify(number or "")

    def _message(self, before: Document | None, row: Document) -> None:
        from_handset = row.get("direction") == "MO"
        address = row.get("from_address" if from_handset else "to_address")
        if not isinstance(address, str):
            return
        if before is None:
            conversation = self._touch(address)
            conversation.messages.append(str(row["id"]))
            conversation.unread += not from_handset
        self._notify(address)

    def _call(self, before: Document | None, row: Document) -> None:
        address = row.get("from_address" if row.get("direction") == "IN" else "to_address")
        if not isinstance(address, str):
            return
        if before is None:
            self._touch(address).calls.append(str(row["id"]))
        self._notify(address)

    def _touch(self, number: str) -> Conversation:
        key = address_key(number)
        conversation = self._conversations.pop(key, None) or Conversation(number)
        self._conversations[key] = conversation
        return conversation

    def _notify(self, number: str) -> None:
        for listener in self._listeners:
            listener(number)
