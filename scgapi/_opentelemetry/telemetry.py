"""The observer that makes spans and metrics."""

from __future__ import annotations

from collections.abc import Mapping

from opentelemetry import context as otel_context
from opentelemetry.metrics import Meter
from opentelemetry.trace import Span, SpanKind, StatusCode, Tracer, set_span_in_context

from scgapi._core.observing import EventResult, Observer, Sending
from scgapi._core.operation import Operation
from scgapi._opentelemetry import names
from scgapi._opentelemetry.calls import CampaignCall, Tools, TracedCall
from scgapi._opentelemetry.instruments import Instruments
from scgapi._opentelemetry.links import SentMessages


class Telemetry:
    """Observer of calls, events and campaign runs, with one tracer and one meter."""

    def __init__(self, tracer: Tracer, meter: Meter, *, propagate: bool, campaign_calls: bool) -> None:
        self._tools = Tools(tracer, Instruments(meter), SentMessages(), propagate)
        self._campaign_calls = campaign_calls

    def begin_call(self, operation: Operation, base_url: str, sending: Sending | None, /) -> TracedCall:
        """Start the span of a call."""
        return TracedCall(self._tools, operation, base_url, sending)

    def begin_event(self, name: str, message_id: str | None, request_id: str | None, /) -> EventSpan:
        """Start the span of an event."""
        attributes = {names.SYSTEM: names.SYSTEM_NAME, names.OPERATION_TYPE: "process", names.EVENT: name}
        if message_id or request_id:
            attributes[names.MESSAGE_ID] = message_id or request_id or ""
        return EventSpan(
            self._tools.tracer.start_span(
                f"process {name}",
                kind=SpanKind.CONSUMER,
                links=self._tools.sent.links(message_id, request_id),
                attributes=attributes,
            )
        )

    def begin_run(self, campaign: str, /) -> RunSpan:
        """Start the span of a campaign's run."""
        span = self._tools.tracer.start_span("campaign.run", attributes={names.CAMPAIGN: campaign})
        calls: Observer = self if self._campaign_calls else _CampaignCalls(self, self._tools, span)
        return RunSpan(span, campaign, calls, self._tools.instruments)


class EventSpan:
    """The span of one event, which is the current one while handlers run."""

    def __init__(self, span: Span) -> None:
        self._span = span
        self._token = otel_context.attach(set_span_in_context(span))

    def on_end(self, result: EventResult, failure: BaseException | None, /) -> None:
        """End the span."""
        self._span.set_attribute(names.EVENT_RESULT, result)
        if failure is not None:
            self._span.set_attribute(names.ERROR_TYPE, type(failure).__name__)
            self._span.set_status(StatusCode.ERROR)
        self._span.end()
        otel_context.detach(self._token)


class RunSpan:
    """The span of one run of a campaign. It is never the current one: the caller's code runs between its parts."""

    def __init__(self, span: Span, campaign: str, calls: Observer, instruments: Instruments) -> None:
        self.calls = calls
        self._span, self._campaign, self._instruments = span, campaign, instruments
        self._recipients: Mapping[str, int] = {}

    def on_progress(self, recipients: Mapping[str, int], /) -> None:
        """Set the gauge of each state."""
        self._recipients = recipients
        for state, count in recipients.items():
            attributes = {names.CAMPAIGN: self._campaign, names.RECIPIENT_STATE: state}
            self._instruments.recipients.set(count, attributes)

    def on_end(self, failure: BaseException | None, /) -> None:
        """End the span, with the last number of recipients in each state."""
        for state, count in self._recipients.items():
            self._span.set_attribute(f"{names.RECIPIENTS}.{state}", count)
        if failure is not None:
            self._span.set_attribute(names.ERROR_TYPE, type(failure).__name__)
            self._span.set_status(StatusCode.ERROR)
        self._span.end()


class _CampaignCalls:
    """Observer of the calls of one run."""

    def __init__(self, telemetry: Telemetry, tools: Tools, run: Span) -> None:
        self._telemetry, self._tools, self._run = telemetry, tools, run
        self._context = set_span_in_context(run, otel_context.Context())

    def begin_call(self, operation: Operation, base_url: str, sending: Sending | None, /) -> CampaignCall:
        """Note a call."""
        return CampaignCall(
            self._tools, operation, base_url, sending, run=self._run, run_context=self._context
        )

    def begin_event(self, name: str, message_id: str | None, request_id: str | None, /) -> EventSpan:
        """Start the span of an event."""
        return self._telemetry.begin_event(name, message_id, request_id)

    def begin_run(self, campaign: str, /) -> RunSpan:
        """Start the span of a run."""
        return self._telemetry.begin_run(campaign)
