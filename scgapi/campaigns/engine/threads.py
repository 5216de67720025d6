"""Run a campaign in threads, with `Client`."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Generator
from queue import SimpleQueue
from typing import TYPE_CHECKING

from scgapi._io.latest import LATEST
from scgapi.campaigns.engine.calls import perform
from scgapi.campaigns.engine.procedures import procedure
from scgapi.campaigns.engine.progress import Progress
from scgapi.campaigns.engine.run_state import GATHER_SECONDS, ONCE, RunState
from scgapi.campaigns.engine.work import Done, Work
from scgapi.errors import ScgError

if TYPE_CHECKING:
    from scgapi import Client


def run_threads(scg: Client, state: RunState, every: float) -> Generator[Progress]:
    """Run a campaign; yield how far it is every so many seconds, and at the end."""
    driver = _Driver(scg, state)
    try:
        driver.start()
        while not driver.is_over(every):
            yield state.progress()
        yield state.progress()
        driver.check()
    finally:
        # What is on its way ends, and is recorded, also after Ctrl-C or when the caller stops iterating. A child of fork()
        # has none of the threads, and one of them may hold a lock that the child would wait for.
        if os.getpid() == driver.process:
            driver.stop()
            driver.join()


class _Driver:
    """One run: a thread that turns the engine, and threads that work."""

    def __init__(self, scg: Client, state: RunState) -> None:
        self._scg = scg.with_options(timeout=state.rules.request_timeout, retry=ONCE, on_unknown="raise")
        self.process: int = os.getpid()
        self._state = state
        self._queue: SimpleQueue[Work | None] = SimpleQueue()
        self._done: list[Done] = []
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._failure: BaseException | None = None
        # Daemons: a second Ctrl-C ends the process, and the next run looks up what was on its way.
        self._turning = threading.Thread(target=self._run, name="scgapi-campaign", daemon=True)
        self._workers = [
            threading.Thread(target=self._work, name=f"scgapi-campaign-{number}", daemon=True)
            for number in range(state.rules.in_flight)
        ]

    def start(self) -> None:
        """Begin."""
        for thread in (*self._workers, self._turning):
            thread.start()

    def is_over(self, seconds: float) -> bool:
        """Wait at most so many seconds for the end, and return whether it has come."""
        self._turning.join(seconds)
        return not self._turning.is_alive()

    def stop(self) -> None:
        """Begin nothing more."""
        self._state.is_stopping = True
        self._wake.set()

    def join(self) -> None:
        """Wait for the end."""
        if self._turning.ident is not None:
            self._turning.join()
            return
        # An interrupt has come before it was started.
        for _ in self._workers:
            self._queue.put(None)

    def check(self) -> None:
        """Raise what the run has raised, or if the campaign has halted."""
        if self._failure is not None:
            raise self._failure
        self._state.check()

    def _run(self) -> None:
        try:
            self._turn()
        except BaseException as error:  # noqa: BLE001 - raised to the caller
            self._failure = self._failure or error
        finally:
            # Nothing more begins; what is on its way ends, and is recorded if that is possible.
            self._state.is_stopping = True
            for _ in self._workers:
                self._queue.put(None)
            for worker in self._workers:
                worker.join()
            if self._done:
                with contextlib.suppress(ScgError):
                    self._state.turn(self._done)

    def _turn(self) -> None:
        state = self._state
        while True:
            with self._lock:
                done, self._done = self._done, []
            began = state.now()
            self._wake.clear()
            try:
                turn = state.turn(done)
            except ScgError:
                with self._lock:
                    self._done = [*done, *self._done]
                raise
            for work in turn.work:
                self._queue.put(work)
            if self._failure is not None:
                raise self._failure
            if state.is_over(turn) and not self._done:
                return
            if self._wake.wait(state.pause_after(turn)) and not state.is_enough(len(self._done)):
                time.sleep(max(0.0, began + GATHER_SECONDS - state.now()))

    def _work(self) -> None:
        while (work := self._queue.get()) is not None:
            pause = work.at - self._state.now()
            if pause > 0:
                time.sleep(pause)
            LATEST.set(work.until)
            done = self._state.may_begin(work)
            if done is None:
                try:
                    done = self._perform(work)
                except BaseException as error:  # noqa: BLE001 - raised to the caller
                    self._failure = error
                    self._wake.set()
                    return
            with self._lock:
                self._done.append(done)
            self._wake.set()

    def _perform(self, work: Work) -> Done:
        calls = procedure(work, self._state.rules)
        try:
            call = next(calls)
            while True:
                try:
                    result = perform(self._scg, self._state.rules, call)
                except ScgError as error:
                    call = calls.throw(error)
                else:
                    call = calls.send(result)
        except StopIteration as end:
            done: Done = end.value
            return done
