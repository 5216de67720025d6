"""What is the same of an attempt whatever carries it."""

from __future__ import annotations

import socket
import ssl

import pytest

import scgapi
from scgapi._core.attempt import failure, headers_of, impossible, joined, out_of_time, queued_too_long
from scgapi._core.clock import Clock, Deadline
from scgapi._core.content import Upload
from scgapi._core.outcome import Outcome
from scgapi._core.request import Request
from scgapi.models import contacts

NOW = Clock(monotonic=lambda: 100.0)
IN_TIME, TOO_LATE = Deadline(NOW, 105.0, 60.0), Deadline(NOW, 100.0, 60.0)


def told(
    error: Exception,
    outcome: Outcome = "NOT_SENT",
    until: Deadline = IN_TIME,
    *,
    late: bool = False,
    why: str = "",
) -> scgapi.ScgError:
    return failure("contacts.get", error, outcome, until, late=late, why=why)


def chained(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


def tls_error(reason: str | None) -> ssl.SSLError:
    error = ssl.SSLError(1, "text")
    error.reason = reason or ""
    return error


@pytest.mark.parametrize(
    ("content", "length"),
    [(b"{}", "2"), (Upload(b"bytes", "attachments.upload"), "5"), (None, "0")],
    ids=["json", "upload", "nothing"],
)
def test_a_body_is_announced(content: bytes | Upload | None, length: str) -> None:
    headers = headers_of(Request(contacts.CREATE, "https://gateway.test", content), {"authorization": "x"})
    assert (headers["content-length"], headers["authorization"]) == (length, "x")
    assert ("content-type" in headers) == (content is not None)


def test_a_get_announces_no_body() -> None:
    assert "content-length" not in headers_of(Request(contacts.GET, "https://gateway.test"), {})


def test_headers_that_come_twice_are_one() -> None:
    assert joined([("X-A", "1"), ("x-a", "2"), ("B", "3")]) == {"x-a": "1, 2", "b": "3"}


@pytest.mark.parametrize(
    ("error", "kind", "text"),
    [
        (tls_error("CERTIFICATE_VERIFY_FAILED"), scgapi.UntrustedServerError, "CERTIFICATE_VERIFY_FAILED"),
        (chained(OSError(), tls_error("WRONG")), scgapi.UntrustedServerError, "WRONG"),
        (tls_error(None), scgapi.ConnectionFailedError, "the connection failed (SSLError)"),
        (ssl.SSLEOFError(8, "end"), scgapi.ConnectionFailedError, "the connection failed (SSLEOFError)"),
        (socket.gaierror(socket.EAI_NONAME, "x"), scgapi.UnknownHostError, "no host has this name"),
        (socket.gaierror(socket.EAI_AGAIN, "x"), scgapi.ConnectionFailedError, "the connection failed"),
    ],
)
def test_what_kept_a_request_from_leaving_is_told(
    error: Exception, kind: type[scgapi.ScgError], text: str
) -> None:
    found = told(error)
    assert type(found) is kind
    assert text in str(found)
    assert "nothing was sent" in str(found)
    assert found.outcome == "NOT_SENT"


def test_an_untrusted_answer_after_the_request_left_is_a_failed_connection() -> None:
    found = told(tls_error("BAD"), "UNKNOWN")
    assert type(found) is scgapi.ConnectionFailedError
    assert found.outcome == "UNKNOWN"


def test_lateness_is_told_by_what_was_late() -> None:
    assert type(told(TimeoutError(), "UNKNOWN", late=True)) is scgapi.RequestTimeoutError
    assert "the pool is full" in str(told(TimeoutError(), late=True, why="the pool is full"))
    over = told(OSError(), "UNKNOWN", TOO_LATE)
    assert "its time limit of 60 s was reached" in str(over)
    assert str(over) == str(out_of_time("contacts.get", TOO_LATE, "UNKNOWN"))


def test_a_queue_and_a_url_of_no_use_are_told() -> None:
    queued = queued_too_long("contacts.get", TOO_LATE, 99, 100)
    assert "99 other calls held all 100 connections" in str(queued)
    assert queued.outcome == "NOT_SENT"
    assert "check the client's url" in str(impossible("contacts.get"))
