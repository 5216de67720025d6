"""The latest end of the calls that begin in a context."""

from __future__ import annotations

from contextvars import ContextVar

LATEST: ContextVar[float | None] = ContextVar("LATEST", default=None)
"""The latest end of calls that begin in this context, in monotonic seconds; None sets no limit.

It is fixed before a call begins: a process that is stopped while it builds the request does not get its time anew.
"""
