"""Logs of API requests and events, over HTTP."""

from __future__ import annotations

from dataclasses import asdict
from itertools import islice
from typing import Annotated

from pydantic import Field

from scgapi.sandbox.gateway import Gateway
from scgapi.sandbox.logs.event_log import PostedEvent
from scgapi.sandbox.logs.request_log import LoggedRequest, RepeatedRequest, merge_reads

_Limit = Annotated[int, Field(ge=1, le=1000)]


class LogActions:
    """Actions on the logs of API requests and events."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def requests(self, limit: _Limit = 100, before: int | None = None) -> list[LoggedRequest]:
        """Return the API requests, the newest first."""
        return list(islice(self._gateway.request_log.entries(before=before), limit))

    def merged_requests(self, limit: _Limit = 100) -> list[RepeatedRequest]:
        """Return the API requests, the newest first, with repeated reads merged."""
        return list(islice(merge_reads(self._gateway.request_log.entries()), limit))

    def request(self, request_id: int) -> dict[str, object]:
        """Return one API request with its bodies."""
        entry, bodies = self._gateway.request_log.find(request_id)
        return {**asdict(entry), **asdict(bodies)}

    def events(self, limit: _Limit = 100, before: int | None = None) -> list[PostedEvent]:
        """Return the events with all attempts to post them, the newest first."""
        return list(islice(self._gateway.event_log.entries(before=before), limit))
