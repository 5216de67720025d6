"""Handsets: messages, calls and actions, in Python and over HTTP."""

from __future__ import annotations

import base64
import re
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpx
import pytest

import scgapi
from scgapi.compose.rcs import CONTENT_TYPE, Reply, RichMessage
from scgapi.models import message_requests, messages
from scgapi.sandbox import AfterSeconds, Sandbox
from scgapi.sandbox.handsets.one_time_codes import find_code
from scgapi.sandbox.state.changes import Topic
from tests.sandbox.calls import MDN, Caller
from tests.sandbox.pictures import GIF, HTML, JPEG, PNG, SVG, WEBP

PICTURES, VOICE = "155528999", "+15552223561"


@pytest.fixture
def control_api(gateway: Sandbox) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{gateway.url}/sandbox") as client:
        yield client


def send(scg: scgapi.Client, body: str, to: str = MDN) -> str:
    return scg.message_requests.create(from_=PICTURES, to=[to], body=body)


def when_listening(gateway: Sandbox, act: Callable[[], object]) -> threading.Thread:
    """Act as soon as a listener waits for a change."""
    changes = gateway.gateway.changes

    def run() -> None:
        end = time.monotonic() + 30
        while not changes._listeners and time.monotonic() < end:
            time.sleep(0.001)
        act()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_a_phone_shows_both_directions(gateway: Sandbox, scg: scgapi.Client) -> None:
    request_id = send(scg, "See you tomorrow!")
    phone = gateway.phone(MDN)
    reply = phone.reply("Fine")
    first, second = phone.messages()
    assert (first.direction, first.body, first.request_id) == ("MT", "See you tomorrow!", request_id)
    assert (first.from_address, first.to_address, first.segments) == (PICTURES, MDN, 1)
    assert (second.direction, second.body, second.id) == ("MO", "Fine", reply)
    assert (second.to_address, second.state) == (PICTURES, "RECEIVED")
    assert [message.body for message in phone.messages("FINE")] == ["Fine"]
    assert [message.body for message in phone.messages(re.compile(r"tomorrow.$"))] == ["See you tomorrow!"]
    assert phone.messages(limit=1) == phone.messages(after=first.id) == [second]
    assert phone.messages(before=second.id) == [first]
    with pytest.raises(LookupError, match="no message 'x'"):
        phone.messages(after="x")
    assert [message.body for message in scg.messages.list(direction="MO")] == ["Fine"]


def test_looking_does_not_count_as_a_read() -> None:
    caller = Caller()
    body = {"from": PICTURES, "to": [MDN], "body": "Hi"}
    caller.get(message_requests.CREATE, body=body)
    phone, phones = caller.gateway.phone(MDN), caller.gateway.phones
    (message,) = phone.messages()
    for _ in range(3):
        phones.latest()
        phones.search(state="CREATED")
        phones.raw(message.id)
        assert phone.messages() == [message]
    assert message.state == "CREATED"
    caller.get(messages.GET, message.id)
    assert phone.messages()[0].state == "SENT"


def test_a_phone_shows_the_current_state() -> None:
    caller = Caller(AfterSeconds(60))
    caller.get(message_requests.CREATE, body={"from": PICTURES, "to": [MDN], "body": "Hi"})
    caller.clock.now += 120
    (message,) = caller.gateway.phone(MDN).messages()
    assert message.sent is not None
    assert message.delivered is not None
    assert (message.state, message.sent - message.created) == ("DELIVERED", timedelta(seconds=60))
    assert (message.delivered - message.created) == timedelta(seconds=120)
    assert (caller.gateway.phones.latest()[0].last_state) == "DELIVERED"


