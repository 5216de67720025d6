"""The programs of docs/testing.md work as they stand there."""

from __future__ import annotations

import re
import shlex
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from scgapi.sandbox.faults import Fault

TEXT = (Path(__file__).parents[1] / "docs" / "testing.md").read_text()
BLOCKS: list[tuple[str, str]] = re.findall(r"```(\w*)\n(.*?)```", TEXT, re.DOTALL)
LINES = [block for language, block in BLOCKS if language == "sh"]


def test_the_programs_pass_their_tests(tmp_path: Path) -> None:
    tests = 0
    for language, block in BLOCKS:
        if language == "python":
            name = block.partition("\n")[0].removeprefix("# ")
            with (tmp_path / name).open("a") as file:
                file.write(block)
            tests += block.count("def test_")
    finished = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-W",
            "error",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:asyncio",
            str(tmp_path),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=tmp_path,
    )
    assert finished.returncode == 0, finished.stdout
    assert re.search(rf"^{tests} passed", finished.stdout, re.MULTILINE), finished.stdout


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_the_curl_lines_do_what_they_say(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    start, control, phones = (block.replace("8080", port) for block in LINES)
    command = [sys.executable, *shlex.split(start)[1:]]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=tmp_path) as sandbox:
        try:
            assert sandbox.stdout is not None
            assert sandbox.stdout.readline()
            done, told = (
                subprocess.run(
                    ["bash", "-euc", block], capture_output=True, text=True, timeout=30, check=True
                )
                for block in (control, phones)
            )
        finally:
            sandbox.terminate()
    counts = re.search(r"# (\{.*\})", control)
    assert counts is not None
    assert counts[1] in done.stdout
    assert '"fired":1' in done.stdout
    assert re.search(r"curl ended with (52|56)\n", done.stdout)
    assert '{"code":"123456"}' in told.stdout
    assert told.stdout.count('"body":"Thanks"') == 1


def test_nothing_is_left_to_chance() -> None:
    assert {language for language, _ in BLOCKS} == {"python", "sh"}
    assert len(LINES) == 3
    assert set(re.findall(r"^\| `([A-Z]\w+)\(", TEXT, re.MULTILINE)) == {
        kind.__name__ for kind in get_args(Fault)
    }
