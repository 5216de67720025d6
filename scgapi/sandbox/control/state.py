"""Counts, credentials, settings and the clock of a gateway, over HTTP."""

from __future__ import annotations

from pydantic import JsonValue, TypeAdapter

from scgapi.sandbox.control.tagged_unions import TaggedUnion
from scgapi.sandbox.gateway import Gateway
from scgapi.sandbox.state.progress import AfterReads, AfterSeconds, Immediate

_KNOWN = AfterReads | AfterSeconds | Immediate
_KINDS: dict[str, TypeAdapter[_KNOWN]] = {
    kind.__name__: TypeAdapter(kind) for kind in (AfterReads, AfterSeconds, Immediate)
}
_PROGRESS = TaggedUnion[_KNOWN]("progress", _KINDS, TypeAdapter(_KNOWN))


class StateActions:
    """Actions on the counts, credentials and settings of a gateway."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def counts(self, operation: str | None = None) -> dict[str, object]:
        """Return how often operations were received and executed: all, or those that `operation` names."""
        received, executed = self._gateway.rules.received, self._gateway.executed
        if operation is None:
            return {"received": received.all(), "executed": executed.all()}
        return {"received": received.count(operation), "executed": executed.count(operation)}

    def credentials(self) -> dict[str, object]:
        """Return key, secret and the current token."""
        gateway = self._gateway
        return {"key": gateway.key, "secret": gateway.secret, "token": gateway.token}

    def rotate_token(self) -> dict[str, object]:
        """Refresh the token as another client would."""
        self._gateway.rotate_token()
        return self.credentials()

    def expire_token(self) -> dict[str, object]:
        """Refuse the current token from now on."""
        self._gateway.expire_token()
        return self.credentials()

    def token_ttl(self) -> float | None:
        """Return the lifetime of the next tokens in seconds; None if they do not expire."""
        return self._gateway.token_ttl

    def set_token_ttl(self, seconds: float | None) -> None:
        """Set the lifetime of the next tokens in seconds."""
        if seconds is not None and not seconds > 0:
            raise ValueError(f"seconds must be above 0, or null for tokens that do not expire, got {seconds}")
        self._gateway.token_ttl = seconds

    def progress(self) -> dict[str, object]:
        """Return the progress rule of messages and jobs."""
        progress = self._gateway.progress
        if isinstance(progress, _KNOWN):
            return _PROGRESS.dump(progress)
        return {"kind": type(progress).__name__}

    def set_progress(self, progress: dict[str, JsonValue]) -> None:
        """Set the progress rule of messages and jobs."""
        self._gateway.progress = _PROGRESS.load(progress)

    def now(self) -> float:
        """Return the time by the sandbox's clock, in seconds since 1970."""
        return self._gateway.now

    def advance(self, seconds: float) -> float:
        """Move the sandbox's clock ahead; return the new time."""
        self._gateway.advance(seconds)
        return self._gateway.now
