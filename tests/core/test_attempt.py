"""Headers, timeouts and errors that all transports share."""

from __future__ import annotations

import re
import socket
import ssl

import pytest

import scgapi
from scgapi._core.deadline import Deadline
from scgapi._core.request import Request
from scgapi._http.attempt import (
    error_location,
    invalid_url_error,
    merge_headers,
    pool_timeout_error,
    request_headers,
    timeout_error,
    transport_error,
)
from scgapi._io.clock import SystemClock
from scgapi._io.content import Upload
from scgapi.errors import Outcome
from scgapi.models import contacts

URL = "https://gateway.test/contacts?token=s3cr3t"
NOW = SystemClock(monotonic=lambda: 100.0)
IN_TIME, TOO_LATE = Deadline(NOW, 105.0, 60.0), Deadline(NOW, 100.0, 60.0)


def told(
    error: Exception,
    outcome: Outcome = "NOT_SENT",
    deadline: Deadline = IN_TIME,
    *,
    timed_out: bool = False,
    reason: str = "",
) -> scgapi.ScgError:
    return transport_error(
        contacts.CREATE, error, outcome, deadline, timed_out=timed_out, reason=reason, url=URL
    )


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
    headers = request_headers(
        Request(contacts.CREATE, "https://gateway.test", content), {"authorization": "x"}
    )
    assert (headers["content-length"], headers["authorization"]) == (length, "x")
    assert ("content-type" in headers) == (content is not None)


def test_a_get_announces_no_body() -> None:
    assert "content-length" not in request_headers(Request(contacts.GET, "https://gateway.test"), {})


def test_headers_that_come_twice_are_one() -> None:
    assert merge_headers([("X-A", "1"), ("x-a", "2"), ("B", "3")]) == {"x-a": "1, 2", "b": "3"}


@pytest.mark.parametrize(
    ("error", "kind", "text"),
    [
        (tls_error("CERTIFICATE_VERIFY_FAILED"), scgapi.UntrustedServerError, "CERTIFICATE_VERIFY_FAILED"),
        (chained(OSError(), tls_error("WRONG")), scgapi.UntrustedServerError, "WRONG"),
        (
            tls_error(None),
            scgapi.ConnectionFailedError,
            "the connection to gateway.test:443 failed (SSLError)",
        ),
        (ssl.SSLEOFError(8, "end"), scgapi.ConnectionFailedError, "failed (SSLEOFError)"),
        (socket.gaierror(socket.EAI_NONAME, "x"), scgapi.UnknownHostError, "no host is named gateway.test"),
        (
            socket.gaierror(socket.EAI_AGAIN, "x"),
            scgapi.ConnectionFailedError,
            "the name gateway.test could not be looked up: x",
        ),
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
    assert type(told(TimeoutError(), "UNKNOWN", timed_out=True)) is scgapi.RequestTimeoutError
    assert "the pool is full" in str(told(TimeoutError(), timed_out=True, reason="the pool is full"))
    over = told(OSError(), "UNKNOWN", TOO_LATE)
    assert "timed out after 60 s" in str(over)
    assert str(over) == str(timeout_error(contacts.CREATE, TOO_LATE, "UNKNOWN"))


def test_a_queue_and_a_url_of_no_use_are_told() -> None:
    queued = pool_timeout_error(contacts.CREATE, TOO_LATE, 99, 100)
    assert "99 other calls held all 100 connections" in str(queued)
    assert queued.outcome == "NOT_SENT"
    assert "Check the client's url" in str(invalid_url_error("contacts.get"))


def test_an_unforeseen_error_is_told_by_its_kind_and_place() -> None:
    assert error_location(KeyError("s3cr3t")) == "KeyError"
    with pytest.raises(ZeroDivisionError) as caught:
        _fail(0)
    assert re.fullmatch(
        r"ZeroDivisionError in tests\.core\.test_attempt, line \d+", error_location(caught.value)
    )


def _fail(divisor: int) -> float:
    return 1 / divisor
