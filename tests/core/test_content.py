"""Bytes that go up are sent from their start again; files that come down are whole or not there."""

from __future__ import annotations

import errno
import gc
import io
import os
import warnings
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scgapi import Transfer
from scgapi._core.progress import CallbackError
from scgapi._core.request import Endpoints, build_request
from scgapi._http.decoding import UnreadableBody
from scgapi._io.content import CHUNK_BYTES, MAX_IN_MEMORY_BYTES, Download, Upload
from scgapi.errors import InvalidArgumentError
from scgapi.models import attachments
from tests.core.strategies import quick

UP, DOWN = "attachments.upload", "attachments.download"


def sent(upload: Upload) -> bytes:
    return b"".join(iter(upload.read, b""))


@quick
@given(st.binary(), st.integers(0, 5), st.booleans())
def test_content_is_sent_whole_from_where_it_stood_as_often_as_needed(
    content: bytes, offset: int, interrupted: bool
) -> None:
    file = io.BytesIO(content)
    file.seek(min(offset, len(content)))
    upload = Upload(file, UP)
    assert upload.size == len(content[offset:])
    if interrupted:
        upload.read()
    upload.rewind()
    assert sent(upload) == content[offset:]
    assert upload.read() == b""
    upload.rewind()
    assert sent(upload) == content[offset:]


def test_content_comes_in_pieces_that_fit_into_memory() -> None:
    upload = Upload(bytes(CHUNK_BYTES + 1), UP)
    assert [len(upload.read()) for _ in range(3)] == [CHUNK_BYTES, 1, 0]


def test_a_file_that_grows_meanwhile_is_sent_up_to_the_announced_size(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"first")
    upload = Upload(path, UP)
    with path.open("ab") as more:
        more.write(b"second")
    assert (upload.size, sent(upload)) == (5, b"first")
    upload.close()


@pytest.mark.parametrize("kind", [str, Path])
def test_a_path_is_opened_and_closed_again(tmp_path: Path, kind: type[str | Path]) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"bytes")
    upload = Upload(kind(path), UP)
    assert (upload.size, sent(upload)) == (5, b"bytes")
    upload.close()
    with pytest.raises(ValueError, match="closed file"):
        upload.read()


def test_a_file_stays_its_owners_to_close(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"bytes")
    with path.open("rb") as file:
        Upload(file, UP).close()
        assert not file.closed


def test_bytes_need_no_closing() -> None:
    upload = Upload(b"bytes", UP)
    upload.close()
    assert sent(upload) == b"bytes"


class Pipe(io.RawIOBase):
    """What can be read once."""

    def readable(self) -> bool:
        return True


class Reader:
    """What has no more than `read`."""

    def read(self, size: int = -1) -> bytes:
        return b""[:size]


@pytest.mark.parametrize("source", [Pipe(), Reader()])
def test_a_file_that_cannot_seek_is_refused(source: object) -> None:
    with pytest.raises(InvalidArgumentError, match=r"attachments\.upload: .*seek") as caught:
        Upload(cast(BinaryIO, source), UP)
    assert caught.value.field == "source"


@pytest.mark.parametrize("source", [None, 5, bytearray(b"a"), ["a"]])
def test_what_holds_no_content_is_refused_by_its_type(source: object) -> None:
    with pytest.raises(InvalidArgumentError, match=f"got {type(source).__name__}"):
        Upload(cast(bytes, source), UP)


def test_a_missing_file_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    with pytest.raises(InvalidArgumentError, match=r"No such file.*; nothing was sent") as caught:
        Upload(tmp_path / "missing.jpg", UP)
    assert "missing.jpg" in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_directory_is_no_content(tmp_path: Path) -> None:
    with pytest.raises(InvalidArgumentError, match="cannot read"):
        Upload(tmp_path, UP)


@pytest.mark.parametrize("text", ["æøå", ""])
def test_a_text_file_is_refused(text: str) -> None:
    with pytest.raises(InvalidArgumentError, match="binary"):
        Upload(cast(BinaryIO, io.StringIO(text)), UP)


@pytest.mark.parametrize("kind", ["closed file", "path with a null"])
def test_a_closed_file_and_a_path_that_cannot_be_are_refused(kind: str) -> None:
    closed = io.BytesIO()
    closed.close()
    with pytest.raises(InvalidArgumentError):
        Upload(closed if kind == "closed file" else "photo\0.jpg", UP)


