"""What httpcore tells of an attempt while it is under way."""

from __future__ import annotations

from collections.abc import Mapping


class Steps:
    """What was heard of one attempt.

    Attributes:
        heard: whether anything was; transports that are not httpcore's say nothing.
        left: whether a byte of the request may have left.
        unused: a connection that was opened, as long as nothing was sent over it.
    """

    __slots__ = ("heard", "left", "unused")

    def __init__(self) -> None:
        self.heard = False
        self.left = False
        self.unused: object = None

    def hear(self, event: str, info: Mapping[str, object]) -> None:
        """Take note of a step: as long as no header was written, not a byte has left."""
        self.heard = True
        # A proxy is asked to CONNECT first: that is not the request.
        if event.endswith("send_request_headers.started") and not _is_for_a_proxy(info.get("request")):
            self.left, self.unused = True, None
        elif event.endswith((".connect_tcp.complete", ".connect_unix_socket.complete")):
            self.unused = info.get("return_value")


def _is_for_a_proxy(request: object) -> bool:
    return getattr(request, "method", None) == b"CONNECT"
