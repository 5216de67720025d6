"""Secrets, message bodies and phone numbers are in no log, repr, traceback or error."""

from __future__ import annotations

import logging
import pickle
import traceback
from typing import Any

import httpx
import pytest
import respx

import scgapi
from scgapi.sandbox import Sandbox
from tests.both_clients import CLIENT_KINDS, ClientKind
from tests.faults.driver import play

# Named, so that a traceback which shows a line of this file does not hold them.
NUMBER = "15559876543"
BODY = "canary-body"
SECRETS = ("s3cr3t-value", "t0k3n-value", "k3y-value", NUMBER, BODY, "att-t0k3n")
AUTH = scgapi.AuthInfo(key="k3y-value", secret="s3cr3t-value", token="t0k3n-value")
HOST = "https://api.syniverse.com"
API = f"{HOST}/scg-external-api/api/v1"


def shows_nothing(text: str) -> bool:
    return not any(secret in text for secret in SECRETS)


def rendered(error: BaseException) -> str:
    """All that a log or a crash report would hold of an error."""
    return "".join(traceback.format_exception(error)) + repr(error) + str(error) + repr(vars(error))


@respx.mock
def test_logs_hold_nothing_private_even_httpx_own(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    respx.get(url__startswith=f"{HOST}/saop-rest-data").respond(json={"accessToken": "t0k3n-value-2"})
    respx.get(url__startswith=f"{API}/contacts").mock(
        side_effect=[httpx.Response(401), httpx.Response(503), httpx.Response(200, json={"list": []})]
    )
    respx.post(f"{API}/messaging/attachments/a/access_tokens").respond(json={"id": "att-t0k3n"})
    respx.get(f"{HOST}/scg-attachment/api/v1/messaging/attachments/att-t0k3n/content").respond(
        content=BODY.encode()
    )
    with (
        httpx.Client() as own,  # httpx's own log shows URLs
        scgapi.Client(AUTH, retry=scgapi.RetryPolicy(base=0), http_client=own) as scg,
    ):
        list(scg.contacts.list(primary_mdn="+" + NUMBER))
        scg.attachments.download("a")
    assert {record.name for record in caplog.records} >= {"scgapi.calls", "scgapi.tokens", httpx.__name__}
    assert shows_nothing("\n".join(record.getMessage() for record in caplog.records))


def test_a_transport_of_the_callers_that_goes_by_the_text_of_the_url_gets_all_of_it() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(200, json={"list": []})

    with (
        httpx.Client(transport=httpx.MockTransport(answer)) as own,
        scgapi.Client(AUTH, http_client=own) as scg,
    ):
        list(scg.contacts.list(primary_mdn=NUMBER, limit=7))
    assert asked == [f"{API}/contacts?primary_mdn={NUMBER}&limit=7"]


class Traced(httpx.Client):
    """As instrumentation does: notes the URL of each request, as text."""

    def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        traced.append(str(request.url))
        return super().send(request, **options)


class AsyncTraced(httpx.AsyncClient):
    """As instrumentation does: notes the URL of each request, as text."""

    async def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        traced.append(str(request.url))
        return await super().send(request, **options)


traced: list[str] = []


async def asked(client_kind: ClientKind, auth: scgapi.AuthInfo, hooks: dict[str, list[Any]]) -> list[str]:
    """The URLs that instrumentation of the caller's httpx client sees of a listing with a new token."""
    traced.clear()
    if client_kind == "async":
        async with AsyncTraced(event_hooks=hooks) as mine, scgapi.AsyncClient(auth, http_client=mine) as scg:
            await scg.contacts.list(primary_mdn=NUMBER).first()
    else:
        with Traced(event_hooks=hooks) as own, scgapi.Client(auth, http_client=own) as client:
            client.contacts.list(primary_mdn=NUMBER).first()
    return traced


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_instrumentation_of_the_callers_client_sees_no_path(
    client_kind: ClientKind, gateway: Sandbox
) -> None:
    auth = scgapi.AuthInfo(key=gateway.auth.key, secret=gateway.auth.secret, token="old", url=gateway.url)
    assert {*play(client_kind, asked(client_kind, auth, {}))} == {"http://127.0.0.1/…"}
    assert len(traced) == 3

    async def hook(_: object) -> None: ...

    hooks: dict[str, list[Any]] = {"request": [hook if client_kind == "async" else print_nothing]}
    assert NUMBER in "".join(play(client_kind, asked(client_kind, auth, hooks)))


def print_nothing(_: object) -> None: ...


@pytest.mark.parametrize(
    "failure",
    [
        httpx.Response(400, json={"error_code": "40018", "error_description": f"Invalid address: +{NUMBER}"}),
        httpx.Response(500, text=f"+1 555 987 6543 failed: {NUMBER}"),
        httpx.Response(200, text=f"not JSON, to {NUMBER}"),
        httpx.Response(200, json={"errors": {"c": f"no such number: {NUMBER}"}}),
        httpx.ReadTimeout("slow"),
        httpx.ConnectError("refused"),
    ],
    ids=repr,
)
@respx.mock
def test_errors_hold_nothing_private(failure: httpx.Response | Exception) -> None:
    respx.post(f"{API}/messaging/message_requests").mock(side_effect=[failure])
    with (
        scgapi.Client(AUTH, retry=scgapi.RetryPolicy(attempts=1)) as scg,
        pytest.raises(scgapi.ScgError) as caught,
    ):
        scg.message_requests.create(from_=NUMBER, to=["+" + NUMBER], body=BODY)
    assert shows_nothing(rendered(caught.value))
    copy: scgapi.ScgError = pickle.loads(pickle.dumps(caught.value))
    assert shows_nothing(repr(vars(copy)))


@pytest.mark.parametrize("wrong", [{"body": [BODY]}, {"too": "+" + NUMBER}, {"to": "+" + NUMBER}])
def test_refused_arguments_are_not_repeated(wrong: dict[str, object]) -> None:
    fields: dict[str, object] = {"from_": "1", "to": ["+" + NUMBER], "body": BODY, **wrong}
    with scgapi.Client(AUTH) as scg, pytest.raises(scgapi.InvalidArgumentError) as caught:
        scg.message_requests.create(**fields)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert shows_nothing(rendered(caught.value))


def test_a_wrong_secret_appears_nowhere(gateway: Sandbox) -> None:
    auth = scgapi.AuthInfo(key=AUTH.key, secret=AUTH.secret, token=AUTH.token, url=gateway.url)
    with scgapi.Client(auth) as scg, pytest.raises(scgapi.AuthenticationError) as caught:
        next(scg.contacts.list())
    assert shows_nothing(rendered(caught.value) + repr(scg) + repr(auth) + repr(scg.contacts))


def test_objects_show_who_they_are_but_not_whom_they_reach(scg: scgapi.Client) -> None:
    contact = scg.contacts.get(scg.contacts.create(primary_mdn="+" + NUMBER, first_name=BODY))
    request = scg.message_requests.get(
        scg.message_requests.create(from_="155528999", to=["+" + NUMBER], body=BODY)
    )
    (message,) = request.list_messages()
    for found in (contact, request, message):
        assert found.id in repr(found)
        assert shows_nothing(repr(found) + str(found))
    with pytest.raises(ValueError, match="first_name") as caught:
        scgapi.Contact.model_validate({"first_name": [BODY]})
    assert shows_nothing(rendered(caught.value))
