"""Run the Python blocks of a documentation page as they stand there, each in a process and a folder of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from scgapi.sandbox import Sandbox

ROOT = Path(__file__).parents[1]
PICTURE = b"\xff\xd8\xff\xd9"


def blocks(page: str, language: str = "python") -> list[str]:
    """Return the blocks of a page that are in a language."""
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / page).read_text(), re.DOTALL)


def run(program: str, folder: Path, **environment: str) -> str:
    """Run a program, or the tests in it if its first line names a test file. Return what it prints."""
    first = program.partition("\n")[0]
    path = folder / (first.removeprefix("# ") if first.startswith("# test_") else "program.py")
    path.write_text(program)
    command = (
        ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:asyncio"]
        if path.name.startswith("test_")
        else []
    )
    finished = subprocess.run(
        [sys.executable, "-W", "error", *command, path.name],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=folder,
        env={**os.environ, **environment},
    )
    # The server of the standard library logs what it answers.
    errors = re.sub(r'^127\.0\.0\.1 - - \[.*\] "POST .*\n', "", finished.stderr, flags=re.MULTILINE)
    assert (finished.returncode, errors) == (0, ""), finished.stdout + finished.stderr
    return finished.stdout


def credentials(gateway: Sandbox) -> dict[str, str]:
    """Return the environment that leads to a sandbox."""
    auth = gateway.auth
    return {
        "SCG_URL": gateway.url,
        "SCG_TOKEN": auth.token or "",
        "SCG_KEY": auth.key or "",
        "SCG_SECRET": auth.secret or "",
    }
