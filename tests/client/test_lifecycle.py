"""Client lifecycle: cancellations, forks, event loops, and tens of thousands of calls."""

from __future__ import annotations

import asyncio
import gc
import gzip
import os
import sys
import threading
from collections.abc import Generator
from pathlib import Path

import httpx
import pytest
import respx

import scgapi
from scgapi._async.transport.fast_engine import AsyncFastEngine
from scgapi._async.transport.httpx_engine import AsyncHttpxEngine
from scgapi._async.transport.pool import MAX_CONNECTIONS, AsyncConnectionPool
from scgapi._core.deadline import Deadline
from scgapi._fast.tasks.connection import AsyncHTTP11Connection
from scgapi._io.clock import SystemClock
from scgapi._io.tasks.concurrency import PerLoop
from scgapi._sync.transport.pool import MAX_IDLE_SECONDS, ConnectionPool
from scgapi.models import contacts
from scgapi.sandbox import Sandbox
from tests.client.echo import Echo

CANCELLED = 10_000
CALLS = 5_000
AUTH = scgapi.AuthInfo(token="t")


@pytest.fixture(scope="module")
def echo() -> Generator[Echo, None, None]:
    with Echo() as server:
        yield server


def client(server: Echo) -> scgapi.AsyncClient:
    return scgapi.AsyncClient(scgapi.AuthInfo(token="t", url=server.url))


def pools_of(
    scg: scgapi.AsyncClient,
) -> (
    PerLoop[AsyncConnectionPool[httpx.AsyncHTTPTransport]]
    | PerLoop[AsyncConnectionPool[AsyncHTTP11Connection]]
):
    engine = scg._transport._engine
    assert isinstance(engine, AsyncHttpxEngine | AsyncFastEngine)
    return engine._pools


def descriptors() -> int:
    return len(list(Path("/dev/fd").iterdir()))


