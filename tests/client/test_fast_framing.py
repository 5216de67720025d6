"""The fast transport takes an answer for what it is, for all of it, and for that of its own request, or says that it failed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Literal

import pytest

import scgapi
from scgapi import RetryPolicy
from tests.both_clients import CLIENT_KINDS, ClientKind
from tests.faults.driver import TOKEN, AnyClient, auth, play, settled
from tests.faults.server import Answer, Exchange, Key, Play, Server, work_well
from tests.faults.world import CONTACT, CONTENT, Gateway
from tests.limits import PATIENCE

GET: Key = ("GET", CONTACT)
BODY = b'{"id": "c", "version_number": 3}'
EVIL = b'HTTP/1.1 200 OK\r\ncontent-length: 14\r\n\r\n{"id": "evil"}'
LENGTH = b"content-length: %d" % len(BODY)
CHUNKED = b"transfer-encoding: chunked"
CHUNK = b"%x\r\n%b\r\n" % (len(BODY), BODY)
FLOOD = 3_000_000  # bytes
ONCE = RetryPolicy(attempts=1)


def raw(*headers: bytes, body: bytes = b"", first: bytes = b"HTTP/1.1 200 OK") -> bytes:
    return b"\r\n".join([first, *headers, b"", body])


def says(data: bytes, then: Literal["stays", "ends"] = "stays") -> Play:
    """The request is read, and these bytes answer it."""

    def answer(exchange: Exchange) -> None:
        exchange.read()
        exchange.send(data)
        if then == "ends":
            exchange.finish()

    return answer


def opened(client_kind: ClientKind, url: str) -> AnyClient:
    """A client that makes each attempt once."""
    if client_kind == "sync":
        return scgapi.Client(auth(url), transport="fast", retry=ONCE, timeout=PATIENCE)
    return scgapi.AsyncClient(auth(url), transport="fast", retry=ONCE, timeout=PATIENCE)


async def contact_of(scg: AnyClient) -> object:
    """The id of the contact, or what is known of the call that failed."""
    try:
        contact = await settled(scg.contacts.get("c"))
    except scgapi.ScgError as error:
        return error.outcome
    assert isinstance(contact, scgapi.Contact | scgapi.AsyncContact)
    return contact.id


async def twice(client_kind: ClientKind, url: str, between: Callable[[], object]) -> list[object]:
    """What two calls come to, one after the other."""
    scg = opened(client_kind, url)
    try:
        first = await contact_of(scg)
        between()
        return [first, await contact_of(scg)]
    finally:
        await settled(scg.close())


def met(
    client_kind: ClientKind, first: Play, between: Callable[[], object] = list
) -> tuple[list[object], int]:
    """What two calls came to, the first of which met this, and over how many connections."""
    with Server(Gateway(TOKEN)) as server:
        server.script(GET, first, work_well)
        found = play(client_kind, twice(client_kind, server.url, between))
        return found, server.accepted


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    "answer",
    [
        raw(LENGTH, body=BODY),
        raw(LENGTH, body=BODY, first=b"HTTP/1.1 200"),
        raw(b"Content-Length:%d \t" % len(BODY), body=BODY),
        raw(CHUNKED, body=CHUNK + b"0\r\n\r\n"),
        raw(CHUNKED, body=b"2;a=b\r\n{ \r\n1f;c\r\n" + BODY[1:] + b"\r\n000\r\n\r\n"),
        raw(CHUNKED, body=CHUNK + b"0\r\ntrailer: x\r\nanother: y\r\n\r\n"),
        raw(first=b"HTTP/1.1 100 Continue")
        + raw(b"link: x", first=b"HTTP/1.1 103 E")
        + raw(LENGTH, body=BODY),
    ],
)
def test_a_whole_answer_is_read_and_leaves_its_connection_to_the_next(
    client_kind: ClientKind, answer: bytes
) -> None:
    assert met(client_kind, says(answer)) == (["c", "c"], 1)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_an_answer_may_come_in_single_bytes(client_kind: ClientKind) -> None:
    answer = raw(CHUNKED, b"x: y", body=CHUNK + b"0\r\nz: z\r\n\r\n")

    def drip(exchange: Exchange) -> None:
        exchange.read()
        for byte in answer:
            exchange.send(bytes([byte]))

    assert met(client_kind, drip) == (["c", "c"], 1)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (raw(first=b"HTTP/1.1 204 No Content"), "ACCEPTED_UNPARSED"),
        (raw(b"content-length: 5", first=b"HTTP/1.1 304 Not Modified"), "REJECTED"),
    ],
)
def test_some_answers_have_no_body_whatever_they_announce(
    client_kind: ClientKind, answer: bytes, outcome: str
) -> None:
    assert met(client_kind, says(answer)) == ([outcome, "c"], 1)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    ("answer", "then"),
    [
        (raw(LENGTH, b"connection: close", body=BODY), "stays"),
        (raw(LENGTH, b"connection: foo, Close", body=BODY), "stays"),
        (raw(LENGTH, body=BODY, first=b"HTTP/1.0 200 OK"), "stays"),
        (raw(body=BODY), "ends"),
        (raw(LENGTH, body=BODY) + EVIL, "stays"),
        (raw(LENGTH, body=BODY) + EVIL[:9], "stays"),
        (raw(LENGTH, body=BODY) + b"x", "stays"),
        (raw(CHUNKED, body=CHUNK + b"0\r\n\r\n") + EVIL, "stays"),
    ],
)
def test_a_connection_that_cannot_be_relied_on_afterwards_is_not_used_again(
    client_kind: ClientKind, answer: bytes, then: Literal["stays", "ends"]
) -> None:
    assert met(client_kind, says(answer, then)) == (["c", "c"], 2)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    "answer",
    [
        raw(b"content-encoding: br", b"content-length: 14", body=EVIL[-14:], first=b"HTTP/1.1 409 Conflict"),
        raw(CHUNKED, body=b"zz\r\n", first=b"HTTP/1.1 409 Conflict"),
        raw(b"content-length: 20000000", body=bytes(20_000_000), first=b"HTTP/1.1 409 Conflict"),
        raw(b"content-length: 5", body=b"12345", first=b"HTTP/1.1 304 Not Modified") + EVIL,
    ],
)
def test_a_refusal_that_is_not_read_to_its_end_ends_its_connection(
    client_kind: ClientKind, answer: bytes
) -> None:
    assert met(client_kind, says(answer)) == (["REJECTED", "c"], 2)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    "answer",
    [
        raw(LENGTH, b"content-length: 2", body=BODY),
        raw(LENGTH, CHUNKED, body=CHUNK + b"0\r\n\r\n"),
        raw(b"transfer-encoding: gzip, chunked", body=CHUNK + b"0\r\n\r\n"),
        raw(b"transfer-encoding: identity", CHUNKED, body=CHUNK + b"0\r\n\r\n"),
        raw(b"transfer-encoding: xchunked", LENGTH, body=BODY),
        *(
            raw(b"content-length: " + length, body=BODY)
            for length in (b"-5", b"+32", b"3_2", b"0x20", b"", b"9" * 30)
        ),
        raw(LENGTH, b"no colon", body=BODY),
        raw(b"no colon", LENGTH, body=BODY),
        raw(b"content-length : 32", body=BODY),
        raw(LENGTH, b"folded: a", b" b", body=BODY),
        raw(b"x: a\rcontent-length: 2", LENGTH, body=BODY),
        raw(b"x: a\0b", LENGTH, body=BODY),
        raw(LENGTH, body=BODY).replace(b"\r\n", b"\n"),
        raw(LENGTH, body=BODY, first=b"HTTP/1.1 +200 OK"),
        raw(LENGTH, body=BODY, first=b"HTTP/1.1 2000 OK"),
        raw(LENGTH, body=BODY, first=b"HTTP/1.1 099 OK"),
        raw(b"upgrade: x", b"connection: upgrade", first=b"HTTP/1.1 101 Switching Protocols"),
        b"SSH-2.0-x\r\n",
    ],
)
def test_an_answer_that_two_would_read_differently_is_none(client_kind: ClientKind, answer: bytes) -> None:
    assert met(client_kind, says(answer)) == (["UNKNOWN", "c"], 2)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    "body",
    [
        CHUNK.replace(b"\r\n{", b"\n{") + b"0\r\n\r\n",
        b"-" + CHUNK + b"0\r\n\r\n",
        b"0x" + CHUNK + b"0\r\n\r\n",
        b"f" * 20 + b"\r\n" + BODY,
        CHUNK[:-2] + b"xx0\r\n\r\n",
        b"zz\r\n",
        b"5;" + b"x" * FLOOD,
        b"0\r\n" + b"a: b\r\n" * (FLOOD // 6),
        b"0\r\na: " + b"b" * FLOOD,
    ],
)
def test_chunks_that_are_none_are_an_answer_that_is_lost(client_kind: ClientKind, body: bytes) -> None:
    assert met(client_kind, says(raw(CHUNKED, body=body))) == (["ACCEPTED_UNPARSED", "c"], 2)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (b"", "UNKNOWN"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 3", "UNKNOWN"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 32\r\n", "UNKNOWN"),
        (raw(first=b"HTTP/1.1 100 Continue"), "UNKNOWN"),
        (raw(LENGTH, body=BODY[:-1]), "ACCEPTED_UNPARSED"),
        (raw(CHUNKED, body=CHUNK), "ACCEPTED_UNPARSED"),
        (raw(CHUNKED, body=CHUNK + b"0"), "ACCEPTED_UNPARSED"),
        (raw(CHUNKED, body=CHUNK + b"0\r\n"), "ACCEPTED_UNPARSED"),
        (raw(CHUNKED, body=CHUNK[:9]), "ACCEPTED_UNPARSED"),
    ],
)
def test_an_answer_that_ends_too_soon_is_noticed(
    client_kind: ClientKind, answer: bytes, outcome: str
) -> None:
    assert met(client_kind, says(answer, "ends")) == ([outcome, "c"], 2)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    "flood",
    [
        b"HTTP/1.1 200 OK\r\nx: " + b"a" * FLOOD,
        b"HTTP/1.1 200 " + b"a" * FLOOD,
        b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * (FLOOD // 6),
        raw(b"x: y", first=b"HTTP/1.1 103 Early Hints") * (FLOOD // 34),
    ],
)
def test_a_head_without_end_is_not_read_without_end(client_kind: ClientKind, flood: bytes) -> None:
    assert met(client_kind, says(flood)) == (["UNKNOWN", "c"], 2)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_ten_thousand_headers_are_few_enough(client_kind: ClientKind) -> None:
    headers = [b"x%d: y" % number for number in range(10_000)]
    assert met(client_kind, says(raw(*headers, LENGTH, body=BODY))) == (["c", "c"], 1)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_what_comes_unasked_over_an_idle_connection_answers_nothing(client_kind: ClientKind) -> None:
    sent = threading.Event()

    def late(exchange: Exchange) -> None:
        exchange.answer(exchange.execute())
        exchange.send(EVIL)
        sent.set()

    assert met(client_kind, late, lambda: sent.wait(PATIENCE)) == (["c", "c"], 2)


def early(status: int, then: Callable[[Exchange], None]) -> Play:
    """An answer to the head of an upload, before its content is read."""

    def answer(exchange: Exchange) -> None:
        exchange.send(Answer(status, b"{}").encode())
        then(exchange)

    return answer


def reads_on(exchange: Exchange) -> None:
    """The content is read, as if nothing had been said."""
    exchange.skip(len)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(("status", "outcome"), [(413, "REJECTED"), (200, None)])
def test_after_an_early_answer_to_an_upload_nothing_is_taken_for_the_rest_of_it(
    client_kind: ClientKind, status: int, outcome: str | None
) -> None:
    with Server(Gateway(TOKEN)) as server:
        server.script(("POST", CONTENT), early(status, reads_on))

        async def scenario() -> tuple[str | None, object]:
            told = None
            scg = opened(client_kind, server.url)
            try:
                try:
                    await settled(scg.attachments.upload("a", bytes(30 << 20)))
                except scgapi.ScgError as error:
                    told = error.outcome
                return told, await contact_of(scg)
            finally:
                await settled(scg.close())

        assert play(client_kind, scenario()) == (outcome, "c")