def test_phones_are_listed_by_their_last_activity(gateway: Sandbox, scg: scgapi.Client) -> None:
    others = [f"+1555000{number}" for number in range(2000, 2003)]
    for number in others:
        send(scg, f"Hi {number}", number)
    send(scg, "Again", others[0])
    listed = gateway.gateway.phones.latest()
    assert [(one.number, one.last_text, one.messages, one.unread) for one in listed] == [
        (others[0], "Again", 2, 2),
        (others[2], f"Hi {others[2]}", 1, 1),
        (others[1], f"Hi {others[1]}", 1, 1),
    ]
    assert gateway.gateway.phones.latest(limit=1, offset=1) == listed[1:2]
    phone = gateway.phone(others[0])
    assert phone.unread == 2
    phone.mark_read()
    assert (phone.unread, gateway.gateway.phones.latest()[0].unread) == (0, 0)
    phone.clear()
    assert phone.messages() == []
    assert len(list(scg.messages.list())) == 4
    gateway.gateway.phones.clear()
    assert gateway.gateway.phones.latest() == []


def test_spellings_of_a_number_are_one_phone(gateway: Sandbox, scg: scgapi.Client) -> None:
    send(scg, "Hi", MDN.removeprefix("+"))
    assert len(gateway.phone(MDN).messages()) == len(gateway.phone(MDN[1:]).messages()) == 1
    with pytest.raises(ValueError, match="a phone has a number"):
        gateway.phone("+")


def test_messages_of_all_phones_are_found(gateway: Sandbox, scg: scgapi.Client) -> None:
    request_id = send(scg, "Your code is 123456")
    send(scg, "Another", "+15550002222")
    gateway.phone("+15550002222").reply("Thanks")
    found = gateway.gateway.phones.search
    assert [one.body for one in found()] == ["Thanks", "Another", "Your code is 123456"]
    assert [one.body for one in found("CODE")] == ["Your code is 123456"]
    assert [one.body for one in found(request_id=request_id)] == ["Your code is 123456"]
    assert [one.body for one in found(state="RECEIVED")] == ["Thanks"]
    assert [one.body for one in found(number="2222")] == ["Thanks", "Another"]
    assert len(found(sender=PICTURES)) == 3
    assert found(sender="15555551122") == []
    assert [one.body for one in found(limit=1, offset=1)] == ["Another"]


def test_a_message_is_waited_for(gateway: Sandbox, scg: scgapi.Client) -> None:
    phone = gateway.phone(MDN)
    thread = when_listening(gateway, lambda: send(scg, "Your code is 123456"))
    message = phone.wait_for("code", timeout=30)
    thread.join()
    assert (message.body, phone.code()) == ("Your code is 123456", "123456")
    assert phone.wait_for(re.compile(r"\d{6}"), timeout=0) == message
    with pytest.raises(
        TimeoutError, match=r"no message with 'nothing' came to the phone within 0 s; it has 1 message$"
    ):
        phone.wait_for("nothing", timeout=0)
    with pytest.raises(TimeoutError, match="no message came"):
        phone.wait_for(timeout=0, after=message.id)
    send(scg, "No digits")
    assert phone.code() == "123456"
    with pytest.raises(LookupError, match="no message to the phone has a one-time code"):
        phone.code(after=message.id)


def test_waiting_goes_on_after_a_reset(gateway: Sandbox, scg: scgapi.Client) -> None:
    def act() -> None:
        gateway.reset()
        send(scg, "Hi")

    thread = when_listening(gateway, act)
    assert gateway.phone(MDN).wait_for(timeout=30).body == "Hi"
    thread.join()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Your code is 123456", "123456"),
        ("123-456 is your Shop login", "123456"),
        ("Your verification code is 4821. Valid 10 minutes. Order 998877", "4821"),
        ("G-482910 is your Google verification code.", "482910"),
        ("Your code: AB12CD", "AB12CD"),
        ("Code 123456 expires at 12:30", "123456"),
        ("PIN 0042", "0042"),
        ("Ihr Passwort: 554433", "554433"),
        ("Order 12345678 has shipped", None),
        ("Call 555-1234 about your pin", None),
        ("Your code expires 2024-01-01", None),
        ("Pay $1234 with your pin", None),
        ("", None),
    ],
)
def test_codes_are_recognised(text: str, code: str | None) -> None:
    assert find_code(text) == code


