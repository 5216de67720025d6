"""Handled events in Redis, which the processes of several machines may share."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from scgapi.events.stores import LEASE, WEEK, Claim, check_times

if TYPE_CHECKING:
    from redis import Redis

_HANDLED = b"handled"
# Only a claim is forgotten: when it ran out, somebody else may have handled the event meanwhile.
_FORGET = "if redis.call('get', KEYS[1]) ~= ARGV[1] then return redis.call('del', KEYS[1]) end"


class RedisStore:
    """Handled events in Redis: `RedisStore(redis.Redis(host=…))`. The client stays yours to close.

    Needs `pip install "scgapi[redis]"`.

    Args:
        client: a client of the server; give it a `socket_timeout`.
        ttl: seconds that a handled event is remembered.
        lease: seconds after which a claim that was never settled (its process died) runs out.
        prefix: what the names of the keys begin with; receivers with different handlers need different ones.
    """

    waits = True

    def __init__(
        self, client: Redis, *, ttl: float = WEEK, lease: float = LEASE, prefix: str = "scgapi:event:"
    ) -> None:
        check_times(ttl, lease)
        self._client, self._ttl, self._lease, self._prefix = client, ttl, lease, prefix

    def claim(self, key: str) -> Claim:
        """Take the event unless it was handled, or is taken."""
        name, mine = self._prefix + key, uuid.uuid4().hex
        if self._client.set(name, mine, nx=True, px=_milliseconds(self._lease)):
            return Claim.NEW
        found = self._client.get(name)
        if found in (mine, mine.encode()):  # the client sent it twice, for the first answer was lost
            return Claim.NEW
        return Claim.HANDLED if found in (_HANDLED, _HANDLED.decode()) else Claim.TAKEN

    def settle(self, key: str, *, handled: bool) -> None:
        """End a claim."""
        if handled:
            self._client.set(self._prefix + key, _HANDLED, px=_milliseconds(self._ttl))
        else:
            self._client.eval(_FORGET, 1, self._prefix + key, _HANDLED)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(prefix={self._prefix!r})"


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1000))
