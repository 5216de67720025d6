"""A store of handled events in Redis, which processes on several machines can share."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from scgapi.events.stores import LEASE_SECONDS, WEEK_SECONDS, Claim, check_times

if TYPE_CHECKING:
    from redis import Redis

_HANDLED = b"handled"
# Free an event only while the claim is the caller's: after it ran out, another may have claimed or handled the event.
_FREE = """
local held = redis.call('get', KEYS[1])
if held ~= ARGV[1] and (ARGV[2] == '' or held == ARGV[2]) then return redis.call('del', KEYS[1]) end
"""


class RedisStore:
    """A store of handled events in Redis: `RedisStore(redis.Redis(host=…))`. Closing the client is up to you.

    Needs `pip install "scgapi[redis]"`.

    Args:
        client: a client of the server; give it a `socket_timeout`.
        ttl: seconds that a handled event is remembered.
        lease: seconds after which a claim that was never settled (its process died) runs out.
        prefix: start of the names of the keys; receivers with different handlers need different ones.
    """

    waits = True

    def __init__(
        self,
        client: Redis,
        *,
        ttl: float = WEEK_SECONDS,
        lease: float = LEASE_SECONDS,
        prefix: str = "scgapi:event:",
    ) -> None:
        check_times(ttl, lease)
        self._client, self._ttl, self._lease, self._prefix = client, ttl, lease, prefix

    def claim(self, key: str, token: str = "") -> Claim:
        """Claim the event unless it was handled or is claimed."""
        name, mine = self._prefix + key, token or uuid.uuid4().hex
        if self._client.set(name, mine, nx=True, px=_milliseconds(self._lease)):
            return Claim.NEW
        found = self._client.get(name)
        # The Redis client sent the command twice, for the first response was lost.
        if found in (mine, mine.encode()):
            return Claim.NEW
        return Claim.HANDLED if found in (_HANDLED, _HANDLED.decode()) else Claim.TAKEN

    def settle(self, key: str, token: str = "", *, handled: bool) -> None:
        """End a claim. Without a token, end any claim of the event."""
        if handled:
            self._client.set(self._prefix + key, _HANDLED, px=_milliseconds(self._ttl))
        else:
            self._client.eval(_FREE, 1, self._prefix + key, _HANDLED, token)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(prefix={self._prefix!r})"


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1000))
