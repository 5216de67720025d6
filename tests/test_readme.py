"""What the README says works as it stands there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import scgapi
from scgapi.sandbox import Sandbox

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
PROGRAMS: list[str] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
LINES: list[str] = re.findall(r"```sh\n(python3 -m venv.*)\n```", README)


def run(program: str, folder: Path, **environment: str) -> str:
    finished = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=folder,
        env={**os.environ, **environment},
    )
    assert (finished.returncode, finished.stderr) == (0, "")
    return finished.stdout


def asynchronous(program: str) -> str:
    body = textwrap.indent(program, "    ")
    return f"import asyncio\nimport scgapi\nasync def main():\n{body}\nasyncio.run(main())"


def test_the_first_program_works_when_pasted(tmp_path: Path) -> None:
    assert re.fullmatch(r"\w{20,26} SENT\n", run(PROGRAMS[0], tmp_path))


def test_the_other_programs_work_with_credentials_in_the_environment(
    gateway: Sandbox, tmp_path: Path
) -> None:
    (tmp_path / "picture.jpg").write_bytes(b"\xff\xd8")
    credentials = {"SCG_URL": gateway.url, "SCG_TOKEN": gateway.auth.token or ""}
    assert "15555551122 ['SMS']" in run(PROGRAMS[1], tmp_path, **credentials)
    assert re.search(r"GSM-7.*\nCOMPLETED 3\n", run(f"import scgapi\n{PROGRAMS[3]}", tmp_path, **credentials))
    run(asynchronous(PROGRAMS[2]), tmp_path, **credentials)
    told = run(f"import scgapi\n{PROGRAMS[4]}", tmp_path, **credentials)
    assert told == "0 of 2 bytes\n2 of 2 bytes\n" * 2
    assert (tmp_path / "copy.jpg").read_bytes() == b"\xff\xd8"
    assert "'15555551122'" in run(asynchronous(PROGRAMS[5]), tmp_path, **credentials)
    run(PROGRAMS[6], tmp_path)
    assert len(PROGRAMS) == 7
    with scgapi.Client(gateway.auth) as scg:
        assert len(list(scg.messages.list(state="SCHEDULED"))) == 2


def test_ci_runs_the_readmes_test_line() -> None:
    try_it, test_it = LINES
    assert test_it in (ROOT / ".ci" / "run").read_text().splitlines()
    assert "examples/quickstart.py" in try_it