def test_a_file_that_stands_behind_its_end_has_nothing_to_send() -> None:
    file = io.BytesIO(b"a")
    file.seek(10)
    assert Upload(file, UP).size == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_path_that_cannot_seek_is_closed_again(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    # Somebody must hold the other end: else opening a pipe waits.
    held = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    try:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            with pytest.raises(InvalidArgumentError):
                Upload(path, UP)
            gc.collect()
        assert not warned
    finally:
        os.close(held)


def test_a_download_without_a_target_is_returned() -> None:
    download = Download(None, DOWN)
    download.write(b"first, ")
    download.write(b"second")
    assert download.complete() == b"first, second"
    download.close()


@pytest.mark.parametrize("named", [True, False])
def test_a_new_attempt_forgets_the_last(tmp_path: Path, named: bool) -> None:
    target = tmp_path / "photo.jpg"
    download = Download(target if named else None, DOWN)
    download.restart()
    download.write(b"a long first attempt")
    download.restart()
    download.write(b"second")
    content = download.complete()
    download.close()
    assert (target.read_bytes() if named else content) == b"second"


@pytest.mark.parametrize("kind", [str, Path])
@pytest.mark.parametrize("overwrite", [False, True])
def test_a_new_file_is_there_once_it_is_complete(
    tmp_path: Path, kind: type[str | Path], overwrite: bool
) -> None:
    target = tmp_path / "photo.jpg"
    download = Download(kind(target), DOWN, overwrite=overwrite)
    download.write(b"bytes")
    assert not target.exists()
    assert download.complete() == b""
    download.close()
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == {target: b"bytes"}


def test_an_existing_file_is_refused_before_anything_is_fetched(tmp_path: Path) -> None:
    target = tmp_path / "photo.jpg"
    target.write_bytes(b"mine")
    with pytest.raises(InvalidArgumentError, match=r"attachments\.download: .*overwrite=True") as caught:
        Download(target, DOWN)
    assert caught.value.field == "target"
    assert list(tmp_path.iterdir()) == [target]
    assert target.read_bytes() == b"mine"


def test_an_existing_file_is_replaced_on_demand(tmp_path: Path) -> None:
    target = tmp_path / "photo.jpg"
    target.write_bytes(b"mine, and longer")
    download = Download(target, DOWN, overwrite=True)
    download.write(b"theirs")
    assert target.read_bytes() == b"mine, and longer"
    download.complete()
    download.close()
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == {target: b"theirs"}


@pytest.mark.parametrize("existing", [None, b"mine"])
def test_a_failure_midway_leaves_everything_as_it_was(tmp_path: Path, existing: bytes | None) -> None:
    target = tmp_path / "photo.jpg"
    if existing is not None:
        target.write_bytes(existing)
    download = Download(target, DOWN, overwrite=existing is not None)
    download.write(b"a part")
    download.close()
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == (
        {target: existing} if existing else {}
    )


@pytest.fixture(params=[None, errno.EPERM, errno.EOPNOTSUPP])
def file_system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system with hard links, and some without."""
    code = request.param
    if code is not None:

        def refuse(source: Path, target: Path) -> None:
            raise OSError(code, os.strerror(code), source, None, target)

        monkeypatch.setattr(os, "link", refuse)


@pytest.mark.usefixtures("file_system")
def test_a_file_gets_its_name_with_and_without_hard_links(tmp_path: Path) -> None:
    target = tmp_path / "photo.jpg"
    download = Download(target, DOWN)
    download.write(b"bytes")
    download.complete()
    download.close()
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == {target: b"bytes"}


@pytest.mark.usefixtures("file_system")
def test_a_file_that_appears_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "photo.jpg"
    download = Download(target, DOWN)
    download.write(b"theirs")
    target.write_bytes(b"mine")
    with pytest.raises(InvalidArgumentError, match="exists; pass overwrite=True"):
        download.complete()
    download.close()
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == {target: b"mine"}


def test_a_target_in_no_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidArgumentError, match="cannot write beside") as caught:
        Download(tmp_path / "missing" / "photo.jpg", DOWN)
    assert caught.value.field == "target"


def test_closing_twice_does_no_harm(tmp_path: Path) -> None:
    for download in (Download(tmp_path / "photo.jpg", DOWN), Download(None, DOWN)):
        download.close()
        download.close()
    assert not list(tmp_path.iterdir())


def test_content_is_never_lost_at_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    target = tmp_path / "photo.jpg"
    target.symlink_to(tmp_path / "nowhere")
    try:
        download = Download(target, DOWN)
        download.write(b"bytes")
        try:
            download.complete()
        finally:
            download.close()
    except InvalidArgumentError:
        return
    assert target.read_bytes() == b"bytes"


def test_a_directory_cannot_be_overwritten(tmp_path: Path) -> None:
    with pytest.raises(InvalidArgumentError):
        Download(tmp_path, DOWN, overwrite=True).close()


class Full(io.BytesIO):
    """A file on a disk that has no room left."""

    def flush(self) -> None:
        raise OSError(28, "No space left on device")

    def seek(self, *_: int) -> int:
        raise OSError(28, "No space left on device")

    def close(self) -> None:
        raise OSError(28, "No space left on device")


def test_a_full_disk_is_told_and_nothing_stays_behind(tmp_path: Path) -> None:
    download = Download(tmp_path / "target", "attachments.download")
    download._file.close()
    download._file = Full()
    with pytest.raises(InvalidArgumentError, match="No space left"):
        download.restart()
    with pytest.raises(InvalidArgumentError, match="No space left"):
        download.complete()
    download.close()
    assert [*tmp_path.iterdir()] == []
    download._file = io.BytesIO()


def test_the_token_of_a_content_is_known_as_a_secret() -> None:
    request = build_request(Endpoints(), attachments.DOWNLOAD, ["a b"])
    assert request.secrets == ("a%20b", "a b")
    assert build_request(Endpoints(), attachments.LIST, []).secrets == ()


def test_an_upload_says_how_far_it_is_and_begins_again_at_nothing() -> None:
    told: list[Transfer] = []
    upload = Upload(bytes(CHUNK_BYTES + 1), UP, told.append)
    size = CHUNK_BYTES + 1
    for _ in range(2):
        upload.rewind()
        upload.report()
        while upload.read():
            upload.report()
    assert told == [Transfer(0, size), Transfer(CHUNK_BYTES, size), Transfer(size, size)] * 2


@pytest.mark.parametrize(
    ("headers", "total"),
    [
        ({"content-length": "6"}, 6),
        ({"content-length": "6", "content-encoding": "Identity "}, 6),
        ({"content-length": "6", "content-encoding": ""}, 6),
        ({"content-length": "6", "content-encoding": "gzip"}, None),
        ({"content-length": "many"}, None),
        ({}, None),
    ],
)
def test_a_download_knows_its_total_from_the_start_or_at_the_end(
    headers: dict[str, str], total: int | None
) -> None:
    told: list[Transfer] = []
    download = Download(None, DOWN, on_progress=told.append)
    for _ in range(2):
        download.restart()
        download.expect(headers)
        for piece in (b"abc", b"def"):
            download.write(piece)
            download.report()
    attempt = [Transfer(done, total) for done in (0, 3, 6)]
    assert told == attempt * 2
    download.finish()
    assert told == attempt * 2 + [Transfer(6, 6)] * (total is None)
    download.close()


def test_nothing_is_there_in_whole_at_once() -> None:
    told: list[Transfer] = []
    Upload(b"", UP, told.append).report()
    download = Download(None, DOWN, on_progress=told.append)
    download.expect({"content-length": "0"})
    download.finish()
    download.close()
    assert told == [Transfer(0, 0)] * 2


def test_a_progress_that_nobody_asked_for_is_told_to_nobody() -> None:
    Upload(b"bytes", UP).report()
    download = Download(None, DOWN)
    download.expect({})
    download.finish()
    download.close()


def test_what_a_callback_raises_is_kept_as_it_was() -> None:
    reason = TimeoutError("mine")

    def refuse(_: Transfer) -> None:
        raise reason

    with pytest.raises(CallbackError) as caught:
        Upload(b"bytes", UP, refuse).report()
    assert caught.value.reason is reason
    assert (reason.__context__, reason.__cause__) == (None, None)


def test_a_download_that_is_returned_has_a_limit() -> None:
    download = Download(None, DOWN, max_bytes=5)
    download.restart()
    download.expect({"content-length": "5"})
    download.write(b"12345")
    with pytest.raises(UnreadableBody, match=r"more than 5 bytes.*pass a target.*or a larger max_bytes"):
        download.write(b"6")
    with pytest.raises(UnreadableBody):
        download.expect({"content-length": "6"})
    assert Download(None, DOWN)._max_bytes == MAX_IN_MEMORY_BYTES


def test_a_download_into_a_file_has_no_limit(tmp_path: Path) -> None:
    download = Download(tmp_path / "target", DOWN)
    download.expect({"content-length": str(10 * MAX_IN_MEMORY_BYTES)})
    download.close()
    with pytest.raises(InvalidArgumentError, match="max_bytes goes without a target") as caught:
        Download(tmp_path / "target", DOWN, max_bytes=5)
    assert caught.value.field == "max_bytes"


@pytest.mark.parametrize("limit", [0, -1, True, 1.5, "5"])
def test_a_limit_that_is_none_is_refused(limit: int) -> None:
    with pytest.raises(InvalidArgumentError, match="max_bytes must be a positive int") as caught:
        Download(None, DOWN, max_bytes=limit)
    assert caught.value.field == "max_bytes"


class Mistaken(io.BytesIO):
    """A file object of the caller's that fails in its own way, or returns no bytes."""

    def __init__(self, result: object) -> None:
        super().__init__(b"content")
        self._result = result

    def read(self, size: int | None = -1, /) -> bytes:
        if size == 0:
            return b""
        if isinstance(self._result, Exception):
            raise self._result
        return self._result  # type: ignore[return-value]  # pyright: ignore[reportReturnType]


def test_a_mistake_of_the_callers_file_object_stays_its_own() -> None:
    with pytest.raises(CallbackError) as caught:
        Upload(Mistaken(KeyError("mine")), UP).read()
    assert isinstance(caught.value.reason, KeyError)
    assert caught.value.__context__ is None


def test_a_file_that_is_no_longer_binary_is_refused() -> None:
    with pytest.raises(InvalidArgumentError, match="no longer binary"):
        Upload(Mistaken("text"), UP).read()


def test_a_file_that_was_closed_meanwhile_cannot_be_sent_again() -> None:
    source = io.BytesIO(b"content")
    upload = Upload(source, UP)
    source.close()
    with pytest.raises(InvalidArgumentError, match="cannot be read again") as caught:
        upload.rewind()
    assert caught.value.outcome == "UNKNOWN"


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
