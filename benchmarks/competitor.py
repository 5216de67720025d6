"""The interface of a measured client, which each module of `benchmarks.competitors` implements."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Final, TypeAlias

API = "/scg-external-api/api/v1/messaging"
MESSAGE_ID = "96Wf3kBe2DJXhyqBOxsFO6"
MESSAGE_PATH = f"{API}/messages/{MESSAGE_ID}"
MESSAGES_PATH = f"{API}/messages"
SEND_PATH = f"{API}/message_requests"
SEND: Final[dict[str, object]] = {"from": "sender_id:s", "to": ["+15551234567"], "body": "Hello"}

Call: TypeAlias = Callable[[], object]
"""One call, on a client that is ready."""

AsyncCall: TypeAlias = Callable[[], Awaitable[object]]

Listing: TypeAlias = Callable[[int], Iterable[object]]
"""Yields that many messages, at 100 a page."""

Sends: TypeAlias = Callable[[str, int], AbstractAsyncContextManager[AsyncCall]]


class Unavailable(Exception):
    """Raised with the reason where a client, or one of its calls, is not available."""


@dataclass(frozen=True, kw_only=True)
class Competitor:
    """One client. Calls that it does not define are not measured; `url` is the server's scheme, host and port.

    Attributes:
        label: how the table calls it.
        module: what a program that uses it imports.
        first_call: a program that imports it, makes a client of the server in argv[1] and gets one object.
        get: makes a client; the call gets one message.
        send: makes a client; the call posts a message request.
        listing: makes a client; the call lists messages.
        sends: enters a client for so many calls at once; the call posts a message request.
        threads: makes one call for each of so many threads; each posts a message request.
    """

    label: str
    module: str
    first_call: str | None = None
    get: Callable[[str], Call] | None = None
    send: Callable[[str], Call] | None = None
    listing: Callable[[str], Listing] | None = None
    sends: Sends | None = None
    threads: Callable[[str, int], Sequence[Call]] | None = None
