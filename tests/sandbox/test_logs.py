"""Logs of API requests and posted events."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

import scgapi
from scgapi._core.request import TOKEN_PREFIX
from scgapi.sandbox import EventService, Sandbox, faults
from scgapi.sandbox.logs import request_log
from scgapi.sandbox.logs.bounded_log import BoundedLog
from tests.both_clients import ONCE
from tests.sandbox.calls import MDN

PICTURES = "155528999"


@pytest.fixture
def control_api(gateway: Sandbox) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{gateway.url}/sandbox") as client:
        yield client


def test_calls_are_logged_with_their_bodies(
    gateway: Sandbox, scg: scgapi.Client, control_api: httpx.Client
) -> None:
    made = scg.message_requests.create(from_=PICTURES, to=[MDN], body="Hi")
    list(scg.messages.list(state="SENT"))
    listing, create = control_api.get("/requests").json()
    assert (create["method"], create["status"], create["operation"]) == (
        "POST",
        200,
        "message_requests.create",
    )
    assert create["path"].endswith("/messaging/message_requests")
    assert create["milliseconds"] > 0
    assert "state=SENT" in listing["query"]
    assert "request_body" not in create
    whole = control_api.get(f"/requests/{create['id']}").json()
    assert '"body":"Hi"' in whole["request_body"]
    assert made in whole["response_body"]
    assert control_api.get("/requests", params={"before": listing["id"], "limit": 1}).json() == [create]
    assert control_api.delete("/requests").status_code == 204
    assert control_api.get("/requests").json() == []
    assert control_api.get(f"/requests/{create['id']}").status_code == 404


def test_reads_that_repeat_are_merged(
    gateway: Sandbox, scg: scgapi.Client, control_api: httpx.Client
) -> None:
    def shown() -> list[tuple[str, int]]:
        rows = control_api.get("/merged_requests").json()
        return [(row["latest"]["operation"], row["count"]) for row in rows]

    for _ in range(3):
        list(scg.keywords.list())
        list(scg.contacts.list())
    assert shown() == [("contacts.list", 3), ("keywords.list", 3)]
    first, second = control_api.get("/merged_requests").json()
    calls = control_api.get("/requests").json()
    assert (first["latest"]["id"], first["first_id"]) == (calls[0]["id"], calls[-2]["id"])
    assert second["latest"] == calls[1]
    scg.contacts.create(first_name="Ann")
    scg.contacts.create(first_name="Bob")
    list(scg.contacts.list())
    # Changes stand alone, and reads are not merged across them.
    changes = [("contacts.create", 1)] * 2
    assert shown() == [("contacts.list", 1), *changes, ("contacts.list", 3), ("keywords.list", 3)]
    gateway.inject_fault("contacts.list", faults.Refuse(500), times=1)
    list(scg.contacts.list())
    # The call that a fault was injected into, and its repetition.
    assert shown()[:4] == [("contacts.list", 1)] * 3 + changes[:1]
    assert len(control_api.get("/merged_requests", params={"limit": 2}).json()) == 2


def test_the_page_and_the_control_interface_are_not_logged(
    gateway: Sandbox, control_api: httpx.Client
) -> None:
    for path in ("/", "/favicon.ico", "/web/app.js", "/sandbox/phones", "/sandbox/nothing"):
        httpx.get(f"{gateway.url}{path}")
    assert control_api.get("/requests").json() == []
    httpx.get(f"{gateway.url}/nothing?x=1")
    (entry,) = control_api.get("/requests").json()
    assert (entry["path"], entry["status"], entry["operation"]) == ("/nothing", 404, None)


def test_requests_of_other_sites_are_not_logged(gateway: Sandbox, control_api: httpx.Client) -> None:
    assert httpx.get(f"{gateway.url}/nothing", headers={"Origin": "http://evil.example"}).status_code == 403
    assert control_api.get("/requests").json() == []


def test_faults_are_named(gateway: Sandbox, control_api: httpx.Client) -> None:
    with scgapi.Client(gateway.auth, retry=ONCE) as scg:
        with (
            gateway.inject_fault("contacts.list", faults.Reset(executed=True)),
            pytest.raises(scgapi.ScgError),
        ):
            list(scg.contacts.list())
        with gateway.inject_fault("contacts.list", faults.Refuse(503)), pytest.raises(scgapi.ScgError):
            list(scg.contacts.list())
    # The reset is logged when the server sees the connection end, which may be after the next call.
    by_fault = {entry["fault"]: entry["status"] for entry in control_api.get("/requests").json()}
    assert by_fault["Refuse"] == 503
    assert by_fault.get("Reset") is None


def test_secrets_are_not_kept(gateway: Sandbox, scg: scgapi.Client, control_api: httpx.Client) -> None:
    gateway.expire_token()
    list(scg.contacts.list())
    entries = control_api.get("/requests").json()
    (refresh,) = [entry for entry in entries if entry["path"].startswith(TOKEN_PREFIX)]
    httpx.get(f"{gateway.url}/apptoken-refresh", params={"consumersecret": gateway.auth.secret})
    text = control_api.get("/requests").text
    for entry in control_api.get("/requests").json():
        text += control_api.get(f"/requests/{entry['id']}").text
    assert refresh["query"] == ""
    assert str(gateway.auth.secret) not in text
    assert str(gateway.auth.token) not in text


def test_bodies_are_kept_in_part(gateway: Sandbox, scg: scgapi.Client, control_api: httpx.Client) -> None:
    size = 3 * request_log.MAX_BODY_BYTES
    scg.attachments.create_and_upload(b"\xff" * size, name="x", filename="x", type="image/png")
    uploads = [entry for entry in control_api.get("/requests").json() if entry["request_bytes"] >= size]
    assert len(uploads) == 1
    kept = control_api.get(f"/requests/{uploads[0]['id']}").json()["request_body"]
    assert len(kept) <= request_log.MAX_BODY_BYTES


def test_a_log_is_bounded_by_entries_and_bytes() -> None:
    log = BoundedLog[str](max_entries=3, max_bytes=100)
    for number in range(5):
        assert log.next_number() == number + 1
        log.put(number, str(number), 10)
    assert list(log.newest()) == ["4", "3", "2"]
    assert list(log.newest(before=4)) == ["3", "2"]
    log.put(4, "large", 85)
    assert list(log.newest()) == ["large", "3"]
    log.put(5, "huge", 1000)
    assert list(log.newest()) == ["huge"]
    assert log.find(4) is None
    log.clear()
    log.put(6, "small", 100)
    assert log.find(6) == "small"


def test_events_are_logged_with_their_attempts(
    gateway: Sandbox, scg: scgapi.Client, control_api: httpx.Client
) -> None:
    # Nobody listens at the discard port.
    with EventService(gateway, "http://127.0.0.1:9/scg?secret=x", attempts=2, pause=0) as service:
        gateway.phone(MDN).reply("Hello?", to=PICTURES)
        service.wait()
    (event,) = control_api.get("/events").json()
    assert (event["type"], event["state"], event["service"]) == (
        "mo_message_received",
        "FAILED",
        "http://127.0.0.1:9",
    )
    assert [(one["number"], one["status"]) for one in event["attempts"]] == [(1, None), (2, None)]
    assert event["event"]["event"]["fld-val-list"]["message_body"] == "Hello?"
    assert control_api.get("/events", params={"before": event["id"]}).json() == []
    assert control_api.delete("/events").status_code == 204
    assert control_api.get("/events").json() == []


def test_a_reset_clears_the_logs(gateway: Sandbox, scg: scgapi.Client, control_api: httpx.Client) -> None:
    list(scg.contacts.list())
    rule = gateway.inject_fault("contacts.list", faults.Refuse())
    rule.stop()
    assert [one["id"] for one in control_api.get("/rules/stopped").json()] == [rule.id]
    assert control_api.get("/rules").json() == []
    control_api.post("/reset")
    assert control_api.get("/requests").json() == control_api.get("/rules/stopped").json() == []
