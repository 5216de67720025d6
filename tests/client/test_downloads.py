"""Part files of downloads whose process is killed, and limits on the content that is returned."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

import scgapi
from scgapi._http.attempt import TransportName
from scgapi._io import part_file as _part_file
from scgapi._io.content import Download
from scgapi._io.part_file import PartFile
from tests.both_clients import CLIENT_KINDS, ClientKind
from tests.faults import faults
from tests.faults.driver import TOKEN, AnyClient, auth, play, settled
from tests.faults.server import Answer, Exchange, Play, Server
from tests.faults.world import CONTENT, STORED, Gateway

GET = ("GET", CONTENT)
BEGIN = """
import sys
from scgapi._io.content import Download
download = Download(sys.argv[1], "attachments.download")
download.restart()
download.write(b"half")
print("begun", flush=True)
sys.stdin.read()
"""
posix = pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by signals")


@contextmanager
def downloading(target: Path) -> Generator[subprocess.Popen[bytes]]:
    """Another process, in the middle of a download."""
    command = [sys.executable, "-c", BEGIN, str(target)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        try:
            yield process
        finally:
            process.kill()


def opened(client_kind: ClientKind, url: str, transport: TransportName) -> AnyClient:
    return (scgapi.Client if client_kind == "sync" else scgapi.AsyncClient)(auth(url), transport=transport)


def parts(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.endswith(".scgapi-part")]


@posix
@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("transport", ["httpx", "fast"])
def test_what_a_killed_process_left_is_removed(
    client_kind: ClientKind, transport: TransportName, tmp_path: Path
) -> None:
    with Server(Gateway(TOKEN)) as server, downloading(tmp_path / "other") as alive:
        with downloading(tmp_path / "killed") as victim:
            assert len(parts(tmp_path)) == 2
            victim.send_signal(signal.SIGKILL)
            victim.wait(30)
        assert len(parts(tmp_path)) == 2

        async def scenario() -> None:
            scg = opened(client_kind, server.url, transport)
            assert await settled(scg.attachments.download("a", tmp_path / "mine")) == tmp_path / "mine"
            await settled(scg.close())

        play(client_kind, scenario())
        assert len(parts(tmp_path)) == 1  # of the process that is still at it
        assert alive.poll() is None
    assert (tmp_path / "mine").read_bytes() == STORED


@posix
def test_nothing_but_our_own_part_files_is_removed(tmp_path: Path) -> None:
    name = ".0123456789abcdef.scgapi-part"
    kept = [
        tmp_path / "photo.part",
        tmp_path / ".photo.jpg.0123456789abcdef.part",
        tmp_path / name.replace("f", "g"),
        tmp_path / f"x{name}",
        tmp_path / f"{name}.jpg",
    ]
    for path in kept:
        path.write_bytes(b"mine")
    (tmp_path / name).mkdir()
    (tmp_path / name.replace("0", "1")).symlink_to(kept[0])
    os.mkfifo(tmp_path / name.replace("0", "2"))
    before = {path.name for path in tmp_path.iterdir()}
    download = Download(tmp_path / "target", "attachments.download")
    download.restart()
    download.close()
    assert {path.name for path in tmp_path.iterdir()} == before


@posix
def test_part_files_of_somebody_else_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = tmp_path / ".0123456789abcdef.scgapi-part"
    left.touch()
    monkeypatch.setattr(os, "geteuid", lambda: left.stat().st_uid + 1)
    part = PartFile(tmp_path / "target")
    part.sweep()
    assert left.exists()
    part.discard()


@posix
def test_a_part_file_that_a_sweep_takes_as_it_is_made_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    flock, taken = fcntl.flock, list[int]()

    def swept(number: int, operation: int) -> None:
        if len(taken) < 2:
            taken.append(number)
            os.unlink(os.readlink(f"/proc/self/fd/{number}"))
            if len(taken) == 1:
                raise BlockingIOError
        flock(number, operation)

    monkeypatch.setattr(fcntl, "flock", swept)
    part = PartFile(tmp_path / "target")
    assert len(taken) == 2
    part.file.write(b"whole")
    part.file.flush()
    part.publish(overwrite=False)
    part.discard()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"target": b"whole"}


@posix
def test_without_locks_nothing_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    def refuse(number: int, operation: int) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    first, second = PartFile(tmp_path / "a"), PartFile(tmp_path / "b")
    second.sweep()
    assert len(parts(tmp_path)) == 2
    first.discard()
    second.discard()
    assert parts(tmp_path) == []


def test_a_large_folder_is_looked_through_now_and_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, looks, scandir = 0.0, 0, os.scandir

    def look(folder: str) -> object:
        nonlocal now, looks
        now += 0.5
        looks += 1
        return scandir(folder)

    monkeypatch.setattr("scgapi._io.part_file.monotonic", lambda: now)
    monkeypatch.setattr(os, "scandir", look)
    _part_file._next_sweeps.clear()
    part = PartFile(tmp_path / "target")
    for _ in range(3):
        part.sweep()
    assert looks == 1
    now += 51
    part.sweep()
    assert looks == 2
    part.discard()
    _part_file._next_sweeps.clear()


def announced(exchange: Exchange) -> None:
    """Announce more than anybody would hold, and send none of it."""
    exchange.read()
    exchange.send(Answer(200, b"", {"content-length": str(10**12)}).encode())
    exchange.wait(10)


def endless(exchange: Exchange) -> None:
    """Send pieces of unknown number."""
    exchange.read()
    exchange.send(Answer(200, b"", {"transfer-encoding": "chunked"}).encode())
    piece = bytes(65536)
    for _ in range(10_000):
        exchange.send(b"%x\r\n%s\r\n" % (len(piece), piece))


def packed(exchange: Exchange) -> None:
    """Send little that becomes much."""
    body = zlib.compress(bytes(300_000), wbits=31)
    exchange.answer(Answer(200, body, {"content-encoding": "gzip"}))


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("transport", ["httpx", "fast"])
@pytest.mark.parametrize(
    ("fault", "limit"),
    [(announced, 10**11), (endless, 1_000_000), (packed, 200_000), (faults.status(200, b"123456"), 5)],
    ids=["announced", "endless", "packed", "one byte"],
)
def test_a_content_that_is_too_large_to_return_is_refused(
    client_kind: ClientKind, transport: TransportName, fault: Play, limit: int
) -> None:
    with Server(Gateway(TOKEN)) as server:
        server.script(GET, fault)

        async def scenario() -> scgapi.UnreadableResponseError:
            scg = opened(client_kind, server.url, transport)
            with pytest.raises(
                scgapi.UnreadableResponseError, match="pass a target to download it"
            ) as caught:
                await settled(scg.attachments.download("a", max_bytes=limit))
            await settled(scg.contacts.get("c"))
            await settled(scg.close())
            return caught.value

        error = play(client_kind, scenario())
    assert (error.operation, error.outcome, error.attempts) == (
        "attachments.download",
        "ACCEPTED_UNPARSED",
        1,
    )


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_limit_is_set_without_asking_for_it(client_kind: ClientKind) -> None:
    with Server(Gateway(TOKEN)) as server:
        server.script(GET, announced)

        async def scenario() -> None:
            scg = opened(client_kind, server.url, "httpx")
            with pytest.raises(scgapi.UnreadableResponseError, match="more than 67108864 bytes"):
                await settled(scg.attachments.download("a"))
            await settled(scg.close())

        play(client_kind, scenario())


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("transport", ["httpx", "fast"])
def test_a_content_as_large_as_the_limit_is_returned(
    client_kind: ClientKind, transport: TransportName
) -> None:
    with Server(Gateway(TOKEN)) as server:

        async def scenario() -> None:
            scg = opened(client_kind, server.url, transport)
            assert await settled(scg.attachments.download("a", max_bytes=len(STORED))) == STORED
            await settled(scg.close())

        play(client_kind, scenario())
