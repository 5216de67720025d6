"""Regression tests: each fault here existed once."""

from __future__ import annotations

import asyncio
import io
import json
import pickle
from pathlib import Path

import httpx
import pytest
import respx

import scgapi
from scgapi.sandbox import Sandbox
from tests.both_clients import CLIENT_KINDS, ClientKind, call, sent
from tests.client.test_retries import Pauses, client

HOST = "https://api.syniverse.com"
API = f"{HOST}/scg-external-api/api/v1"
CONTACT = f"{API}/contacts/c"
AUTH = scgapi.AuthInfo(token="t")


@pytest.mark.parametrize(
    "filters",
    [
        {"id": [""]},
        {"name": " "},
        {"id": ["", ""]},
        {"state": "ACTIVE", "class_id": []},
        {"state": "ACTIVE", "name": None},
    ],
)
@respx.mock
def test_an_empty_filter_among_others_deletes_nothing(filters: dict[str, object]) -> None:
    with scgapi.Client(AUTH) as scg, pytest.raises(scgapi.InvalidArgumentError, match="every sender id"):
        scg.sender_ids.delete_many(**filters)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert not respx.calls


def test_the_sandbox_takes_a_place_for_no_filter(gateway: Sandbox) -> None:
    headers = {"authorization": f"Bearer {gateway.auth.token}"}
    for query in ("offset=0", "limit=5", "sort=id"):
        url = f"{gateway.url}/scg-external-api/api/v1/messaging/sender_ids?{query}"
        assert httpx.delete(url, headers=headers).status_code == 400


@respx.mock
def test_a_refresh_during_an_update_is_not_overwritten() -> None:
    answers = iter(
        [
            {"id": "c", "version_number": 2, "first_name": "a"},
            {"id": "c", "version_number": 3, "first_name": "d"},
        ]
    )
    respx.get(CONTACT).mock(side_effect=lambda request: httpx.Response(200, json=next(answers)))  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
    applied, read = asyncio.Event(), asyncio.Event()

    async def slow(_: httpx.Request) -> httpx.Response:
        applied.set()
        await read.wait()
        return httpx.Response(204)

    route = respx.post(CONTACT).mock(side_effect=slow)

    async def main() -> scgapi.AsyncContact:
        async with scgapi.AsyncClient(AUTH) as scg:
            contact = await scg.contacts.get("c")
            contact.first_name = "d"
            update = asyncio.create_task(contact.update())
            await applied.wait()
            await contact.refresh()
            read.set()
            await update
            await contact.update()
            return contact

    contact = asyncio.run(main())
    assert (contact.first_name, contact.version_number, route.call_count) == ("d", 3, 1)


@respx.mock
def test_what_an_earlier_attempt_may_have_done_stays_in_doubt() -> None:
    respx.delete(CONTACT).mock(side_effect=[httpx.ReadTimeout("slow"), *[httpx.ConnectError("refused")] * 3])
    with client(Pauses()) as scg, pytest.raises(scgapi.ConnectionFailedError) as caught:
        scg.contacts.delete("c")
    assert caught.value.outcome == "UNKNOWN"
    assert "nothing was sent" not in str(caught.value)


@respx.mock
def test_an_expired_token_is_never_taken_for_a_missing_object() -> None:
    expired = httpx.Response(404, json={"error_code": "SCG_ERROR_4046"})
    respx.delete(CONTACT).mock(side_effect=[httpx.Response(502), expired])
    with client(Pauses()) as scg, pytest.raises(scgapi.AuthenticationError):
        scg.contacts.delete("c")


