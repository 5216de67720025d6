"""Failed calls are repeated when that is safe, with pauses that a test can hold in its hand."""

from __future__ import annotations

import asyncio
from collections.abc import Generator
from contextlib import contextmanager

import httpx
import pytest
import respx

import scgapi
from scgapi._io.clock import SystemClock

API = "https://api.syniverse.com/scg-external-api/api/v1"
CONTACT = f"{API}/contacts/c"
AUTH = scgapi.AuthInfo(token="t")
FOUND = httpx.Response(200, json={"id": "c"})
DENIED = httpx.Response(503, json={"error_code": "SCG_ERROR_5030"})


class Pauses(list[float]):
    """A clock that does not wait: it writes down the pauses and moves on."""

    def __init__(self, jitter: float = 1.0) -> None:
        super().__init__()
        self.clock = SystemClock(
            monotonic=lambda: sum(self), sleep=self.append, async_sleep=self.note, random=lambda: jitter
        )

    async def note(self, seconds: float) -> None:
        self.append(seconds)


@contextmanager
def client(
    pauses: Pauses, retry: scgapi.RetryPolicy | None = None, timeout: float | None = None
) -> Generator[scgapi.Client, None, None]:
    with scgapi.Client(AUTH, retry=retry, timeout=timeout) as scg:
        scg._pipeline.clock = pauses.clock
        yield scg


@pytest.mark.parametrize(
    "failure",
    [
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("slow"),
        httpx.RemoteProtocolError("garbage"),
        httpx.Response(500),
        httpx.Response(502, text="<html>"),
        httpx.Response(503),
        httpx.Response(504),
        httpx.Response(429),
        httpx.Response(408),
        DENIED,
    ],
    ids=repr,
)
@respx.mock
def test_a_read_is_repeated_after_what_may_pass(failure: httpx.Response | Exception) -> None:
    route = respx.get(CONTACT).mock(side_effect=[failure, failure, FOUND])
    pauses = Pauses()
    with client(pauses) as scg:
        assert scg.contacts.get("c").id == "c"
    assert (route.call_count, pauses) == (3, [0.25, 0.5])


@respx.mock
def test_the_asynchronous_client_repeats_alike() -> None:
    route = respx.get(CONTACT).mock(side_effect=[httpx.ReadTimeout("slow"), FOUND])
    pauses = Pauses()

    async def main() -> None:
        async with scgapi.AsyncClient(AUTH) as scg:
            scg._pipeline.clock = pauses.clock
            await scg.contacts.get("c")

    asyncio.run(main())
    assert (route.call_count, pauses) == (2, [0.25])


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 409, 422])
@respx.mock
def test_a_refusal_is_not_repeated(status: int) -> None:
    route = respx.get(CONTACT).respond(status)
    pauses = Pauses()
    with client(pauses) as scg, pytest.raises(scgapi.ApiError) as caught:
        scg.contacts.get("c")
    assert (route.call_count, pauses, caught.value.attempts) == (1, [], 1)


@pytest.mark.parametrize(
    "failure",
    [
        httpx.ReadTimeout("slow"),
        httpx.ReadError("reset"),
        httpx.RemoteProtocolError("garbage"),
        httpx.Response(500),
        httpx.Response(502),
        httpx.Response(503, text="a proxy's"),
        httpx.Response(408),
    ],
    ids=repr,
)
@respx.mock
def test_a_send_in_doubt_is_never_repeated(failure: httpx.Response | Exception) -> None:
    route = respx.post(f"{API}/messaging/message_requests").mock(side_effect=[failure])
    with client(Pauses()) as scg, pytest.raises(scgapi.ScgError) as caught:
        scg.message_requests.create(from_="1", to=["+15552461234"], body="Hi")
    assert (route.call_count, caught.value.outcome) == (1, "UNKNOWN")


@pytest.mark.parametrize(
    "failure",
    [httpx.ConnectError("refused"), httpx.PoolTimeout("full"), httpx.Response(429), DENIED],
    ids=repr,
)
@respx.mock
def test_a_send_that_was_provably_not_processed_is_repeated(failure: httpx.Response | Exception) -> None:
    route = respx.post(f"{API}/messaging/message_requests").mock(side_effect=[failure, FOUND])
    with client(Pauses()) as scg:
        assert scg.message_requests.create(from_="1", to=["+15552461234"], body="Hi") == "c"
    assert route.call_count == 2


@respx.mock
def test_retry_after_is_honoured_and_never_beyond_the_total() -> None:
    route = respx.get(CONTACT)
    route.mock(side_effect=[httpx.Response(429, headers={"retry-after": "7"}), FOUND])
    pauses = Pauses()
    with client(pauses) as scg:
        scg.contacts.get("c")
    assert pauses == [7.0]
    route.mock(side_effect=[httpx.Response(429, headers={"retry-after": "86400"})])
    with client(Pauses()) as scg, pytest.raises(scgapi.RateLimitError) as caught:
        scg.contacts.get("c")
    assert caught.value.retry_after == 86400


