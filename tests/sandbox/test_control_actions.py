"""Everything that a sandbox can do in Python, it can do over HTTP."""

from __future__ import annotations

import inspect
import json
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

import scgapi
from scgapi.sandbox import EventService, Sandbox
from scgapi.sandbox.control.event_services import EventServiceActions
from scgapi.sandbox.control.rules import RuleActions
from scgapi.sandbox.control.table import Control
from scgapi.sandbox.faults.rules import Rules
from scgapi.sandbox.gateway import Gateway
from scgapi.sandbox.handsets.phone import Phone
from scgapi.sandbox.handsets.phones import Phones
from scgapi.sandbox.web.routes import page_routes
from tests.sandbox.calls import MDN

VOICE, SMS = "+15552223561", "15555551122"

# What serves HTTP itself, and what hands out objects of Python.
NOT_THERE = {
    Sandbox: {"start", "stop", "url", "gateway", "client", "async_client", "transport"},
    Gateway: {
        "handle",
        "handle_hidden",
        "reset_with",
        "postpone",
        "refuse",
        "watch",
        "account",
        "rules",
        "revision",
        "dump",
        "load",
    },
    EventService: set[str](),
    Phone: {"find_code"},
    Phones: set[str](),
}
# Members that have other names there.
ELSEWHERE = {
    Sandbox: {
        "auth": "/token",
        "inject_fault": "/rules",
        "clear_faults": "/rules",
        "received": "/counts",
        "executed": "/counts",
        "phone": "/phones",
    },
    Gateway: {
        "phone": "/phones",
        **dict.fromkeys(("key", "secret", "token"), "/token"),
        "executed": "/counts",
        "receive": "/messages",
        "receive_call": "/calls",
        "mfa_code": "/mfa_applications/{application_id}/users/{user_id}/code",
        "verification_code": "/sender_ids/{sender_id}/code",
        "now": "/clock",
        "played": "/played/{target_id}",
    },
    EventService: {
        "post": "/event_services/{service_id}/events",
        "history": "/event_services/{service_id}",
        "states": "/event_services/{service_id}",
        "wait": "/event_services/{service_id}/wait",
    },
    Phone: {
        "unread": "/phones",
        "wait_for": "/phones/{number}/messages",
        "reply": "/phones/{number}/messages",
        "call": "/phones/{number}/calls",
        "code": "/codes/{number}",
        "mark_read": "/phones/{number}/read",
        "clear": "/phones/{number}",
    },
    Phones: {
        "latest": "/phones",
        "search": "/messages",
        "raw": "/messages/{message_id}",
        "senders": "/sender_ids",
        "media": "/media/{attachment_id}",
        "clear": "/phones",
    },
}


@pytest.fixture
def control_api(gateway: Sandbox) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{gateway.url}/sandbox") as client:
        yield client


@pytest.fixture
def scg(gateway: Sandbox) -> Iterator[scgapi.Client]:
    with scgapi.Client(gateway.auth) as client:
        yield client


def refusal(response: httpx.Response) -> tuple[int, str]:
    body: dict[str, str] = response.json()
    return response.status_code, body["error_description"]


def served() -> set[tuple[str, str]]:
    """Return method and path of each route below /sandbox."""
    gateway = Gateway()
    actions = {(action.method, action.path) for action in Control(gateway).actions}
    page = {route.path.partition("/sandbox")[2] for route in page_routes(gateway)}
    return actions | {("GET", path) for path in page if path}


@pytest.mark.parametrize("kind", NOT_THERE)
def test_no_member_is_left_out(kind: type) -> None:
    paths = {path for _, path in served()}
    members = {name for name in vars(kind) if not name.startswith("_")} - NOT_THERE[kind]
    elsewhere = ELSEWHERE[kind]
    assert set(elsewhere.values()) <= paths
    for name in members - elsewhere.keys():
        word = name.replace("_token", "").replace("token_", "").replace("_call", "")
        assert any(path.rpartition("/")[2] == word for path in paths), name


@pytest.mark.parametrize("page", ["testing.md", "reference/sandbox-control.md"])
def test_every_route_is_in_the_documentation(page: str) -> None:
    text = (Path(__file__).parents[2] / "docs" / page).read_text()
    documented = set(re.findall(r"`([A-Z]+) /sandbox(/[^ `]*)`", text))
    assert documented == served()


@pytest.mark.parametrize(
    ("action", "function"),
    [
        (RuleActions.add, Rules.add),
        (EventServiceActions.start, EventService.__init__),
        (Sandbox.inject_fault, Rules.add),
    ],
)
def test_the_arguments_are_the_same(action: Callable[..., object], function: Callable[..., object]) -> None:
    def told(of: Callable[..., object]) -> dict[str, object]:
        return {
            name: parameter.default
            for name, parameter in inspect.signature(of).parameters.items()
            if name not in ("self", "gateway")
        }

    assert told(action) == told(function)


