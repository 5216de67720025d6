"""The comparisons of the table, and the targets that the project sets itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from benchmarks.competitors.registry import COMPETITORS
from benchmarks.scenarios import Figure, Figures

Results: TypeAlias = dict[str, Figures]
"""By scenario."""

Verdict = Literal["met", "missed", "not measured", ""]


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    what: str
    ours: str
    against: str
    theirs: str
    ratio: str
    target: str
    verdict: Verdict
    memory: str = ""


@dataclass(frozen=True)
class Ratio:
    """One figure over another of the same scenario.

    Attributes:
        at_most: the target for ours over theirs.
        times_faster: the target for theirs over ours, which is shown instead.
    """

    what: str
    scenario: str
    theirs: str
    ours: str = "scgapi"
    at_most: float | None = None
    times_faster: float | None = None
    against: str | None = None
    unit: str = "µs"

    def row(self, results: Results) -> Row | None:
        """Return the comparison, or None if its scenario did not run."""
        if self.scenario not in results:
            return None
        ours = _figure(results, self.scenario, self.ours)
        theirs = _figure(results, self.scenario, self.theirs)
        name = COMPETITORS[self.ours].label
        what = self.what if self.ours == "scgapi" else f"{self.what} ({name.removeprefix('scgapi, ')})"
        shown = (what, _shown(ours, self.unit), self.against or COMPETITORS[self.theirs].label)
        has_bar = self.at_most is not None or self.times_faster is not None
        if isinstance(ours, str) or isinstance(theirs, str):
            return Row(*shown, _shown(theirs, self.unit), "", self._bar(), "not measured" if has_bar else "")
        return Row(
            *shown,
            _shown(theirs, self.unit),
            self._ratio(ours, theirs),
            self._bar(),
            self._verdict(ours, theirs),
            _memory(ours, theirs),
        )

    def _bar(self) -> str:
        if self.times_faster is not None:
            return f"at least {self.times_faster:g}x faster"
        return "" if self.at_most is None else f"at most {self.at_most:g}x"

    def _ratio(self, ours: Figure, theirs: Figure) -> str:
        if self.times_faster is not None:
            return f"{theirs.value / ours.value:.1f}x faster"
        ratio = ours.value / theirs.value
        return f"{ratio:.{2 if ratio >= 0.1 else 3}f}x"

    def _verdict(self, ours: Figure, theirs: Figure) -> Verdict:
        if self.times_faster is not None:
            return "met" if theirs.value >= self.times_faster * ours.value else "missed"
        if self.at_most is not None:
            return "met" if ours.value <= self.at_most * theirs.value else "missed"
        return ""


@dataclass(frozen=True)
class Amount:
    """A figure by itself, or its distance from another, with its upper limit."""

    what: str
    scenario: str
    at_most: float
    unit: str
    ours: str = "scgapi"
    over: str | None = None
    grown: bool = False

    def row(self, results: Results) -> Row | None:
        """Return the figure and its target, or None if its scenario did not run."""
        if self.scenario not in results:
            return None
        ours = _figure(results, self.scenario, self.ours)
        over = _figure(results, self.scenario, self.over) if self.over else Figure(0)
        target = f"at most {self.at_most:g} {self.unit}".rstrip()
        against, theirs = (self.over, _shown(over, self.unit)) if self.over else ("", "")
        if isinstance(ours, str) or isinstance(over, str):
            return Row(self.what, _shown(ours, self.unit), against, theirs, "", target, "not measured")
        value = (ours.grown or 0.0) if self.grown else ours.value - over.value
        shown = _shown(Figure(value) if self.grown else ours, self.unit)
        ratio = f"{value:+.1f} {self.unit}" if self.over else ""
        return Row(
            self.what, shown, against, theirs, ratio, target, "met" if value <= self.at_most else "missed"
        )


def _figure(results: Results, scenario: str, name: str) -> Figure | str:
    return results[scenario].get(name, "not measured")


def _shown(figure: Figure | str, unit: str) -> str:
    if isinstance(figure, str):
        return figure
    digits = 1 if figure.value < 100 and unit else 0
    return f"{figure.value:,.{digits}f} {unit}".rstrip()


def _memory(ours: Figure, theirs: Figure) -> str:
    if ours.peak is None or theirs.peak is None:
        return ""
    return f"{ours.peak:.0f} / {theirs.peak:.0f}"


_GET, _POST = "GET of one object, CPU", "POST of a message request, CPU"
_LIST = "listing 20,000 messages, CPU for each"
_SENDS, _MANY = "sends, 100 at once, CPU", "sends, 1,000 at once, CPU"
_COLD = "first 500 sends, 100 at once, CPU"
_FIRST = "import, first client, first GET"

COMPARISONS: tuple[Ratio | Amount, ...] = (
    Amount("`import scgapi`, over a bare interpreter", "import", 15, "ms"),
    Amount("httpx, pydantic and tenacity loaded by it", "modules", 0, ""),
    *(
        Ratio("import", "import", name, unit="ms", against=f"`import {COMPETITORS[name].module}`")
        for name in ("httpx", "aiohttp", "pyreqwest", "requests", "openai", "telnyx", "stripe", "twilio")
    ),
    Ratio(_FIRST, "first-call", "httpx", at_most=1.15, unit="ms"),
    Ratio(_FIRST, "first-call", "httpx-no-tls", at_most=1.15, unit="ms"),
    Ratio(_FIRST, "first-call", "telnyx", times_faster=6, unit="ms"),
    Ratio(_FIRST, "first-call", "httpx", ours="scgapi-fast", at_most=1.15, unit="ms"),
    *(Ratio(_FIRST, "first-call", name, unit="ms") for name in ("requests", "openai", "stripe", "twilio")),
    *(
        comparison
        for what, scenario in ((_GET, "get"), (_POST, "post"))
        for comparison in (
            Ratio(what, scenario, "httpx", at_most=1.1),
            Ratio(what, scenario, "httpx-json"),
            *(
                Ratio(what, scenario, name, at_most=0.5)
                for name in ("requests", "openai", "twilio", "telnyx")
            ),
            Ratio(what, scenario, "stripe"),
            Ratio(what, scenario, "pyreqwest"),
        )
    ),
    Ratio(_GET, "get", "httpx", ours="scgapi-fast", at_most=0.5),
    Ratio(_GET, "get", "requests", ours="scgapi-fast", at_most=0.5),
    Ratio(_GET, "get", "pyreqwest", ours="scgapi-fast"),
    Ratio(_POST, "post", "httpx", ours="scgapi-fast"),
    Ratio(_POST, "post", "requests", ours="scgapi-fast", at_most=0.5),
    Ratio(_LIST, "list-20000", "httpx", at_most=1.25),
    Ratio(_LIST, "list-20000", "httpx-json"),
    Ratio(_LIST, "list-20000", "telnyx", times_faster=4),
    Ratio(_LIST, "list-20000", "openai", times_faster=4),
    Ratio("listing 200,000 messages, CPU for each", "list-200000", "httpx", at_most=1.25),
    Ratio(_SENDS, "sends-100", "httpx", at_most=0.35),
    Ratio(_SENDS, "sends-100", "httpx-default"),
    Ratio(_SENDS, "sends-100", "telnyx", at_most=0.4),
    Ratio(_SENDS, "sends-100", "openai"),
    Ratio(_SENDS, "sends-100", "aiohttp"),
    Ratio(_COLD, "cold", "httpx", at_most=0.12),
    Ratio(_COLD, "cold", "aiohttp"),
    Ratio(_MANY, "sends-1000", "scgapi@100", at_most=1.5, against="its own, 100 at once"),
    Amount("memory added by sends at 1,000 after the second round", "sends-1000", 10, "MiB", grown=True),
    Ratio(_SENDS, "sends-100", "aiohttp", ours="scgapi-fast", at_most=1.25),
    Ratio(_SENDS, "sends-100", "pyreqwest", ours="scgapi-fast"),
    Ratio(_MANY, "sends-1000", "aiohttp", ours="scgapi-fast", at_most=1.25),
    Ratio(_COLD, "cold", "aiohttp", ours="scgapi-fast"),
    Ratio(
        "100 threads on one client, CPU", "threads", "httpx", at_most=1.1, against="100 bare httpx.Clients"
    ),
    Ratio(
        "listing with 20 ms of latency, wall",
        "waiting",
        "scgapi",
        ours="scgapi-ahead",
        times_faster=4,
        against="one page after the other",
    ),
    Ratio("listing with 20 ms of latency, wall", "waiting", "httpx"),
    Amount("most memory when listing a million", "million", 10, "MiB", ours="million", over="ten thousand"),
)


def rows(results: Results) -> list[Row]:
    """Return the rows of all comparisons whose scenarios ran."""
    return [row for comparison in COMPARISONS if (row := comparison.row(results))]
