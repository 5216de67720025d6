"""Measure what traces and metrics add to a call: `python -m benchmarks.tracing`.

Prints CPU time of this process for each call, as ratios to the same call without observation; the server is another
process. The settings take turns within one run, so that the machine's other work concerns all of them alike. The last
column is the CPU time that OpenTelemetry itself takes to do the same without scgapi.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Literal

from opentelemetry import context as otel_context
from opentelemetry.context import Context
from opentelemetry.metrics import NoOpMeterProvider
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan, Span, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF
from opentelemetry.trace import NoOpTracerProvider, SpanKind, set_span_in_context
from opentelemetry.trace import TracerProvider as AnyTracerProvider

import scgapi
from benchmarks.competitor import MESSAGE_ID
from benchmarks.processes import serving
from scgapi import opentelemetry as instrumentation
from scgapi._core.observing import Observers

ROUNDS = 15
CALLS = 300
MICROSECONDS = 1e6

Transport = Literal["httpx", "fast"]
Call = Callable[[], object]


class NoProcessor(SpanProcessor):
    """A processor that drops all spans."""

    def on_start(self, span: Span, parent_context: Context | None = None) -> None:
        """Do nothing."""

    def on_end(self, span: ReadableSpan) -> None:
        """Do nothing."""


@dataclass(frozen=True)
class Setting:
    """Where spans and metrics go."""

    label: str
    tracer: AnyTracerProvider | None
    metered: bool = False

    def switch_on(self, client: scgapi.Client) -> None:
        """Instrument the client; without a tracer provider, do not."""
        instrumentation.uninstrument(client)
        if self.tracer is not None:
            meter = MeterProvider([InMemoryMetricReader()]) if self.metered else NoOpMeterProvider()
            instrumentation.instrument(client, tracer_provider=self.tracer, meter_provider=meter)


def settings() -> list[Setting]:
    """Return the settings; the first one is the base of all ratios."""
    sdk, unsampled = TracerProvider(), TracerProvider(sampler=ALWAYS_OFF)
    sdk.add_span_processor(NoProcessor())
    return [
        Setting("off", None),
        Setting("on, without an SDK", NoOpTracerProvider()),
        Setting("spans, none sampled", unsampled),
        Setting("spans", sdk),
        Setting("spans and metrics", sdk, metered=True),
    ]


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tracing", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds: a glance, not a measurement")
    rounds = 2 if parser.parse_args().quick else ROUNDS
    found = settings()
    print("| call | " + " | ".join(one.label for one in found) + " |")
    print("|---" * (len(found) + 1) + "|")
    with serving() as server:
        for transport in ("httpx", "fast"):
            for kind in ("get", "send"):
                samples = measured(server.url, transport, kind, found, rounds)
                base = samples[0]
                ratios = [median(one / off for one, off in zip(each, base, strict=True)) for each in samples]
                cells = [f"{median(base):.0f} µs", *(f"x {ratio:.3f}" for ratio in ratios[1:])]
                print(f"| {kind}, {transport} | " + " | ".join(cells) + " |")
    sdk = found[3].tracer
    assert sdk is not None
    print(f"\nspan of the SDK alone: {bare_span(sdk, rounds):.1f} µs")
    print(f"asking for an observer where there is none: {idle(rounds):.2f} µs")


def measured(
    url: str, transport: Transport, kind: Literal["get", "send"], found: list[Setting], rounds: int
) -> list[list[float]]:
    """Return CPU microseconds of a call, for each setting and round."""
    with scgapi.Client(scgapi.AuthInfo(token="t", url=url), transport=transport) as client:
        call: Call = {
            "get": lambda: client.messages.get(MESSAGE_ID),
            "send": lambda: client.message_requests.create(
                from_="sender_id:s", to=["+15551234567"], body="Hello"
            ),
        }[kind]
        samples: list[list[float]] = [[] for _ in found]
        for turn in range(-1, rounds):
            order = list(enumerate(found))
            for index, setting in reversed(order) if turn % 2 else order:
                setting.switch_on(client)
                taken = cpu(call, CALLS)
                # The first round warms up.
                if turn >= 0:
                    samples[index].append(taken)
    return samples


def bare_span(provider: AnyTracerProvider, rounds: int) -> float:
    """Return CPU microseconds of a span with the attributes of a GET that is made current, without scgapi."""
    tracer = provider.get_tracer("bare")
    attributes: dict[str, str | int] = {
        "http.request.method": "GET",
        "server.address": "127.0.0.1",
        "server.port": 1,
        "url.template": "/messages/{message_id}",
        "scgapi.operation": "messages.get",
    }

    def span() -> None:
        one = tracer.start_span("messages.get", kind=SpanKind.CLIENT, attributes=attributes)
        token = otel_context.attach(set_span_in_context(one))
        one.set_attributes({"http.response.status_code": 200})
        one.end()
        otel_context.detach(token)

    return median(cpu(span, 10 * CALLS) for _ in range(rounds))


def idle(rounds: int) -> float:
    """Return CPU microseconds that each call takes to find that it is not observed."""
    with scgapi.Client(scgapi.AuthInfo(token="t")) as client:
        pipeline, operation = client._pipeline, scgapi.models.messages.GET
        assert Observers.for_all is None
        return median(cpu(lambda: pipeline.observe(operation), 100 * CALLS) for _ in range(rounds))


def cpu(call: Call, count: int) -> float:
    """Return CPU microseconds of this process for each of some calls."""
    began = time.process_time()
    for _ in range(count):
        call()
    return (time.process_time() - began) / count * MICROSECONDS


if __name__ == "__main__":
    main()
