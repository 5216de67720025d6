"""Spans, metrics and log records of a test, collected in memory."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest.importorskip("opentelemetry.sdk", reason="needs opentelemetry-sdk")

from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

import scgapi


class Telemetry:
    """Everything that was told to OpenTelemetry."""

    def __init__(self) -> None:
        self._spans = InMemorySpanExporter()
        self._metrics = InMemoryMetricReader()
        self.tracers = TracerProvider(shutdown_on_exit=False)
        self.tracers.add_span_processor(SimpleSpanProcessor(self._spans))
        self.meters = MeterProvider([self._metrics], shutdown_on_exit=False)

    @property
    def spans(self) -> list[ReadableSpan]:
        """The spans that have ended, in the order of their ends."""
        return list(self._spans.get_finished_spans())

    def points(self, metric: str) -> dict[str, float]:
        """The values of a metric, by their attributes in one text; of a histogram, the counts."""
        data = self._metrics.get_metrics_data()
        found: dict[str, float] = {}
        for resource in data.resource_metrics if data is not None else ():
            for one in (
                one for scope in resource.scope_metrics for one in scope.metrics if one.name == metric
            ):
                for point in one.data.data_points:
                    key = " ".join(
                        f"{name}={value!s}" for name, value in sorted((point.attributes or {}).items())
                    )
                    count = getattr(point, "count", None)
                    found[key] = count if isinstance(count, int) else getattr(point, "value", 0)
        return found

    def text(self) -> str:
        """All that was told, as one text."""
        data = self._metrics.get_metrics_data()
        return "\n".join(span.to_json() for span in self.spans) + ("" if data is None else data.to_json())


@pytest.fixture
def telemetry() -> Iterator[Telemetry]:
    """All clients are observed while the test runs."""
    told = Telemetry()
    scgapi.opentelemetry.instrument(tracer_provider=told.tracers, meter_provider=told.meters)
    yield told
    scgapi.opentelemetry.uninstrument()
