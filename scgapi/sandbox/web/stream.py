"""Server-sent events that name the changed parts of a sandbox. The page then loads what it shows."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator

from scgapi.sandbox.state.changes import ChangeNotifier, Topic

STREAM_PATH = "/sandbox/changes"

_EVENT_INTERVAL_SECONDS = 0.1
"""Seconds between two events: changes in between are sent as one event."""
_KEEP_ALIVE_SECONDS = 15.0
"""Seconds between two comments, which let the server notice a closed page."""
_MAX_KEYS = 200
"""Maximum number of keys in an event. An event without keys stands for all."""


async def change_events(source: ChangeNotifier) -> AsyncGenerator[bytes, None]:
    """Yield an event for each batch of changes, until the sandbox stops.

    An event's name is the topic, its data a JSON list of keys: numbers of phones, or ids of log entries.
    """
    loop, woken = asyncio.get_running_loop(), asyncio.Event()
    pending: dict[Topic, dict[str, None]] = {}

    def note(topic: Topic, key: str) -> None:
        pending.setdefault(topic, {})[key] = None
        woken.set()

    def listen(topic: Topic, key: str) -> None:
        loop.call_soon_threadsafe(note, topic, key)

    with source.listening(listen):
        yield b"retry: 1000\n\n: connected\n\n"
        while "closing" not in pending:
            try:
                await asyncio.wait_for(woken.wait(), _KEEP_ALIVE_SECONDS)
            except TimeoutError:
                yield b": still here\n\n"
                continue
            woken.clear()
            batch = dict(pending)
            pending.clear()
            for topic, keys in batch.items():
                shown = [] if len(keys) > _MAX_KEYS or "" in keys else list(keys)
                yield f"event: {topic}\ndata: {json.dumps(shown)}\n\n".encode()
            if "closing" in batch:
                return
            await asyncio.sleep(_EVENT_INTERVAL_SECONDS)
