"""A real browser: Chromium as it is installed on this machine, driven by playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EXECUTABLES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


# Not for the whole session: while playwright runs, its event loop is the one of this thread.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    executable = next(filter(None, map(shutil.which, EXECUTABLES)), None)
    if executable is None:
        pytest.skip("needs a Chromium: apt-get install chromium")
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"]) as started,
    ):
        yield started
