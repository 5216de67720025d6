"""The docs site, built as `nox -s docs` builds it, in a browser."""

from __future__ import annotations

import functools
import http.server
import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of the built site."""
    if find_spec("zensical") is None:
        pytest.skip("needs zensical: pip install '.[docs]'")
    built = subprocess.run(
        [sys.executable, "tools/docs_site.py"], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert built.returncode == 0, built.stdout + built.stderr
    handler = functools.partial(Quiet, directory=str(ROOT / "build" / "site"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_its_pages_load_everything_from_the_site_itself(site: str, browser: Browser) -> None:
    page = browser.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("requestfailed", lambda request: problems.append(request.url))
    page.on("request", lambda request: None if request.url.startswith(site) else problems.append(request.url))
    for path in (
        "",
        "readme/",
        "reference/client/",
        "reference/sending/",
        "reference/error-codes/",
        "upgrading/",
    ):
        page.goto(f"{site}/{path}", wait_until="networkidle")
    page.close()
    assert problems == []


def test_the_reference_shows_keywords_and_read_only_fields(site: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{site}/reference/sending/", wait_until="networkidle")
    text = page.locator("main").inner_text()
    page.close()
    assert "from_: Sender" in text
    assert "scheduled_delivery_time: TimestampInput | None" in text
    assert "**fields" not in text
    assert "read-only" in text


def test_search_finds_the_client(site: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(site, wait_until="networkidle")
    page.keyboard.press("Control+k")
    page.keyboard.type("AsyncClient")
    # The first page does not say it: it comes with what was found.
    page.get_by_text("AsyncClient").first.wait_for(timeout=30_000)
    page.close()