def test_a_reply_opts_out(gateway: Sandbox, scg: scgapi.Client) -> None:
    sender = next(one for one in scg.sender_ids.list() if one.address == PICTURES)
    sender.consent_managed_by = "SCG"
    sender.update()
    phone = gateway.phone(MDN)
    phone.reply("STOP", to=PICTURES)
    send(scg, "Hi")
    failed = phone.messages()[-1]
    assert (failed.state, failed.failure_code) == ("FAILED", "1005")
    phone.reply("START", to=PICTURES)
    send(scg, "Hi")
    assert phone.messages()[-1].state == "CREATED"


def test_a_reply_needs_an_address_and_a_content(gateway: Sandbox) -> None:
    phone = gateway.phone(MDN)
    with pytest.raises(LookupError, match="nothing to reply to"):
        phone.reply("Hi")
    with pytest.raises(ValueError, match="needs a body or a picture"):
        phone.reply(to=PICTURES)
    with pytest.raises(ValueError, match="PNG, JPEG, GIF or WebP"):
        phone.reply(to=PICTURES, picture=HTML)


@pytest.mark.parametrize(
    ("picture", "kind"),
    [(PNG, "image/png"), (JPEG, "image/jpeg"), (GIF, "image/gif"), (WEBP, "image/webp")],
)
def test_a_picture_comes_in(
    gateway: Sandbox, scg: scgapi.Client, control_api: httpx.Client, picture: bytes, kind: str
) -> None:
    message_id = gateway.phone(MDN).reply("Look", to=PICTURES, picture=picture)
    row = scg.messages.get(message_id)
    assert (row.type, len(row.attachments or [])) == ("MMS", 1)
    (media,) = gateway.phone(MDN).messages()[0].media
    assert scg.attachments.get(media.id).type == kind
    shown = httpx.get(f"{gateway.url}{media.url}")
    assert (shown.content, shown.headers["content-type"]) == (picture, kind)
    assert shown.headers["content-disposition"] == "inline"
    assert gateway.gateway.phones.media(media.id) == picture


@pytest.mark.parametrize("content", [HTML, SVG, b"", b"\x89PNG"])
def test_other_contents_are_offered_as_downloads(
    gateway: Sandbox, scg: scgapi.Client, control_api: httpx.Client, content: bytes
) -> None:
    made = scg.attachments.create_and_upload(content, name="x", filename="x.html", type="text/html").id
    shown = control_api.get(f"/media/{made}")
    assert (shown.content, shown.headers["content-type"]) == (content, "application/octet-stream")
    assert shown.headers["content-disposition"] == "attachment"
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert shown.headers["content-security-policy"].startswith("default-src 'none'; sandbox")
    assert control_api.get("/media/nothing").status_code == 404


def test_rich_messages_are_taken_apart(gateway: Sandbox, scg: scgapi.Client) -> None:
    rich = RichMessage(text="Your code is 4821", suggestions=[Reply("Yes", "y")])
    scg.message_requests.create(from_=PICTURES, to=[MDN], body=rich.body(), content_type=CONTENT_TYPE)
    (message,) = gateway.phone(MDN).messages()
    assert message.rich == {"text": "Your code is 4821", "suggestions": [Reply("Yes", "y").as_json()]}
    assert message.code == "4821"
    assert gateway.gateway.phones.latest()[0].last_text == "Your code is 4821"
    for body in ('{"contentMessage": 1}', '{"contentMessage"', '["contentMessage"]'):
        gateway.phone(MDN).reply(body)
        assert gateway.phone(MDN).messages()[-1].rich is None


