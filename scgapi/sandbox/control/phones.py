"""Handsets, over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Annotated, TypeVar

from pydantic import Base64Bytes, Field

from scgapi._io.clock import monotonic
from scgapi.sandbox.gateway import Gateway
from scgapi.sandbox.handsets.phones import PhoneSummary
from scgapi.sandbox.handsets.views import PhoneCall, PhoneMessage
from scgapi.sandbox.state.changes import Topic

T = TypeVar("T")

_Limit = Annotated[int, Field(ge=1, le=1000)]
_Offset = Annotated[int, Field(ge=0)]
_Wait = Annotated[float, Field(ge=0, le=60)]
"""Seconds to wait. The limit lets a waiting client notice that the sandbox is gone."""


class PhoneActions:
    """Actions on the handsets of a gateway."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def latest(self, limit: _Limit = 50, offset: _Offset = 0) -> list[PhoneSummary]:
        """Return the phones, the one with the latest activity first."""
        return self._gateway.phones.latest(limit=limit, offset=offset)

    def search(
        self,
        text: str | None = None,
        number: str | None = None,
        sender: str | None = None,
        state: str | None = None,
        request_id: str | None = None,
        limit: _Limit = 50,
        offset: _Offset = 0,
    ) -> list[PhoneMessage]:
        """Return the messages of all phones that match, the latest first."""
        return self._gateway.phones.search(
            text,
            number=number,
            sender=sender,
            state=state,
            request_id=request_id,
            limit=limit,
            offset=offset,
        )

    async def messages(
        self,
        number: str,
        text: str | None = None,
        limit: _Limit = 100,
        before: str | None = None,
        after: str | None = None,
        wait: _Wait = 0.0,
    ) -> list[PhoneMessage]:
        """Return the messages to and from a phone, oldest first. `wait`: seconds to wait for one to the phone."""
        phone = self._gateway.phone(number)

        def find() -> list[PhoneMessage] | None:
            found = phone.messages(text, limit=limit, before=before, after=after)
            return found if any(message.direction == "MT" for message in found) else None

        if wait:
            found = await _wait_until(self._gateway, find, wait)
            if found is not None:
                return found
        return phone.messages(text, limit=limit, before=before, after=after)

    async def code(self, number: str, after: str | None = None, wait: _Wait = 0.0) -> str:
        """Return the one-time code in the latest message to a phone that has one. `wait`: seconds to wait for it."""
        phone = self._gateway.phone(number)
        found = await _wait_until(self._gateway, lambda: phone.find_code(after), wait)
        return phone.code(after=after) if found is None else found

    def reply(
        self, number: str, body: str = "", to: str | None = None, picture: Base64Bytes | None = None
    ) -> str:
        """Send a message from a phone; return its id."""
        return self._gateway.phone(number).reply(body, to=to, picture=picture)

    def calls(self, number: str) -> list[PhoneCall]:
        """Return the calls to and from a phone, oldest first."""
        return self._gateway.phone(number).calls()

    def call(self, number: str, to: str) -> str:
        """Call a sender id; return the call's id."""
        return self._gateway.phone(number).call(to)

    def accept(self, number: str) -> str:
        """Accept the call that rings on a phone."""
        return self._gateway.phone(number).accept()

    def reject(self, number: str) -> str:
        """Reject the call that rings on a phone."""
        return self._gateway.phone(number).reject()

    def press(self, number: str, digits: str) -> str:
        """Press keys in the call that a phone is in."""
        return self._gateway.phone(number).press(digits)

    def hang_up(self, number: str) -> str:
        """End the call that a phone is in."""
        return self._gateway.phone(number).hang_up()

    def mark_read(self, number: str) -> None:
        """Reset the count of a phone's unread messages."""
        self._gateway.phone(number).mark_read()

    def clear(self, number: str) -> None:
        """Remove a conversation."""
        self._gateway.phone(number).clear()


async def _wait_until(gateway: Gateway, find: Callable[[], T | None], seconds: float) -> T | None:
    """Return the result of `find`, repeated when a phone changes, until `seconds` have passed or the sandbox stops."""
    loop, changed, closing = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()
    end = monotonic() + seconds

    def listen(topic: Topic, _key: str) -> None:
        if topic in ("phones", "reset", "closing"):
            if topic == "closing":
                loop.call_soon_threadsafe(closing.set)
            loop.call_soon_threadsafe(changed.set)

    with gateway.changes.listening(listen):
        while True:
            changed.clear()
            found = find()
            if found is not None or closing.is_set():
                return found
            try:
                await asyncio.wait_for(changed.wait(), max(0.0, end - monotonic()))
            except TimeoutError:
                return None
