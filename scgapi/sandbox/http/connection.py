"""The server's side of a connection, for faults that HTTP cannot express."""

from __future__ import annotations

import asyncio
import socket
import struct
import sys
from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from scgapi.sandbox.faults.kinds import SingleCallFault

# Linger for 0 seconds, so that closing resets the connection. Windows has shorts in that structure.
_NO_LINGER = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
_KEY = "scgapi_sandbox_connection"


@runtime_checkable
class ClientConnection(Protocol):
    """A connection to a client, as faults use it."""

    def check_support(self, fault: SingleCallFault) -> None:
        """Raise an exception if the fault cannot be injected into a request of this connection."""

    def write(self, content: bytes) -> None:
        """Send bytes as they are."""

    def close(self) -> None:
        """Close the connection once all written bytes are sent."""

    def reset(self) -> None:
        """Reset the connection. Does nothing if it is already closed."""

    async def wait_ended(self) -> None:
        """Wait until the client is gone or the server stops."""

    async def pause(self, seconds: float) -> None:
        """Wait, at most until the client is gone or the server stops."""


def connection_state(connection: ClientConnection) -> dict[str, object]:
    """Return the state of a request's scope, in which `connection_of` finds the connection."""
    return {_KEY: connection}


def connection_of(state: Mapping[str, object]) -> ClientConnection:
    """Return the connection of a request, from its scope's state."""
    found = state[_KEY]
    if not isinstance(found, ClientConnection):
        raise TypeError(f"a request of the sandbox has a ClientConnection, got {type(found).__name__}")
    return found


class Connection(H11Protocol):
    """A connection that the sandbox's server accepted."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: Mapping[str, object],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, {**app_state, **connection_state(self)}, _loop)
        self._ended = asyncio.Event()

    def check_support(self, fault: SingleCallFault) -> None:
        """Do nothing: a connection supports all faults."""

    def write(self, content: bytes) -> None:
        """Send bytes as they are."""
        self.transport.write(content)

    def close(self) -> None:
        """Close the connection once all written bytes are sent."""
        self.transport.close()

    def reset(self) -> None:
        """Reset the connection. Does nothing if it is already closed."""
        if self.transport.is_closing():
            return
        peer: socket.socket = self.transport.get_extra_info("socket")
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
        self.transport.abort()

    async def wait_ended(self) -> None:
        """Wait until the client is gone or the server stops."""
        await self._ended.wait()

    async def pause(self, seconds: float) -> None:
        """Wait, at most until the client is gone or the server stops."""
        try:
            await asyncio.wait_for(self._ended.wait(), seconds)
        except TimeoutError:
            pass

    def connection_lost(self, exc: Exception | None) -> None:
        """Handle the end of the connection. The event loop calls this."""
        super().connection_lost(exc)
        self._ended.set()

    def shutdown(self) -> None:
        """Handle the shutdown of the server. The server calls this."""
        super().shutdown()
        self._ended.set()
