"""The exact texts of refused arguments and failed calls: the operation, the field, what to do next."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from scgapi._core.doubt import outcome_unknown_error
from scgapi._core.ids import collect_ids
from scgapi._core.listing import check_listing
from scgapi._core.loading import parse_created_id
from scgapi._core.request import Endpoints, fill_path
from scgapi._core.response import api_error, check_response, unexpected_response_error
from scgapi._core.schema import body_schema
from scgapi._core.text import encode_path_segment, encode_query
from scgapi._core.waiting import check_wait
from scgapi._http.decoding import Decoder, UnreadableBody
from scgapi._io.content import Download, Upload
from scgapi.errors import (
    ConfigurationError,
    ConnectionFailedError,
    InvalidArgumentError,
    Outcome,
    PartialFailureError,
    UnexpectedResponseError,
)
from scgapi.models import calls, contact_groups, contacts
from scgapi.models._audio import audio_source
from tests.core.strategies import NOW, answer

HALF = "holds half of a surrogate pair, which a URL cannot hold: pass complete characters. Nothing was sent."
UP, DOWN = "attachments.upload", "attachments.download"
SEEKING = "the file must be binary and able to seek, to be sent again after a refused attempt; pass its path or its bytes"


class OneWay(io.BytesIO):
    def tell(self) -> int:
        raise OSError("a pipe")


def shrunk() -> None:
    file = io.BytesIO(b"12345")
    upload = Upload(file, UP)
    file.truncate(0)
    upload.read()


@pytest.mark.parametrize(
    ("act", "text", "operation", "field"),
    [
        (
            lambda: audio_source(calls.PLAY_AUDIO, None, None, None, None),
            "calls.play_audio plays one of attachment=, url=, or source_type= with source=. Nothing was sent.",
            "calls.play_audio",
            None,
        ),
        (
            lambda: audio_source(calls.PLAY_AUDIO, "", None, None, None),
            "calls.play_audio: attachment is empty: pass the object's id. Nothing was sent.",
            "calls.play_audio",
            "attachment",
        ),
        (
            lambda: collect_ids(contact_groups.ADD_CONTACT, "contacts", ["a", ""]),
            "contact_groups.add_contact: contacts[1] is empty: pass the object's id. Nothing was sent.",
            "contact_groups.add_contact",
            "contacts",
        ),
        (
            lambda: collect_ids(contact_groups.ADD_CONTACT, "contacts", []),
            "contact_groups.add_contact: contacts is empty: pass one id or more. Nothing was sent.",
            "contact_groups.add_contact",
            "contacts",
        ),
        (
            lambda: encode_path_segment(5, "id", "contacts.get"),
            "contacts.get: id must be a str, got int: pass the object's id. Nothing was sent.",
            "contacts.get",
            "id",
        ),
        (
            lambda: encode_path_segment("..", "id", "contacts.get"),
            "contacts.get: id is no id, but a step in a path: pass the object's id. Nothing was sent.",
            "contacts.get",
            "id",
        ),
        (
            lambda: encode_path_segment("\ud800", "id", "contacts.get"),
            f"contacts.get: id {HALF}",
            None,
            "id",
        ),
        (
            lambda: encode_query({"name": "\ud800"}),
            f"the query: name {HALF}",
            None,
            "name",
        ),
        (
            lambda: encode_query({"\ud800": "a"}),
            f"the query: \ud800 {HALF}",
            None,
            "\ud800",
        ),
        (
            lambda: Upload(5, UP),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
            "attachments.upload: content must be a path, bytes or a binary file, got int",
            UP,
            "source",
        ),
        (lambda: Upload(OneWay(b"12345"), UP), f"attachments.upload: {SEEKING}", UP, "source"),
        (shrunk, "attachments.upload: the content has become shorter", UP, "source"),
        (
            lambda: Upload("/nowhere/at/all", UP),
            "attachments.upload: cannot read /nowhere/at/all: No such file or directory; nothing was sent",
            UP,
            "source",
        ),
        (
            lambda: Upload("a\0b", UP),
            "attachments.upload: cannot read …: embedded null byte; nothing was sent",
            UP,
            "source",
        ),
        (
            lambda: Download(5, DOWN),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
            "attachments.download: target must be a path, got int",
            DOWN,
            "target",
        ),
        (
            lambda: Download("/nowhere/at/all", DOWN),
            "attachments.download: cannot write beside /nowhere/at/all: No such file or directory",
            DOWN,
            "target",
        ),
        (
            lambda: check_listing(contacts.LIST, {"limit": 0}),
            "contacts.list: limit must be 1 or more. Nothing was sent.",
            "contacts.list",
            "limit",
        ),
        (
            lambda: check_listing(contacts.LIST, {"offset": -1}),
            "contacts.list: offset must be 0 or more. Nothing was sent.",
            "contacts.list",
            "offset",
        ),
        (
            lambda: body_schema(contacts.CREATE).encode(contacts.CREATE, {"first_nam": "x"}),
            "contacts.create takes no 'first_nam'; did you mean 'first_name'? Nothing was sent.",
            "contacts.create",
            "first_nam",
        ),
        (
            lambda: body_schema(contacts.CREATE).encode(contacts.CREATE, {"first_name": 5}),
            "contacts.create: first_name must be a str, got an int. Nothing was sent.",
            "contacts.create",
            "first_name",
        ),
        (
            lambda: body_schema(contacts.CREATE).encode(
                contacts.CREATE, {"first_name": "x"}, {"odd": float("inf")}
            ),
            "contacts.create: a value cannot be written as JSON. Nothing was sent.",
            "contacts.create",
            None,
        ),
        (
            lambda: check_wait("messages.wait", 5, 0),
            "messages.wait: interval must be a number of seconds, more than 0, got 0, an int. Nothing was sent.",
            "messages.wait",
            "interval",
        ),
        (
            lambda: fill_path(contacts.GET, [""]),
            "contacts.get: contact_id is empty: pass the object's id. Nothing was sent.",
            "contacts.get",
            "contact_id",
        ),
        (
            lambda: check_listing(contacts.LIST, {"extra_filters": {"limit": "1", "sort": "id"}}),
            "contacts.list: extra_filters repeats or places limit, sort. Nothing was sent.",
            "contacts.list",
            "extra_filters",
        ),
    ],
    ids=range(24),
)
def test_a_refused_argument(
    act: Callable[[], object], text: str, operation: str | None, field: str | None
) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        act()
    assert (str(caught.value), caught.value.operation, caught.value.field) == (text, operation, field)


def test_an_existing_target(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InvalidArgumentError) as caught:
        Download(tmp_path / "file", DOWN)
    assert str(caught.value) == f"{DOWN}: {tmp_path / 'file'} exists; pass overwrite=True to replace it"
    with pytest.raises(InvalidArgumentError) as caught:
        Download(tmp_path, DOWN)
    assert str(caught.value) == f"{DOWN}: {tmp_path} exists and is a folder"
    assert (caught.value.operation, caught.value.field) == (DOWN, "target")


@pytest.mark.parametrize(
    ("outcome", "external_id", "text"),
    [
        (
            "UNKNOWN",
            "mine",
            "it may have been sent; look it up by its external_id 'mine' before you send again",
        ),
        ("UNKNOWN", None, "it may have been sent; it has no external_id to be looked up by"),
        (
            "ACCEPTED_UNPARSED",
            "mine",
            (
                "it was answered with success, but without its id; "
                "look it up by its external_id 'mine' before you send again"
            ),
        ),
    ],
)
def test_a_send_in_doubt(outcome: Outcome, external_id: str | None, text: str) -> None:
    error = ConnectionFailedError("x", operation="message_requests.create", outcome=outcome)
    doubt = outcome_unknown_error(error, external_id)
    assert str(doubt) == f"message_requests.create: {text}"
    assert (doubt.operation, doubt.outcome) == ("message_requests.create", outcome)


def test_a_body_that_cannot_be_unpacked() -> None:
    with pytest.raises(UnreadableBody) as caught:
        Decoder("br")
    assert str(caught.value) == "a content-encoding that was not asked for"
    with pytest.raises(UnreadableBody) as caught:
        next(Decoder("gzip").feed(b"<html>"))
    assert str(caught.value) == "a body that cannot be unpacked"
    decoder = Decoder("gzip")
    assert [*decoder.feed(b"\x1f\x8b\x08")] == []
    with pytest.raises(UnreadableBody) as caught:
        decoder.end()
    assert str(caught.value) == "a body that cannot be unpacked to its end"


def test_a_url_that_is_more_than_a_host() -> None:
    with pytest.raises(ConfigurationError) as caught:
        Endpoints("https://host/path")
    assert str(caught.value) == (
        "url must be a scheme and a host such as 'https://api.syniverse.com', without user, query or fragment; "
        "paths go into api_prefix, attachment_prefix and token_prefix"
    )


def test_what_was_created_without_an_id() -> None:
    with pytest.raises(UnexpectedResponseError) as caught:
        parse_created_id(contacts.CREATE, answer({}))
    why = "no id: look up with list() whether it was created"
    assert str(caught.value) == f"contacts.create: the gateway answered 200 with {why}; content-type absent"


def test_a_failed_call() -> None:
    error = api_error(contacts.GET, answer({"error_code": "SCG_ERROR_5030"}, 503, x_request_id="r"), NOW)
    assert (error.request, error.operation, error.outcome) == (
        "GET /contacts/{contact_id}",
        "contacts.get",
        "REJECTED",
    )
    odd = unexpected_response_error(
        contacts.GET, answer(b"<html>", 200, x_request_id="r"), "a body that is not JSON"
    )
    assert (odd.request, odd.operation, odd.outcome) == (
        "GET /contacts/{contact_id}",
        "contacts.get",
        "ACCEPTED_UNPARSED",
    )
    assert (
        str(odd) == "contacts.get: the gateway answered 200 with a body that is not JSON; content-type absent"
    )
    with pytest.raises(PartialFailureError) as caught:
        check_response(contact_groups.ADD_CONTACT, answer({"errors": {"a": "b"}}, x_request_id="r"), NOW)
    partial = caught.value
    assert partial.request.startswith("POST /contact_groups/")
    assert (partial.headers, partial.body) == ({"x-request-id": "r"}, '{"errors": {"a": "b"}}')
