"""The spans of recent sends, which the spans of their events link to."""

from __future__ import annotations

import threading

from opentelemetry.trace import Link, SpanContext

MAX_SENT_MESSAGES = 10_000
"""Sends that are remembered; older ones are forgotten first."""


class SentMessages:
    """The spans of the last sends of this process, by the ids of their messages and message requests."""

    def __init__(self) -> None:
        self._spans: dict[str, SpanContext] = {}
        self._lock = threading.Lock()

    def add(self, message_id: str, span: SpanContext) -> None:
        """Remember the span of a send."""
        if not span.is_valid:
            return
        with self._lock:
            if len(self._spans) >= MAX_SENT_MESSAGES:
                del self._spans[next(iter(self._spans))]
            self._spans[message_id] = span

    def links(self, *ids: str | None) -> list[Link]:
        """Return a link to the first send that is known, or none."""
        found = (self._spans.get(one) for one in ids if one is not None)
        return [Link(span) for span in found if span is not None][:1]
