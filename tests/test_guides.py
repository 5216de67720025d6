"""The programs of the tutorials and recipes pass their own tests as they stand there, and are typed.

Each Python block begins with the name of its file, which may be in a folder. Blocks of one name are parts of one file.
A page may have a `mypy.ini` in a block of its own, for the plugins of its framework, and cells of notebooks that await in a
file `.ipy`, which mypy does not check.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.limits import PATIENCE
from tests.snippets import ROOT, blocks

FOLDERS = ("docs/tutorials", "docs/recipes")
PAGES = sorted(str(path.relative_to(ROOT)) for folder in FOLDERS for path in (ROOT / folder).glob("*.md"))
WITH_PROGRAMS = [page for page in PAGES if not page.endswith("/index.md")]


def write_files(page: str, folder: Path) -> str:
    """Write the files of a page and return them as one text."""
    whole = [*blocks(page), *blocks(page, "ini")]
    for block in whole:
        named = re.match(r"# ((?:\w+/)*\w+\.(?:py|ini|ipy))\n", block)
        assert named is not None, f"{page}: a block that names no file: {block}"
        path = folder / named[1]
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a") as file:
            file.write(block)
    return "\n".join(whole)


@pytest.mark.parametrize("page", WITH_PROGRAMS)
def test_the_tests_of_a_page_pass(page: str, tmp_path: Path) -> None:
    tests = len(re.findall(r"^(?:async )?def test_", write_files(page, tmp_path), re.MULTILINE))
    assert tests
    options = ["-q", "-W", "error", "-p", "no:cacheprovider", "-p", "no:asyncio"]
    finished = subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=2 * PATIENCE,
        cwd=tmp_path,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    # A parametrized test passes several times.
    passed = re.search(r"^(\d+) passed", finished.stdout, re.MULTILINE)
    assert passed is not None, finished.stdout
    assert int(passed[1]) >= tests, finished.stdout


@pytest.mark.parametrize("page", WITH_PROGRAMS)
def test_the_files_of_a_page_are_typed(page: str, tmp_path: Path) -> None:
    write_files(page, tmp_path)
    # Another set of plugins would make mypy drop the cache that all others share.
    cache = ROOT / ".mypy_cache" / (Path(page).stem if (tmp_path / "mypy.ini").exists() else "")
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(cache), "."],
        capture_output=True,
        text=True,
        timeout=2 * PATIENCE,
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": str(ROOT)},
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_page_is_in_the_index_of_its_folder(folder: str) -> None:
    index = (ROOT / folder / "index.md").read_text()
    site = (ROOT / "mkdocs.yml").read_text()
    for path in (ROOT / folder).glob("*.md"):
        assert path.name == "index.md" or f"]({path.name})" in index, path
        assert str(path.relative_to(ROOT / "docs")) in site, path