@respx.mock
def test_attempts_and_total_time_have_an_end() -> None:
    route = respx.get(CONTACT).respond(503)
    pauses = Pauses()
    with client(pauses, scgapi.RetryPolicy(attempts=3)) as scg, pytest.raises(scgapi.ServerError) as caught:
        scg.contacts.get("c")
    assert (route.call_count, caught.value.attempts, len(pauses)) == (3, 3, 2)
    pauses = Pauses()
    policy = scgapi.RetryPolicy(attempts=100, base=4, cap=4)
    with client(pauses, policy, 10) as scg, pytest.raises(scgapi.ServerError):
        scg.contacts.get("c")
    assert pauses == [4, 4]


@respx.mock
def test_a_delete_whose_answer_was_lost_is_done_when_the_object_is_gone() -> None:
    respx.delete(CONTACT).mock(side_effect=[httpx.ReadTimeout("slow"), httpx.Response(404)])
    with client(Pauses()) as scg:
        scg.contacts.delete("c")
    respx.delete(CONTACT).mock(side_effect=[httpx.Response(404)])
    with client(Pauses()) as scg, pytest.raises(scgapi.NotFoundError):
        scg.contacts.delete("c")


@respx.mock
def test_retries_in_auth_json_set_the_attempts() -> None:
    route = respx.get(CONTACT).respond(503)
    with scgapi.Client(scgapi.AuthInfo(token="t", retries=0)) as scg, pytest.raises(scgapi.ServerError):
        scg.contacts.get("c")
    assert route.call_count == 1


@respx.mock
def test_a_redirect_is_not_followed() -> None:
    respx.get(CONTACT).respond(302, headers={"location": "https://elsewhere.test/steal"})
    with client(Pauses()) as scg, pytest.raises(scgapi.UnexpectedResponseError) as caught:
        scg.contacts.get("c")
    assert caught.value.status == 302


def test_a_closed_client_says_so() -> None:
    scg = scgapi.Client(AUTH)
    scg.close()
    scg.close()
    with pytest.raises(scgapi.ConfigurationError, match="closed"):
        scg.contacts.get("c")


@pytest.mark.parametrize("timeout", [0, -1, float("nan")])
def test_a_timeout_must_be_positive(timeout: float) -> None:
    with pytest.raises(scgapi.ConfigurationError, match="timeout"):
        scgapi.Client(AUTH, timeout=timeout)


@pytest.mark.parametrize(
    "url",
    [
        "api.syniverse.com",
        "ftp://x",
        "https://host/path",
        "https://host?x=1",
        "https://u:p@host",
        "https://[",
        "",
    ],
)
def test_a_url_is_a_scheme_and_a_host(url: str) -> None:
    if url:
        with pytest.raises(scgapi.ConfigurationError, match="url"):
            scgapi.Client(AUTH, url=url)
    else:
        assert "api.syniverse.com" in repr(scgapi.Client(AUTH, url=url))


@respx.mock
def test_an_outage_is_not_multiplied() -> None:
    route = respx.get(CONTACT).respond(503)
    policy = scgapi.RetryPolicy(attempts=4, budget=5)
    with client(Pauses(), policy) as scg:
        told: list[str] = []
        for _ in range(10):
            with pytest.raises(scgapi.ServerError) as caught:
                scg.with_options(timeout=50).contacts.get("c")
            told = getattr(caught.value, "__notes__", [])
        assert "budget" in told[0]
    assert route.call_count == 10 + 5


@respx.mock
def test_what_the_gateway_asks_for_costs_no_budget() -> None:
    respx.get(CONTACT).mock(side_effect=[httpx.Response(429, headers={"retry-after": "1"}), FOUND] * 9)
    with client(Pauses(), scgapi.RetryPolicy(budget=0)) as scg:
        assert [scg.contacts.get("c").id for _ in range(9)] == ["c"] * 9


@respx.mock
def test_an_answer_that_makes_no_sense_is_asked_for_once_more() -> None:
    page = httpx.Response(200, text="<html>Welcome")
    route = respx.get(CONTACT).mock(side_effect=[page, FOUND, page, page])
    with client(Pauses()) as scg:
        assert scg.contacts.get("c").id == "c"
        with pytest.raises(scgapi.UnexpectedResponseError) as caught:
            scg.contacts.get("c")
    assert (route.call_count, caught.value.attempts) == (4, 2)


@respx.mock
def test_a_refusal_of_the_second_attempt_says_nothing_of_the_first() -> None:
    busy = httpx.Response(409, json={"error_code": "SCG_ERROR_4090"})
    respx.delete(CONTACT).mock(side_effect=[httpx.ReadError("reset"), busy])
    with (
        client(Pauses(), scgapi.RetryPolicy(attempts=2)) as scg,
        pytest.raises(scgapi.ConflictError) as caught,
    ):
        scg.contacts.delete("c")
    assert caught.value.outcome == "UNKNOWN"


@respx.mock
def test_a_call_that_succeeds_late_pays_its_part_back_too() -> None:
    respx.get(CONTACT).mock(side_effect=[httpx.Response(503), FOUND] * 22)
    with client(Pauses(), scgapi.RetryPolicy(budget=20)) as scg:
        assert [scg.contacts.get("c").id for _ in range(22)] == ["c"] * 22
