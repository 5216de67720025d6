"""The server's side of a connection, for answers that HTTP has no words for."""

from __future__ import annotations

import asyncio
import socket
import struct
import sys
from collections.abc import Mapping

from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

# Linger for 0 seconds: to close is to reset. Windows has shorts in that structure.
_NO_LINGER = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
_KEY = "scgapi_sandbox_connection"


class Connection(H11Protocol):
    """A connection that applications find in their scope."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: Mapping[str, object],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, {**app_state, _KEY: self}, _loop)
        self.ended: asyncio.Event = asyncio.Event()
        """Set when the peer has gone, or the server is to stop."""

    @classmethod
    def of(cls, state: Mapping[str, object]) -> Connection:
        """The connection that a call came in by, from its scope's state."""
        found = state[_KEY]
        if not isinstance(found, cls):
            raise TypeError(f"the sandbox is served by {cls.__name__}, not by {type(found).__name__}")
        return found

    def write(self, content: bytes) -> None:
        """Send bytes as they are."""
        self.transport.write(content)

    def close(self) -> None:
        """Close it once what was written is sent."""
        self.transport.close()

    def reset(self) -> None:
        """Let the peer see a reset; nothing if it has gone already."""
        if self.transport.is_closing():
            return
        peer: socket.socket = self.transport.get_extra_info("socket")
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
        self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """What the event loop calls at the end."""
        super().connection_lost(exc)
        self.ended.set()

    def shutdown(self) -> None:
        """What the server calls when it is to stop."""
        super().shutdown()
        self.ended.set()
