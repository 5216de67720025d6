"""Run a campaign in an event loop, with `AsyncClient`."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from scgapi._io.latest import LATEST
from scgapi.campaigns.engine.calls import perform_async
from scgapi.campaigns.engine.procedures import procedure
from scgapi.campaigns.engine.progress import Progress
from scgapi.campaigns.engine.run_state import GATHER_SECONDS, ONCE, RunState
from scgapi.campaigns.engine.work import Done, Work
from scgapi.errors import ScgError

if TYPE_CHECKING:
    from scgapi import AsyncClient


async def run_tasks(scg: AsyncClient, state: RunState, every: float) -> AsyncGenerator[Progress]:
    """Run a campaign; yield how far it is every so many seconds, and at the end."""
    driver = _Driver(scg, state)
    run = asyncio.create_task(driver.run())
    try:
        while not run.done():
            await asyncio.wait({run}, timeout=every)
            if not run.done():
                yield state.progress()
        await run
        yield state.progress()
        state.check()
    finally:
        # What is on its way ends, and is recorded, also when the caller is cancelled or stops iterating.
        driver.stop()
        await asyncio.shield(run)


class _Driver:
    """One run: a task that turns the engine, and tasks that work."""

    def __init__(self, scg: AsyncClient, state: RunState) -> None:
        self._scg = scg.with_options(timeout=state.rules.request_timeout, retry=ONCE, on_unknown="raise")
        self._state = state
        self._queue: asyncio.Queue[Work | None] = asyncio.Queue()
        self._done: list[Done] = []
        self._wake = asyncio.Event()
        self._failure: BaseException | None = None

    def stop(self) -> None:
        """Begin nothing more."""
        self._state.is_stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Turn the engine until all is done, or it is stopped."""
        workers = [asyncio.create_task(self._work()) for _ in range(self._state.rules.in_flight)]
        # The journal's own thread: it waits for disks and other processes.
        with ThreadPoolExecutor(1, "scgapi-journal") as journal:
            try:
                await self._turn(journal)
            except ScgError:
                # Nothing more begins; what is on its way ends, and is recorded if that is possible again.
                self._state.is_stopping = True
                await self._end(workers)
                with contextlib.suppress(ScgError):
                    await asyncio.get_running_loop().run_in_executor(journal, self._state.turn, self._done)
                raise
            finally:
                await self._end(workers)

    async def _end(self, workers: list[asyncio.Task[None]]) -> None:
        for _ in workers:
            self._queue.put_nowait(None)
        await asyncio.gather(*workers, return_exceptions=True)

    async def _turn(self, journal: ThreadPoolExecutor) -> None:
        loop, state = asyncio.get_running_loop(), self._state
        while True:
            done, self._done = self._done, []
            began = state.now()
            self._wake.clear()
            try:
                turn = await loop.run_in_executor(journal, state.turn, done)
            except ScgError:
                self._done = [*done, *self._done]
                raise
            for work in turn.work:
                self._queue.put_nowait(work)
            if self._failure is not None:
                raise self._failure
            if state.is_over(turn) and not self._done:
                return
            if not self._wake.is_set():
                try:
                    async with asyncio.timeout(state.pause_after(turn)):
                        await self._wake.wait()
                except TimeoutError:
                    continue
            if not state.is_enough(len(self._done)):
                await asyncio.sleep(max(0.0, began + GATHER_SECONDS - state.now()))

    async def _work(self) -> None:
        while (work := await self._queue.get()) is not None:
            pause = work.at - self._state.now()
            if pause > 0:
                await asyncio.sleep(pause)
            LATEST.set(work.until)
            done = self._state.may_begin(work)
            if done is None:
                try:
                    done = await self._perform(work)
                except Exception as error:  # noqa: BLE001 - raised by the run
                    self._failure = error
                    self._wake.set()
                    return
            self._done.append(done)
            self._wake.set()

    async def _perform(self, work: Work) -> Done:
        calls = procedure(work, self._state.rules)
        try:
            call = next(calls)
            while True:
                try:
                    result = await perform_async(self._scg, self._state.rules, call)
                except ScgError as error:
                    call = calls.throw(error)
                else:
                    call = calls.send(result)
        except StopIteration as end:
            done: Done = end.value
            return done
