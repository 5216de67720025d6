"""A list of any size is planned in the same memory, and fast."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from benchmarks.processes import ROOT


def measured(rows: int) -> dict[str, float]:
    """Plan a list in a process of its own."""
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.planning", str(rows)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    figures: dict[str, float] = json.loads(run.stdout)
    print(figures)
    return figures


def test_thirty_times_the_list_takes_hardly_more_memory() -> None:
    small, large = measured(2_000), measured(60_000)
    assert large["recipients"] > 55_000
    assert large["peak_mib"] < small["peak_mib"] + 24


@pytest.mark.nightly
def test_a_million_recipients() -> None:
    small, large = measured(10_000), measured(1_000_000)
    assert large["recipients"] > 950_000
    assert large["peak_mib"] < small["peak_mib"] + 64
    # By CPU time: other programs of the machine do not count.
    assert large["rows_per_cpu_second"] > 20_000
