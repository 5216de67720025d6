"""Network settings of a client: trusted certificates and proxy."""

from __future__ import annotations

import functools
import os
import ssl
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

from scgapi._core.text import describe_path
from scgapi._http.route import Route
from scgapi.errors import ConfigurationError

Verify: TypeAlias = "ssl.SSLContext | str | os.PathLike[str]"
"""Certificates to trust: an SSL context, or the path of a file or folder of CA certificates in PEM format."""

PROXY_SCHEMES = ("http", "https", "socks5", "socks5h")


class Network:
    """Certificates and proxy of one client, checked before any request.

    Attributes:
        url: scheme and host of the gateway.
        proxy: URL of the proxy to go through; None to connect directly.
    """

    def __init__(
        self, url: str, *, proxy: str | None = None, verify: Verify | None = None, trust_env: bool = False
    ) -> None:
        self.url = url
        self._trust_env = trust_env
        self.proxy: str | None = (
            _check_proxy(proxy) if proxy is not None else _from_environment(url) if trust_env else None
        )
        self._context = _user_context(verify, trust_env)

    def route(self) -> Route:
        """Return the route to the gateway, with the name of a proxy variable in the environment that is not used."""
        unused = "" if self.proxy or self._trust_env else _proxy_variable(self.url)
        return Route(self.proxy, unused)

    def ssl_context(self, secure: bool) -> ssl.SSLContext:
        """Return the SSL context. Without TLS (`secure` is False), no certificates are read."""
        return default_context(secure) if self._context is None else self._context


@functools.cache
def default_context(secure: bool) -> ssl.SSLContext:
    """Return the SSL context that trusts certifi's certificates, as httpx does by default."""
    # Reading the certificates takes longer than a call: it happens once per process, and only for TLS.
    if not secure:
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    import certifi

    return ssl.create_default_context(cafile=certifi.where())


def _user_context(verify: Verify | None, trust_env: bool) -> ssl.SSLContext | None:
    if isinstance(verify, ssl.SSLContext):
        return verify
    if isinstance(verify, str | os.PathLike):
        return _load_certificates("verify", Path(verify))
    if verify is not None:
        raise ConfigurationError(
            "verify must be an ssl.SSLContext or the path of a CA file, got "
            f"{verify if isinstance(verify, bool) else f'a {type(verify).__name__}'}. To switch verification off, pass a context that does not verify."
        )
    named = [name for name in ("SSL_CERT_FILE", "SSL_CERT_DIR") if trust_env and os.environ.get(name)]
    return _load_certificates(named[0], Path(os.environ[named[0]])) if named else None


def _load_certificates(source: str, path: Path) -> ssl.SSLContext:
    try:
        if path.is_dir():
            return ssl.create_default_context(capath=path)
        return ssl.create_default_context(cafile=path)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise ConfigurationError(
            f"{source}: no CA certificates can be read from {describe_path(path)}: {why}"
        ) from None


def _check_proxy(proxy: str) -> str:
    if not isinstance(proxy, str):
        raise ConfigurationError(
            f"proxy must be a URL such as 'http://proxy:3128', got a {type(proxy).__name__}"
        )
    scheme = ""
    try:
        parts = urlsplit(proxy)
        scheme = parts.scheme
        usable = scheme in PROXY_SCHEMES and bool(parts.hostname) and (parts.port or 1) > 0
        usable = usable and proxy.isprintable() and " " not in proxy
    except ValueError:
        usable = False
    if not usable:
        # The URL may hold a password: it is not repeated.
        raise ConfigurationError(
            f"proxy must be a URL such as 'http://proxy:3128': scheme ({', '.join(PROXY_SCHEMES)}), host, port"
        )
    if scheme.startswith("socks") and find_spec("socksio") is None:
        raise ConfigurationError("a SOCKS proxy needs socksio: pip install 'httpx[socks]'")
    return proxy


def _from_environment(url: str) -> str | None:
    """Return the proxy from HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, or from the operating system's settings."""
    found = _environment_proxy(url)
    if found is None:
        return None
    _, proxy = found
    return _check_proxy(proxy if "://" in proxy else f"http://{proxy}")


def _proxy_variable(url: str) -> str:
    """Return the name of the environment variable that sets a proxy for this URL; empty if there is none."""
    found = _environment_proxy(url)
    return "" if found is None else f"{found[0]}_proxy".upper()


def _environment_proxy(url: str) -> tuple[str, str] | None:
    """Return the scheme that a proxy is set for, and the proxy's URL."""
    from urllib.request import getproxies, proxy_bypass

    parts = urlsplit(url)
    proxies = getproxies()
    scheme = next((name for name in (parts.scheme, "all") if proxies.get(name)), None)
    return None if scheme is None or proxy_bypass(parts.netloc) else (scheme, proxies[scheme])
