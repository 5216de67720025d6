"""The page's files and streams, as they are served; tests/browser has the page itself."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.resources import files

import httpx
import pytest

from scgapi.models import message_requests
from scgapi.sandbox import Sandbox
from scgapi.sandbox.gateway import Gateway
from scgapi.sandbox.state.account import APIRequest
from tests.sandbox.calls import MDN

PICTURES = "155528999"
STATIC = [one for one in files("scgapi.sandbox.web").joinpath("static").iterdir() if one.is_file()]


@pytest.fixture
def http(gateway: Sandbox) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=gateway.url) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/favicon.ico", *(f"/web/{one.name}" for one in STATIC)])
def test_files_are_served_under_a_strict_policy(http: httpx.Client, path: str) -> None:
    shown = http.get(path)
    assert shown.status_code == 200
    policy = shown.headers["content-security-policy"]
    assert policy.startswith("default-src 'self';")
    assert "unsafe" not in policy
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert shown.headers["cross-origin-resource-policy"] == "same-origin"
    kinds = {"html": "text/html", "js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}
    ending = {"/": "html", "/favicon.ico": "svg"}.get(path, path.rpartition(".")[2])
    assert shown.headers["content-type"].partition(";")[0] == kinds[ending]
    assert http.post(path).status_code == 405


def test_nothing_else_is_served(http: httpx.Client) -> None:
    for path in (
        "/web",
        "/web/",
        "/web/routes.py",
        "/web/../routes.py",
        "/web/%2e%2e/routes.py",
        "/index.html",
    ):
        assert http.get(path).status_code == 404


def test_raw_messages_are_never_shown_as_html(gateway: Sandbox, http: httpx.Client) -> None:
    made = gateway.phone(MDN).reply("<script>alert(1)</script>", to=PICTURES)
    shown = http.get(f"/sandbox/messages/{made}")
    assert shown.headers["content-type"] == "application/json"
    assert shown.headers["x-content-type-options"] == "nosniff"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]
        self.inline += [name for name, _ in attrs if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)


def test_the_page_holds_nothing_inline_and_nothing_from_elsewhere(http: httpx.Client) -> None:
    reader = _Reader()
    reader.feed(http.get("/").text)
    assert reader.inline == []
    assert all(re.match(r"/web/|#", address) for address in reader.addresses)
    for one in STATIC:
        text = one.read_text()
        assert not re.search(
            r"innerHTML|outerHTML\s*=|insertAdjacentHTML|document\.write|eval\(|\.style\b", text
        )
        if one.name.endswith(".css"):
            assert "url(" not in text
            assert "@import" not in text


def test_changes_are_streamed_in_batches(gateway: Sandbox, http: httpx.Client) -> None:
    with http.stream("GET", "/sandbox/changes") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = stream.iter_lines()
        while next(lines) != ": connected":
            pass
        with gateway.gateway.account():
            for _ in range(3):
                gateway.phone(MDN).reply("Hi", to=PICTURES)
        told = [line for line in (next(lines), next(lines), next(lines), next(lines)) if line]
        assert (told[0], json.loads(told[1].removeprefix("data: "))) == ("event: phones", [MDN])
        gateway.reset()
        topics: set[str] = set()
        while "event: reset" not in topics:
            topics.add(next(lines))


def test_an_open_stream_does_not_keep_the_sandbox_from_stopping() -> None:
    with Sandbox() as gateway, httpx.stream("GET", f"{gateway.url}/sandbox/changes") as stream:
        lines = stream.iter_lines()
        while next(lines) != ": connected":
            pass
        gateway.stop()
        assert "event: closing" in list(lines)


def test_twenty_thousand_messages_are_shown_quickly() -> None:
    gateway = Gateway()
    headers = {"authorization": f"Bearer {gateway.token}"}
    for block in range(20):
        numbers = [f"+1555{2_000_000 + block * 1000 + number}" for number in range(1000)]
        body = {"from": PICTURES, "to": numbers, "body": f"Your code is {100_000 + block}"}
        assert gateway.handle(APIRequest(message_requests.CREATE, (), {}, body, headers)).status == 200
    number = "+15552000000"
    # Of this thread alone: what else the machine does is not counted.
    started = time.thread_time()
    phones = gateway.phones.latest(limit=51)
    messages = gateway.phone(number).messages(limit=50)
    gateway.phones.senders()
    assert time.thread_time() - started < 0.2
    assert (len(phones), len(messages)) == (51, 1)
    started = time.thread_time()
    assert len(gateway.phones.search("code is 100000", limit=51)) == 51
    assert time.thread_time() - started < 0.5
