"""The faults that tests need most, by name."""

from __future__ import annotations

from scgapi.sandbox.faults.kinds import Hidden, Refuse, Reset, Throttle
from scgapi.sandbox.faults.rules import Rule, Rules

_SEND = "message_requests.create"


class FaultInjector:
    """Injects the faults that tests need most. `Sandbox.inject_fault()` has all of them.

    `operation` is a name such as `"message_requests.create"`, or a pattern such as `"contacts.*"`; `times` is the
    maximum number of injections, and None stands for no limit. Each method returns the rule, whose `fired` counts the
    injections.
    """

    def __init__(self, rules: Rules) -> None:
        self._rules = rules

    def lose_response(self, operation: str = _SEND, *, times: int | None = 1) -> Rule:
        """Execute the request, and reset the connection instead of a response. A send is then in doubt."""
        return self._rules.add(operation, Reset(executed=True), times=times)

    def lose_request(self, operation: str = _SEND, *, times: int | None = 1) -> Rule:
        """Reset the connection without executing the request. A send is then in doubt, too."""
        return self._rules.add(operation, Reset(executed=False), times=times)

    def refuse(
        self,
        operation: str = _SEND,
        status: int = 503,
        *,
        code: str | None = None,
        retry_after: int | None = None,
        times: int | None = 1,
    ) -> Rule:
        """Respond with an error and do not execute the request.

        Args:
            operation: name or pattern.
            status: HTTP status, from 400 to 599.
            code: error code; by default the usual one of the status.
            retry_after: value of the Retry-After header in seconds.
            times: maximum number of injections.
        """
        return self._rules.add(operation, Refuse(status, code=code, retry_after=retry_after), times=times)

    def throttle(self, operation: str = _SEND, *, calls: int, seconds: float = 1.0) -> Rule:
        """Respond with 429 to more than `calls` requests within `seconds` of the sandbox's clock."""
        return self._rules.add(operation, Throttle(calls, seconds))

    def hide(self, operation: str = _SEND, *, reads: int, times: int | None = 1) -> Rule:
        """Execute the request, and hide the created object from the next `reads` reads."""
        return self._rules.add(operation, Hidden(reads=reads), times=times)

    def clear(self) -> None:
        """Stop all rules, those of `Sandbox.inject_fault()` included."""
        self._rules.stop()
