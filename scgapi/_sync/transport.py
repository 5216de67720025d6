# Generated from scgapi/_async/transport.py by tools/generate.py: edit that file.
"""A request goes out, a response or a `ScgError` comes back; what carries them is chosen here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from scgapi._core.attempt import TransportName, headers_of, out_of_time
from scgapi.errors import ConfigurationError

if TYPE_CHECKING:
    import httpx

    from scgapi._core.clock import Deadline
    from scgapi._core.content import Download
    from scgapi._core.request import Request
    from scgapi._core.response import Response


class Engine(Protocol):
    """What carries requests."""

    @property
    def is_closed(self) -> bool:
        """Whether somebody else has closed what it sends through."""
        ...

    def exchange(
        self, request: Request, headers: dict[str, str], deadline: Deadline, target: Download | None
    ) -> Response:
        """Send the request once.

        Raises:
            ConnectionFailedError: no complete response; `outcome` tells whether the request may have left.
        """
        ...

    def close(self) -> None:
        """Close the connections, unless they are the caller's."""
        ...


class Transport:
    """Sends requests through an engine, as long as the client is open."""

    def __init__(self, http_client: httpx.Client | None, transport: TransportName, url: str) -> None:
        if transport not in ("httpx", "fast"):
            raise ConfigurationError(f"transport must be 'httpx' or 'fast', got {transport!r}")
        if http_client is not None and transport == "fast":
            raise ConfigurationError("an http_client goes with transport='httpx' only")
        self._engine = _engine(http_client, transport, url)
        self._closed = False

    def send(
        self,
        request: Request,
        credentials: Mapping[str, str],
        deadline: Deadline,
        target: Download | None = None,
    ) -> Response:
        """One attempt. A successful body goes to the target, if there is one, else into the response.

        Raises:
            ConnectionFailedError: no complete response; `outcome` tells whether the request may have left.
        """
        name = request.operation.name
        if self._closed or self._engine.is_closed:
            raise ConfigurationError(f"{name}: the client is closed; nothing was sent")
        if deadline.left() <= 0:
            raise out_of_time(name, deadline, "NOT_SENT")
        return self._engine.exchange(request, headers_of(request, credentials), deadline, target)

    def close(self) -> None:
        """Close the connections, unless they are the caller's."""
        self._closed = True
        self._engine.close()


def _engine(http_client: httpx.Client | None, transport: TransportName, url: str) -> Engine:
    if transport == "fast":
        from scgapi._sync.fast_engine import FastEngine

        return FastEngine(url)
    from scgapi._sync.httpx_engine import CallersEngine, HttpxEngine

    return HttpxEngine(url) if http_client is None else CallersEngine(http_client)
