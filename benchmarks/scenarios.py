"""The scenarios. Each gives a figure for each competitor, or the reason why it has none."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median
from typing import Literal, TypeAlias

from benchmarks.competitors.registry import COMPETITORS
from benchmarks.processes import Sample, Server, Skipped, Worker, printed, timed, worker


@dataclass(frozen=True)
class Figure:
    """A median: CPU microseconds for each call (elapsed in `waiting`) or milliseconds for a program; and MiB.

    `grown` is by how many MiB the most memory rose after the second round.
    """

    value: float
    peak: float | None = None
    grown: float | None = None


Figures: TypeAlias = dict[str, Figure | str]
"""By competitor: a figure, or the reason why there is none."""

BARE = "bare"
"""Name of an interpreter that imports nothing."""


@dataclass(frozen=True)
class Steady:
    """Calls of one kind by long-lived workers, with one sample of each in every round.

    A name such as "scgapi@100" stands for that competitor with so many calls at once, whatever `at_once` is.
    """

    kind: str
    names: tuple[str, ...]
    count: int
    few: int = 0
    few_names: tuple[str, ...] = ()
    at_once: int = 1
    late: bool = False
    rounds: int = 7
    time: Literal["cpu", "wall"] = "cpu"

    def __call__(self, server: Server, quick: bool) -> Figures:
        """Measure."""
        url = server.late_url if self.late else server.url
        figures: Figures = {}
        with ExitStack() as stack:
            workers: dict[str, Worker] = {}
            for name in self.names:
                try:
                    at_once = self._at_once(name)
                    started = worker(name.partition("@")[0], self.kind, url, at_once)
                    workers[name] = stack.enter_context(started)
                    workers[name].run(max(self._count(name, quick) // 10, at_once))
                except Skipped as reason:
                    workers.pop(name, None)
                    figures[name] = str(reason)
            samples = self._rounds(workers, figures, quick)
        for name, taken in samples.items():
            figures[name] = self._figure(taken, self._count(name, quick))
        return figures

    def _rounds(self, workers: dict[str, Worker], figures: Figures, quick: bool) -> dict[str, list[Sample]]:
        samples: dict[str, list[Sample]] = {name: [] for name in workers}
        for turn in range(2 if quick else self.rounds):
            # Rotate the order, so that no competitor always runs after the same one.
            for name in sorted(samples, reverse=bool(turn % 2)):
                try:
                    warm = self._at_once(name) if self.at_once > 1 else 0
                    samples[name].append(workers[name].run(self._count(name, quick), warm=warm))
                except Skipped as reason:
                    del samples[name]
                    figures[name] = str(reason)
        return samples

    def _at_once(self, name: str) -> int:
        return int(name.partition("@")[2] or self.at_once)

    def _count(self, name: str, quick: bool) -> int:
        count = self.few if name in self.few_names else self.count
        return max(count // 4, 2 * self.at_once) if quick else count

    def _figure(self, samples: list[Sample], count: int) -> Figure:
        seconds = median(sample.cpu if self.time == "cpu" else sample.wall for sample in samples)
        early, last = samples[min(1, len(samples) - 1)], samples[-1]
        return Figure(seconds / count * 1e6, last.peak, last.peak - early.peak)


def cold(server: Server, quick: bool) -> Figures:
    """Measure the first 500 sends of a client without connections, 100 at once, in a new process each time."""
    samples: dict[str, list[Sample]] = {}
    figures: Figures = {}
    for _ in range(1 if quick else 3):
        for name in ("scgapi", "scgapi-fast", "httpx", "aiohttp", "pyreqwest"):
            try:
                with worker(name, "cold", server.late_url, 100) as one:
                    samples.setdefault(name, []).append(one.run(500))
            except Skipped as reason:
                figures[name] = str(reason)
    for name, taken in samples.items():
        cpu, peak = median(one.cpu for one in taken), max(one.peak for one in taken)
        figures[name] = Figure(cpu / 500 * 1e6, peak)
    return figures


def imports(_: Server, quick: bool) -> Figures:
    """Measure the milliseconds of an import, less those of an interpreter that imports nothing."""
    names = ("scgapi", "httpx", "aiohttp", "pyreqwest", "requests", "openai", "telnyx", "stripe", "twilio")
    return _programs({name: f"import {COMPETITORS[name].module}" for name in names}, "", quick)


def first_call(server: Server, quick: bool) -> Figures:
    """Measure the milliseconds until the first object, less those of an interpreter that imports nothing."""
    programs = {name: one.first_call for name, one in COMPETITORS.items() if one.first_call}
    return _programs(programs, server.url, quick)


def _programs(programs: dict[str, str], url: str, quick: bool) -> Figures:
    figures: Figures = {}
    taken: dict[str, list[float]] = {name: [] for name in [BARE, *programs]}
    for turn in range(2 if quick else 12):
        for name in list(taken):
            try:
                took = timed(programs.get(name, "pass"), url)
                # The first run fills the disk's cache.
                if turn:
                    taken[name].append(took)
            except Skipped as reason:
                del taken[name]
                figures[name] = str(reason)
    bare = median(taken.pop(BARE))
    return figures | {name: Figure(median(times) - bare) for name, times in taken.items()}


def extra_modules(_: Server, __: bool) -> Figures:
    """Count the slow dependencies that `import scgapi` loads."""
    slow = ("httpx", "pydantic", "tenacity")
    count = printed(f"import scgapi, sys; print(sum(name in sys.modules for name in {slow}))")
    return {"scgapi": Figure(float(count))}


def million(server: Server, quick: bool) -> Figures:
    """Measure the peak MiB after listing ten thousand messages and after a million, in a process each."""
    figures: Figures = {}
    for name, count in {"ten thousand": 10_000, "million": 100_000 if quick else 1_000_000}.items():
        with worker("scgapi", "listing", server.url, 1) as one:
            sample = one.run(count)
            figures[name] = Figure(sample.peak, sample.peak)
    return figures


Scenario: TypeAlias = Callable[[Server, bool], Figures]

_OURS = ("scgapi", "scgapi-fast")
_ALL = (*_OURS, "httpx", "httpx-json", "pyreqwest", "requests", "openai", "telnyx", "stripe", "twilio")
_TASKS = (*_OURS, "httpx", "httpx-default", "aiohttp", "pyreqwest", "openai", "telnyx")
_PAGERS = ("openai", "telnyx")
_SLOW_POOLS = ("httpx", "httpx-default", "openai", "telnyx")

SCENARIOS: dict[str, Scenario] = {
    "import": imports,
    "modules": extra_modules,
    "first-call": first_call,
    "get": Steady("get", _ALL, 200),
    "post": Steady("send", _ALL, 200),
    "list-20000": Steady("listing", ("scgapi", "httpx", "httpx-json", *_PAGERS), 20_000, 5_000, _PAGERS),
    "list-200000": Steady("listing", ("scgapi", "httpx"), 200_000, rounds=3),
    "sends-100": Steady("sends", _TASKS, 5_000 // 7, 400, _SLOW_POOLS, at_once=100, late=True),
    "sends-1000": Steady(
        "sends", (*_OURS, "scgapi@100", "aiohttp", "pyreqwest"), 2_000, at_once=1_000, late=True
    ),
    "cold": cold,
    "threads": Steady("threads", ("scgapi", "httpx"), 1_000, at_once=100, late=True),
    "waiting": Steady(
        "listing", ("scgapi", "scgapi-ahead", "httpx"), 20_000, rounds=3, late=True, time="wall"
    ),
    "million": million,
}