def test_a_call_rings_and_is_accepted(gateway: Sandbox, scg: scgapi.Client) -> None:
    phone = gateway.phone(MDN)
    with pytest.raises(LookupError, match="no call rings"):
        phone.accept()
    call_id = scg.calls.create(from_=VOICE, to=MDN)
    (call,) = phone.calls()
    assert (call.id, call.direction, call.state) == (call_id, "OUT", "STARTED")
    assert gateway.gateway.phones.latest()[0].ringing
    assert phone.accept() == call_id
    assert not gateway.gateway.phones.latest()[0].ringing
    collectors = scg.calls.digits_collectors(call_id)
    made = collectors.create(prompt={"sentence": "Your number?"}, max_digits="3")
    assert phone.press("123") == call_id
    assert collectors.get(made).digits == "123"
    assert phone.calls()[0].played == ("Your number?",)
    assert phone.hang_up() == call_id
    assert phone.calls()[0].state == "COMPLETED"
    for act in (phone.hang_up, phone.reject, lambda: phone.press("1")):
        with pytest.raises(LookupError):
            act()


def test_a_call_is_rejected(gateway: Sandbox, scg: scgapi.Client) -> None:
    call_id = scg.calls.create(from_=VOICE, to=MDN)
    assert gateway.phone(MDN).reject() == call_id
    assert scg.calls.get(call_id).state == "REJECTED"


def test_a_phone_calls(gateway: Sandbox, scg: scgapi.Client) -> None:
    phone = gateway.phone(MDN)
    call_id = phone.call(VOICE)
    with pytest.raises(LookupError):
        phone.accept()
    scg.calls.accept(call_id)
    assert phone.calls()[0].state == "ACTIVE"
    assert phone.hang_up() == call_id
    scg.calls.delete(call_id)
    assert phone.calls() == []
    assert gateway.gateway.phones.latest()[0].last_text == ""


def test_reprs_hold_no_numbers_and_no_texts(gateway: Sandbox, scg: scgapi.Client) -> None:
    send(scg, "Your code is 123456")
    phone = gateway.phone(MDN)
    shown = repr([phone, phone.messages(), gateway.gateway.phones.latest()])
    assert not any(secret in shown for secret in (MDN, "123456", PICTURES))


