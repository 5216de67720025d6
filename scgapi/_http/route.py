"""The route of requests to the gateway: direct, or through a proxy."""

from __future__ import annotations

from typing import NamedTuple


class Route(NamedTuple):
    """A route to the gateway.

    Attributes:
        proxy: URL of the proxy; None for a direct connection.
        unused_proxy: environment variable that names a proxy which is not used; empty if there is none.
    """

    proxy: str | None = None
    unused_proxy: str = ""


DIRECT = Route()
