"""What httpcore tells of an attempt, and values that are made for each call."""

from __future__ import annotations

import asyncio

import pytest

from scgapi._core.clock import Clock
from scgapi._core.request import Request
from scgapi._core.response import Response
from scgapi._core.steps import Steps
from scgapi.models import contacts

CONNECTION = object()


class ToProxy:
    method = b"CONNECT"


class Own:
    method = b"POST"


@pytest.mark.parametrize("version", ["http11", "http2"])
def test_a_request_may_have_left_once_its_headers_are_being_written(version: str) -> None:
    steps = Steps()
    assert (steps.heard, steps.left, steps.unused) == (False, False, None)
    steps.hear("connection.connect_tcp.started", {})
    steps.hear("connection.connect_tcp.complete", {"return_value": CONNECTION})
    assert (steps.heard, steps.left, steps.unused) == (True, False, CONNECTION)
    steps.hear(f"{version}.send_request_headers.started", {"request": Own()})
    assert (steps.left, steps.unused) == (True, None)


def test_what_a_proxy_is_asked_is_not_the_request() -> None:
    steps = Steps()
    steps.hear("http11.send_request_headers.started", {"request": ToProxy()})
    assert (steps.heard, steps.left) == (True, False)


def test_a_request_and_a_response_show_nothing_private() -> None:
    request = Request(contacts.GET, "https://gateway.test/contacts/tel:15559876543", b"body")
    assert repr(request) == "Request(contacts.get (GET /contacts/{contact_id}))"
    assert repr(Response(200, {"set-cookie": "secret"}, b"body")) == "Response(200)"


def test_a_clock_waits_in_tasks() -> None:
    async def main() -> None:
        await Clock().async_sleep(0)

    asyncio.run(main())
