"""Where the gateway is, as sockets want to know it."""

from __future__ import annotations

import functools
import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_LABEL = 63  # characters between two dots
_NUMBERS = re.compile(r"[\d.]+")


@dataclass(frozen=True, slots=True)
class Place:
    """A host, its port, and whether it is spoken to in secret."""

    host: str  # ASCII, an IPv6 address without brackets
    port: int
    secure: bool

    @property
    def authority(self) -> str:
        """What a request calls it: the port that goes without saying is left out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.secure else 80) else f"{host}:{self.port}"


@functools.cache
def place_of(url: str) -> Place | None:
    """Read a scheme and a host; None if the host is no name and no address."""
    try:
        parts = urlsplit(url)
        secure = parts.scheme.lower() == "https"
        return Place(_ascii(parts.hostname or ""), parts.port or (443 if secure else 80), secure)
    except ValueError:
        return None


def _ascii(host: str) -> str:
    if ":" in host:
        ipaddress.IPv6Address(host.partition("%")[0])
    elif _NUMBERS.fullmatch(host):
        ipaddress.IPv4Address(host)
    elif not host.isascii():
        import idna  # comes with httpx

        return idna.encode(host).decode("ascii")
    elif not all(0 < len(label) <= _LABEL for label in host.removesuffix(".").split(".")):
        raise ValueError
    return host
