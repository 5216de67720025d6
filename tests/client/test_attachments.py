"""Content goes up and comes down whole, or not at all."""

from __future__ import annotations

import asyncio
import io
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
import respx

import scgapi
from scgapi.sandbox import Sandbox

HOST = "https://api.syniverse.com"
API = f"{HOST}/scg-external-api/api/v1"
CONTENT = f"{HOST}/scg-attachment/api/v1/messaging/attachments/tok/content"
AUTH = scgapi.AuthInfo(token="t")
ONCE = scgapi.RetryPolicy(attempts=1)


def test_content_makes_the_round_trip(scg: scgapi.Client, tmp_path: Path) -> None:
    content = os.urandom(300_000)
    source, target = tmp_path / "picture.jpg", tmp_path / "copy.jpg"
    source.write_bytes(content)
    attachment = scg.attachments.create_and_upload(
        source, type="image/jpeg", name="picture", filename="picture.jpg"
    )
    assert (attachment.state, attachment.size, attachment.type) == ("UPLOADED", len(content), "image/jpeg")
    assert attachment.download() == content
    assert attachment.download(target) == target
    assert target.read_bytes() == content
    attachment.name = "renamed"
    attachment.update()
    attachment.upload(b"other")
    assert (attachment.name, attachment.size) == ("renamed", 5)
    attachment.delete()


def test_it_does_so_asynchronously(gateway: Sandbox, tmp_path: Path) -> None:
    async def main() -> None:
        async with scgapi.AsyncClient(gateway.auth) as scg:
            attachment_id = await scg.attachments.create(type="text/plain")
            await scg.attachments.upload(attachment_id, io.BytesIO(b"hello"))
            attachment = await scg.attachments.get(attachment_id)
            assert await attachment.download() == b"hello"
            target = await attachment.download(tmp_path / "hello.txt")
            assert target.read_bytes() == b"hello"

    asyncio.run(main())


def test_content_that_was_not_uploaded_cannot_be_downloaded(scg: scgapi.Client, tmp_path: Path) -> None:
    attachment_id = scg.attachments.create(name="empty")
    with pytest.raises(scgapi.BadRequestError) as caught:
        scg.attachments.download(attachment_id, tmp_path / "target")
    assert caught.value.code == "40030"
    assert list(tmp_path.iterdir()) == []


def test_a_resource_and_its_objects_say_how_far_they_are(scg: scgapi.Client, tmp_path: Path) -> None:
    told: list[scgapi.Transfer] = []
    ends = [scgapi.Transfer(0, 5), scgapi.Transfer(5, 5)]
    attachment = scg.attachments.create_and_upload(b"bytes", type="text/plain", on_progress=told.append)
    attachment.upload(b"other", on_progress=told.append)
    assert attachment.download(on_progress=told.append) == b"other"
    attachment.download(tmp_path / "target", on_progress=told.append)
    scg.attachments.download(attachment.id, tmp_path / "target", overwrite=True, on_progress=told.append)
    assert told == ends * 5


@respx.mock
def test_a_file_that_cannot_be_read_creates_nothing(tmp_path: Path) -> None:
    with scgapi.Client(AUTH) as scg:
        for source in (tmp_path / "missing", tmp_path, 5, io.StringIO("text")):
            with pytest.raises(scgapi.InvalidArgumentError, match=r"attachments\.upload"):
                scg.attachments.create_and_upload(source)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert not respx.calls


@respx.mock
def test_an_existing_target_is_refused_before_anything_is_requested(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_bytes(b"precious")
    with scgapi.Client(AUTH) as scg, pytest.raises(scgapi.InvalidArgumentError, match="overwrite=True"):
        scg.attachments.download("a", target)
    assert not respx.calls
    assert target.read_bytes() == b"precious"


class Broken(httpx.SyncByteStream):
    """A body that breaks off."""

    def __iter__(self) -> Iterator[bytes]:
        yield b"half"
        raise httpx.ReadError("reset")


class AsyncBroken(httpx.AsyncByteStream):
    """A body that breaks off."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"half"
        raise httpx.ReadError("reset")


def breaks_off(_: httpx.Request) -> httpx.Response:
    return httpx.Response(200, stream=Broken())


@respx.mock
def test_a_download_that_breaks_off_leaves_the_target_as_it_was(tmp_path: Path) -> None:
    respx.post(f"{API}/messaging/attachments/a/access_tokens").respond(json={"id": "tok"})
    respx.get(CONTENT).mock(side_effect=breaks_off)
    target = tmp_path / "target"
    with scgapi.Client(AUTH, retry=ONCE) as scg:
        with pytest.raises(scgapi.ConnectionFailedError):
            scg.attachments.download("a", target)
        assert list(tmp_path.iterdir()) == []
        target.write_bytes(b"precious")
        with pytest.raises(scgapi.ConnectionFailedError):
            scg.attachments.download("a", target, overwrite=True)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"precious"]


@respx.mock
def test_a_download_is_begun_again_from_its_start(tmp_path: Path) -> None:
    respx.post(f"{API}/messaging/attachments/a/access_tokens").respond(json={"id": "tok"})
    answers = [httpx.Response(200, stream=AsyncBroken()), httpx.Response(200, content=b"whole")]
    respx.get(CONTENT).mock(side_effect=answers)

    async def main() -> None:
        async with scgapi.AsyncClient(AUTH, retry=scgapi.RetryPolicy(base=0)) as scg:
            target = await scg.attachments.download("a", tmp_path / "target")
            assert target.read_bytes() == b"whole"

    asyncio.run(main())
    assert len(list(tmp_path.iterdir())) == 1


@respx.mock
def test_the_upload_announces_its_size_and_is_no_json() -> None:
    respx.post(f"{API}/messaging/attachments/a/access_tokens").respond(json={"id": "tok"})
    route = respx.post(CONTENT).respond(204)
    with scgapi.Client(AUTH) as scg:
        scg.attachments.upload("a", b"12345")
    request = route.calls.last.request
    assert request.headers["content-length"] == "5"
    assert request.headers["content-type"] == "application/octet-stream"
    assert "transfer-encoding" not in request.headers
