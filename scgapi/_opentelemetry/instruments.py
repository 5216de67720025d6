"""The metrics."""

from __future__ import annotations

from opentelemetry.metrics import Meter

_DURATION_BOUNDARIES_SECONDS = (
    0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0,
)  # fmt: skip
"""Buckets that the semantic conventions give for the duration of HTTP requests."""


class Instruments:
    """The instruments of one meter."""

    def __init__(self, meter: Meter) -> None:
        self.duration = meter.create_histogram(
            "http.client.request.duration",
            unit="s",
            description="Duration of HTTP requests: each attempt of a call is one.",
            explicit_bucket_boundaries_advisory=_DURATION_BOUNDARIES_SECONDS,
        )
        self.sends = meter.create_counter(
            "scgapi.sends", unit="{send}", description="Sends of messages and message requests, by outcome."
        )
        self.segments = meter.create_counter(
            "scgapi.segments", unit="{segment}", description="SMS segments of accepted texts."
        )
        self.retries = meter.create_counter(
            "scgapi.retries", unit="{retry}", description="Attempts that followed a failed one."
        )
        self.refreshes = meter.create_counter(
            "scgapi.token.refreshes", unit="{refresh}", description="Refreshes of access tokens."
        )
        self.recipients = meter.create_gauge(
            "scgapi.campaign.recipients",
            unit="{recipient}",
            description="Recipients of a campaign, by state, as its journal counts them.",
        )
