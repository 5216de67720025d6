"""Edges that reviews found: what is odd, broken or hostile ends as an error of ours, or as plain data."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from scgapi._core.changes import changes, remember
from scgapi._core.content import Download, Upload
from scgapi._core.doubt import leave_in_doubt
from scgapi._core.outcome import Outcome
from scgapi._core.request import Endpoints
from scgapi._core.response import Response, checked, error_of, hide
from scgapi._core.retry import RetryPolicy
from scgapi._core.text import masked
from scgapi.errors import (
    AuthenticationError,
    BadRequestError,
    ConfigurationError,
    ConnectionFailedError,
    InvalidArgumentError,
    UnexpectedResponseError,
)
from scgapi.models import attachments, contacts
from scgapi.models.contacts import ContactData
from tests.core.given import NOW


class Failing(io.BytesIO):
    """A file on a disk that breaks, or is full."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size:
            raise OSError("broken")
        return b""

    def write(self, chunk: object, /) -> int:
        raise OSError(28, "No space left on device")


def test_a_file_that_cannot_be_read_on_leaves_the_upload_in_doubt() -> None:
    upload = Upload(Failing(b"12345"), "attachments.upload")
    with pytest.raises(InvalidArgumentError, match="broken") as caught:
        upload.read()
    assert caught.value.outcome == "UNKNOWN"


def test_a_file_that_has_become_shorter_is_not_sent_as_if_it_were_whole(tmp_path: Path) -> None:
    path = tmp_path / "source"
    path.write_bytes(b"12345")
    upload = Upload(path, "attachments.upload")
    path.write_bytes(b"")
    with pytest.raises(InvalidArgumentError, match="shorter"):
        upload.read()
    upload.close()


def test_a_full_disk_is_an_error_of_ours(tmp_path: Path) -> None:
    download = Download(tmp_path / "target", "attachments.download")
    download._file.close()
    download._file = Failing()
    with pytest.raises(InvalidArgumentError, match="No space left"):
        download.write(b"x")
    download.close()
    with pytest.raises(InvalidArgumentError, match="target must be a path"):
        Download(5, "attachments.download")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def test_values_that_json_cannot_hold_are_told_apart_all_the_same() -> None:
    contact = ContactData.model_validate({"id": "c", "new": "\ud800"})
    remember(contact)
    assert changes(contact) == ({}, {})
    extra = contact.model_extra or {}
    extra["new"] = "\ud801"
    assert changes(contact) == ({}, {"new": "\ud801"})


def test_an_earlier_doubt_outlives_a_later_certainty() -> None:
    error = ConnectionFailedError("x: refused; nothing was sent", outcome="NOT_SENT")
    leave_in_doubt(error, "UNKNOWN")
    assert (error.outcome, str(error)) == (
        "UNKNOWN",
        "x: refused; but an earlier attempt may have had its effect",
    )


@pytest.mark.parametrize(
    ("earlier", "later", "outcome"),
    [
        ("ACCEPTED_UNPARSED", "UNKNOWN", "ACCEPTED_UNPARSED"),
        ("UNKNOWN", "ACCEPTED_UNPARSED", "ACCEPTED_UNPARSED"),
        ("ACCEPTED_UNPARSED", "REJECTED", "ACCEPTED_UNPARSED"),
        ("UNKNOWN", "UNKNOWN", "UNKNOWN"),
    ],
)
def test_what_was_done_once_was_done(earlier: Outcome, later: Outcome, outcome: Outcome) -> None:
    error = ConnectionFailedError("x", outcome=later)
    leave_in_doubt(error, earlier)
    assert error.outcome == outcome


def test_an_error_can_be_rid_of_what_it_must_not_hold() -> None:
    headers = {"x-said": "Bearer s3cret-token"}
    error = error_of(contacts.GET, Response(400, headers, b'{"message": "s3cret-token"}'), NOW)
    hide(error, ["s3cret-token"])
    assert "s3cret" not in f"{error} {error.args} {vars(error)}"
    bare = error_of(contacts.GET, Response(400, {}, b""), NOW)
    hide(bare, ["s3cret-token"])
    assert bare.description is None


@pytest.mark.parametrize("url", [5, None, b"https://x"])
def test_a_host_is_text(url: object) -> None:
    with pytest.raises(ConfigurationError):
        Endpoints(url)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def test_a_policy_is_made_of_numbers() -> None:
    with pytest.raises(ConfigurationError, match="attempts must be a number"):
        RetryPolicy(attempts="3")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def test_dates_are_no_phone_numbers() -> None:
    assert masked("on 2026-11-23 from +15551234567") == "on 2026-11-23 from ***67"


def test_an_expired_token_is_an_authentication_error_but_not_that_of_a_content() -> None:
    expired = Response(404, {}, b'{"error_code": "SCG_ERROR_4046"}')
    assert isinstance(error_of(contacts.GET, expired, NOW), AuthenticationError)
    assert not isinstance(error_of(attachments.DOWNLOAD, expired, NOW), AuthenticationError)


@pytest.mark.parametrize(
    "content", [b"", b" \n", b"{}", b'{"id": "1", "error_code": null}', b"\xef\xbb\xbf[]", b"true"]
)
def test_what_may_be_an_answer_passes(content: bytes) -> None:
    response = Response(200, {}, content)
    assert checked(contacts.DELETE, response) is response


@pytest.mark.parametrize("content", [b"<html>", b"OK", b'{"error_code": "500"}'])
def test_what_is_no_answer_is_no_success(content: bytes) -> None:
    with pytest.raises(UnexpectedResponseError):
        checked(contacts.DELETE, Response(200, {}, content))
    with pytest.raises(UnexpectedResponseError):
        checked(attachments.UPLOAD, Response(200, {}, content))
    assert checked(attachments.DOWNLOAD, Response(200, {}, content)).content == content


def test_headers_keep_the_ids_that_support_asks_for() -> None:
    headers = {
        "x-request-id": "550e8400-e29b-41d4-a716-446655440000",
        "x-note": "+15551234567",
        "set-cookie": "s",
    }
    error = error_of(contacts.GET, Response(400, headers, b""), NOW)
    assert isinstance(error, BadRequestError)
    assert error.headers == {"x-request-id": headers["x-request-id"], "x-note": "***67"}
