"""The programs of the README, and of the pages it leads to, work as they stand there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import scgapi
from scgapi.sandbox import Sandbox
from tests.snippets import PICTURE, ROOT, blocks, credentials, run

README = (ROOT / "README.md").read_text()
LINES: list[str] = re.findall(r"```sh\n(python3 -m venv.*)\n```", README)
ID = r"\w{20,26}"
PAGES: dict[str, list[str | None]] = {
    "docs/attachments.md": [
        r"0 of 4 bytes\n4 of 4 bytes\n0 of 4 bytes\n4 of 4 bytes\n",
        r"4\n",
        r"",
    ],
    "docs/campaign-lists.md": [
        r"(?s)Plan of 'spring-sale': nothing was sent\.\n.*Hi Zo\u00eb, your table for 3 is booked\.\n",
        r"\"Caf\u00e9\" - don't miss it\.\.\.\n",
    ],
    "docs/clients.md": [
        r"Client\(url='http://127.*'\)\n",
        r"None\n",
        r"",
        r"None\n",
        r"Client\(url='http://127.*'\)\n",
        r"\['\+15552223561', .*'155528999'.*\]\n",
    ],
    "docs/errors.md": [
        r"contacts\.get: .*\n404 \w+ contacts\.get REJECTED 1\n",
        r"",
    ],
    # The fifth calls a service that the sandbox does not have.
    "docs/events.md": [r"", r"", r"", r"", None, r"\+15552461234 Hi\n"],
    "docs/objects.md": [
        r"",
        r"None\n0 0 0\n",
        r"",
        rf"{ID}\n",
    ],
    "docs/sending.md": [
        r"\w+ 3\n",
        rf"COMPLETED 1 0\n{ID} SENT None\n",
        r"Segments\(encoding='GSM-7', segments=1, .*\)\n",
        r"",
        r"",
    ],
    "docs/upgrading.md": [
        r"(Sender id \+?\d+ has capabilities \[.*\]\n){4}",
        r"(Sender id \+?\d+ has capabilities \[.*\]\n){4}",
        r"John Doe changed name to John Anderson\n",
        rf"(Sent message request {ID}\n){{2}}",
        rf"(?s)Message request {ID} is in state COMPLETED with 0 .*\n - Message .*\n   - Fragment {ID} .*\n",
    ],
    "docs/observability.md": [
        r'\{"event": "sender_ids.list .*: ACCEPTED, status 200, attempts 1, .*"scg_attempts": 1.*\}\n',
        r'(?s).*"name": "message_requests.create".*"kind": "SpanKind.CLIENT".*',
    ],
    "docs/campaigns.md": [r"2\n2\n"],
    "README.md": [
        rf"{ID} SENT\n",
        r"(?s)Plan of 'spring-sale'.*2 of 2 accepted.*",
        r"(?s).*155528999 \['MMS', 'SMS'\]\n.*",
        rf"COMPLETED 2\n({ID} SENT None\n){{2}}",
        rf"{ID} SENT\n",
        r"",
        r"",
        r"(?s).*2 passed.*",
    ],
}

FOR_CONTRIBUTORS = [
    "CONTRIBUTING.md",
    "SECURITY.md",
    "CHANGELOG.md",
    "docs/architecture.md",
    "tests/README.md",
]


@pytest.mark.parametrize(
    ("page", "number"),
    [(page, number) for page in PAGES for number, shown in enumerate(PAGES[page]) if shown is not None],
)
def test_a_program_works_when_pasted(page: str, number: int, gateway: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "picture.jpg").write_bytes(PICTURE)
    printed = run(blocks(page)[number], tmp_path, **credentials(gateway))
    shown = PAGES[page][number]
    assert shown is not None
    assert re.fullmatch(shown, printed), printed


def test_no_program_is_left_out() -> None:
    for page, printed in PAGES.items():
        assert len(blocks(page)) == len(printed), page
    elsewhere = {"docs/performance.md", "docs/reliability.md", "docs/testing.md"}
    with_programs = {
        f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md") if blocks(f"docs/{path.name}")
    }
    assert with_programs <= {*PAGES, *elsewhere}


def test_the_programs_are_typed(tmp_path: Path) -> None:
    pages = ["README.md", *(str(path.relative_to(ROOT)) for path in sorted((ROOT / "docs").glob("*.md")))]
    for page in pages:
        folder = tmp_path / page.replace("/", "_").removesuffix(".md").replace("-", "_")
        for number, block in enumerate(blocks(page)):
            folder.mkdir(exist_ok=True)
            # Blocks that name a file are parts of it.
            named = re.match(r"# (\w+\.py)\n", block)
            with (folder / (named[1] if named else f"block_{number}.py")).open("a") as file:
                file.write(block)
    environment = {**os.environ, "MYPYPATH": str(ROOT)}
    for folder in sorted(tmp_path.iterdir()):
        checked = subprocess.run(
            [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), "."],
            cwd=folder, env=environment, capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        assert checked.returncode == 0, folder.name + checked.stdout


def test_the_first_program_needs_no_credentials(tmp_path: Path) -> None:
    assert re.fullmatch(rf"{ID} SENT\n", run(blocks("README.md")[0], tmp_path))


def test_the_programs_run_against_the_sandbox_that_the_readme_starts(tmp_path: Path) -> None:
    (command,) = [block for block in blocks("README.md", "sh") if "-m scgapi.sandbox" in block]
    arguments = command.split()[1:]
    with subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, cwd=tmp_path) as sandbox:
        try:
            assert sandbox.stdout is not None
            assert sandbox.stdout.readline()
            printed = run(blocks("README.md")[2], tmp_path, SCG_CONFIG="auth.json")
        finally:
            sandbox.terminate()
    assert "155528999 ['MMS', 'SMS']" in printed


def test_the_credentials_file_is_read_as_it_is_shown(tmp_path: Path) -> None:
    (shown,) = blocks("README.md", "json")
    path = tmp_path / "auth.json"
    path.write_text(shown)
    auth = scgapi.AuthInfo(config=path)
    assert json.loads(shown) == {"key": auth.key, "secret": auth.secret, "token": auth.token}


def test_ci_runs_the_readmes_test_line() -> None:
    try_it, test_it = LINES
    assert test_it in (ROOT / ".ci" / "run").read_text().splitlines()
    assert "examples/quickstart.py" in try_it
    assert README.index(try_it) < README.index("\n## ")
    assert README.index(test_it) < README.index("\n## ")


def test_the_readme_names_every_extra() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    named = re.findall(r"^\| `(\w+)` \|", README.partition("## Credentials")[0], re.MULTILINE)
    assert set(named) == set(project["optional-dependencies"])


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", ["README.md", "examples/README.md", *PAGES, *FOR_CONTRIBUTORS])
def test_links_lead_somewhere(page: str) -> None:
    path = ROOT / page
    for link in re.findall(r"\]\(([^)]+)\)", path.read_text()):
        if link.startswith("https://"):
            continue
        target, _, anchor = link.partition("#")
        found = (path.parent / target).resolve() if target else path
        assert found.exists(), link
        assert not anchor or anchor in anchors(found.read_text()), link


@pytest.mark.parametrize("page", FOR_CONTRIBUTORS)
def test_files_that_are_named_exist(page: str) -> None:
    named = re.findall(
        r"`((?:scgapi|tests|docs|tools|examples|benchmarks)/[\w./-]*)`", (ROOT / page).read_text()
    )
    assert named or page == "CHANGELOG.md"
    for path in named:
        assert (ROOT / path).exists(), path


def test_every_page_is_reached_from_the_readme() -> None:
    for path in (ROOT / "docs").glob("*.md"):
        assert f"](docs/{path.name})" in README


def test_each_note_that_the_code_cites_exists() -> None:
    numbers = re.findall(r"^## (\d+)\. ", (ROOT / "docs/api-notes.md").read_text(), re.MULTILINE)
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    for path in [*(ROOT / "scgapi").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]:
        assert set(re.findall(r"docs/api-notes\.md, note (\d+)", path.read_text())) <= set(numbers), path


def test_the_page_of_errors_names_each_class() -> None:
    named = set(re.findall(r"`(\w+Error)`", (ROOT / "docs/errors.md").read_text()))
    public = {name for name in dir(scgapi) if name.endswith("Error")}
    assert named | {"ScgError"} == public
