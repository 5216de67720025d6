"""Measure scgapi against other clients: `python -m benchmarks`.

Prints one table of ratios and targets. A whole run writes it into docs/performance.md, too.
"""

from __future__ import annotations

import argparse
import platform
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.comparisons import Results, rows
from benchmarks.processes import ROOT, serving
from benchmarks.scenarios import SCENARIOS
from benchmarks.table import placed, rendered

DOCUMENT = ROOT / "docs" / "performance.md"
CLIENTS = (
    "httpx", "pydantic", "aiohttp", "pyreqwest", "requests", "openai", "telnyx", "stripe", "twilio",
)  # fmt: skip


def main() -> None:
    """Run the benchmarks that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", action="append", choices=SCENARIOS, help="a scenario; may be repeated")
    parser.add_argument("--quick", action="store_true", help="few rounds: a glance, not a measurement")
    options = parser.parse_args()
    results: Results = {}
    began = time.monotonic()
    with serving() as server:
        for name in options.only or SCENARIOS:
            print(f"{time.monotonic() - began:4.0f} s {name}", file=sys.stderr)
            results[name] = SCENARIOS[name](server, options.quick)
    table = f"{_machine()}\n\n{rendered(rows(results))}"
    print(table)
    if not (options.only or options.quick):
        DOCUMENT.write_text(placed(DOCUMENT.read_text(), table))


def _machine() -> str:
    return (
        f"CPython {platform.python_version()}, {platform.system()}, {_processor()}; "
        + ", ".join(f"{name} {_version(name)}" for name in CLIENTS)
        + "."
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{len(models)} cores of {models[0]}" if models else platform.machine()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


if __name__ == "__main__":
    main()