def test_the_same_over_http(gateway: Sandbox, scg: scgapi.Client, control_api: httpx.Client) -> None:
    send(scg, "Your code is 123456")
    (phone,) = control_api.get("/phones").json()
    assert (phone["number"], phone["last_text"], phone["unread"]) == (MDN, "Your code is 123456", 1)
    (message,) = control_api.get(f"/phones/{MDN}/messages").json()
    assert (message["direction"], message["state"], message["code"]) == ("MT", "CREATED", "123456")
    assert control_api.get(f"/codes/{MDN}").json() == {"code": "123456"}
    picture = base64.b64encode(PNG).decode()
    made = control_api.post(f"/phones/{MDN}/messages", json={"body": "Look", "picture": picture})
    assert made.status_code == 201
    reply = control_api.get(f"/phones/{MDN}/messages", params={"after": message["id"], "limit": 5}).json()[0]
    assert (reply["id"], reply["media"][0]["filename"]) == (made.json()["id"], "picture.png")
    assert control_api.get("/messages", params={"text": "look"}).json() == [reply]
    assert control_api.get(f"/messages/{message['id']}").json()["message_request_id"] == message["request_id"]
    assert PICTURES in [one["address"] for one in control_api.get("/sender_ids").json()]
    assert control_api.post(f"/phones/{MDN}/read").status_code == 204
    assert control_api.get("/phones").json()[0]["unread"] == 0
    call_id = scg.calls.create(from_=VOICE, to=MDN)
    assert control_api.get(f"/phones/{MDN}/calls").json()[0]["state"] == "STARTED"
    assert control_api.post(f"/phones/{MDN}/accept").json() == {"id": call_id}
    assert control_api.post(f"/phones/{MDN}/press", json={"digits": "12"}).json() == {"id": call_id}
    assert control_api.post(f"/phones/{MDN}/hang_up").json() == {"id": call_id}
    other: str = control_api.post(f"/phones/{MDN}/calls", json={"to": VOICE}).json()["id"]
    assert control_api.post(f"/calls/{other}/accept").status_code == 404
    assert control_api.post(f"/calls/{other}/hang_up").status_code == 204
    third = scg.calls.create(from_=VOICE, to=MDN)
    assert control_api.post(f"/phones/{MDN}/reject").json() == {"id": third}
    fourth = scg.calls.create(from_=VOICE, to=MDN)
    assert control_api.post(f"/calls/{fourth}/accept").status_code == 204
    assert (
        control_api.delete(f"/phones/{MDN}").status_code == control_api.delete("/phones").status_code == 204
    )
    assert control_api.get("/phones").json() == []


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "reason"),
    [
        ("GET", f"/codes/{MDN}", None, 404, "no message to the phone has a one-time code"),
        ("GET", "/messages/x", None, 404, "there is no message 'x'"),
        ("GET", "/phones?limit=0", None, 400, "limit: Input should be greater than or equal to 1"),
        ("GET", f"/phones/{MDN}/messages?wait=61", None, 400, "wait: "),
        ("GET", f"/phones/{MDN}/messages?wait=nan", None, 400, "wait: "),
        ("GET", f"/phones/{MDN}/messages?after=x", None, 404, "the phone has no message 'x'"),
        ("POST", f"/phones/{MDN}/messages", {}, 400, "a message needs a body or a picture"),
        ("POST", f"/phones/{MDN}/messages", {"body": "x"}, 404, "nothing to reply to"),
        ("POST", f"/phones/{MDN}/messages", {"body": 1}, 400, "body: Input should be a valid string"),
        ("POST", f"/phones/{MDN}/messages", {"picture": "eHg="}, 400, "a picture must be a PNG"),
        ("POST", f"/phones/{MDN}/press", {"digits": "1"}, 404, "the phone is in no call"),
        ("POST", "/calls/x/accept", None, 404, "no call 'x' rings on a handset"),
        ("POST", "/calls/x/hang_up", None, 404, "no call 'x' is under way"),
    ],
)
def test_refusals_say_why(
    control_api: httpx.Client, method: str, path: str, body: object, status: int, reason: str
) -> None:
    refused = control_api.request(method, path, json=body)
    told: dict[str, str] = refused.json()
    assert (refused.status_code, reason in told["error_description"]) == (status, True), told


def test_the_next_message_is_waited_for_over_http(
    gateway: Sandbox, scg: scgapi.Client, control_api: httpx.Client
) -> None:
    first = send(scg, "First")
    path = f"/phones/{MDN}/messages"
    (shown,) = control_api.get(path, params={"wait": 30}).json()
    assert shown["request_id"] == first
    thread = when_listening(gateway, lambda: send(scg, "Your code is 4821"))
    (found,) = control_api.get(path, params={"wait": 30, "after": shown["id"]}).json()
    thread.join()
    assert found["body"] == "Your code is 4821"
    assert control_api.get(path, params={"wait": 0.01, "after": found["id"]}).json() == []
    gateway.reset()
    thread = when_listening(gateway, lambda: send(scg, "Your code is 777777"))
    assert control_api.get(f"/codes/{MDN}", params={"wait": 30}).json() == {"code": "777777"}
    thread.join()


def test_a_waiting_request_ends_with_the_sandbox() -> None:
    with Sandbox() as gateway, ThreadPoolExecutor() as pool:
        url = f"{gateway.url}/sandbox/phones/{MDN}/messages"
        waiting = pool.submit(lambda: httpx.get(url, params={"wait": 60}, timeout=90).json())
        when_listening(gateway, gateway.stop).join()
        assert waiting.result(timeout=30) == []


def test_listeners_get_changes() -> None:
    caller = Caller()
    heard: list[Topic] = []

    def listen(topic: Topic, _key: str) -> None:
        heard.append(topic)

    with caller.gateway.changes.listening(listen):
        caller.gateway.phone(MDN).reply("Hi", to=PICTURES)
        caller.gateway.reset()
    caller.gateway.phone(MDN).reply("Hi", to=PICTURES)
    assert heard == ["phones", "requests", "events", "reset"]
