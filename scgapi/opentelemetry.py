"""Traces and metrics with OpenTelemetry: `scgapi.opentelemetry.instrument()`.

It needs the `otel` extra. Nothing of OpenTelemetry is imported before `instrument()` is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scgapi._core.observing import Observers
from scgapi.errors import ConfigurationError

if TYPE_CHECKING:
    from opentelemetry.metrics import MeterProvider
    from opentelemetry.trace import TracerProvider

    from scgapi import AsyncClient, Client

__all__ = ["Instrumentor", "instrument", "uninstrument"]


def instrument(
    client: Client | AsyncClient | None = None,
    *,
    tracer_provider: TracerProvider | None = None,
    meter_provider: MeterProvider | None = None,
    propagate: bool = False,
    campaign_calls: bool = False,
) -> None:
    """Trace and count the calls of a client, or of all clients; event receivers and campaigns as well.

    Calling it again replaces the settings. Spans, metrics and logs hold no bodies, addresses, URLs or fields.

    Args:
        client: the client, and those made from it with `with_options()`; all clients and event receivers if left out.
            A client that is instrumented by itself keeps its own settings.
        tracer_provider: where spans go; the global provider if left out.
        meter_provider: where metrics go; the global provider if left out.
        propagate: send the trace context to the gateway, as the headers `traceparent` and `tracestate`.
        campaign_calls: a span for each call of a campaign's run; otherwise only for those that fail.

    Raises:
        ConfigurationError: opentelemetry-api is not installed.
    """
    try:
        from opentelemetry import metrics, trace

        from scgapi._opentelemetry.telemetry import Telemetry
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith("opentelemetry"):
            raise
        raise ConfigurationError(
            'scgapi.opentelemetry needs opentelemetry-api: pip install "scgapi[otel]"'
        ) from None
    from scgapi._version import __version__

    telemetry = Telemetry(
        trace.get_tracer("scgapi", __version__, tracer_provider),
        metrics.get_meter("scgapi", __version__, meter_provider),
        propagate=propagate,
        campaign_calls=campaign_calls,
    )
    if client is None:
        Observers.for_all = telemetry
    else:
        client._pipeline.observers.own = telemetry


def uninstrument(client: Client | AsyncClient | None = None) -> None:
    """Stop what `instrument()` began, for a client or for all clients. Calls that are under way end as they began."""
    if client is None:
        Observers.for_all = None
    else:
        client._pipeline.observers.own = None


class Instrumentor:
    """Entry point for `opentelemetry-instrument`, which calls `instrument()` for all clients."""

    def instrument(
        self,
        *,
        tracer_provider: TracerProvider | None = None,
        meter_provider: MeterProvider | None = None,
        **_: object,
    ) -> None:
        """Trace and count the calls of all clients."""
        instrument(tracer_provider=tracer_provider, meter_provider=meter_provider)

    def uninstrument(self, **_: object) -> None:
        """Stop it."""
        uninstrument()
