"""The control interface says by HTTP what the methods of a sandbox say in this process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import httpx
import pytest

import scgapi
from scgapi._core.request import API_PREFIX
from scgapi.sandbox import Sandbox, faults
from scgapi.sandbox.faults import Fault, Later
from tests.colours import ONCE

LOSE = {"operation": "message_requests.create", "fault": {"kind": "Reset", "executed": True}}


@pytest.fixture
def desk(gateway: Sandbox) -> Iterator[httpx.Client]:
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


def test_a_rule_comes_fires_and_goes(gateway: Sandbox, desk: httpx.Client) -> None:
    asked = {**LOSE, "times": 2, "after": 1, "probability": 1, "seed": 7}
    made = desk.post("/rules", json=asked)
    shown = {**asked, "fault": {"kind": "Reset", "executed": True, "at": "request"}, "id": "1", "fired": 0}
    shown["id"] = made.json()["id"]
    assert (made.status_code, made.json()) == (201, shown)
    with scgapi.Client(gateway.auth, retry=ONCE) as scg:
        scg.message_requests.create(from_="155528999", to=["+15552461234"], body="Hi")
        with pytest.raises(scgapi.OutcomeUnknownError):
            scg.message_requests.create(from_="155528999", to=["+15552461234"], body="Hi")
    assert desk.get(f"/rules/{shown['id']}").json() == {**shown, "fired": 1}
    assert desk.get("/rules").json() == [{**shown, "fired": 1}]
    counts = {"message_requests.create": 2}
    assert desk.get("/counts").json() == {"received": counts, "executed": counts}
    assert desk.delete(f"/rules/{shown['id']}").status_code == 204
    assert desk.get("/rules").json() == []
    assert refused(desk.get(f"/rules/{shown['id']}"))[0] == refused(desk.delete("/rules/x"))[0] == 404


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
def test_every_fault_has_the_same_names_there(gateway: Sandbox, desk: httpx.Client, fault: Fault) -> None:
    gateway.misbehave("contacts.get", fault)
    (shown,) = desk.get("/rules").json()
    assert desk.post("/rules", json={"operation": "contacts.get", "fault": shown["fault"]}).status_code == 201
    first, second = gateway.gateway.rules.in_force()
    assert first.fault == second.fault == fault


def test_no_fault_is_left_out() -> None:
    assert {type(fault) for fault in EXAMPLES} == set(get_args(Fault))


def test_bytes_that_are_no_text_are_shown_as_well_as_can_be(gateway: Sandbox, desk: httpx.Client) -> None:
    gateway.misbehave("contacts.get", faults.Garbage(executed=False, content=b"\xffx"))
    assert desk.get("/rules").json()[0]["fault"]["content"] == "\N{REPLACEMENT CHARACTER}x"


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
def test_what_makes_no_sense_is_refused_with_the_reason(
    gateway: Sandbox, desk: httpx.Client, asked: object, complaint: str
) -> None:
    status, reason = refused(desk.post("/rules", json=asked))
    assert status == 400
    assert complaint in reason
    assert gateway.gateway.rules.in_force() == []


def test_what_is_not_json_and_what_is_not_there(desk: httpx.Client) -> None:
    assert "Invalid JSON" in refused(desk.post("/rules", content=b"{"))[1]
    assert refused(desk.get("/nothing"))[0] == 404
    assert refused(desk.put("/rules", json={}))[0] == 405
    assert refused(desk.post("/token/eat")) == (404, "a token can be told to rotate or expire")


def test_all_rules_end_and_a_reset_forgets_the_rest(gateway: Sandbox, desk: httpx.Client) -> None:
    for _ in range(2):
        desk.post("/rules", json={"operation": "*", "fault": {"kind": "Refuse", "status": 500}})
    assert contacts(gateway).status_code == 500
    assert desk.delete("/rules").status_code == 204
    assert (contacts(gateway).status_code, desk.get("/rules").json()) == (200, [])
    desk.post("/rules", json={"operation": "*", "fault": {"kind": "Refuse"}})
    assert desk.post("/reset").status_code == 204
    assert desk.get("/rules").json() == []
    assert desk.get("/counts").json() == {"received": {}, "executed": {}}
    assert contacts(gateway).status_code == 200


def test_tokens_rotate_and_expire(gateway: Sandbox, desk: httpx.Client) -> None:
    auth = gateway.auth
    assert desk.get("/token").json() == {"key": auth.key, "secret": auth.secret, "token": auth.token}
    rotated: str = desk.post("/token/rotate").json()["token"]
    assert rotated == gateway.auth.token != auth.token
    assert contacts(gateway).status_code == 200
    assert desk.post("/token/expire").json()["token"] == rotated
    assert contacts(gateway).status_code == 401


def test_control_is_not_misbehaved_with(gateway: Sandbox, desk: httpx.Client) -> None:
    gateway.misbehave("*", faults.Reset(executed=False))
    assert desk.get("/counts").status_code == 200
    assert gateway.received("*") == 0
