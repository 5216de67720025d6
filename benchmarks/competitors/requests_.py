"""requests, with the response's JSON as it is."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol

from benchmarks.competitor import MESSAGE_PATH, SEND, SEND_PATH, Call, Competitor

HEADERS = {"authorization": "Bearer t"}


class _Answer(Protocol):
    def json(self) -> object: ...


class _Session(Protocol):
    def get(self, url: str, *, headers: dict[str, str]) -> _Answer: ...
    def post(self, url: str, *, json: object, headers: dict[str, str]) -> _Answer: ...


def _session() -> _Session:
    session: _Session = import_module("requests").Session()
    return session


def get(url: str) -> Call:
    """Get a message as dicts and lists."""
    session, address = _session(), url + MESSAGE_PATH
    return lambda: session.get(address, headers=HEADERS).json()


def send(url: str) -> Call:
    """Post a message request and parse the response into dicts."""
    session, address = _session(), url + SEND_PATH
    return lambda: session.post(address, json=SEND, headers=HEADERS).json()


FIRST_CALL = f"""
import sys, requests
with requests.Session() as session:
    assert session.get(sys.argv[1] + "{MESSAGE_PATH}", headers={HEADERS}).json()["state"] == "DELIVERED"
"""

COMPETITORS = {
    "requests": Competitor(
        label="requests, json()", module="requests", first_call=FIRST_CALL, get=get, send=send
    )
}
