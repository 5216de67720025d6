"""The shell blocks of the docs do what they show, against a sandbox; NOT_RUN says why others are not run.

A block of a new page is run without being listed here: in a folder with the page's files, until it ends, or until it says that
it waits. Only its exit status is then looked at; EXPECTED says what it prints.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from scgapi.sandbox import Sandbox
from tests.cli.conftest import environment
from tests.limits import PATIENCE
from tests.snippets import ROOT, blocks, credentials

PAGES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md"))
BLOCKS = {
    f"{page}, block {number}": block for page in PAGES for number, block in enumerate(blocks(page, "sh"))
}

NOT_RUN = {
    "docs/command-line.md, block 0": "installs the package",
    "docs/performance.md, block 0": "installs other SDKs and measures for minutes; see tests/test_benchmarks.py",
    "docs/recipes/aws-lambda.md, block 0": "downloads packages for another machine",
    "docs/recipes/celery.md, block 0": "needs a broker; the page's own tests run a worker without one",
    "docs/recipes/django.md, block 1": "serves until it is stopped; the page's own tests serve the application",
    "docs/recipes/fastapi.md, block 0": "serves at a port that may be taken; the tutorials' blocks serve at another",
    "docs/recipes/fastapi.md, block 1": "serves until it is stopped; the page's own tests serve the application",
    "docs/recipes/fastapi.md, block 2": "needs the service of the block before",
    "docs/recipes/fastapi.md, block 3": "serves until it is stopped; the page's own tests serve the application",
    "docs/recipes/flask.md, block 0": "serves until it is stopped; the page's own tests serve the application",
    "docs/recipes/jupyter.md, block 0": "serves until it is stopped; the page's own tests run the cells",
    "docs/recipes/proxies-and-certificates.md, block 0": "needs its proxy; the page's own tests bring one",
    "docs/recipes/token-file.md, block 1": "needs root",
    "docs/testing.md, block 0": "tests/test_docs.py runs it",
    "docs/testing.md, block 1": "tests/test_docs.py runs it",
    "docs/testing.md, block 2": "tests/test_docs.py runs it",
    "docs/tutorials/attachments.md, block 1": "serves until it is stopped; the page's own tests receive",
    "docs/tutorials/receipts-in-a-database.md, block 1": "serves until it is stopped; the page's own tests receive",
    "docs/tutorials/send-a-code.md, block 1": "asks for the code; the page's own tests type it",
    "docs/tutorials/two-way-bot.md, block 1": "serves until it is stopped; the page's own tests receive",
}
ID = r"\w{20,26}"
EXPECTED: dict[str, tuple[int, str]] = {
    "docs/campaigns-cluster.md, block 0": (2, r'(?s)Plan of \'spring-sale\'.*"states": {"ACCEPTED": 2}.*'),
    "docs/command-line.md, block 1": (0, r"(?s)SCG sandbox listening on http://.*"),
    "docs/command-line.md, block 2": (
        1,
        rf'(?s).*\n{ID}\n{{"id": .*"Your code is 123456".*\nwaiting for messages.*',
    ),
    "docs/command-line.md, block 3": (1, r'.*\n"[A-Z]+"\n'),
    "docs/command-line.md, block 4": (3, r'(?s)Plan of \'spring-sale\'.*"states": {"ACCEPTED": 2}.*'),
    "docs/recipes/django.md, block 0": (1, r"(?s).*Create model Text.*\nSENT\n"),
    "docs/recipes/token-file.md, block 0": (2, r""),
    "docs/tutorials/attachments.md, block 2": (1, r"(?s).*Sent: .*postcard-1.*"),
    "docs/tutorials/receipts-in-a-database.md, block 2": (1, r"ACCEPTED\n(ACCEPTED|DELIVERED)\n"),
}
"""How many texts a block sends, and what it prints on both streams."""

WAITS = re.compile(r"waiting for messages|listening on")
"""The line of a command that runs until it is stopped."""
GUESTS = "name,mobile,guests\nAnn,(212) 555-0123,2\nBob,212-555-0124,4\n"


def prepare(page: str, folder: Path) -> None:
    """Write the files that a page shows, and those that it takes for granted."""
    for block in blocks(page):
        named = re.match(r"# ((?:\w+/)*\w+\.py)\n", block)
        if named is not None:
            path = folder / named[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("a") as file:
                file.write(block)
    described = [block for block in blocks("docs/command-line.md", "toml") if "[recipients]" in block]
    (folder / "campaign.toml").write_text(described[0])
    (folder / "guests.csv").write_text(GUESTS)
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xdb" + bytes(200))
    for number in (1, 2):
        (folder / f"numbers-{number}.txt").write_text("+15552461234\n")
    commands = folder / "bin"
    commands.mkdir()
    for name, words in (("python", ""), ("scgapi", " -m scgapi.cli")):
        (commands / name).write_text(f'#!/bin/sh\nexec {sys.executable}{words} "$@"\n')
        (commands / name).chmod(0o755)


def script(block: str, port: int) -> str:
    """Return a block without placeholders, with its last command in place of the shell, so that it can be stopped."""
    lines = [line for line in block.replace("8080", str(port)).splitlines() if "…" not in line]
    if re.match(r"(scgapi|python) ", lines[-1]) and "|" not in lines[-1]:
        lines[-1] = f"exec {lines[-1]}"
    return "\n".join(["set -eu", *lines, ""])


def run(block: str, folder: Path, gateway: Sandbox) -> tuple[int, str]:
    """Run a block; return its exit status and what it printed. A command that waits is stopped."""
    if starts_a_sandbox(block):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = int(free.getsockname()[1])
    else:
        port = int(gateway.url.rpartition(":")[2])
    known = {"SCG_URL": gateway.url} if "scgapi " in block else credentials(gateway)
    if "SCG_CONFIG=auth.json" in block:
        known = {}
        auth = gateway.auth
        told = {"token": auth.token, "key": auth.key, "secret": auth.secret, "url": gateway.url}
        (folder / "auth.json").write_text(json.dumps(told))
    variables = environment(
        folder, **known, BROWSER="true", PATH=f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    )
    if "SCG_TOKEN_FILE" in block:
        variables["SCG_TOKEN_FILE"] = str(folder / "token.json")
    with subprocess.Popen(
        ["bash", "-c", script(block, port)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=folder,
        env=variables,
        start_new_session=True,
    ) as process:
        too_long = threading.Timer(PATIENCE, os.killpg, (process.pid, signal.SIGKILL))
        too_long.start()
        printed = ""
        assert process.stdout is not None
        for line in process.stdout:
            printed += line
            if WAITS.search(line):
                process.terminate()
        status = process.wait()
        too_long.cancel()
    return status, printed


def starts_a_sandbox(block: str) -> bool:
    return re.search(r"^scgapi sandbox|-m scgapi\.sandbox", block, re.MULTILINE) is not None


@pytest.mark.parametrize("name", [name for name in BLOCKS if name not in NOT_RUN])
def test_a_block_does_what_it_shows(name: str, gateway: Sandbox, tmp_path: Path) -> None:
    for tool in ("bash", "jq", "curl"):
        if (tool == "bash" or f"{tool} " in BLOCKS[name]) and shutil.which(tool) is None:
            pytest.skip(f"needs {tool}")
    prepare(name.partition(",")[0], tmp_path)
    status, printed = run(BLOCKS[name], tmp_path, gateway)
    assert status == 0, f"{printed}\nA block that cannot run here belongs into NOT_RUN, with the reason."
    if name in EXPECTED:
        sends, shown = EXPECTED[name]
        assert re.fullmatch(shown, printed), printed
        assert gateway.executed("message_requests.create") == sends


def test_the_lists_name_blocks_that_there_are() -> None:
    assert {*NOT_RUN, *EXPECTED} <= BLOCKS.keys()
    assert not NOT_RUN.keys() & EXPECTED.keys()