@respx.mock
def test_a_login_page_is_no_success() -> None:
    respx.delete(CONTACT).respond(200, text="<html>Please log in</html>")
    respx.get(CONTACT).respond(200, json={"error_code": "500", "error_description": "boom"})
    with client(Pauses()) as scg:
        with pytest.raises(scgapi.UnexpectedResponseError):
            scg.contacts.delete("c")
        with pytest.raises(scgapi.UnexpectedResponseError, match="boom") as caught:
            scg.contacts.get("c")
    assert caught.value.request == "GET /contacts/{contact_id}"


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(404, text="Cannot GET /x?consumerkey=KEYK&consumersecret=SEC%2FS&oldtoken=OLDT"),
        httpx.Response(500, json={"userMsg": "bad consumersecret SEC/S for KEYK"}),
    ],
)
@respx.mock
def test_a_token_service_that_repeats_the_secret_is_not_repeated(answer: httpx.Response) -> None:
    respx.get(CONTACT).respond(401)
    respx.get(url__startswith=f"{HOST}/saop-rest-data").mock(return_value=answer)
    auth = scgapi.AuthInfo(key="KEYK", secret="SEC/S", token="OLDT")
    with scgapi.Client(auth) as scg, pytest.raises(scgapi.AuthenticationError) as caught:
        scg.contacts.get("c")
    error: BaseException | None = caught.value
    while error is not None:
        shown = str(error) + repr(error) + repr(vars(error))
        assert not any(secret in shown for secret in ("KEYK", "SEC", "OLDT"))
        error = error.__cause__ or error.__context__


@respx.mock
def test_message_texts_and_tokens_that_are_echoed_are_blanked() -> None:
    respx.get(f"{API}/messaging/messages/m").mock(
        side_effect=[
            httpx.Response(200, content=b'{"id": "m", "body": "MY PRIVATE \\"TEXT'),
            httpx.Response(400, text='Invalid payload: {"body": "MY PRIVATE TEXT"} Bearer T0KEN'),
        ]
    )
    with client(Pauses(), scgapi.RetryPolicy(attempts=1)) as scg:
        for _ in range(2):
            with pytest.raises(scgapi.ApiError) as caught:
                scg.messages.get("m")
            assert "PRIVATE" not in repr(vars(caught.value))
            assert "T0KEN" not in repr(vars(caught.value))


def test_the_other_kind_of_client_is_refused_before_anything_is_sent() -> None:
    with httpx.Client() as wrong, pytest.raises(scgapi.ConfigurationError, match="http_client"):
        scgapi.AsyncClient(AUTH, http_client=wrong)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    for arguments in ({"retry": 3}, {"timeout": "3"}, {"url": 5}):
        with pytest.raises(scgapi.ConfigurationError):
            scgapi.Client(AUTH, **arguments)  # pyright: ignore[reportArgumentType]
    for wrong_config in (5, "a\0b"):
        with pytest.raises(scgapi.ConfigurationError):
            scgapi.AuthInfo(config=wrong_config)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


@respx.mock
def test_a_callers_client_keeps_its_time_limit_and_never_replaces_the_token() -> None:
    route = respx.get(CONTACT).respond(json={"id": "c"})
    with httpx.Client(auth=("u", "p"), timeout=5) as own:
        scgapi.Client(AUTH, http_client=own).contacts.get("c")
        scgapi.Client(AUTH, http_client=own, timeout=3).contacts.get("c")
    first, second = sent(route)
    assert first.headers["authorization"] == "Bearer t"
    assert (first.extensions["timeout"]["read"], second.extensions["timeout"]["read"]) == (
        5,
        pytest.approx(3, abs=1),
    )


@respx.mock
def test_none_is_sent_for_a_field_that_the_answer_left_out() -> None:
    respx.get(CONTACT).respond(json={"id": "c", "version_number": 1})
    route = respx.post(CONTACT).respond(204)
    with scgapi.Client(AUTH) as scg:
        contact = scg.contacts.get("c")
        contact.last_name = None
        contact.update()
    assert sent(route)[0].content == b'{"last_name":null,"version_number":1}'


class Shrinking(io.BytesIO):
    """A file that ends before its time."""

    def read(self, size: int | None = -1, /) -> bytes:
        return b"" if size else super().read(size)


@respx.mock
def test_a_file_that_shrinks_during_its_upload_is_an_error_of_ours() -> None:
    respx.post(f"{API}/messaging/attachments/a/access_tokens").respond(json={"id": "tok"})
    respx.post(f"{HOST}/scg-attachment/api/v1/messaging/attachments/tok/content").respond(204)
    with scgapi.Client(AUTH) as scg, pytest.raises(scgapi.InvalidArgumentError, match="shorter"):
        scg.attachments.upload("a", Shrinking(b"12345"))


