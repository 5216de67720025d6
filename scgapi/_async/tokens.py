"""The access token: one for all calls of a client, and renewed once however many find it expired."""

from __future__ import annotations

import logging

from scgapi._async.transport import AsyncTransport
from scgapi._concurrency import AsyncSingleFlight
from scgapi._core.clock import Deadline
from scgapi._core.request import Endpoints, Request
from scgapi.auth import REFRESH, AuthInfo, refresh_failure, refreshed_token
from scgapi.errors import RequestTimeoutError, ScgError

log = logging.getLogger("scgapi")

RENEWAL_LIMIT = 15.0
"""Seconds that a renewal may take, whatever the call that needs it has left."""


class AsyncTokens:
    """Knows the token that is good now."""

    def __init__(self, auth: AuthInfo, endpoints: Endpoints, transport: AsyncTransport) -> None:
        self._auth = auth
        self._endpoints = endpoints
        self._transport = transport
        self._token = auth.token
        self._renewing: AsyncSingleFlight[str] = AsyncSingleFlight()

    async def current(self, operation: str, deadline: Deadline) -> str | None:
        """The token to send with a call; None where internal headers take its place.

        Raises:
            ScgError: there is none yet, and none could be had; the call was not sent.
        """
        if self._token or self._auth.is_internal:
            return self._token
        return await self.renewed(None, operation, deadline)

    async def renewed(self, bad: str | None, operation: str, deadline: Deadline) -> str:
        """A token other than the bad one: from whoever has renewed it already, or from the token service.

        Raises:
            ScgError: none could be had; the call that needed it was not processed.
        """

        def newer() -> str | None:
            return self._token if self._token != bad else None

        async def renew() -> str:
            # The URL holds the secret: it is built here, sent, and shown nowhere.
            url = f"{self._endpoints.base(REFRESH)}{REFRESH.path}?{self._auth.refresh_query(bad)}"
            response = await self._transport.send(Request(REFRESH, url), {}, deadline.sooner(RENEWAL_LIMIT))
            self._token = refreshed_token(self._auth.without_secrets(response, bad))
            log.info("the access token was renewed")
            return self._token

        try:
            return await self._renewing.run(renew, newer, deadline.left())
        except TimeoutError:
            text = f"{operation}: the token was not renewed in time; the call was not processed"
            failure: ScgError = RequestTimeoutError(text, operation=operation, outcome="NOT_SENT")
        except ScgError as error:
            failure = refresh_failure(error, operation)
        raise failure
