"""A small gateway on loopback, in a process of its own: it takes message requests, and counts what reaches whom.

    python -m tests.campaigns.loopback FAULTS

FAULTS is a JSON object: `seed`, `latency` (seconds, at most), and the share of requests whose answer is lost before or
after they were carried out (`lost_before`, `lost_after`). It prints its port, and ends with its standard input.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import subprocess
import sys
import urllib.request
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from scgapi._core.json import is_array, is_object

ROOT = Path(__file__).parents[2]


class Gateway:
    """What was asked for, and what was done."""

    def __init__(self, faults: dict[str, float]) -> None:
        self.chance = random.Random(faults.get("seed", 0))
        self.latency = faults.get("latency", 0.0)
        self.lost_before = faults.get("lost_before", 0.0)
        self.lost_after = faults.get("lost_after", 0.0)
        self.requests: dict[str, dict[str, object]] = {}
        self.by_external_id: dict[str, list[str]] = {}
        self.sent: Counter[str] = Counter()
        self.moments: list[float] = []

    def serve(self, method: str, target: str, body: bytes) -> tuple[int, object]:
        parts = urlsplit(target)
        tail = parts.path.rsplit("/", 1)[-1]
        if tail == "sent":
            return 200, {"sent": self.sent, "moments": self.moments}
        if method == "POST" and tail == "message_requests":
            return 200, {"id": self.create(json.loads(body))}
        if method == "POST":
            return self.change(tail, str(json.loads(body)["state"]))
        if tail == "message_requests":
            (wanted,) = parse_qs(parts.query)["external_id"]
            rows = [{"id": key, "external_id": wanted} for key in self.by_external_id.get(wanted, [])]
            return 200, {"list": rows, "total": len(rows), "offset": 0, "limit": 100}
        return (200, self.requests[tail]) if tail in self.requests else (404, {})

    def create(self, sent: dict[str, object]) -> str:
        key = f"r{len(self.requests)}"
        paused = bool(sent.get("pause_before_transmit"))
        to = sent["to"]
        self.requests[key] = {"id": key, "state": "PAUSED", "to": to, "external_id": sent["external_id"]}
        self.by_external_id.setdefault(str(sent["external_id"]), []).append(key)
        self.moments.append(asyncio.get_running_loop().time())
        if not paused:
            self.send(key)
        return key

    def change(self, key: str, state: str) -> tuple[int, object]:
        if self.requests[key]["state"] != "PAUSED":
            return 400, {"error_code": "SCG_ERROR_4000", "error_description": "not PAUSED"}
        if state == "TRANSMITTING":
            self.send(key)
        else:
            self.requests[key]["state"] = state
        return 200, {}

    def send(self, key: str) -> None:
        self.requests[key] |= {"state": "COMPLETED", "sent_count": 1}
        to = self.requests[key]["to"]
        assert is_array(to)
        self.sent.update(map(str, to))


class Connection(asyncio.Protocol):
    """HTTP/1.1 as this project's clients speak it."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway, self.buffer = gateway, b""
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head = self.buffer[:end].decode("latin-1")
            length = next(
                (int(line[15:]) for line in head.split("\r\n") if line.lower().startswith("content-length:")),
                0,
            )
            if len(self.buffer) < end + 4 + length:
                return
            body = self.buffer[end + 4 : end + 4 + length]
            self.buffer = self.buffer[end + 4 + length :]
            method, target, _ = head.split(" ", 2)
            self.answer(method, target, body)

    def answer(self, method: str, target: str, body: bytes) -> None:
        gateway, loop = self.gateway, asyncio.get_running_loop()
        fate = gateway.chance.random() if method == "POST" else 1.0
        if fate < gateway.lost_before:
            self.close()
            return
        status, found = gateway.serve(method, target, body)
        if fate < gateway.lost_before + gateway.lost_after:
            self.close()
            return
        content = json.dumps(found).encode()
        head = (
            f"HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {len(content)}\r\n\r\n"
        )
        answer = head.encode() + content
        if gateway.latency and not target.endswith("/sent"):
            loop.call_later(gateway.chance.uniform(0, gateway.latency), self.write, answer)
        else:
            self.write(answer)

    def write(self, data: bytes) -> None:
        if self.transport is not None and not self.transport.is_closing():
            self.transport.write(data)

    def close(self) -> None:
        if self.transport is not None:
            self.transport.abort()


class Running:
    """The gateway in its process."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"

    @property
    def sent(self) -> Counter[str]:
        """How many texts reached each recipient."""
        sent = self._read()["sent"]
        assert is_object(sent)
        return Counter({address: int(str(count)) for address, count in sent.items()})

    @property
    def moments(self) -> list[float]:
        """When each request was made, in seconds."""
        moments = self._read()["moments"]
        assert is_array(moments)
        return [float(str(moment)) for moment in moments]

    def _read(self) -> dict[str, object]:
        with urllib.request.urlopen(f"{self.url}/sent") as answer:
            found: object = json.load(answer)
        assert is_object(found)
        return found


@contextlib.contextmanager
def running(**faults: float) -> Generator[Running]:
    """A gateway of its own, until the block ends."""
    command = [sys.executable, "-m", "tests.campaigns.loopback", json.dumps(faults)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            yield Running(int(process.stdout.readline()))
        finally:
            process.kill()


async def main(faults: dict[str, float]) -> None:
    gateway = Gateway(faults)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(gateway), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.argv[1])))
