"""Resources that reject a freshly refreshed token."""

from __future__ import annotations

from scgapi._core.operation import Operation
from scgapi._core.request import Request

REFUSAL_MEMORY_SECONDS = 300.0
"""Time for which a resource that rejected a new token causes no further refresh."""

_MAX_RESOURCES_PER_OPERATION = 3
"""Rejecting resources of one operation after which all of its resources count as rejecting."""


class Refusals:
    """Record of refreshes that did not help.

    A freshly refreshed token is valid. A resource that responds with 401 to it has another reason, and without this
    record each call of it would replace the token that all processes share.
    """

    def __init__(self) -> None:
        # Replaced, never changed in place, because other threads read it without a lock.
        self._until: dict[tuple[Operation, str], float] = {}

    def note(self, request: Request, now: float) -> None:
        """Record that the request's resource rejected a freshly refreshed token."""
        current = {key: until for key, until in self._until.items() if until > now}
        self._until = {**current, _resource(request): now + REFUSAL_MEMORY_SECONDS}

    def include(self, request: Request, now: float) -> bool:
        """Return True if a refresh would not help this request."""
        known, key = self._until, _resource(request)
        if known.get(key, now) > now:
            return True
        same = (until > now for (operation, _), until in known.items() if operation == key[0])
        return sum(same) >= _MAX_RESOURCES_PER_OPERATION


def _resource(request: Request) -> tuple[Operation, str]:
    # The path of a content holds a token of its own, which differs in each call.
    is_content = request.operation.service == "attachment"
    return request.operation, "" if is_content else request.url.partition("?")[0]
