"""Threads and tasks that want the same work done share one run of it."""

from __future__ import annotations

import asyncio
import contextvars
import gc
import threading
from collections.abc import Callable
from concurrent.futures import Future

import pytest

import scgapi
from scgapi._io.tasks.concurrency import AsyncSingleFlight, in_thread
from scgapi._io.threads.concurrency import SingleFlight, in_place

THREADS = 32
PATIENCE = 60  # seconds: only a broken build waits for them


class Work:
    """Work that waits to be let go, counts its runs, and ends as it is told."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error
        self.runs = 0
        self.began = threading.Event()
        self.may_end = threading.Event()

    def __call__(self) -> str:
        self.runs += 1
        self.began.set()
        assert self.may_end.wait(PATIENCE)
        if self.error is not None:
            raise self.error
        return f"token {self.runs}"


def start(work: Callable[[], str]) -> Future[str]:
    """Run it in a thread that, should it hang, does not keep the tests from ending."""
    future: Future[str] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return future


def nothing_yet() -> str | None:
    return None


class Crowd:
    """A leader that works, and followers that all have asked before the work may end."""

    def __init__(self, flight: SingleFlight[str], work: Work) -> None:
        together = threading.Barrier(THREADS - 1, timeout=PATIENCE)
        asked = threading.Semaphore(0)

        def done() -> str | None:
            asked.release()
            return None

        def follow() -> str:
            together.wait()
            return flight.run(work, done, PATIENCE)

        self.leader = start(lambda: flight.run(work, nothing_yet, PATIENCE))
        assert work.began.wait(PATIENCE)
        self.followers = [start(follow) for _ in range(THREADS - 1)]
        for _ in self.followers:
            assert asked.acquire(timeout=PATIENCE)
        # `done` is asked under the lock that a follower joins under: who asks now, asks after they have joined.
        flight.run(work, lambda: "only looking", PATIENCE)
        work.may_end.set()


def test_many_threads_share_one_run_and_its_result() -> None:
    work = Work()
    crowd = Crowd(SingleFlight(), work)
    results = [future.result(PATIENCE) for future in (crowd.leader, *crowd.followers)]
    assert results == ["token 1"] * THREADS
    assert work.runs == 1


def test_an_exception_reaches_every_thread_and_the_next_run_works() -> None:
    flight: SingleFlight[str] = SingleFlight()
    error = ValueError("refused")
    work = Work(error)
    crowd = Crowd(flight, work)
    assert [future.exception(PATIENCE) for future in (crowd.leader, *crowd.followers)] == [error] * THREADS
    assert work.runs == 1
    work.error = None
    assert flight.run(work, nothing_yet, PATIENCE) == "token 2"


@pytest.mark.parametrize("interruption", [KeyboardInterrupt(), SystemExit(1)])
def test_an_interrupted_leader_frees_the_followers_and_the_next_run_works(
    interruption: BaseException,
) -> None:
    flight: SingleFlight[str] = SingleFlight()
    work = Work(interruption)
    crowd = Crowd(flight, work)
    assert crowd.leader.exception(PATIENCE) is interruption
    for follower in crowd.followers:
        told = follower.exception(PATIENCE)
        assert isinstance(told, scgapi.ConnectionFailedError)
        assert "interrupted" in str(told)
    work.error = None
    assert flight.run(work, nothing_yet, PATIENCE) == "token 2"


def test_what_is_done_already_is_not_done_again() -> None:
    def work() -> str:
        raise AssertionError("it was done")

    flight: SingleFlight[str] = SingleFlight()
    assert flight.run(work, lambda: "token", PATIENCE) == "token"
    assert asyncio.run(AsyncSingleFlight[str]().run(_never, lambda: "token", PATIENCE)) == "token"


async def _never() -> str:
    raise AssertionError("it was done")


def test_no_lock_is_held_while_the_work_runs() -> None:
    flight: SingleFlight[str] = SingleFlight()
    assert (
        flight.run(lambda: flight.run(lambda: "inner", lambda: "found", PATIENCE), nothing_yet, PATIENCE)
        == "found"
    )


def test_runs_that_follow_one_another_are_runs_of_their_own() -> None:
    flight: SingleFlight[str] = SingleFlight()
    results = iter(["first", "second"])
    assert [flight.run(lambda: next(results), nothing_yet, PATIENCE) for _ in range(2)] == ["first", "second"]


class AsyncWork:
    """The same for tasks."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.runs = 0
        self.began = asyncio.Event()
        self.may_end = asyncio.Event()

    async def __call__(self) -> str:
        self.runs += 1
        self.began.set()
        await self.may_end.wait()
        if self.error is not None:
            raise self.error
        return f"token {self.runs}"