@respx.mock
def test_an_upload_that_fails_tells_what_it_left_behind() -> None:
    respx.post(f"{API}/messaging/attachments").respond(json={"id": "made"})
    respx.post(f"{API}/messaging/attachments/made/access_tokens").respond(500)
    with scgapi.Client(AUTH) as scg, pytest.raises(scgapi.ServerError) as caught:
        scg.attachments.create_and_upload(b"x")
    assert caught.value.__notes__ == ["the attachment made was created"]
    assert caught.value.created_id == "made"


@pytest.mark.parametrize("name", ["a,b", ["a", "b,c"]])
@respx.mock
def test_a_filter_that_the_gateway_would_split_deletes_nothing(name: str | list[str]) -> None:
    with scgapi.Client(AUTH) as scg, pytest.raises(scgapi.InvalidArgumentError, match="at commas"):
        scg.sender_ids.delete_many(name=name)
    assert not respx.calls


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("fails", ["token", "content", "reading"])
@respx.mock
def test_a_failed_upload_carries_the_id_of_its_attachment(client_kind: ClientKind, fails: str) -> None:
    attachments = f"{API}/messaging/attachments"
    respx.post(attachments).respond(json={"id": "made"})
    respx.post(f"{attachments}/made/access_tokens").respond(
        403 if fails == "token" else 200, json={"id": "content-token"}
    )
    respx.post(url__regex=".*/scg-attachment/.*").respond(403 if fails == "content" else 204)
    respx.get(f"{attachments}/made").respond(403)
    with pytest.raises(scgapi.ApiError) as caught:
        call(client_kind, AUTH, "attachments.create_and_upload", b"x")
    assert caught.value.created_id == "made"
    unpickled: object = pickle.loads(pickle.dumps(caught.value))
    assert isinstance(unpickled, scgapi.ApiError)
    assert unpickled.created_id == "made"
    message, details = json.loads(json.dumps(caught.value.args))
    assert type(caught.value)(message, details).created_id == "made"


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_a_failed_create_carries_no_id(client_kind: ClientKind) -> None:
    respx.post(f"{API}/messaging/attachments").respond(403)
    with pytest.raises(scgapi.PermissionDeniedError) as caught:
        call(client_kind, AUTH, "attachments.create_and_upload", b"x")
    assert caught.value.created_id is None


@respx.mock
def test_what_on_progress_raises_names_the_attachment_that_stays() -> None:
    def stop(transfer: scgapi.Transfer) -> None:
        raise KeyError(transfer.total)

    respx.post(f"{API}/messaging/attachments").respond(json={"id": "made"})
    respx.post(f"{API}/messaging/attachments/made/access_tokens").respond(json={"id": "content-token"})
    with scgapi.Client(AUTH) as scg, pytest.raises(KeyError) as caught:
        scg.attachments.create_and_upload(b"x", on_progress=stop)
    assert caught.value.__notes__ == ["the attachment made was created"]


def test_cancelled_downloads_leave_nothing_behind(gateway: Sandbox, tmp_path: Path) -> None:
    async def main() -> None:
        async with scgapi.AsyncClient(gateway.auth) as scg:
            attachment = await scg.attachments.create_and_upload(b"x" * 100_000, type="text/plain")
            tasks = [asyncio.create_task(attachment.download(tmp_path / str(number))) for number in range(20)]
            await asyncio.sleep(0)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(main())
    assert not list(tmp_path.glob(".*"))


def test_requests_can_be_read_again_and_created_again(scg: scgapi.Client) -> None:
    request = scg.message_requests.get(
        scg.message_requests.create(
            from_="155528999", to=["+15552461234"], body="Hi", pause_before_transmit=True
        )
    )
    request.resume()
    assert request.state == "COMPLETED"
    (message,) = request.list_messages()
    message.refresh()
    assert message.state == "DELIVERED"
    again = scg.message_requests.create(request)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue, reportUnknownVariableType] - the object brings what the keywords require
    assert again != request.id
