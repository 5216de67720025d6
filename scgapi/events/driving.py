"""Drivers of a receiver's steps: a blocking one, and one for asyncio."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import inspect
import sys
import threading
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Literal

from scgapi._io.tasks.concurrency import AsyncLimiter, PerLoop
from scgapi.events.core import Abandoned, Busy, Response, Step, Steps, Stopped

Outcome = tuple[object, BaseException | None]
"""A result, or the error instead of it."""
InThread = Callable[[Callable[[], Outcome]], Outcome]
"""A function that calls another in a thread of the operating system, and waits for it."""

MAX_THREADS = 40
"""Limit of threads at once for each kind of step, in each event loop."""
CLAIM_QUEUE_SECONDS = 3.0
"""Seconds that a claim may wait for a thread."""
HANDLER_QUEUE_SECONDS = 10.0
"""Seconds that a handler, or settling, may wait for a thread; a handler's event is then posted again."""
_LAST_WAIT_SECONDS = 10.0
"""Seconds that a cancelled event loop still waits for a handler in a thread."""


def drive(steps: Steps) -> Response:
    """Run the steps in this thread; coroutines run in event loops of their own."""
    try:
        step = next(steps)
        while True:
            try:
                result = step.call()
                if inspect.isawaitable(result):
                    result = _run_awaitable(result)
            # Raised by the handler, not by the steps.
            except (asyncio.CancelledError, GeneratorExit) as error:
                step = steps.throw(Stopped(error))
            except BaseException as error:  # noqa: BLE001 - the steps decide what it means
                step = steps.throw(error)
            else:
                step = steps.send(result)
    except StopIteration as end:
        response: Response = end.value
        return response


def _run_awaitable(awaitable: Awaitable[object]) -> object:
    """Return the result of an awaitable, run in an event loop of its own."""
    in_thread = _native_thread_runner()
    if in_thread is None and not _is_in_loop():
        outcome = _capture(lambda: asyncio.run(_wait_for(awaitable)))
    else:
        context = contextvars.copy_context()
        run = in_thread or _run_in_new_thread
        outcome = run(lambda: _capture(lambda: context.run(asyncio.run, _wait_for(awaitable))))
    return _unwrap(outcome)


def _native_thread_runner() -> InThread | None:
    """Return how to run in a system thread, where gevent or eventlet has replaced threads; else None.

    Greenlets share one thread, in which only one event loop can run at a time.
    """
    if "gevent.monkey" in sys.modules and import_module("gevent.monkey").is_module_patched("threading"):
        return _run_in_gevent_thread
    if "eventlet.patcher" in sys.modules and import_module("eventlet.patcher").is_monkey_patched("thread"):
        execute: InThread = getattr(import_module("eventlet.tpool"), "execute")  # noqa: B009 - of no type that is known
        return execute
    return None


def _run_in_gevent_thread(call: Callable[[], Outcome]) -> Outcome:
    # A pool of its own, for the hub's pool is small and also resolves host names.
    pool = getattr(import_module("gevent.threadpool"), "ThreadPool")(1)  # noqa: B009 - of no type that is known
    try:
        outcome: Outcome = pool.apply(call)
        return outcome
    finally:
        pool.kill()


def _run_in_new_thread(call: Callable[[], Outcome]) -> Outcome:
    found: list[Outcome] = []
    thread = threading.Thread(target=lambda: found.append(call()), name="scgapi-event")
    thread.start()
    thread.join()
    return found[0]


def _is_in_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


async def _wait_for(awaitable: Awaitable[object]) -> object:
    return await awaitable


def _capture(call: Callable[[], object]) -> Outcome:
    try:
        return call(), None
    except BaseException as error:  # noqa: BLE001 - raised again where it belongs
        return None, error


def _unwrap(outcome: Outcome) -> object:
    result, error = outcome
    if error is not None:
        raise error
    return result


class _Limiters:
    """Limits on the threads of each kind of step. Claims, handlers and settling do not wait for one another."""

    def __init__(self) -> None:
        self._limiters = {pool: AsyncLimiter(MAX_THREADS) for pool in ("claim", "handler", "settle")}

    async def acquire(self, pool: Literal["claim", "handler", "settle"]) -> AsyncLimiter:
        limiter = self._limiters[pool]
        try:
            await limiter.acquire(CLAIM_QUEUE_SECONDS if pool == "claim" else HANDLER_QUEUE_SECONDS)
        except TimeoutError:
            raise Busy from None
        return limiter


class AsyncDriver:
    """A driver that runs steps in the event loop, and steps that may block in threads.

    Each such step gets a daemon thread of its own: a fork inherits nothing, and a handler that hangs does not
    keep the program from ending.
    """

    def __init__(self) -> None:
        self._limiters = PerLoop(_Limiters)

    async def drive(self, steps: Steps) -> Response:
        """Run the steps."""
        try:
            step = next(steps)
            while True:
                try:
                    result = await self._run_step(step)
                except (Exception, KeyboardInterrupt, Abandoned) as error:  # noqa: BLE001 - the steps decide
                    step = steps.throw(error)
                except BaseException as error:  # noqa: BLE001 - the steps decide what it means
                    step = steps.throw(error if _is_cancelled(error) else Stopped(error))
                else:
                    step = steps.send(result)
        except StopIteration as end:
            response: Response = end.value
            return response
        except Abandoned:
            raise asyncio.CancelledError from None

    async def _run_step(self, step: Step) -> object:
        if step.pool == "loop":
            result = step.call()
        else:
            limiter = await self._limiters.get().acquire(step.pool)
            try:
                result = await _run_in_thread(step.call)
            finally:
                limiter.release()
        return await _run_in_task(result) if inspect.isawaitable(result) else result


def _is_cancelled(error: BaseException) -> bool:
    """Return True if this task itself is cancelled, and not only something that a handler awaits."""
    task = asyncio.current_task()
    return isinstance(error, asyncio.CancelledError) and task is not None and task.cancelling() > 0


async def _run_in_task(awaitable: Awaitable[object]) -> object:
    # In a task of its own, so that a handler which cancels its task does not cancel the settling of the event.
    async def run() -> Outcome:
        try:
            return await awaitable, None
        except BaseException as error:  # noqa: BLE001 - raised again where it belongs
            return None, error

    return _unwrap(await asyncio.create_task(run()))


async def _run_in_thread(call: Callable[[], object]) -> object:
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Outcome] = loop.create_future()
    context = contextvars.copy_context()

    def run() -> None:
        outcome = _capture(lambda: context.run(call))
        # RuntimeError: the loop has ended.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(done.set_result, outcome)

    threading.Thread(target=run, name="scgapi-event", daemon=True).start()
    try:
        await asyncio.wait([done])
    except asyncio.CancelledError:
        # The loop ends. A thread cannot be stopped, and its claim must not be freed while it works.
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.wait([done], timeout=_LAST_WAIT_SECONDS)
        if not done.done():
            raise Abandoned from None
    return _unwrap(done.result())
