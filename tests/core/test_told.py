"""What refused arguments and failed calls tell, word by word: the operation, the field, what to do next."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from scgapi._core.audio import audio_source
from scgapi._core.content import Download, Upload
from scgapi._core.decoding import Decoder, UnreadableBody
from scgapi._core.doubt import in_doubt
from scgapi._core.ids import ids_of
from scgapi._core.listing import listing
from scgapi._core.loading import created_id
from scgapi._core.outcome import Outcome
from scgapi._core.request import Endpoints, fill_path
from scgapi._core.response import checked, error_of, unexpected
from scgapi._core.schema import body_schema
from scgapi._core.text import path_segment, query_string
from scgapi._core.waiting import check_wait
from scgapi.errors import (
    ConfigurationError,
    ConnectionFailedError,
    InvalidArgumentError,
    PartialFailureError,
    UnexpectedResponseError,
)
from scgapi.models import calls, contact_groups, contacts
from tests.core.given import NOW, answer

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
            "calls.play_audio: attachment must be a non-empty string, got an empty id; nothing was sent",
            "calls.play_audio",
            "attachment",
        ),
        (
            lambda: ids_of(contact_groups.ADD_CONTACT, "contacts", ["a", ""]),
            "contact_groups.add_contact: contacts must be a non-empty string, got an empty id; nothing was sent",
            "contact_groups.add_contact",
            "contacts",
        ),
        (
            lambda: ids_of(contact_groups.ADD_CONTACT, "contacts", []),
            "contact_groups.add_contact: contacts is empty",
            "contact_groups.add_contact",
            "contacts",
        ),
        (
            lambda: path_segment(5, "id", "contacts.get"),
            "contacts.get: id must be a non-empty string, got int as an id; nothing was sent",
            "contacts.get",
            "id",
        ),
        (
            lambda: path_segment("..", "id", "contacts.get"),
            "contacts.get: id may not be a dot segment; nothing was sent",
            "contacts.get",
            "id",
        ),
        (
            lambda: path_segment("\ud800", "id", "contacts.get"),
            "contacts.get: id holds a half character; nothing was sent",
            None,
            "id",
        ),
        (
            lambda: query_string({"name": "\ud800"}),
            "the query: name holds a half character; nothing was sent",
            None,
            "name",
        ),
        (
            lambda: query_string({"\ud800": "a"}),
            "the query: \ud800 holds a half character; nothing was sent",
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
            "attachments.upload: cannot read a\0b: embedded null byte; nothing was sent",
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
            lambda: listing(contacts.LIST, {"limit": 0}),
            "contacts.list: limit must be 1 or more. Nothing was sent.",
            "contacts.list",
            "limit",
        ),
        (
            lambda: listing(contacts.LIST, {"offset": -1}),
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
            "contacts.create cannot take this 'first_name': first_name: Input should be a valid string. Nothing was sent.",
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
            "messages.wait: cannot wait with interval=0; nothing was sent",
            "messages.wait",
            "interval",
        ),
        (
            lambda: fill_path(contacts.GET, [""]),
            "contacts.get: contact_id must be a non-empty string, got an empty id; nothing was sent",
            "contacts.get",
            "contact_id",
        ),
        (
            lambda: listing(contacts.LIST, {"extra_filters": {"limit": "1", "sort": "id"}}),
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
        ("UNKNOWN", "mine", "it may have been sent; look it up by its external_id before you send again"),
        ("UNKNOWN", None, "it may have been sent; it has no external_id"),
        (
            "ACCEPTED_UNPARSED",
            "mine",
            "it was accepted, and its answer lost; look it up by its external_id before you send again",
        ),
    ],
)
def test_a_send_in_doubt(outcome: Outcome, external_id: str | None, text: str) -> None:
    error = ConnectionFailedError("x", operation="message_requests.create", outcome=outcome)
    doubt = in_doubt(error, external_id)
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
        created_id(contacts.CREATE, answer({}))
    why = "no id, though it created the object: look it up with list()"
    assert str(caught.value) == f"contacts.create: the gateway answered 200 with {why}; content-type absent"


def test_a_failed_call() -> None:
    error = error_of(contacts.GET, answer({"error_code": "SCG_ERROR_5030"}, 503, x_request_id="r"), NOW)
    assert (error.request, error.operation, error.outcome) == (
        "GET /contacts/{contact_id}",
        "contacts.get",
        "REJECTED",
    )
    odd = unexpected(contacts.GET, answer(b"<html>", 200, x_request_id="r"), "a body that is not JSON")
    assert (odd.request, odd.operation, odd.outcome) == (
        "GET /contacts/{contact_id}",
        "contacts.get",
        "ACCEPTED_UNPARSED",
    )
    assert (
        str(odd) == "contacts.get: the gateway answered 200 with a body that is not JSON; content-type absent"
    )
    with pytest.raises(PartialFailureError) as caught:
        checked(contact_groups.ADD_CONTACT, answer({"errors": {"a": "b"}}, x_request_id="r"))
    partial = caught.value
    assert partial.request.startswith("POST /contact_groups/")
    assert (partial.headers, partial.body) == ({"x-request-id": "r"}, '{"errors": {"a": "b"}}')