async def crowd_of(flight: AsyncSingleFlight[str], work: AsyncWork) -> list[asyncio.Task[str]]:
    """Tasks that wait for the work, all of them."""
    asked: list[bool] = []

    def done() -> str | None:
        asked.append(True)
        return None

    tasks = [asyncio.create_task(flight.run(work, done, PATIENCE)) for _ in range(THREADS)]
    await asyncio.wait_for(work.began.wait(), PATIENCE)
    assert len(asked) == THREADS
    return tasks


async def outcomes(tasks: list[asyncio.Task[str]]) -> list[str | BaseException]:
    return await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), PATIENCE)


def test_many_tasks_share_one_run_and_its_result() -> None:
    async def scenario() -> None:
        work = AsyncWork()
        tasks = await crowd_of(AsyncSingleFlight(), work)
        work.may_end.set()
        assert await outcomes(tasks) == ["token 1"] * THREADS
        assert work.runs == 1

    asyncio.run(scenario())


def test_an_exception_reaches_every_task_and_the_next_run_works() -> None:
    async def scenario() -> None:
        flight: AsyncSingleFlight[str] = AsyncSingleFlight()
        error = ValueError("refused")
        work = AsyncWork(error)
        tasks = await crowd_of(flight, work)
        work.may_end.set()
        assert await outcomes(tasks) == [error] * THREADS
        work.error = None
        assert await flight.run(work, nothing_yet, PATIENCE) == "token 2"

    asyncio.run(scenario())


def test_cancelling_the_first_caller_does_not_cancel_the_work() -> None:
    async def scenario() -> None:
        work = AsyncWork()
        first, *others = await crowd_of(AsyncSingleFlight(), work)
        first.cancel()
        assert isinstance((await outcomes([first]))[0], asyncio.CancelledError)
        work.may_end.set()
        assert await outcomes(others) == ["token 1"] * (THREADS - 1)
        assert work.runs == 1

    asyncio.run(scenario())


@pytest.mark.parametrize("error", [None, ValueError("refused")])
def test_work_that_nobody_waits_for_any_longer_ends_in_silence(error: Exception | None) -> None:
    complaints: list[dict[str, object]] = []

    async def scenario() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
        flight: AsyncSingleFlight[str] = AsyncSingleFlight()
        work = AsyncWork(error)
        tasks = await crowd_of(flight, work)
        for task in tasks:
            task.cancel()
        assert all(isinstance(one, asyncio.CancelledError) for one in await outcomes(tasks))
        running = flight._flights.get().result
        assert running is not None
        work.may_end.set()
        await asyncio.wait([running], timeout=PATIENCE)
        work.error = None
        assert await flight.run(work, nothing_yet, PATIENCE) == "token 2"

    asyncio.run(scenario())
    gc.collect()  # a task whose exception nobody asked for complains when it goes
    assert complaints == []


def test_work_that_is_cancelled_itself_frees_its_callers() -> None:
    async def scenario() -> None:
        flight: AsyncSingleFlight[str] = AsyncSingleFlight()
        work = AsyncWork()
        tasks = await crowd_of(flight, work)
        running = flight._flights.get().result
        assert running is not None
        running.cancel()
        assert all(isinstance(one, asyncio.CancelledError) for one in await outcomes(tasks))
        work.may_end.set()
        assert await flight.run(work, nothing_yet, PATIENCE) == "token 2"

    asyncio.run(scenario())


def test_what_blocks_is_done_beside_the_event_loop_or_in_place() -> None:
    variable: contextvars.ContextVar[str] = contextvars.ContextVar("variable")

    def where(_: int, *, by: Callable[[], int]) -> tuple[int, str | None]:
        return by(), variable.get(None)

    async def scenario() -> None:
        variable.set("kept")
        here = threading.get_ident()
        thread, value = await in_thread(where, 1, by=threading.get_ident)
        assert thread != here
        assert value == "kept"
        assert in_place(where, 1, by=threading.get_ident) == (here, "kept")

    asyncio.run(scenario())
