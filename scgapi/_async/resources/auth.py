"""The access token of a client."""

from __future__ import annotations

from datetime import UTC, datetime

from scgapi._async.resource import AsyncResource
from scgapi.auth import REFRESH, RefreshedToken


class AsyncAuth(AsyncResource):
    """The access token, through one client: `client.auth`."""

    async def refresh(self) -> RefreshedToken:
        """Refresh the access token now, and use the new one from now on (GET `/apptoken-refresh`).

        Clients refresh a token by themselves when it expires; call this to replace one early, or to learn how long
        it is valid. Calls at the same time, and the processes that share a token file, share one refresh. The old
        token ends at once, also for programs that do not share the token file.

        Returns:
            The token and its validity in seconds.

        Raises:
            ConfigurationError: the credentials have no key and secret; nothing was sent.
            AuthenticationError: the token service refused.
            ConnectionFailedError: the token service could not be reached.
        """
        stored = await self._client._pipeline.refresh_token(REFRESH)
        obtained = datetime.fromtimestamp(stored.obtained, UTC)
        return RefreshedToken(stored.token or "", obtained, stored.validity or None)
