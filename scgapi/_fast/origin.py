"""The origin of the gateway: scheme, host and port."""

from __future__ import annotations

import functools
import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_MAX_LABEL_CHARACTERS = 63
_DIGITS_AND_DOTS = re.compile(r"[\d.]+")


@dataclass(frozen=True, slots=True)
class Origin:
    """An origin: host, port, and whether TLS is used.

    Attributes:
        host: the host in ASCII; an IPv6 address has no brackets.
        port: the port.
        tls: True for https.
    """

    host: str
    port: int
    tls: bool

    @property
    def authority(self) -> str:
        """The value of the `Host` header, without the scheme's default port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.tls else 80) else f"{host}:{self.port}"


@functools.cache
def parse_origin(url: str) -> Origin | None:
    """Return the origin of a URL; None if its host is neither a name nor an address."""
    try:
        parts = urlsplit(url)
        tls = parts.scheme.lower() == "https"
        return Origin(_ascii_host(parts.hostname or ""), parts.port or (443 if tls else 80), tls)
    except ValueError:
        return None


def _ascii_host(host: str) -> str:
    if ":" in host:
        ipaddress.IPv6Address(host.partition("%")[0])
    elif _DIGITS_AND_DOTS.fullmatch(host):
        ipaddress.IPv4Address(host)
    elif not host.isascii():
        # A dependency of httpx.
        import idna

        return idna.encode(host).decode("ascii")
    elif not all(0 < len(label) <= _MAX_LABEL_CHARACTERS for label in host.removesuffix(".").split(".")):
        raise ValueError
    return host
