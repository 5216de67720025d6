"""One client in a process of its own: `python -m benchmarks.worker COMPETITOR KIND URL AT_ONCE`.

It says that it is ready, or why not, as a line of JSON; then answers each number of calls on its standard input with
what those calls took. KIND is what `Competitor` calls it, or "cold": sends on connections that are not open yet.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from benchmarks.competitor import AsyncCall, Call, Competitor, Sends, Unavailable
from benchmarks.competitors.registry import COMPETITORS

Run = Callable[[int], object]


def peak() -> float:
    """Return the peak memory of this process, in MiB."""
    status = Path("/proc/self/status")
    # The resource module would report the peak of the parent process, if that is higher.
    if status.exists():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 2**10
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


@contextmanager
def runner(competitor: Competitor, kind: str, url: str, at_once: int) -> Generator[Run, None, None]:
    """Return a function that makes a number of calls of one kind."""
    if kind in ("sends", "cold") and competitor.sends:
        yield from _loop(competitor.sends, url, at_once, cold=kind == "cold")
    elif kind == "threads" and competitor.threads:
        calls = competitor.threads(url, at_once)
        with ThreadPoolExecutor(at_once) as pool:
            yield lambda count: deque(pool.map(_repeat, calls, [count // at_once] * at_once), maxlen=0)
    elif kind == "listing" and competitor.listing:
        listing = competitor.listing(url)
        yield lambda count: _consume(listing(count), count)
    elif make := {"get": competitor.get, "send": competitor.send}.get(kind):
        one = make(url)
        yield lambda count: _repeat(one, count)
    else:
        raise Unavailable(f"{competitor.label} has no {kind}")


def _loop(sends: Sends, url: str, at_once: int, *, cold: bool) -> Generator[Run, None, None]:
    with asyncio.Runner() as loop:
        # This loads late imports, and leaves no connection open.
        loop.run(_once(sends, url))
        context = sends(url, at_once)
        call = loop.run(context.__aenter__())
        # Concurrency rises step by step: after a sudden burst, httpx's pool stays several times slower.
        for tasks in () if cold else range(0, at_once, at_once // 5):
            loop.run(_tasks(call, tasks, tasks))
        yield lambda count: loop.run(_tasks(call, count, at_once))
        loop.run(context.__aexit__(None, None, None))


async def _once(sends: Sends, url: str) -> None:
    async with sends(url, 1) as call:
        await call()


def _repeat(call: Call, count: int) -> None:
    for _ in range(count):
        call()


def _consume(items: Iterable[object], count: int) -> None:
    seen = sum(1 for _ in items)
    if seen != count:
        raise RuntimeError(f"listed {seen} instead of {count}")


async def _tasks(call: AsyncCall, count: int, at_once: int) -> None:
    left = iter(range(count))

    async def task() -> None:
        for _ in left:
            await call()

    await asyncio.gather(*(task() for _ in range(at_once)))


def main() -> None:
    """Measure until standard input ends."""
    name, kind, url, at_once = sys.argv[1:]
    try:
        with runner(COMPETITORS[name], kind, url, int(at_once)) as run:
            _say(ready=True)
            for line in sys.stdin:
                warm, count = map(int, line.split())
                run(warm)
                cpu, wall = time.process_time(), time.perf_counter()
                run(count)
                cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
                _say(cpu=cpu, wall=wall, peak=peak())
    except Unavailable as reason:
        _say(skipped=str(reason))
    except ModuleNotFoundError as missing:
        _say(skipped=f"{missing.name} is not installed")
    except Exception as failure:
        _say(failed=f"{type(failure).__name__}: {failure}"[:200])
        raise


def _say(**values: object) -> None:
    print(json.dumps(values), flush=True)


if __name__ == "__main__":
    main()
