"""twilio's client. Its URLs are fixed, so its HTTP client replaces them with the server's."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Protocol

from benchmarks.competitor import MESSAGE_ID, Call, Competitor


class _Message(Protocol):
    def fetch(self) -> object: ...


class _Messages(Protocol):
    def __call__(self, sid: str) -> _Message: ...
    def create(self, *, to: str, from_: str, body: str) -> object: ...


class _Client(Protocol):
    @property
    def messages(self) -> _Messages: ...


class _HttpClient(Protocol):
    request: Callable[..., object]


def client(url: str) -> _Client:
    """Return a client whose requests go to the server."""
    http: _HttpClient = import_module("twilio.http.http_client").TwilioHttpClient()
    original = http.request

    def request(method: str, address: str, *rest: object, **options: object) -> object:
        return original(method, address.replace("https://api.twilio.com", url), *rest, **options)

    http.request = request
    made: _Client = import_module("twilio.rest").Client("AC0", "t", http_client=http)
    return made


def get(url: str) -> Call:
    """Fetch a message."""
    messages = client(url).messages
    return lambda: messages(MESSAGE_ID).fetch()


def send(url: str) -> Call:
    """Create a message."""
    messages = client(url).messages
    return lambda: messages.create(to="+15551234567", from_="+15557654321", body="Hello")


FIRST_CALL = """
import sys
from benchmarks.competitors.twilio_ import get
get(sys.argv[1])()
"""

COMPETITORS = {
    "twilio": Competitor(
        label="twilio's client", module="twilio.rest", first_call=FIRST_CALL, get=get, send=send
    )
}
