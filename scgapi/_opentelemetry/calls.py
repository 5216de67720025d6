"""Spans and metrics of calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from opentelemetry import context as otel_context
from opentelemetry.context import Context
from opentelemetry.trace import Span, SpanKind, StatusCode, Tracer, set_span_in_context
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from scgapi._core.observing import NO_HEADERS, Attempt, CallEnd, Sending
from scgapi._core.operation import Operation
from scgapi._io.clock import time_of_day
from scgapi._opentelemetry import names
from scgapi._opentelemetry.instruments import Instruments
from scgapi._opentelemetry.links import SentMessages
from scgapi.errors import ApiError, ScgError

_NANOSECONDS = 1_000_000_000
_trace_context = TraceContextTextMapPropagator()


class Tools(NamedTuple):
    """Parts that all observed calls share.

    Attributes:
        tracer: makes the spans.
        instruments: the metrics.
        sent: the spans of recent sends.
        propagate: True if the trace context is sent to the gateway.
    """

    tracer: Tracer
    instruments: Instruments
    sent: SentMessages
    propagate: bool


class MeteredCall:
    """A call that is counted; subclasses add its span."""

    def __init__(
        self,
        tools: Tools,
        operation: Operation,
        base_url: str,
        sending: Sending | None,
    ) -> None:
        self._tools, self._operation, self._sending = tools, operation, sending
        self._names = names.operation_names(operation.name, operation.method, operation.path, base_url)

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers to send with each attempt."""
        return NO_HEADERS

    def on_attempt(self, attempt: Attempt, /) -> None:
        """Record the duration of an HTTP exchange."""
        attributes = self._names.metric.copy()
        if attempt.status is not None:
            attributes[names.STATUS] = attempt.status
            if attempt.status >= 400:
                attributes[names.ERROR_TYPE] = str(attempt.status)
        else:
            attributes[names.ERROR_TYPE] = type(attempt.failure).__name__
        self._tools.instruments.duration.record(attempt.seconds, attributes)

    def on_retry(self, failure: ScgError, pause_seconds: float, /) -> None:
        """Count a retry."""
        self._tools.instruments.retries.add(1, {names.OPERATION: self._operation.name})

    def on_end(self, end: CallEnd, /) -> None:
        """Count a send or a refresh."""
        if self._sending is not None:
            self._tools.instruments.sends.add(1, {names.OUTCOME: end.outcome})
            if end.failure is None and self._sending.segments is not None:
                self._tools.instruments.segments.add(self._sending.segments)
        elif self._operation.service == "token":
            error = {} if end.failure is None else {names.ERROR_TYPE: type(end.failure).__name__}
            self._tools.instruments.refreshes.add(1, error)

    def _beginning(self) -> dict[str, str | int]:
        attributes = self._names.span
        if self._sending is None:
            return attributes
        attributes = {**attributes, names.SYSTEM: names.SYSTEM_NAME, names.OPERATION_TYPE: "send"}
        # By the conventions, it is left out for a single message.
        if self._sending.recipients != 1:
            attributes[names.MESSAGE_COUNT] = self._sending.recipients
        return attributes

    def _complete(self, span: Span, end: CallEnd) -> None:
        attributes: dict[str, str | int] = {}
        if end.status is not None:
            attributes[names.STATUS] = end.status
        if end.attempts > 1:
            attributes[names.RESEND_COUNT] = end.attempts - 1
        if self._sending is not None:
            attributes[names.OUTCOME] = end.outcome
            if end.created_id is not None:
                attributes[names.MESSAGE_ID] = end.created_id
                self._tools.sent.add(end.created_id, span.get_span_context())
        if end.failure is not None:
            attributes[names.ERROR_TYPE] = type(end.failure).__name__
            attributes[names.OUTCOME] = end.outcome
            code = end.failure.code if isinstance(end.failure, ApiError) else None
            if code is not None and code.isascii() and code.isdecimal():
                attributes[names.ERROR_CODE] = code
            # Without a description: the text of an error may quote what the gateway wrote.
            span.set_status(StatusCode.ERROR)
        span.set_attributes(attributes)


class TracedCall(MeteredCall):
    """A call with a span, which is the current one while the call lasts."""

    def __init__(
        self,
        tools: Tools,
        operation: Operation,
        base_url: str,
        sending: Sending | None,
    ) -> None:
        super().__init__(tools, operation, base_url, sending)
        self._span = tools.tracer.start_span(
            operation.name, kind=SpanKind.CLIENT, attributes=self._beginning()
        )
        self._token = otel_context.attach(set_span_in_context(self._span))

    @property
    def headers(self) -> Mapping[str, str]:
        """The trace context, if it is to be sent."""
        return _trace_headers() if self._tools.propagate else NO_HEADERS

    def on_attempt(self, attempt: Attempt, /) -> None:
        """Add a span event for a failed attempt."""
        super().on_attempt(attempt)
        if attempt.status is None or attempt.status >= 400:
            attributes: dict[str, str | int] = {names.ATTEMPT_NUMBER: attempt.number}
            if attempt.status is None:
                attributes[names.ERROR_TYPE] = type(attempt.failure).__name__
            else:
                attributes[names.STATUS] = attempt.status
            self._span.add_event("scgapi.attempt", attributes)

    def on_retry(self, failure: ScgError, pause_seconds: float, /) -> None:
        """Add a span event for a retry."""
        super().on_retry(failure, pause_seconds)
        self._span.add_event(
            "scgapi.retry",
            {
                names.ERROR_TYPE: type(failure).__name__,
                names.OUTCOME: failure.outcome,
                names.PAUSE_SECONDS: round(pause_seconds, 3),
            },
        )

    def on_end(self, end: CallEnd, /) -> None:
        """End the span."""
        try:
            super().on_end(end)
            self._complete(self._span, end)
        finally:
            self._span.end()
            otel_context.detach(self._token)


class CampaignCall(MeteredCall):
    """A call of a campaign's run: it has a span only if it fails, so that a million sends are not a million spans."""

    def __init__(
        self,
        tools: Tools,
        operation: Operation,
        base_url: str,
        sending: Sending | None,
        *,
        run: Span,
        run_context: Context,
    ) -> None:
        super().__init__(tools, operation, base_url, sending)
        self._run, self._run_context = run, run_context
        self._began = time_of_day()

    @property
    def headers(self) -> Mapping[str, str]:
        """The trace context of the run, if it is to be sent."""
        return _trace_headers(self._run_context) if self._tools.propagate else NO_HEADERS

    def on_end(self, end: CallEnd, /) -> None:
        """Add a span for a failed call."""
        super().on_end(end)
        if end.failure is not None:
            span = self._tools.tracer.start_span(
                self._operation.name,
                context=self._run_context,
                kind=SpanKind.CLIENT,
                attributes=self._beginning(),
                start_time=int(self._began * _NANOSECONDS),
            )
            self._complete(span, end)
            span.end()
        elif self._sending is not None and end.created_id is not None:
            self._tools.sent.add(end.created_id, self._run.get_span_context())


def _trace_headers(context: Context | None = None) -> dict[str, str]:
    headers: dict[str, str] = {}
    _trace_context.inject(headers, context)
    return headers
