# Generated from scgapi/_async/transport/transport.py by tools/generate.py: edit that file.
"""The transport of a client: it sends one attempt, and returns the response or raises a `ScgError`."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from scgapi._core.describe import describe_value
from scgapi._http.attempt import TransportName, request_headers, timeout_error
from scgapi._io.threads.concurrency import in_place, must_not_block
from scgapi.errors import ConfigurationError

if TYPE_CHECKING:
    import httpx

    from scgapi._core.deadline import Deadline
    from scgapi._core.request import Request
    from scgapi._core.response import Response
    from scgapi._io.content import Download
    from scgapi._io.network import Network


class Engine(Protocol):
    """The part of a transport that depends on the HTTP library."""

    @property
    def is_closed(self) -> bool:
        """True if the user has closed the `http_client` that it sends through."""
        ...

    def exchange(
        self, request: Request, headers: dict[str, str], deadline: Deadline, target: Download | None
    ) -> Response:
        """Send the request once, and return its response.

        Raises:
            ConnectionFailedError: there is no complete response; `outcome` says whether the request may have been sent.
        """
        ...

    def close(self) -> None:
        """Close the connections, except those of the user's `http_client`."""
        ...


class Transport:
    """Sender of requests: chooses the engine, and refuses to send once the client is closed."""

    def __init__(self, http_client: httpx.Client | None, transport: TransportName, network: Network) -> None:
        if transport not in ("httpx", "fast"):
            raise ConfigurationError(f"transport must be 'httpx' or 'fast', got {describe_value(transport)}")
        if http_client is not None and transport == "fast":
            raise ConfigurationError("an http_client goes with transport='httpx' only: leave one of them out")
        self._network = network
        self._lock = threading.Lock()
        # Importing httpx takes longer than a call. Under a running event loop, the first call imports it in a thread.
        self._built: Engine | None = (
            None
            if http_client is None and transport == "httpx" and must_not_block()
            else _engine(http_client, transport, network)
        )
        self._closed = False

    def warm_up(self) -> None:
        """Load the modules that requests need, and the CA certificates if the gateway is reached over TLS."""
        in_place(self._warm_up)

    def _warm_up(self) -> None:
        if self._network.url.startswith("https:"):
            self._network.ssl_context(True)
        _ = self._engine

    @property
    def _engine(self) -> Engine:
        if self._built is None:
            with self._lock:
                self._built = self._built or _engine(None, "httpx", self._network)
        return self._built

    def send(
        self,
        request: Request,
        credentials: Mapping[str, str],
        deadline: Deadline,
        target: Download | None = None,
    ) -> Response:
        """Make one attempt. A successful body goes to the target if there is one, otherwise into the response.

        Raises:
            ConnectionFailedError: there is no complete response; `outcome` says whether the request may have been sent.
        """
        name = request.operation.name
        if self._built is None:
            self.warm_up()
        if self._closed or self._engine.is_closed:
            raise ConfigurationError(
                f"{name}: the client is closed; nothing was sent. Create a new one, or make calls before close() and "
                "inside the with block.",
                operation=name,
            )
        if deadline.remaining() <= 0:
            raise timeout_error(request.operation, deadline, "NOT_SENT")
        return self._engine.exchange(request, request_headers(request, credentials), deadline, target)

    def close(self) -> None:
        """Close the connections, except those of the user's `http_client`."""
        self._closed = True
        if self._built is not None:
            self._built.close()


def _engine(http_client: httpx.Client | None, transport: TransportName, network: Network) -> Engine:
    if transport == "fast":
        from scgapi._sync.transport.fast_engine import FastEngine

        return FastEngine(network)
    from scgapi._sync.transport.httpx_engine import HttpxEngine, UserClientEngine

    return HttpxEngine(network) if http_client is None else UserClientEngine(http_client)
