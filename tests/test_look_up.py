"""The look-up that docs/reliability.md tells users to write is as careful as that of the client."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
import respx

import scgapi
from scgapi.sandbox import Sandbox, faults

TEXT = (Path(__file__).parents[1] / "docs" / "reliability.md").read_text(encoding="utf-8")
PROGRAM = next(
    block for block in re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL) if block.startswith("# look_up.py")
)
REQUESTS = "https://api.syniverse.com/scg-external-api/api/v1/messaging/message_requests"
AUTH = scgapi.AuthInfo(token="t")
SEND = "message_requests.create"

Settle = Callable[[scgapi.Client, scgapi.OutcomeUnknownError, str], str | None]


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    found: list[float] = []
    monkeypatch.setattr("time.sleep", found.append)
    return found


@pytest.fixture
def settle() -> Settle:
    names: dict[str, Settle] = {}
    exec(compile(PROGRAM, "look_up.py", "exec"), names)
    return names["settle"]


def doubt(external_id: str | None, outcome: str = "UNKNOWN") -> scgapi.OutcomeUnknownError:
    return scgapi.OutcomeUnknownError(
        "in doubt",
        external_id=external_id,
        outcome="UNKNOWN" if outcome == "UNKNOWN" else "ACCEPTED_UNPARSED",
    )


@pytest.mark.parametrize("executed", [True, False])
def test_it_settles_a_doubt(settle: Settle, executed: bool) -> None:
    paused: list[float] = []
    with Sandbox() as gateway, scgapi.Client(gateway.auth) as scg:
        control = scg.message_requests.create(from_="155528999", to=["+15552461234"], body="Hi")
        earlier = scg.message_requests.get(control).external_id
        gateway.inject_fault(SEND, faults.Reset(executed=executed), times=1)
        with pytest.raises(scgapi.OutcomeUnknownError) as caught:
            scg.message_requests.create(from_="155528999", to=["+15552461234"], body="Hi")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("time.sleep", paused.append)
            found = settle(scg, caught.value, earlier or "")
        assert (found is not None) is executed
        assert paused == [30, 15][: 1 if executed else 2]
        assert gateway.executed(SEND) == 1 + executed


ROW: dict[str, object] = {"id": "r", "external_id": "order-17"}


@pytest.mark.parametrize(
    "page",
    [
        {"list": [{**ROW, "external_id": "ORDER-17"}], "total": 1},
        {"list": [{**ROW, "external_id": 17}], "total": 1},
        {"list": [{**ROW, "external_id": None}], "total": 1},
        {"list": [{"id": "r"}], "total": 1},
        {"list": [{**ROW, "id": ["r"]}], "total": 1},
        {"list": [{"external_id": "order-17"}], "total": 1},
        {"list": [ROW, {**ROW, "id": "q"}], "total": 2},
        {"list": [ROW, {"id": "q", "external_id": "order-1"}], "total": 2},
        {"list": [], "total": 1},
        {"list": [5], "total": 1},
        {"list": []},
        {"foo": 1},
        {},
    ],
    ids=str,
)
@respx.mock
def test_any_row_that_is_not_the_send_ends_it(
    settle: Settle, pauses: list[float], page: dict[str, object]
) -> None:
    respx.get(REQUESTS).respond(json=page)
    with scgapi.Client(AUTH) as scg, pytest.raises((LookupError, scgapi.ScgError)):
        settle(scg, doubt("order-17"), "order-16")
    assert pauses == [30]


@respx.mock
def test_emptiness_counts_only_beside_a_control_that_shows_up(settle: Settle, pauses: list[float]) -> None:
    empty: dict[str, object] = {"list": [], "total": 0}
    control: dict[str, object] = {"list": [{"id": "q", "external_id": "order-16"}], "total": 1}
    respx.get(REQUESTS, params={"external_id": "order-17"}).respond(json=empty)
    look = respx.get(REQUESTS, params={"external_id": "order-16"}).respond(json=control)
    with scgapi.Client(AUTH) as scg:
        assert settle(scg, doubt("order-17"), "order-16") is None
        with pytest.raises(LookupError, match="proves nothing"):
            settle(scg, doubt("order-17", "ACCEPTED_UNPARSED"), "order-16")
        look.respond(json=empty)
        with pytest.raises(LookupError, match="proves nothing"):
            settle(scg, doubt("order-17"), "order-16")
    assert pauses == [30, 15] * 3


@pytest.mark.parametrize(
    ("external_id", "control"),
    [
        (None, "order-16"),
        ("order 17,18", "order 16,15"),
        (" order-17", " order-16"),
        ("Order-17", "Order-16"),
        ("17", "16"),
        ("null", "abcd"),
        ("order-17", "order,16"),
        ("order-17", "order16000"),
        ("order-17", "order-9"),
        ("order-17", "order-17"),
    ],
)
@respx.mock
def test_an_id_or_a_control_that_proves_nothing_is_not_looked_up(
    settle: Settle, pauses: list[float], external_id: str | None, control: str
) -> None:
    route = respx.get(REQUESTS).mock(return_value=httpx.Response(200, json={"list": [], "total": 0}))
    with scgapi.Client(AUTH) as scg, pytest.raises(LookupError):
        settle(scg, doubt(external_id), control)
    assert (route.called, pauses) == (False, [])
