"""Measure how many mutants of `scgapi/_core` its tests detect.

    python tools/mutate.py [module ...]

mutmut makes the changes and runs the tests, in a copy of the checkout; what counts is decided here. It leaves alone
what is outside of functions, and functions with decorators.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
CORE = Path("scgapi/_core")
MIN_DETECTED_PERCENT = 90.0
"""Least share of detected mutants in each module."""
DETECTED = frozenset({1, 3, 24, -24, 36, 152})
"""Exit codes that mutmut records for a detected mutant: a test failed, or timed out."""
# forkserver: a fork of a process that has run the tests already would find its caches full.
SETTINGS = """\
[mutmut]
source_paths=scgapi
only_mutate=
    {modules}
pytest_add_cli_args_test_selection=
    tests/core
process_isolation=forkserver
"""


def main(names: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "__pycache__", "dist", "build"))
        paths = [CORE / f"{name}.py" for name in names] or [CORE / "*"]
        modules = "\n    ".join(map(str, paths))
        (copy / "setup.cfg").write_text(SETTINGS.format(modules=modules))
        run = mutmut(copy, "run", "--max-children", str(os.cpu_count() or 1))
        results = {path: results_of(path) for path in sorted((copy / "mutants" / CORE).glob("*.py.meta"))}
        if not any(results.values()):
            print(run.stdout[-2000:])
            return 1
        survivors = [name for found in results.values() for name, end in found.items() if is_alive(end)]
        for name in survivors:
            print(mutmut(copy, "show", name).stdout)
        return report({path.name.partition(".")[0]: found for path, found in results.items() if found})


def mutmut(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # Python must import the copy, wherever the checkout is installed.
    here = {**os.environ, "PYTHONPATH": str(copy)}
    command = [sys.executable, "-m", "mutmut", *arguments]
    return subprocess.run(
        command, cwd=copy, env=here, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )


def results_of(path: Path) -> dict[str, int | None]:
    found: dict[str, int | None] = json.loads(path.read_text())["exit_code_by_key"]
    return found


def is_alive(end: int | None) -> bool:
    """Return True if no test detected the mutant, or if it could not be tried."""
    return end not in DETECTED


def report(results: dict[str, dict[str, int | None]]) -> int:
    print(f"{'module':12}{'mutants':>9}{'survived':>10}{'killed':>9}")
    totals = Counter[str]()
    poor: list[str] = []
    for module, found in results.items():
        alive = sum(map(is_alive, found.values()))
        totals.update(mutants=len(found), alive=alive)
        print(row(module, len(found), alive))
        if score(len(found), alive) < MIN_DETECTED_PERCENT:
            poor.append(module)
    print(row("all", totals["mutants"], totals["alive"]))
    if poor:
        print(f"below {MIN_DETECTED_PERCENT:.0f} %: {', '.join(poor)}")
    return 1 if poor else 0


def row(name: str, mutants: int, alive: int) -> str:
    return f"{name:12}{mutants:9}{alive:10}{score(mutants, alive):8.1f}%"


def score(mutants: int, alive: int) -> float:
    return 100 * (mutants - alive) / mutants


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
