"""Protection of the sandbox from web pages of other sites.

A page in a developer's browser can send requests to this machine; by DNS rebinding it can also read the responses.
Both can be seen in headers that a page cannot set.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from scgapi.sandbox.errors import GatewayError
from scgapi.sandbox.http.recorder import recording_of
from scgapi.sandbox.http.responses import http_response
from scgapi.sandbox.state.account import APIResponse

_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


class Guard:
    """Refuse requests that name another host, or come from a page of another site, with 403.

    Args:
        app: the application to protect.
        host: address that the server listens at.
        port: port that the server listens at.
        allowed_hosts: additional hosts, as `name` for every port or `name:port`.
    """

    def __init__(self, app: ASGIApp, host: str, port: int, allowed_hosts: Sequence[str] = ()) -> None:
        self._app = app
        own = (f"[{host}]" if ":" in host else host, *_LOOPBACK)
        # Browsers leave out the default port of a scheme.
        local = [*(f"{name}:{port}" for name in own), *(own if port == 80 else ())]
        self._known = frozenset(name.lower() for name in (*local, *allowed_hosts))
        self._at_any_port = frozenset(
            name.lower() for name in allowed_hosts if name.endswith("]") or ":" not in name
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        refusal = self._refusal(Headers(scope=scope))
        if refusal is None:
            await self._app(scope, receive, send)
        else:
            recording = recording_of(scope)
            if recording is not None:
                # Other sites must not be able to fill the log.
                recording.is_logged = False
            error = GatewayError(403, "403", refusal)
            await http_response(APIResponse.from_error(error))(scope, receive, send)

    def _refusal(self, headers: Headers) -> str | None:
        host = headers.get("host", "").lower()
        if not self._knows(host):
            return f"the sandbox is not known as {host!r}; allow it with allowed_hosts or --allowed-host"
        site = headers.get("sec-fetch-site", "none")
        origin = headers.get("origin", f"http://{host}").lower()
        if site not in ("none", "same-origin") or origin != f"http://{host}":
            return "the sandbox takes no requests from web pages of other sites"
        return None

    def _knows(self, host: str) -> bool:
        name, _, port = host.rpartition(":")
        return host in self._known or (port.isdecimal() and name in self._at_any_port)
