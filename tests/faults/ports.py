"""Ports that nobody serves."""

from __future__ import annotations

import socket
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def dead_port() -> Generator[int]:
    """A port of the loopback that refuses connections, and that nobody else can take meanwhile."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


@contextmanager
def full_port() -> Generator[int]:
    """A port whose queue is full: connecting to it neither works nor fails."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen(0)
        port: int = held.getsockname()[1]
        waiting = [socket.socket() for _ in range(4)]
        try:
            for sock in waiting:
                sock.setblocking(False)
                sock.connect_ex(("127.0.0.1", port))
            yield port
        finally:
            for sock in waiting:
                sock.close()
