"""The control interface: fault rules, counts and tokens over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import httpx
import pytest

import scgapi
from scgapi._core.request import API_PREFIX
from scgapi.sandbox import Sandbox, faults
from scgapi.sandbox.faults import Fault, Later
from tests.both_clients import ONCE

LOSE = {"operation": "message_requests.create", "fault": {"kind": "Reset", "executed": True}}


@pytest.fixture
def control_api(gateway: Sandbox) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{gateway.url}/sandbox") as client:
        yield client


def contacts(gateway: Sandbox) -> httpx.Response:
    return httpx.get(
        f"{gateway.url}{API_PREFIX}/contacts", headers=gateway.auth.headers(gateway.auth.token, 0)
    )


def refused(response: httpx.Response) -> tuple[int, str]:
    body: dict[str, str] = response.json()
    assert set(body) == {"error_code", "error_description"}
    assert body["error_code"] == str(response.status_code)
    return response.status_code, body["error_description"]


def test_a_rule_is_added_fires_and_is_stopped(gateway: Sandbox, control_api: httpx.Client) -> None:
    asked = {**LOSE, "times": 2, "after": 1, "probability": 1, "seed": 7}
    made = control_api.post("/rules", json=asked)
    shown = {**asked, "fault": {"kind": "Reset", "executed": True, "at": "request"}, "id": "1", "fired": 0}
    shown["id"] = made.json()["id"]
    assert (made.status_code, made.json()) == (201, shown)
    with scgapi.Client(gateway.auth, retry=ONCE) as scg:
        scg.message_requests.create(from_="155528999", to=["+15552461234"], body="Hi")
        with pytest.raises(scgapi.OutcomeUnknownError):
            scg.message_requests.create(from_="155528999", to=["+15552461234"], body="Hi")
    assert control_api.get(f"/rules/{shown['id']}").json() == {**shown, "fired": 1}
    assert control_api.get("/rules").json() == [{**shown, "fired": 1}]
    counts = {"message_requests.create": 2}
    assert control_api.get("/counts").json() == {"received": counts, "executed": counts}
    assert control_api.delete(f"/rules/{shown['id']}").status_code == 204
    assert control_api.get("/rules").json() == []
    assert (
        refused(control_api.get(f"/rules/{shown['id']}"))[0]
        == refused(control_api.delete("/rules/x"))[0]
        == 404
    )


EXAMPLES: list[Fault] = [
    faults.Refuse(429, "429", "slow down", "7", executed=Later(60)),
    faults.Throttle(5, 2),
    faults.Reset(executed=False, at="head"),
    faults.Close(executed=Later(), at="body"),
    faults.Disconnect(),
    faults.Hang(executed=True),
    faults.Slow(0.5),
    faults.Garbage(executed=False, content="grüße".encode()),
    faults.WrongBody(b"{}", "application/json", executed=False),
    faults.Truncate(3),
    faults.Altered({"list": None, "deep": {"er": [1, 2.5, "x"]}}),
    faults.Redirect("http://127.0.0.1/", 308),
    faults.Bomb(5, compressed=False),
    faults.Hidden(2, 3.5),
]


@pytest.mark.parametrize("fault", EXAMPLES, ids=lambda fault: type(fault).__name__)
def test_faults_have_the_same_fields_over_http(
    gateway: Sandbox, control_api: httpx.Client, fault: Fault
) -> None:
    gateway.inject_fault("contacts.get", fault)
    (shown,) = control_api.get("/rules").json()
    assert (
        control_api.post("/rules", json={"operation": "contacts.get", "fault": shown["fault"]}).status_code
        == 201
    )
    first, second = gateway.gateway.rules.in_force()
    assert first.fault == second.fault == fault


def test_no_fault_is_left_out() -> None:
    assert {type(fault) for fault in EXAMPLES} == set(get_args(Fault))


def test_bytes_that_are_not_text_are_shown_with_replacements(
    gateway: Sandbox, control_api: httpx.Client
) -> None:
    gateway.inject_fault("contacts.get", faults.Garbage(executed=False, content=b"\xffx"))
    assert control_api.get("/rules").json()[0]["fault"]["content"] == "\N{REPLACEMENT CHARACTER}x"


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ({"operation": "contacts.get"}, "fault: Field required"),
        ({"operation": "contacts.get", "fault": {}}, "fault.kind: None is none of Refuse, "),
        (
            {"operation": "contacts.get", "fault": {"kind": "reset"}},
            "fault.kind: 'reset' is none of Refuse, ",
        ),
        ({"operation": "contacts.get", "fault": {"kind": "Reset"}}, "fault.executed: Field required"),
        (
            {**LOSE, "fault": {"kind": "Slow", "seconds": "x"}},
            "fault.seconds: Input should be a valid number",
        ),
        ({**LOSE, "fault": {"kind": "Slow", "seconds": 1, "at": 1}}, "fault.at: Unexpected"),
        ({**LOSE, "operation": "contact.get"}, "did you mean 'contacts.get'?"),
        ({**LOSE, "times": "often"}, "times: Input should be a valid integer"),
        ({**LOSE, "times": 0}, "times must be 1 or more"),
        ({**LOSE, "often": 1}, "often: Extra inputs are not permitted"),
        ([], "Input should be an object"),
    ],
    ids=str,
)
def test_invalid_rules_are_refused_with_the_reason(
    gateway: Sandbox, control_api: httpx.Client, asked: object, complaint: str
) -> None:
    status, reason = refused(control_api.post("/rules", json=asked))
    assert status == 400
    assert complaint in reason
    assert gateway.gateway.rules.in_force() == []


def test_invalid_json_and_unknown_paths(control_api: httpx.Client) -> None:
    as_json = {"content-type": "application/json; charset=utf-8"}
    assert "Invalid JSON" in refused(control_api.post("/rules", content=b"{", headers=as_json))[1]
    assert "Invalid JSON" in refused(control_api.post("/calls/x/press", content=b"{", headers=as_json))[1]
    assert "an object" in refused(control_api.post("/calls/x/press", content=b"[]", headers=as_json))[1]
    for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
        headers = {"content-type": kind} if kind else {}
        assert refused(control_api.post("/rules", content=b"{}", headers=headers))[0] == 415
    assert refused(control_api.get("/nothing"))[0] == 404
    assert refused(control_api.put("/rules", json={}))[0] == 405
    assert refused(control_api.post("/token/eat"))[0] == 404


def test_all_rules_are_stopped_and_a_reset_clears_the_counts(
    gateway: Sandbox, control_api: httpx.Client
) -> None:
    for _ in range(2):
        control_api.post("/rules", json={"operation": "*", "fault": {"kind": "Refuse", "status": 500}})
    assert contacts(gateway).status_code == 500
    assert control_api.delete("/rules").status_code == 204
    assert (contacts(gateway).status_code, control_api.get("/rules").json()) == (200, [])
    control_api.post("/rules", json={"operation": "*", "fault": {"kind": "Refuse"}})
    assert control_api.post("/reset").status_code == 204
    assert control_api.get("/rules").json() == []
    assert control_api.get("/counts").json() == {"received": {}, "executed": {}}
    assert contacts(gateway).status_code == 200


def test_tokens_rotate_and_expire(gateway: Sandbox, control_api: httpx.Client) -> None:
    auth = gateway.auth
    assert control_api.get("/token").json() == {"key": auth.key, "secret": auth.secret, "token": auth.token}
    rotated: str = control_api.post("/token/rotate").json()["token"]
    assert rotated == gateway.auth.token != auth.token
    assert contacts(gateway).status_code == 200
    assert control_api.post("/token/expire").json()["token"] == rotated
    assert contacts(gateway).status_code == 401


def test_control_gets_no_injected_faults(gateway: Sandbox, control_api: httpx.Client) -> None:
    gateway.inject_fault("*", faults.Reset(executed=False))
    assert control_api.get("/counts").status_code == 200
    assert gateway.received("*") == 0