def test_ten_thousand_cancelled_calls_leave_all_connections_usable(echo: Echo) -> None:
    async def main() -> None:
        async with client(echo) as scg:
            for start in range(0, CANCELLED, 500):
                tasks = [asyncio.ensure_future(scg.contacts.get("slow")) for _ in range(500)]
                # Cancelled wherever they are: waiting for a connection, connecting, sending, or waiting for the answer.
                for turn in range(1 + start // 500 % 20):
                    await asyncio.sleep(0.0005 * (turn > 10))
                for task in tasks:
                    task.cancel()
                ended = await asyncio.gather(*tasks, return_exceptions=True)
                assert all(isinstance(one, asyncio.CancelledError) for one in ended)
            pool = pools_of(scg).get()
            assert pool.busy == 0
            # Now all of them at once: none is lost.
            tasks = [asyncio.ensure_future(scg.contacts.get("slow")) for _ in range(MAX_CONNECTIONS)]
            while pool.busy < MAX_CONNECTIONS:  # noqa: ASYNC110 - it is the client that is looked at
                await asyncio.sleep(0)
            with pytest.raises(scgapi.RequestTimeoutError, match="held all"):
                await scg.with_options(timeout=0.01).contacts.get("late")
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            found = await asyncio.gather(
                *(scg.contacts.get(str(number)) for number in range(3 * MAX_CONNECTIONS))
            )
            assert [one.id for one in found] == [str(number) for number in range(3 * MAX_CONNECTIONS)]

    before = descriptors()
    asyncio.run(main())
    assert echo.all_have_left()
    assert descriptors() <= before


def test_many_calls_leave_nothing_behind(echo: Echo) -> None:
    async def main() -> tuple[tuple[int, int], tuple[int, int]]:
        async with client(echo) as scg:

            async def calls(number: int) -> None:
                for _ in range(number // 20):
                    await scg.contacts.get("c")

            await asyncio.gather(*(calls(CALLS // 10) for _ in range(20)))
            gc.collect()
            before = descriptors(), sys.getallocatedblocks()
            await asyncio.gather(*(calls(CALLS) for _ in range(20)))
            gc.collect()
            assert len(asyncio.all_tasks()) == 1
            return before, (descriptors(), sys.getallocatedblocks())

    before, after = asyncio.run(main())
    assert after[0] <= before[0]
    # Less than one block of memory for every other call.
    assert after[1] - before[1] < CALLS // 2


def test_calls_beyond_the_connections_wait_for_their_turn_and_say_so_when_it_does_not_come(
    echo: Echo,
) -> None:
    async def main() -> None:
        async with client(echo) as scg:
            slow = [asyncio.ensure_future(scg.contacts.get("slow")) for _ in range(MAX_CONNECTIONS)]
            await asyncio.sleep(0)  # each has taken a connection
            hasty = scg.with_options(timeout=0.05)
            with pytest.raises(
                scgapi.RequestTimeoutError, match=f"held all {MAX_CONNECTIONS} connections"
            ) as caught:
                await hasty.contacts.get("c")
            assert caught.value.outcome == "NOT_SENT"
            for task in slow:
                task.cancel()
            await asyncio.gather(*slow, return_exceptions=True)
            assert (await scg.contacts.get("c")).id == "c"

    asyncio.run(main())


def test_threads_share_a_client_and_each_gets_its_own_answer(echo: Echo) -> None:
    found: dict[str, str | None] = {}
    with scgapi.Client(scgapi.AuthInfo(token="t", url=echo.url)) as scg:

        def calls(thread: int) -> None:
            for number in range(20):
                name = f"{thread}-{number}"
                found[name] = scg.contacts.get(name).id

        threads = [threading.Thread(target=calls, args=[number]) for number in range(32)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    assert len(found) == 32 * 20
    assert all(name == answer for name, answer in found.items())


def test_a_fork_gets_connections_of_its_own(echo: Echo) -> None:
    with scgapi.Client(scgapi.AuthInfo(token="t", url=echo.url)) as scg:
        scg.contacts.get("before")
        made = echo.made
        child = os.fork()
        if child == 0:
            ended = 1
            try:
                ended = 0 if scg.contacts.get("in the child").id == "in the child" else 2
            finally:
                os._exit(ended)
        assert scg.contacts.get("in the parent").id == "in the parent"
        assert os.waitpid(child, 0)[1] == 0
        assert echo.made == made + 1  # the child's own; the parent's goes on


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_second_event_loop_gets_connections_of_its_own(gateway: Sandbox) -> None:
    clients = [scgapi.AsyncClient(gateway.auth)]

    async def one() -> int:
        await anext(clients[0].sender_ids.list())
        return len(pools_of(clients[0])._values.get())

    assert [asyncio.run(one()) for _ in range(3)] == [1, 1, 1]
    clients.clear()
    gc.collect()  # here, where what a loop leaves open when it ends is no news


def test_idle_connections_are_closed_when_others_are_used() -> None:
    now = 0.0
    deadline = Deadline.after(60, SystemClock(monotonic=lambda: now))
    closed: list[object] = []

    class One:
        def close(self) -> None:
            closed.append(self)

    connections = ConnectionPool(One)
    first, second = connections.acquire(contacts.GET, deadline), connections.acquire(contacts.GET, deadline)
    connections.release(first, deadline)
    now = MAX_IDLE_SECONDS
    connections.release(second, deadline)
    assert connections.acquire(contacts.GET, deadline) is second
    connections.release(second, deadline)
    now = MAX_IDLE_SECONDS + 1
    assert connections.acquire(contacts.GET, deadline) is second
    assert closed == [first]
    connections.discard(second)
    connections.close()
    assert closed == [first, second]
    late = connections.acquire(contacts.GET, deadline)
    connections.release(late, deadline)
    assert closed[-1] is late


def test_a_connection_that_is_in_use_again_is_not_closed_by_its_last_user(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deadline = Deadline.after(60, SystemClock())
    closed: list[object] = []

    class One:
        def close(self) -> None:
            closed.append(self)

    connections = ConnectionPool(One)
    first = connections.acquire(contacts.GET, deadline)
    release = connections._limiter.release

    def meanwhile() -> None:
        release()
        assert connections.acquire(contacts.GET, deadline) is first
        connections.close()

    with monkeypatch.context() as patched:
        patched.setattr(connections._limiter, "release", meanwhile)
        connections.release(first, deadline)
    assert closed == []
    connections.release(first, deadline)
    assert closed == [first]


def test_a_task_that_is_cancelled_while_old_connections_are_closed_gives_its_place_back() -> None:
    now = 0.0

    class One:
        async def aclose(self) -> None:
            await asyncio.Event().wait()

    async def main() -> None:
        deadline = Deadline.after(60, SystemClock(monotonic=lambda: now))
        connections = AsyncConnectionPool(One)
        for one in [await connections.acquire(contacts.GET, deadline) for _ in range(3)]:
            await connections.release(one, deadline)
        nonlocal now
        now = MAX_IDLE_SECONDS + 1
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await connections.acquire(contacts.GET, deadline)
        assert (connections.busy, len(connections._idle)) == (0, 2)

    asyncio.run(main())


@respx.mock
def test_a_client_that_shares_another_one_differs_in_what_is_given_only() -> None:
    respx.get("https://api.syniverse.com/scg-external-api/api/v1/contacts/c").mock(
        return_value=httpx.Response(200, json={"id": "c"})
    )
    with scgapi.Client(AUTH, timeout=7, on_unknown="verify") as scg:
        other = scg.with_options(timeout=3)
        assert other.contacts.get("c").id == "c"
        assert (other._pipeline.timeout, scg._pipeline.timeout, other.on_unknown) == (3, 7, "verify")
        assert other._pipeline._budgets is scg._pipeline._budgets
        assert other.contacts is not scg.contacts
        with pytest.raises(scgapi.ConfigurationError, match="timeout"):
            scg.with_options(timeout=0)
        other.close()
        with pytest.raises(scgapi.ConfigurationError, match="closed"):
            scg.contacts.get("c")


def test_loops_in_threads_share_a_client_and_keep_their_connections_apart() -> None:
    pools: PerLoop[object] = PerLoop(object)
    together = threading.Barrier(8)
    kept: list[bool] = []

    async def one() -> None:
        await asyncio.to_thread(together.wait)
        first = pools.get()
        await asyncio.to_thread(together.wait)
        kept.append(pools.get() is first)

    threads = [threading.Thread(target=lambda: asyncio.run(one())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept == [True] * 8


def test_a_connection_that_cannot_be_made_costs_no_place() -> None:
    def none() -> httpx.HTTPTransport:
        raise OSError("too many open files")

    connections = ConnectionPool(none)
    for _ in range(MAX_CONNECTIONS + 1):
        with pytest.raises(scgapi.ConnectionFailedError, match="no connection can be made") as caught:
            connections.acquire(contacts.GET, Deadline.after(1, SystemClock()))
        assert caught.value.outcome == "NOT_SENT"
    assert connections.busy == 0


@pytest.mark.parametrize("url", ["http://1.2.3.999", "http://a\u00ad.test"])
def test_a_url_that_no_request_can_be_made_of_is_an_error_of_ours(url: str) -> None:
    with (
        scgapi.Client(scgapi.AuthInfo(token="t", url=url)) as scg,
        pytest.raises(scgapi.ConfigurationError, match="Check the client's url"),
    ):
        scg.contacts.get("c")


@respx.mock
def test_the_token_of_a_content_is_in_no_error() -> None:
    api = "https://api.syniverse.com"
    respx.post(f"{api}/scg-external-api/api/v1/messaging/attachments/a/access_tokens").respond(
        json={"id": "s3cret-of-the-content"}
    )
    respx.get(url__startswith=f"{api}/scg-attachment").respond(
        404, json={"message": "no /s3cret-of-the-content"}
    )
    with scgapi.Client(AUTH) as scg, pytest.raises(scgapi.NotFoundError) as caught:
        scg.attachments.download("a")
    assert "s3cret" not in f"{caught.value!r} {vars(caught.value)}"


@pytest.mark.parametrize("packed", [False, True])
def test_a_users_mock_may_have_its_body_ready(packed: bool) -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        headers = {"content-encoding": "gzip"} if packed else {}
        content = b'{"id": "r"}'
        return httpx.Response(200, headers=headers, content=gzip.compress(content) if packed else content)

    async def main() -> str:
        async with (
            httpx.AsyncClient(transport=httpx.MockTransport(answer)) as own,
            scgapi.AsyncClient(AUTH, http_client=own) as scg,
        ):
            return await scg.message_requests.create(from_="1", to=["+15552461234"])

    with (
        httpx.Client(transport=httpx.MockTransport(answer)) as mock,
        scgapi.Client(AUTH, http_client=mock) as scg,
    ):
        assert scg.message_requests.create(from_="1", to=["+15552461234"]) == "r"
    assert asyncio.run(main()) == "r"
