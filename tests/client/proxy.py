"""A proxy on this machine that tunnels and forwards, and remembers what it was asked."""

from __future__ import annotations

import contextlib
import socket
import threading
from types import TracebackType

from typing_extensions import Self


class Proxy:
    """Serves from threads. `asked` holds the request lines and `credentials` their Proxy-Authorization headers."""

    def __init__(self, refuse: bytes = b"") -> None:
        self.asked: list[str] = []
        self.credentials: list[str] = []
        self._refuse = refuse
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self._opened: list[socket.socket] = []

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for opened in [self._listener, *self._opened]:
            opened.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self._opened.append(client)
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                head += client.recv(65536)
            line, _, headers = head.decode("latin-1").partition("\r\n")
            self.asked.append(line)
            for header in headers.split("\r\n"):
                if header.lower().startswith("proxy-authorization:"):
                    self.credentials.append(header.partition(":")[2].strip())
            if self._refuse:
                client.sendall(b"HTTP/1.1 %s\r\ncontent-length: 0\r\n\r\n" % self._refuse)
                return
            method, target, _ = line.split(" ")
            authority, _, path = target.removeprefix("http://").partition("/")
            host, _, port = authority.rpartition(":")
            server = socket.create_connection((host, int(port)))
            self._opened.append(server)
            if method == "CONNECT":
                client.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
            else:
                server.sendall(head.replace(target.encode(), b"/" + path.encode(), 1))
            threading.Thread(target=_copy, args=(server, client), daemon=True).start()
            _copy(client, server)


def _copy(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
