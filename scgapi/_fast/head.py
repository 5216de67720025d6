"""The head of an HTTP/1.1 request, as bytes."""

from __future__ import annotations

from collections.abc import Mapping

from scgapi._fast.origin import Origin


def encode_head(method: str, url: str, origin: Origin, headers: Mapping[str, str]) -> bytes | None:
    """Return the request line and headers, with the empty line that ends them; None if a character is not allowed."""
    path = url.split("/", 3)[3]
    lines = [f"{method} /{path} HTTP/1.1", f"host: {origin.authority}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    text = "\r\n".join(lines) + "\r\n\r\n"
    # A line break in a value would begin another header or request, and a space in the path would end the path.
    is_safe = text.count("\n") == text.count("\r") == len(lines) + 1 and " " not in path
    return text.encode("ascii") if is_safe and text.isascii() and "\0" not in text else None
