"""Events of the sandbox are posted as the real gateway posts them, and arrive in receivers."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import Generator, Iterator

import pytest

import scgapi
from scgapi import events
from scgapi.sandbox import EventService, Immediate, Sandbox
from scgapi.sandbox.event_service import Shape
from tests.events.samples import USER
from tests.events.serving import asgi_served, each, wsgi_served

SENDER, RECIPIENT = "155528999", "+15552461234"


class Inbox:
    """A receiver that keeps what comes."""

    def __init__(self, basic: tuple[str, str] = USER) -> None:
        self.receiver = events.Receiver(basic=basic)
        self.received: list[events.Event] = []
        self.fail_first = 0
        self._changed = threading.Condition()
        self.receiver.on(events.BaseEvent)(self._keep)

    def _keep(self, event: events.BaseEvent) -> None:
        with self._changed:
            if self.fail_first:
                self.fail_first -= 1
                raise ValueError("not now")
            self.received.append(events.parse(event.raw))
            self._changed.notify_all()

    def wait_for(self, count: int) -> list[events.Event]:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.received) >= count, 30), self.received
            return self.received


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(progress=Immediate()) as gateway:
        yield gateway


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@contextlib.contextmanager
def served(inbox: Inbox) -> Generator[str, None, None]:
    with wsgi_served(events.wsgi_app(inbox.receiver)) as port:
        yield f"http://127.0.0.1:{port}/scg?from=gateway"


def send(sandbox: Sandbox) -> str:
    with scgapi.Client(sandbox.auth) as scg:
        return scg.message_requests.create(from_=SENDER, to=[RECIPIENT], body="Hello!", external_id="mine")


def test_receipts_lead_to_their_messages_with_both_clients(sandbox: Sandbox, inbox: Inbox) -> None:
    with served(inbox) as url, EventService(sandbox, url, basic=USER) as service:
        request_id = send(sandbox)
        service.wait()
        receipts = [event for event in inbox.wait_for(2) if isinstance(event, events.MessageStateChanged)]
        assert [(event.previous_state, event.new_state) for event in receipts] == [("CREATED", "DELIVERED")]
        receipt = receipts[0]
        assert receipt.message_request_id == request_id
        assert receipt.external_message_request_id == "mine"
        assert (receipt.succeeded, receipt.to_address, receipt.from_address) == (True, RECIPIENT, SENDER)
        with scgapi.Client(sandbox.auth) as scg:
            assert receipt.message(scg).state == "DELIVERED"

        async def fetch() -> scgapi.AsyncMessage:
            async with scgapi.AsyncClient(sandbox.auth) as scg:
                return await receipt.message(scg)

        assert asyncio.run(fetch()).id == receipt.message_id
        assert service.states == {event.id: "SUCCESS" for event in inbox.received}


def test_user_and_password_may_be_in_the_url(sandbox: Sandbox) -> None:
    # An @ and a colon in a password are written with a percent sign.
    inbox = Inbox(basic=("gateway", "p@ss:word"))
    with served(inbox) as url:
        with_credentials = url.replace("http://", "http://gateway:p%40ss%3Aword@")
        with EventService(sandbox, with_credentials) as service:
            assert "word" not in repr(service)
            send(sandbox)
            service.wait()
        assert {attempt.status for attempt in service.history} == {200}


def test_requests_are_told_too_and_lead_to_themselves(sandbox: Sandbox, inbox: Inbox) -> None:
    with served(inbox) as url, EventService(sandbox, url, basic=USER) as service:
        request_id = send(sandbox)
        service.wait()
        (change,) = [
            event for event in inbox.wait_for(2) if isinstance(event, events.MessageRequestStateChanged)
        ]
        assert (change.message_request_id, change.new_state) == (request_id, "COMPLETED")
        with scgapi.Client(sandbox.auth) as scg:
            assert change.message_request(scg).id == request_id


def test_a_message_that_cannot_be_sent_is_told_with_its_reason(sandbox: Sandbox, inbox: Inbox) -> None:
    with served(inbox) as url, EventService(sandbox, url, basic=USER), scgapi.Client(sandbox.auth) as scg:
        contact = scg.contacts.create(first_name="No", last_name="Number")
        scg.message_requests.create(from_=SENDER, to=[f"contact:{contact}"], body="Hello!")
        (receipt,) = inbox.wait_for(1)
        assert isinstance(receipt, events.MessageStateChanged)
        assert (receipt.new_state, receipt.reason_code, receipt.succeeded) == ("FAILED", "1002", False)


def test_messages_come_in_with_attachments(sandbox: Sandbox, inbox: Inbox) -> None:
    with served(inbox) as url, EventService(sandbox, url, basic=USER):
        first = sandbox.gateway.receive(to=SENDER, from_=RECIPIENT, body="Hi", attachments=["a", "b"])
        (message,) = inbox.wait_for(1)
        assert isinstance(message, events.MessageReceived)
        assert (message.message_id, message.message_body) == (first, "Hi")
        assert (message.from_address, message.to_address) == (RECIPIENT, SENDER)
        assert (message.has_attachment, message.attachment_ids) == (True, ("a", "b"))
        sandbox.reset()
        sandbox.gateway.receive(to=SENDER, from_=RECIPIENT, body="after the reset")
        assert len(inbox.wait_for(2)) == 2


def test_calls_and_digits_are_told(sandbox: Sandbox, inbox: Inbox) -> None:
    with served(inbox) as url, EventService(sandbox, url, basic=USER), scgapi.Client(sandbox.auth) as scg:
        call_id = sandbox.gateway.receive_call(to="+15552223561", from_=RECIPIENT)
        (incoming,) = inbox.wait_for(1)
        assert isinstance(incoming, events.CallReceived)
        assert incoming.from_address == RECIPIENT
        call = incoming.call(scg)
        scg.calls.update(call_id, state="ACTIVE")
        collectors = scg.calls.digits_collectors(call.id)
        collectors.create(prompt={"sentence": "Your code?", "gender": "female"}, terminating_digits="#")  # fmt: skip
        sandbox.gateway.press(call_id, "58052#")
        scg.calls.update(call_id, state="COMPLETED")
        active, digits, completed = inbox.wait_for(4)[1:]
        assert isinstance(active, events.CallStateChanged)
        assert (active.previous_state, active.new_state) == ("STARTED", "ACTIVE")
        assert isinstance(digits, events.CollectorStateChanged)
        assert (digits.digits, digits.reason, digits.call_id) == ("58052", "TERMINATING_DIGIT", call_id)
        assert isinstance(completed, events.CallStateChanged)
        assert completed.new_state == "COMPLETED"


def test_conferences_are_told(sandbox: Sandbox, inbox: Inbox) -> None:
    with served(inbox) as url, EventService(sandbox, url, basic=USER), scgapi.Client(sandbox.auth) as scg:
        conference_id = scg.conferences.create(from_="+15552223561")
        call_id = sandbox.gateway.receive_call(to="+15552223561", from_=RECIPIENT)
        scg.calls.update(call_id, state="ACTIVE")
        scg.conferences.members(conference_id).create(call_id=call_id)
        member = inbox.wait_for(3)[2]
        assert isinstance(member, events.ConferenceMemberStateChanged)
        assert (member.conference_id, member.call_id, member.state) == (conference_id, call_id, "active")
        assert member.conference(scg).active_members == 1


def test_an_event_of_a_bridge_leads_to_it(sandbox: Sandbox, inbox: Inbox) -> None:
    with (
        served(inbox) as url,
        EventService(sandbox, url, basic=USER) as service,
        scgapi.Client(sandbox.auth) as scg,
    ):
        calls = [sandbox.gateway.receive_call(to="+15552223561", from_=RECIPIENT) for _ in range(2)]
        bridge_id = scg.bridges.create(call_ids=calls)
        fields: dict[str, object] = {"bridge_id": bridge_id, "state": "STARTED"}
        service.post("bridge_tts_state_change", fields, topic="SCG-Voice-Call")
        service.wait()
        event = inbox.received[-1]
        assert isinstance(event, events.BridgeTtsChanged)
        assert event.bridge(scg).id == bridge_id


def test_a_receiver_in_the_same_loop_is_served_to_the_end(sandbox: Sandbox) -> None:
    receiver = events.Receiver(basic=USER)
    handled = asyncio.Event()

    @receiver.on(events.BaseEvent)
    async def handle(event: events.BaseEvent) -> None:
        handled.set()

    async def main() -> list[int | None]:
        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            headers = dict(line.lower().split(": ", 1) for line in head.splitlines()[1:] if line)
            headers["authorization"] = head.partition("Authorization: ")[2].partition("\r\n")[0]
            body = await reader.readexactly(int(headers["content-length"]))
            found = await receiver.handle_async("POST", headers, each([body]))
            writer.write(f"HTTP/1.1 {found.status} X\r\nContent-Length: 0\r\n\r\n".encode())
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server:
            async with EventService(sandbox, f"http://127.0.0.1:{port}", basic=USER) as service:
                sandbox.gateway.receive(to=SENDER, from_=RECIPIENT, body="Hi")
                await asyncio.wait_for(handled.wait(), 10)
            return [attempt.status for attempt in service.history]

    assert asyncio.run(main()) == [200]


def test_what_is_refused_is_posted_again_with_a_growing_attempt(sandbox: Sandbox, inbox: Inbox) -> None:
    inbox.fail_first = 2
    with served(inbox) as url, EventService(sandbox, url, basic=USER, pause=0.01) as service:
        sandbox.gateway.receive(to=SENDER, from_=RECIPIENT, body="Hi")
        service.wait()
        assert [(attempt.number, attempt.status) for attempt in service.history] == [
            (1, 500),
            (2, 500),
            (3, 200),
        ]
        assert [event.attempt for event in inbox.received] == [3]
        assert [*service.states.values()] == ["SUCCESS"]


def test_what_is_never_taken_fails(sandbox: Sandbox, inbox: Inbox) -> None:
    with served(inbox) as url:
        settings = EventService(sandbox, url, bearer="wrong", pause=0.01, attempts=2)
    with settings as service:  # nobody is there by now
        sandbox.gateway.receive(to=SENDER, from_=RECIPIENT, body="Hi")
        service.wait()
        assert [attempt.status for attempt in service.history] == [None, None]
        assert [*service.states.values()] == ["FAILED"]
    with (
        served(inbox) as url,
        EventService(sandbox, url, bearer="wrong", pause=0.01, attempts=2) as service,
    ):
        sandbox.gateway.receive(to=SENDER, from_=RECIPIENT, body="Hi")
        service.wait()
        assert [attempt.status for attempt in service.history] == [401, 401]
    assert inbox.received == []


def test_duplicates_at_once_and_every_odd_shape_are_handled_once(sandbox: Sandbox, inbox: Inbox) -> None:
    shapes: list[Shape] = ["usual", "event_id", "text_attempt", "carrier", "array", "lines"]
    with (
        asgi_served(events.asgi_app(inbox.receiver)) as port,
        EventService(
            sandbox,
            f"http://127.0.0.1:{port}",
            basic=USER,
            duplicates=2,
            connections=4,
            shapes=shapes,
            pause=0.01,
        ) as service,
    ):
        for number in range(30):
            sandbox.gateway.receive(to=SENDER, from_=RECIPIENT, body=str(number))
        service.wait()
        assert sorted(int(event.message_body) for event in inbox.received if isinstance(event, events.MessageReceived)) == [*range(30)]  # fmt: skip
        assert len(service.history) >= 90
        assert {*service.states.values()} == {"SUCCESS"}


def test_a_malformed_event_is_refused_each_time(sandbox: Sandbox, inbox: Inbox) -> None:
    with (
        served(inbox) as url,
        EventService(sandbox, url, basic=USER, shapes=["malformed"], attempts=2, pause=0.01) as service,
    ):
        sandbox.gateway.receive(to=SENDER, from_=RECIPIENT, body="Hi")
        service.wait()
        assert [attempt.status for attempt in service.history] == [400, 400]


def test_events_that_did_not_happen_and_topics_that_nobody_subscribed_to(
    sandbox: Sandbox, inbox: Inbox
) -> None:
    with served(inbox) as url, EventService(sandbox, url, basic=USER, topics=["NIS-Events"]) as service:
        sandbox.gateway.receive(to=SENDER, from_=RECIPIENT, body="Hi")
        event_id = service.post("porting_event", {"number": RECIPIENT}, topic="NIS-Events")
        service.wait()
        (event,) = inbox.received
        assert isinstance(event, events.UnknownEvent)
        assert (event.id, event.type, event.fields["number"]) == (event_id, "porting_event", RECIPIENT)


def test_waiting_has_an_end_and_so_has_the_delivery(
    sandbox: Sandbox, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with served(inbox) as url, EventService(sandbox, url, bearer="wrong", pause=1000) as service:
        sandbox.gateway.receive(to=SENDER, from_=RECIPIENT, body="canary")
        with pytest.raises(TimeoutError, match="1 events"):
            service.wait(0.05)
        assert [*service.states.values()] == ["RETRY"]
    assert not any(text in caplog.text + repr(service) for text in ("canary", RECIPIENT, "wrong"))


def test_a_repr_shows_the_host_alone(sandbox: Sandbox) -> None:
    shown = repr(EventService(sandbox, "https://user:secret@example.com:8443/scg/t0k3n?key=t0k3n"))
    assert shown == "EventService(https://example.com:8443)"
    assert repr(EventService(sandbox, "http://localhost")) == "EventService(http://localhost)"


@pytest.mark.parametrize("url", ["", "localhost:80", "ftp://localhost", "http://"])
def test_a_target_is_an_http_url(url: str, sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="http"):
        EventService(sandbox, url)
    with pytest.raises(ValueError, match="1 or more"):
        EventService(sandbox, "http://localhost", attempts=0)