def test_messages_come_in(control_api: httpx.Client, scg: scgapi.Client) -> None:
    sent = {"to": SMS, "from": MDN, "body": "Hello?", "attachments": ["a"]}
    made = control_api.post("/messages", json=sent)
    assert made.status_code == 201
    (message,) = scg.messages.list(direction="MO")
    assert (message.id, message.from_address, message.body) == (made.json()["id"], MDN, "Hello?")
    assert message.attachments == ["a"]
    status, reason = refusal(control_api.post("/messages", json={"to": SMS, "from_": 7}))
    assert (status, reason) == (
        400,
        "from: Field required; body: Field required; from_: Extra inputs are not permitted",
    )


def test_calls_come_in_and_keys_are_pressed(control_api: httpx.Client, scg: scgapi.Client) -> None:
    call_id: str = control_api.post("/calls", json={"to": VOICE, "from": MDN}).json()["id"]
    assert refusal(control_api.post("/calls", json={"to": SMS, "from": MDN}))[0] == 404
    assert refusal(control_api.post(f"/calls/{call_id}/press", json={"digits": "1"}))[0] == 404
    scg.calls.accept(call_id)
    collectors = scg.calls.digits_collectors(call_id)
    made = collectors.create(prompt={"sentence": "Your number?"}, max_digits="3")
    assert control_api.post(f"/calls/{call_id}/press", json={"digits": "123"}).status_code == 204
    assert collectors.get(made).digits == "123"
    assert refusal(control_api.post(f"/calls/{call_id}/press", json={"digits": "abc"})) == (
        400,
        "a telephone has the keys 0-9, * and #",
    )
    assert [played["text"] for played in control_api.get(f"/played/{call_id}").json()] == ["Your number?"]
    other: str = control_api.post("/calls", json={"to": VOICE, "from": MDN}).json()["id"]
    assert control_api.post(f"/calls/{other}/reject").status_code == 204
    assert scg.calls.get(other).state == "REJECTED"
    # The part of the path is not given twice.
    assert (
        refusal(control_api.post(f"/calls/{other}/press", json={"digits": "1", "call_id": call_id}))[0] == 404
    )


def test_codes_can_be_read(control_api: httpx.Client, gateway: Sandbox, scg: scgapi.Client) -> None:
    application = scg.mfa_applications.create(name="Shop", display_name="Shop")
    assert refusal(control_api.get(f"/mfa_applications/{application}/users/ann/code"))[0] == 404
    scg.mfa_applications.users(application).associate("ann", user_address=MDN)
    told: str = control_api.get(f"/mfa_applications/{application}/users/ann/code").json()["code"]
    assert told == gateway.gateway.mfa_code(application, "ann")
    sender = scg.sender_ids.create(name="Mine", address="15550009999")
    scg.sender_ids.request_verification(sender, "sms")
    told = control_api.get(f"/sender_ids/{sender}/code").json()["code"]
    assert told == gateway.gateway.verification_code(sender)
    assert refusal(control_api.get("/sender_ids/nobody/code"))[0] == 404


def test_the_clock_and_the_progress(control_api: httpx.Client, gateway: Sandbox, scg: scgapi.Client) -> None:
    assert control_api.get("/progress").json() == {"progress": {"kind": "AfterReads", "n": 1}}
    slow = {"progress": {"kind": "AfterSeconds", "seconds": 3600}}
    assert control_api.put("/progress", json=slow).status_code == 204
    assert control_api.get("/progress").json() == slow
    request = scg.message_requests.create(from_=SMS, to=[MDN], body="Hi")
    before: float = control_api.get("/clock").json()["now"]
    assert scg.message_requests.get(request).sent_count == 0
    after: float = control_api.post("/clock/advance", json={"seconds": 3600}).json()["now"]
    assert after - before >= 3600
    assert scg.message_requests.get(request).sent_count == 1
    for wrong in (
        {"kind": "AfterReads", "n": 0},
        {"kind": "AfterReads", "m": 1},
        {"kind": "Never"},
        {"kind": "AfterSeconds"},
    ):
        status, reason = refusal(control_api.put("/progress", json={"progress": wrong}))
        assert (status, reason.partition(".")[0].partition(":")[0]) == (400, "progress")
    assert refusal(control_api.post("/clock/advance", json={"seconds": -1}))[0] == 400
    control_api.post("/reset")
    assert control_api.get("/progress").json() == {"progress": {"kind": "AfterReads", "n": 1}}
    assert gateway.gateway.now < after


