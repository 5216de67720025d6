"""Spans and metrics of calls, events and campaigns, as a collector would get them."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
import respx
from opentelemetry.trace import SpanKind, StatusCode

import scgapi
from scgapi import events
from scgapi.campaigns import Campaign, Recipients
from scgapi.sandbox import Sandbox, faults
from tests.both_clients import CLIENT_KINDS, ClientKind, sent
from tests.events.samples import JSON, PUBLISHED, body
from tests.events.serving import RECEIVER_KINDS, ReceiverKind, post
from tests.observing.conftest import Telemetry

CREATE = "message_requests.create"
TO, BODY, WHO = "+15552461234", "The secret of the canary", "canary-external-id"
FAST = scgapi.RetryPolicy(base=0)


def send(client_kind: ClientKind, gateway: Sandbox) -> str:
    """Send one text to two people, and return the id of its request."""
    if client_kind == "sync":
        with scgapi.Client(gateway.auth, retry=FAST) as scg:
            return scg.message_requests.create(
                from_="155528999", to=[TO, "+15552461235"], body=BODY, external_id=WHO
            )

    async def send_async() -> str:
        async with scgapi.AsyncClient(gateway.auth, retry=FAST) as scg:
            return await scg.message_requests.create(
                from_="155528999", to=[TO, "+15552461235"], body=BODY, external_id=WHO
            )

    return asyncio.run(send_async())


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_call_is_one_client_span(client_kind: ClientKind, gateway: Sandbox, telemetry: Telemetry) -> None:
    request_id = send(client_kind, gateway)
    (span,) = [one for one in telemetry.spans if one.name == CREATE]
    port = int(gateway.url.rpartition(":")[2])
    assert span.kind is SpanKind.CLIENT
    assert span.status.status_code is StatusCode.UNSET
    assert dict(span.attributes or {}) == {
        "http.request.method": "POST",
        "http.response.status_code": 200,
        "messaging.batch.message_count": 2,
        "messaging.message.id": request_id,
        "messaging.operation.type": "send",
        "messaging.system": "syniverse_scg",
        "scgapi.operation": CREATE,
        "scgapi.outcome": "ACCEPTED",
        "server.address": "127.0.0.1",
        "server.port": port,
        "url.template": "/scg-external-api/api/v1/messaging/message_requests",
    }
    assert telemetry.points("scgapi.sends") == {"scgapi.outcome=ACCEPTED": 1}
    assert telemetry.points("scgapi.segments") == {"": 2}


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_retries_are_events_of_the_one_span(
    client_kind: ClientKind, gateway: Sandbox, telemetry: Telemetry
) -> None:
    gateway.inject_fault(CREATE, faults.Refuse(503), times=2)
    send(client_kind, gateway)
    (span,) = [one for one in telemetry.spans if one.name == CREATE]
    assert [event.name for event in span.events] == ["scgapi.attempt", "scgapi.retry"] * 2
    assert (span.attributes or {})["http.request.resend_count"] == 2
    assert telemetry.points("scgapi.retries") == {f"scgapi.operation={CREATE}": 2}
    assert sum(telemetry.points("http.client.request.duration").values()) >= 3


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_send_in_doubt_is_an_error_that_says_so(
    client_kind: ClientKind, gateway: Sandbox, telemetry: Telemetry
) -> None:
    gateway.inject_fault(CREATE, faults.Reset(executed=True), times=1)
    with pytest.raises(scgapi.OutcomeUnknownError):
        send(client_kind, gateway)
    (span,) = [one for one in telemetry.spans if one.name == CREATE]
    assert span.status.status_code is StatusCode.ERROR
    attributes = span.attributes or {}
    assert (attributes["error.type"], attributes["scgapi.outcome"]) == ("OutcomeUnknownError", "UNKNOWN")
    assert telemetry.points("scgapi.sends") == {"scgapi.outcome=UNKNOWN": 1}


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_nothing_personal_is_told(client_kind: ClientKind, gateway: Sandbox, telemetry: Telemetry) -> None:
    for fault in (faults.Refuse(400), faults.Refuse(503), faults.Reset(executed=True)):
        gateway.inject_fault(CREATE, fault, times=1)
        try:
            send(client_kind, gateway)
        except scgapi.ScgError:
            continue
    with scgapi.Client(gateway.auth, retry=FAST) as scg:
        contact = scg.contacts.create(first_name="Canary", primary_mdn=TO)
        list(scg.contacts.list(primary_mdn=TO))
        list(scg.messages.list(to_address=TO))
        with pytest.raises(scgapi.NotFoundError):
            scg.contacts.get("canary-that-is-not-there")
        scg.contacts.delete(contact)
    told = telemetry.text()
    assert CREATE in told
    secrets = (
        TO,
        TO[1:],
        BODY,
        WHO,
        "Canary",
        "canary-that",
        contact,
        gateway.auth.token,
        gateway.auth.secret,
    )
    assert [one for one in secrets if one and one in told] == []


def test_a_refresh_is_counted(gateway: Sandbox, telemetry: Telemetry) -> None:
    with scgapi.Client(gateway.auth) as scg:
        gateway.expire_token()
        scg.contacts.list(limit=1).first()
    assert telemetry.points("scgapi.token.refreshes") == {"": 1}


def test_the_callers_span_is_the_parent(gateway: Sandbox, telemetry: Telemetry) -> None:
    with telemetry.tracers.get_tracer("app").start_as_current_span("checkout"):
        send("sync", gateway)
    spans = {span.name: span for span in telemetry.spans}
    assert spans[CREATE].parent == spans["checkout"].get_span_context()


@pytest.mark.parametrize("propagate", [False, True])
@respx.mock
def test_the_trace_context_leaves_only_when_asked(propagate: bool, telemetry: Telemetry) -> None:
    route = respx.get(url__regex=".*/contacts").respond(json={"list": [], "total": 0})
    with scgapi.Client(scgapi.AuthInfo(token="t", url="https://api.example")) as scg:
        scgapi.opentelemetry.instrument(
            scg, tracer_provider=telemetry.tracers, meter_provider=telemetry.meters, propagate=propagate
        )
        list(scg.contacts.list())
    (request,) = sent(route)
    assert ("traceparent" in request.headers) is propagate


@pytest.mark.parametrize("receiver_kind", RECEIVER_KINDS)
def test_an_event_is_a_consumer_span(receiver_kind: ReceiverKind, telemetry: Telemetry) -> None:
    receiver = events.Receiver(allow_unauthenticated=True)
    failing = [True]

    @receiver.on(events.BaseEvent)
    def handle(_event: events.BaseEvent) -> None:
        if failing.pop():
            failing.append(False)
            raise ValueError(TO)

    event = body(PUBLISHED["E2"])
    assert post(receiver_kind, receiver, event, JSON).status >= 500
    assert post(receiver_kind, receiver, event, JSON).status == 200
    failed, handled = telemetry.spans
    assert failed.kind is handled.kind is SpanKind.CONSUMER
    assert (failed.attributes or {})["error.type"] == "ValueError"
    assert (handled.attributes or {})["messaging.operation.type"] == "process"
    assert (failed.status.status_code, handled.status.status_code) == (StatusCode.ERROR, StatusCode.UNSET)
    assert TO not in telemetry.text()


def test_a_campaign_is_one_span_and_its_calls_are_counted(
    gateway: Sandbox, telemetry: Telemetry, tmp_path: Path
) -> None:
    campaign = Campaign(
        "sale",
        sender="155528999",
        body="Hi {name}",
        recipients=Recipients.rows(
            [{"mobile": f"+1555246{number:04}", "name": "Canary"} for number in range(20)], address="mobile"
        ),
        rate=1000,
        journal=tmp_path / "campaigns.db",
    )
    with scgapi.Client(gateway.auth) as scg:
        for _ in campaign.run(scg):
            pass
    campaign.close()
    (run,) = [span for span in telemetry.spans if span.name != CREATE and span.kind is SpanKind.INTERNAL]
    assert "sale" in str(dict(run.attributes or {}).values())
    assert [span.name for span in telemetry.spans if span.name == CREATE] == []
    assert telemetry.points("scgapi.sends") == {"scgapi.outcome=ACCEPTED": 20}
    assert "Canary" not in telemetry.text()
    assert "+1555246" not in telemetry.text()


def test_nothing_is_imported_before_it_is_asked_for() -> None:
    program = (
        "import sys, scgapi; scgapi.Client, scgapi.opentelemetry; "
        "print([name for name in sys.modules if name.startswith('opentelemetry')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
