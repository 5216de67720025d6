"""Admission of requests, and refresh of tokens."""

from __future__ import annotations

import pytest

from scgapi import auth
from scgapi.models import contacts
from scgapi.sandbox.gateway import APIRequest, Gateway
from scgapi.sandbox.state.store import Document, document
from tests.sandbox.calls import Caller, Clock


def status(gateway: Gateway, **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return gateway.handle(APIRequest(contacts.LIST, headers=named)).status


def refresh(gateway: Gateway, **changes: str | None) -> tuple[int, Document]:
    query: dict[str, str | None] = {
        "consumerkey": gateway.key,
        "consumersecret": gateway.secret,
        "oldtoken": "",
    }
    sent = {name: value for name, value in (query | changes).items() if value is not None}
    reply = gateway.handle(APIRequest(auth.REFRESH, query=sent))
    return reply.status, document(reply.value) or {}


def test_admission() -> None:
    gateway = Gateway()
    assert status(gateway, authorization=f"Bearer {gateway.token}") == 200
    assert status(gateway, authorization=f"bearer {gateway.token}") == 200
    assert status(gateway, int_companyid="1", int_appid="2") == 200
    for headers in (
        {},
        {"authorization": "Bearer x"},
        {"authorization": gateway.token},
        {"int_companyid": "1"},
    ):
        assert status(gateway, **headers) == 401
    assert status(gateway, authorization="Bearer x", int_companyid="1", int_appid="2") == 401


def test_the_refusal_has_a_body() -> None:
    api = Caller()
    api.gateway.expire_token()
    assert api.refused(contacts.LIST)[:2] == (401, "401")


def test_a_new_token_ends_the_old_one() -> None:
    gateway = Gateway()
    old = gateway.token
    code, body = refresh(gateway)
    assert (code, body) == (200, {"accessToken": gateway.token, "validityTime": 0})
    assert gateway.token != old
    assert status(gateway, authorization=f"Bearer {old}") == 401
    assert status(gateway, authorization=f"Bearer {gateway.token}") == 200


def test_tokens_expire_by_the_clock() -> None:
    clock = Clock()
    gateway = Gateway(clock=clock, token_ttl=1000)
    first = gateway.token
    clock.now += 900
    assert refresh(gateway, validity="100")[1] == {"accessToken": first, "validityTime": 100}
    code, body = refresh(gateway, validity="2000")
    assert (code, body["validityTime"], body["accessToken"] == first) == (200, 2000, False)
    assert status(gateway, authorization=f"Bearer {gateway.token}") == 200
    clock.now += 2000
    assert status(gateway, authorization=f"Bearer {gateway.token}") == 401
    assert refresh(gateway)[1]["validityTime"] == 1000


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"consumerkey": "x"}, 500),
        ({"consumersecret": "x"}, 500),
        ({"consumersecret": None}, 400),
        ({"oldtoken": None}, 400),
        ({"validity": "x"}, 400),
    ],
)
def test_refreshes_that_are_refused(changes: dict[str, str | None], code: int) -> None:
    gateway = Gateway()
    token = gateway.token
    found, body = refresh(gateway, **changes)
    assert (found, body["errorCode"], set(body)) == (code, 1, {"errorCode", "moreInfo", "userMsg"})
    assert gateway.token == token


def test_a_reset_keeps_the_credentials() -> None:
    gateway = Gateway()
    first = gateway.token
    refresh(gateway)
    second = gateway.token
    gateway.reset()
    assert [status(gateway, authorization=f"Bearer {token}") for token in (first, second)] == [200, 200]
    gateway.expire_token()
    gateway.reset()
    assert [status(gateway, authorization=f"Bearer {token}") for token in (first, second)] == [200, 401]