def test_a_custom_progress_rule_is_shown_by_name(control_api: httpx.Client, gateway: Sandbox) -> None:
    class Standstill:
        def level(self, progress_state: object, now: int) -> int:
            return 0

        def reached(self, level: int, progress_state: object, now: int) -> int:
            return now

    gateway.gateway.progress = Standstill()
    assert control_api.get("/progress").json() == {"progress": {"kind": "Standstill"}}


def test_the_lifetime_of_tokens(control_api: httpx.Client, gateway: Sandbox) -> None:
    assert control_api.get("/token/ttl").json() == {"seconds": None}
    assert control_api.put("/token/ttl", json={"seconds": 900}).status_code == 204
    control_api.post("/token/rotate")
    auth = gateway.auth
    headers = auth.headers(auth.token, 0)
    path = f"{gateway.url}/scg-external-api/api/v1/contacts"
    assert httpx.get(path, headers=headers).status_code == 200
    control_api.post("/clock/advance", json={"seconds": 900})
    assert httpx.get(path, headers=headers).status_code == 401
    assert refusal(control_api.put("/token/ttl", json={"seconds": 0}))[0] == 400
    control_api.post("/reset")
    assert control_api.get("/token/ttl").json() == {"seconds": None}


def test_counts_of_some_operations(control_api: httpx.Client, scg: scgapi.Client) -> None:
    scg.contacts.get(scg.contacts.create(first_name="Ann"))
    assert control_api.get("/counts", params={"operation": "contacts.*"}).json() == {
        "received": 2,
        "executed": 2,
    }
    assert control_api.get("/counts?operation=contacts.get").json() == {"received": 1, "executed": 1}
    assert "did you mean" in refusal(control_api.get("/counts?operation=contact.get"))[1]
    assert refusal(control_api.get("/counts?pattern=x"))[0] == 400


def test_catching_up(control_api: httpx.Client) -> None:
    assert control_api.post("/catch_up").status_code == 204
    assert control_api.post("/catch_up", json={"now": True}).status_code == 400


class Inbox(ThreadingHTTPServer):
    """A receiver that refuses events of one type."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Post)
        self.taken: list[object] = []


class _Post(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Inbox)
        event = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.taken.append(event)
        self.send_response(400 if event["event"]["evt-tp"] == "refused" else 200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing."""


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with Inbox() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_events_are_posted(control_api: httpx.Client, inbox: Inbox) -> None:
    url = f"http://127.0.0.1:{inbox.server_port}/scg?secret=x"
    started = control_api.post(
        "/event_services", json={"url": url, "basic": ["ann", "secret"], "attempts": 1}
    )
    assert started.status_code == 201
    assert "secret" not in started.text
    service = f"/event_services/{started.json()['id']}"
    assert control_api.get("/event_services").json() == [started.json()]
    control_api.post("/messages", json={"to": SMS, "from": MDN, "body": "Hi"})
    made: str = control_api.post(f"{service}/events", json={"kind": "refused", "fields": {"a": 1}}).json()[
        "id"
    ]
    assert control_api.post(f"{service}/wait").status_code == 204
    shown = control_api.get(service).json()
    assert [attempt["type"] for attempt in shown["history"]] == ["mo_message_received", "refused"]
    assert [attempt["status"] for attempt in shown["history"]] == [200, 400]
    assert shown["states"][made] == "FAILED"
    assert len(inbox.taken) == 2
    assert control_api.delete(service).status_code == 204
    control_api.post("/messages", json={"to": SMS, "from": MDN, "body": "Hi"})
    assert len(inbox.taken) == 2
    assert refusal(control_api.get(service))[0] == refusal(control_api.delete(service))[0] == 404
    for wrong in ("ftp://x", "http://127.0.0.1:8o94/", "http://127.0.0.1:43527events", "http://x:0/"):
        assert refusal(control_api.post("/event_services", json={"url": wrong})) == (
            400,
            "events are posted to an http or https URL",
        )
    assert "attempts" in refusal(control_api.post("/event_services", json={"url": url, "attempts": 0}))[1]


def test_waiting_for_events_times_out(control_api: httpx.Client) -> None:
    service = control_api.post("/event_services", json={"url": "http://127.0.0.1:9", "pause": 3600}).json()[
        "id"
    ]
    control_api.post(f"/event_services/{service}/events", json={"kind": "x", "fields": {}})
    status, reason = refusal(control_api.post(f"/event_services/{service}/wait", json={"timeout": 0}))
    assert (status, "still to be posted" in reason) == (504, True)
    control_api.delete(f"/event_services/{service}")


def test_event_services_end_with_the_sandbox() -> None:
    with Sandbox() as gateway:
        httpx.post(f"{gateway.url}/sandbox/event_services", json={"url": "http://127.0.0.1:9"})
        names = [thread.name for thread in threading.enumerate()]
        assert "scgapi-events" in names
    assert not {"scgapi-events", "scgapi-clock"} & {thread.name for thread in threading.enumerate()}
