"""Whom connections trust, whatever transport opens them."""

from __future__ import annotations

import functools
import ssl


@functools.cache
def trust(secure: bool) -> ssl.SSLContext:
    """The certificates that httpx trusts, too; the environment is for those who bring a client of their own."""
    # Reading the certificates takes longer than a call: once a process, and not at all for a plain connection.
    if not secure:
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    import certifi

    return ssl.create_default_context(cafile=certifi.where())
