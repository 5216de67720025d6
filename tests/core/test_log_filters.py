"""The debug logs of the libraries below show no headers of this package's requests."""

from __future__ import annotations

import logging

import pytest

from scgapi._http.log_filters import add_log_filters, in_attempt


@pytest.fixture(autouse=True)
def _hidden() -> None:
    add_log_filters()
    add_log_filters()
    assert len(logging.getLogger("hpack.hpack").filters) == 1


@pytest.mark.parametrize("name", ["hpack.hpack", "hpack.table"])
def test_hpack_shows_numbers_only(name: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    log = logging.getLogger(name)
    log.debug("Decoded %s, consumed %d", (b":path", b"/?consumersecret=canary"), 7)
    log.debug("nothing")
    log.debug("%(size)d bytes", {"size": 3})
    assert [record.getMessage() for record in caplog.records] == [
        "Decoded …, consumed 7",
        "nothing",
        "3 bytes",
    ]


@pytest.mark.parametrize("name", ["httpcore.http11", "httpcore.http2", "httpcore2.http2"])
def test_httpcore_shows_no_response_of_ours(name: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    log = logging.getLogger(name)
    messages = [
        "receive_response_headers.complete return_value=(b'HTTP/1.1', 400, [(b'x', b'canary')])",
        "receive_response_headers.failed exception=RemoteProtocolError(\"b'canary\n'\")",
        "send_request_headers.started request=<Request [b'GET']>",
    ]
    for message in messages:
        log.debug(message)
    in_attempt.set(True)
    for message in messages:
        log.debug(message)
    log.debug({"canary": 1})
    in_attempt.set(False)
    assert [record.getMessage() for record in caplog.records] == [
        *messages,
        "receive_response_headers.complete return_value=…",
        "receive_response_headers.failed exception=RemoteProtocolError…",
        messages[2],
        "{'canary': 1}",
    ]


@pytest.mark.parametrize("name", ["httpcore.socks", "httpcore2.socks"])
def test_httpcore_shows_no_password_of_a_proxy(name: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    log = logging.getLogger(name)
    log.debug("setup_socks5_connection.started host='h' port=80 auth=(b'user', b'canary')")
    log.debug("setup_socks5_connection.started host='h' port=80 auth=None")
    log.debug({"canary": 1})
    assert [record.getMessage() for record in caplog.records] == [
        "setup_socks5_connection.started host='h' port=80 auth=…",
        "setup_socks5_connection.started host='h' port=80 auth=None",
        "{'canary': 1}",
    ]
