"""`Scg`, the entry point of the 2017 SDK."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, overload

from scgapi._core.tracebacks import trim_tracebacks
from scgapi.auth import AuthInfo
from scgapi.errors import ConfigurationError

if TYPE_CHECKING:
    from scgapi._async.client import AsyncClient
    from scgapi._sync.client import Client


class Scg:
    """Entry point of the 2017 SDK: `Scg().connect(api, auth)` is `Client(auth, url=api)`.

    Args:
        log: write the `scgapi` logger's records to the standard error stream. Without it they go where the
            application's own logging sends them.
        log_level: lowest level to write, a constant of the `logging` module.
    """

    def __init__(self, log: bool = False, log_level: int = logging.INFO) -> None:
        if log:
            logger = logging.getLogger("scgapi")
            logger.setLevel(log_level)
            if not any(isinstance(handler, logging.StreamHandler) for handler in logger.handlers):
                handler = logging.StreamHandler()
                handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
                logger.addHandler(handler)

    @overload
    def connect(self, api: str | None, auth: AuthInfo, /) -> Client: ...
    @overload
    def connect(self, auth: AuthInfo, api: str | None = None, /) -> Client: ...
    @overload
    def connect(self, /, *, api: str | None = None, auth: AuthInfo | None = None) -> Client: ...
    def connect(
        self,
        first: AuthInfo | str | None = None,
        second: AuthInfo | str | None = None,
        /,
        *,
        api: str | None = None,
        auth: AuthInfo | None = None,
    ) -> Client:
        """Return a client for these credentials; the arguments may be in either order.

        Args:
            first: the gateway's URL or the credentials.
            second: the other of the two.
            api: scheme and host of the gateway; by default `auth.url`, else the public gateway.
            auth: the credentials; by default from the environment.

        Raises:
            ConfigurationError: there are no credentials, or an argument is of a wrong type.
        """
        from scgapi._sync.client import Client

        auth, api = _sort_arguments(first, second, auth, api)
        return Client(auth, url=api)

    @overload
    def connect_async(self, api: str | None, auth: AuthInfo, /) -> AsyncClient: ...
    @overload
    def connect_async(self, auth: AuthInfo, api: str | None = None, /) -> AsyncClient: ...
    @overload
    def connect_async(self, /, *, api: str | None = None, auth: AuthInfo | None = None) -> AsyncClient: ...
    def connect_async(
        self,
        first: AuthInfo | str | None = None,
        second: AuthInfo | str | None = None,
        /,
        *,
        api: str | None = None,
        auth: AuthInfo | None = None,
    ) -> AsyncClient:
        """Return an async client. The method itself is not async: do not await it.

        Args:
            first: the gateway's URL or the credentials.
            second: the other of the two.
            api: scheme and host of the gateway; by default `auth.url`, else the public gateway.
            auth: the credentials; by default from the environment.

        Raises:
            ConfigurationError: there are no credentials, or an argument is of a wrong type.
        """
        from scgapi._async.client import AsyncClient

        auth, api = _sort_arguments(first, second, auth, api)
        return AsyncClient(auth, url=api)


trim_tracebacks(Scg)


def _sort_arguments(
    first: AuthInfo | str | None, second: AuthInfo | str | None, auth: AuthInfo | None, api: str | None
) -> tuple[AuthInfo | None, str | None]:
    for value in (first, second):
        if isinstance(value, AuthInfo) and auth is None:
            auth = value
        elif isinstance(value, str) and api is None:
            api = value
        elif value is not None:
            raise ConfigurationError(
                f"connect() takes one URL and one AuthInfo, in either order, got another argument of type {type(value).__name__}"
            )
    return auth, api
