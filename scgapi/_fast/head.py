"""The head of a request, as it goes over the wire."""

from __future__ import annotations

from collections.abc import Mapping

from scgapi._fast.place import Place


def head_of(method: str, url: str, place: Place, headers: Mapping[str, str]) -> bytes | None:
    """The request line and the headers, with the empty line behind them; None if one has a character that it cannot have."""
    path = url.split("/", 3)[3]
    lines = [f"{method} /{path} HTTP/1.1", f"host: {place.authority}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    text = "\r\n".join(lines) + "\r\n\r\n"
    # A line break would begin a header, or a request, that nobody meant; so would a space within the path.
    whole = text.count("\n") == text.count("\r") == len(lines) + 1 and " " not in path
    return text.encode("ascii") if whole and text.isascii() and "\0" not in text else None
