"""Event services that are started over HTTP."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Sequence

from pydantic import JsonValue

from scgapi.sandbox.behaviour.event_feed import MESSAGES
from scgapi.sandbox.event_service import EventService, Shape
from scgapi.sandbox.gateway import Gateway

_JSONObject = dict[str, object]


class EventServiceActions:
    """Actions on the event services of a gateway that were started over HTTP. A reset leaves them running."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._services: dict[str, EventService] = {}

    def start(
        self,
        url: str,
        *,
        basic: tuple[str, str] | None = None,
        bearer: str | None = None,
        topics: Sequence[str] = ("SCG-Message", "SCG-Voice-Call"),
        attempts: int = 5,
        pause: float = 0.1,
        duplicates: int = 0,
        connections: int = 1,
        shapes: Sequence[Shape] = ("usual",),
        timeout: float = 10.0,
    ) -> _JSONObject:
        """Start an event service."""
        service = EventService(
            self._gateway,
            url,
            basic=basic,
            bearer=bearer,
            topics=topics,
            attempts=attempts,
            pause=pause,
            duplicates=duplicates,
            connections=connections,
            shapes=shapes,
            timeout=timeout,
        )
        service.__enter__()
        with self._lock:
            service_id = str(next(self._numbers))
            self._services[service_id] = service
        return _shown(service_id, service)

    def list(self) -> list[_JSONObject]:
        """Return the running event services."""
        with self._lock:
            running = dict(self._services)
        return [_shown(service_id, service) for service_id, service in running.items()]

    def get(self, service_id: str) -> _JSONObject:
        """Return an event service with all its attempts so far."""
        service = self._find(service_id)
        return {**_shown(service_id, service), "history": service.history, "states": service.states}

    def post(self, service_id: str, kind: str, fields: dict[str, JsonValue], *, topic: str = MESSAGES) -> str:
        """Post an event that did not happen; return its id."""
        return self._find(service_id).post(kind, {**fields}, topic=topic)

    def wait(self, service_id: str, timeout: float = 30.0) -> None:
        """Wait until all events so far were delivered or have failed."""
        self._find(service_id).wait(timeout)

    def stop(self, service_id: str) -> None:
        """Stop an event service."""
        service = self._find(service_id)
        with self._lock:
            self._services.pop(service_id, None)
        service.__exit__(None, None, None)

    def close(self) -> None:
        """Stop all event services."""
        for service_id in list(self._services):
            self.stop(service_id)

    def _find(self, service_id: str) -> EventService:
        with self._lock:
            if service_id not in self._services:
                raise LookupError(f"no event service {service_id} is running")
            return self._services[service_id]


def _shown(service_id: str, service: EventService) -> _JSONObject:
    return {"id": service_id, "service": repr(service)}
