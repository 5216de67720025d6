"""A handset: the messages and calls that it received, and the actions of its owner."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TypeVar

from scgapi._io.clock import monotonic
from scgapi.sandbox.behaviour.addresses import address_key
from scgapi.sandbox.behaviour.messaging import Messaging
from scgapi.sandbox.behaviour.telephony import Telephony
from scgapi.sandbox.handlers.attachments import store_content
from scgapi.sandbox.handlers.calls import answer_call, hang_up_call, receive_call, reject_call
from scgapi.sandbox.handlers.digits_collectors import press
from scgapi.sandbox.handlers.messages import receive
from scgapi.sandbox.handsets.access import AccountAccess
from scgapi.sandbox.handsets.images import image_type
from scgapi.sandbox.handsets.inbox import Conversation, Inbox
from scgapi.sandbox.handsets.views import PhoneCall, PhoneMessage, view_call, view_message
from scgapi.sandbox.state.account import Account
from scgapi.sandbox.state.changes import Topic
from scgapi.sandbox.state.store import text

T = TypeVar("T")


class Phone:
    """A handset with a number. `Sandbox.phone()` gives one.

        gateway.phone("+15552461234").code()
        gateway.phone("+15552461234").reply("STOP")

    Looking at messages here is not a read of the API: it does not move them.
    """

    number: str
    """The handset's number."""

    def __init__(self, gateway: AccountAccess, number: str) -> None:
        if not isinstance(number, str) or not address_key(number):
            raise ValueError(f"a phone has a number such as '+15552461234', got {number!r}")
        self.number = number
        self._gateway = gateway

    @property
    def unread(self) -> int:
        """Number of messages to the handset since `mark_read()`."""
        with self._gateway.account() as account:
            return self._conversation(account).unread

    def messages(
        self,
        text: str | re.Pattern[str] | None = None,
        *,
        limit: int | None = None,
        before: str | None = None,
        after: str | None = None,
    ) -> list[PhoneMessage]:
        """Return the messages to and from the handset, oldest first.

        Args:
            text: only messages that contain this text, in upper or lower case, or match this pattern.
            limit: maximum number of messages; the latest are returned.
            before: only messages older than the one with this id.
            after: only messages newer than the one with this id.

        Raises:
            LookupError: the handset has no message with the id `before` or `after`.
        """
        with self._gateway.account() as account:
            return list(islice(self._newest(account, text, before, after), limit))[::-1]

    def calls(self) -> list[PhoneCall]:
        """Return the calls to and from the handset, oldest first."""
        with self._gateway.account() as account:
            return [view_call(account, key) for key in self._call_ids(account)]

    def wait_for(
        self, text: str | re.Pattern[str] | None = None, *, timeout: float = 10.0, after: str | None = None
    ) -> PhoneMessage:
        """Return the latest message that came to the handset; wait until there is one.

        Args:
            text: only a message that contains this text, in upper or lower case, or matches this pattern.
            timeout: seconds to wait.
            after: only a message newer than the one with this id.

        Raises:
            TimeoutError: no such message came in time.
        """

        def find() -> PhoneMessage | None:
            return self._latest(text, after)

        found = wait_until(self._gateway, find, timeout)
        if found is None:
            wanted = "no message" if text is None else f"no message with {text!r}"
            raise TimeoutError(f"{wanted} came to the phone within {timeout} s; {self._summary()}")
        return found

    def code(self, *, timeout: float = 0.0, after: str | None = None) -> str:
        """Return the one-time code in the latest message to the handset that has one.

        Args:
            timeout: seconds to wait for a message with a code.
            after: only a message newer than the one with this id.

        Raises:
            LookupError: no message has a code.
        """
        found = wait_until(self._gateway, lambda: self.find_code(after), timeout)
        if found is None:
            raise LookupError(f"no message to the phone has a one-time code; {self._summary()}")
        return found

    def find_code(self, after: str | None = None) -> str | None:
        """Return the one-time code in the latest message to the handset that has one, or None."""
        with self._gateway.account() as account:
            newest = self._newest(account, None, None, after)
            return next((one.code for one in newest if one.code and one.direction == "MT"), None)

    def reply(self, body: str = "", *, to: str | None = None, picture: bytes | None = None) -> str:
        """Send a message from the handset; return its id.

        Args:
            body: text of the message.
            to: address of the sender id to send to; the sender of the latest message if absent.
            picture: content of a PNG, JPEG, GIF or WebP image to attach.

        Raises:
            LookupError: `to` is absent, and the handset has no message to reply to.
            ValueError: body and picture are both absent, or the picture has another format.
        """
        if not body and picture is None:
            raise ValueError("a message needs a body or a picture")
        kind = None if picture is None else image_type(picture)
        if picture is not None and kind is None:
            raise ValueError("a picture must be a PNG, JPEG, GIF or WebP image")
        with self._gateway.account() as account:
            address = to or self._last_sender(account)
            attachments = [] if picture is None or kind is None else [_keep_picture(account, picture, kind)]
            return receive(account, to=address, from_=self.number, body=body, attachments=attachments)

    def call(self, to: str) -> str:
        """Call the sender id at address `to`; return the call's id. It rings until the application accepts it.

        Raises:
            LookupError: the address has no sender id that can take calls.
        """
        with self._gateway.account() as account:
            return receive_call(account, to=to, from_=self.number)

    def accept(self) -> str:
        """Accept the call that rings on the handset; return its id.

        Raises:
            LookupError: no call rings.
        """
        with self._gateway.account() as account:
            call_id = self._current_call(account, "STARTED", direction="OUT")
            answer_call(account, call_id)
            return call_id

    def reject(self) -> str:
        """Reject the call that rings on the handset; return its id.

        Raises:
            LookupError: no call rings.
        """
        with self._gateway.account() as account:
            call_id = self._current_call(account, "STARTED", direction="OUT")
            reject_call(account, call_id)
            return call_id

    def press(self, digits: str) -> str:
        """Press keys in the call that the handset is in; return its id.

        Raises:
            LookupError: the handset is in no call.
            ValueError: these are not keys of a telephone.
        """
        with self._gateway.account() as account:
            call_id = self._current_call(account, "ACTIVE")
            press(account, call_id, digits)
            return call_id

    def hang_up(self) -> str:
        """End the call that the handset is in, or that it is making; return its id.

        Raises:
            LookupError: the handset is in no call.
        """
        with self._gateway.account() as account:
            call_id = self._current_call(account, "ACTIVE", "STARTED")
            hang_up_call(account, call_id)
            return call_id

    def mark_read(self) -> None:
        """Reset the count of unread messages."""
        with self._gateway.account() as account:
            account.component(Inbox).mark_read(self.number)

    def clear(self) -> None:
        """Remove the conversation from the handset. The account keeps its messages and requests."""
        with self._gateway.account() as account:
            account.component(Inbox).clear(self.number)

    def __repr__(self) -> str:
        return "Phone(...)"

    def _newest(
        self, account: Account, text: str | re.Pattern[str] | None, before: str | None, after: str | None
    ) -> Iterator[PhoneMessage]:
        ids = self._conversation(account).messages
        start = 0 if after is None else self._position(ids, after) + 1
        stop = len(ids) if before is None else self._position(ids, before)
        messages, matches = account.component(Messaging).messages, text_filter(text)
        for key in reversed(ids[start:stop]):
            if matches(str(messages.get(key).get("body") or "")):
                yield view_message(account, key)

    def _latest(self, text: str | re.Pattern[str] | None, after: str | None) -> PhoneMessage | None:
        with self._gateway.account() as account:
            return next(
                (one for one in self._newest(account, text, None, after) if one.direction == "MT"), None
            )

    def _position(self, ids: list[str], message_id: str) -> int:
        if message_id not in ids:
            raise LookupError(f"the phone has no message {message_id!r}")
        return ids.index(message_id)

    def _conversation(self, account: Account) -> Conversation:
        return account.component(Inbox).find(self.number) or Conversation(self.number)

    def _call_ids(self, account: Account) -> list[str]:
        calls = account.component(Telephony).calls
        return [key for key in self._conversation(account).calls if key in calls]

    def _current_call(self, account: Account, *states: str, direction: str | None = None) -> str:
        telephony = account.component(Telephony)
        for key in reversed(self._call_ids(account)):
            row = telephony.current(key)
            if row["state"] in states and direction in (None, row["direction"]):
                return key
        raise LookupError("no call rings on the phone" if direction else "the phone is in no call")

    def _last_sender(self, account: Account) -> str:
        messages = account.component(Messaging).messages
        for key in reversed(self._conversation(account).messages):
            row = messages.get(key)
            address = text(row.get("from_address" if row["direction"] == "MT" else "to_address"))
            if address:
                return address
        raise LookupError("the phone was sent nothing to reply to: say `to`, the address of a sender id")

    def _summary(self) -> str:
        count = len(self.messages())
        return f"it has {count} message{'' if count == 1 else 's'}"


def text_filter(text: str | re.Pattern[str] | None) -> Callable[[str], bool]:
    """Return a function that tests if a text contains `text`, in upper or lower case, or matches the pattern."""
    if text is None or text == "":
        return lambda _body: True
    if isinstance(text, re.Pattern):
        return lambda body: text.search(body) is not None
    wanted = text.casefold()
    return lambda body: wanted in body.casefold()


def wait_until(gateway: AccountAccess, find: Callable[[], T | None], timeout: float) -> T | None:
    """Return the result of `find`, repeated when a phone changes, until `timeout` seconds have passed."""
    changed = threading.Event()
    end = monotonic() + timeout

    def listen(topic: Topic, _key: str) -> None:
        if topic in ("phones", "reset"):
            changed.set()

    with gateway.changes.listening(listen):
        while True:
            changed.clear()
            found = find()
            if found is not None or not changed.wait(max(0.0, end - monotonic())):
                return found


def _keep_picture(account: Account, content: bytes, kind: str) -> str:
    filename = f"picture.{kind.partition('/')[2]}"
    return store_content(account, {"name": "picture", "filename": filename, "type": kind}, content)
