"""Protection of every route from other hosts and web pages of other sites."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from starlette.testclient import TestClient

from scgapi._core.request import API_PREFIX, TOKEN_PREFIX
from scgapi.sandbox import Sandbox
from scgapi.sandbox.http.guard import Guard
from scgapi.sandbox.http.responses import http_response
from scgapi.sandbox.state.account import APIResponse

PATHS = [
    ("GET", "/sandbox/token"),
    ("POST", "/sandbox/token/rotate"),
    ("POST", "/sandbox/reset"),
    ("POST", "/sandbox/rules"),
    ("GET", f"{API_PREFIX}/contacts"),
    ("GET", f"{TOKEN_PREFIX}/apptoken-refresh"),
    ("OPTIONS", "/sandbox/reset"),
    ("GET", "/nothing"),
    ("GET", "/"),
    ("GET", "/web/app.js"),
    ("GET", "/sandbox/changes"),
    ("GET", "/sandbox/media/x"),
    ("GET", "/sandbox/phones"),
    ("POST", "/sandbox/phones/+15550001111/messages"),
]


@pytest.fixture
def http(gateway: Sandbox) -> Iterator[httpx.Client]:
    headers = gateway.auth.headers(gateway.auth.token, 0)
    with httpx.Client(base_url=gateway.url, headers=headers) as client:
        yield client


@pytest.mark.parametrize(("method", "path"), PATHS)
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:{port}"},
        {"Host": "127.0.0.1.evil.example:{port}"},
        {"Host": "localhost:1"},
        {"Host": "localhost"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "https://127.0.0.1:{port}"},
        {"Origin": "null"},
        {"Origin": "http://localhost:{port}"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example:{port}"},
    ],
    ids=str,
)
def test_requests_of_other_web_pages_are_refused(
    gateway: Sandbox, http: httpx.Client, method: str, path: str, headers: dict[str, str]
) -> None:
    token, port = gateway.auth.token, gateway.url.rpartition(":")[2]
    sent = {name: value.format(port=port) for name, value in headers.items()}
    answer = http.request(method, path, headers=sent)
    assert (answer.status_code, answer.json()["error_code"]) == (403, "403")
    assert gateway.auth.token == token
    assert gateway.received("*") == 0
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "127.0.0.1:{port}"},
        {"Host": "LOCALHOST:{port}"},
        {"Host": "[::1]:{port}"},
        {"Origin": "http://127.0.0.1:{port}", "Sec-Fetch-Site": "same-origin"},
        {"Host": "localhost:{port}", "Origin": "http://localhost:{port}"},
        {"Sec-Fetch-Site": "none"},
    ],
    ids=str,
)
def test_requests_of_programs_and_the_own_page_are_served(
    gateway: Sandbox, http: httpx.Client, headers: dict[str, str]
) -> None:
    port = gateway.url.rpartition(":")[2]
    sent = {name: value.format(port=port) for name, value in headers.items()}
    assert http.get("/sandbox/token", headers=sent).status_code == 200
    assert http.get(f"{API_PREFIX}/contacts", headers=sent).status_code == 200
    assert http.post("/sandbox/reset", headers=sent).status_code == 204


@pytest.mark.parametrize(
    ("host", "port", "allowed", "asked", "status"),
    [
        ("0.0.0.0", 8080, [], "sandbox:8080", 403),
        ("0.0.0.0", 8080, ["sandbox"], "sandbox:8080", 200),
        ("0.0.0.0", 8080, ["sandbox"], "Sandbox:9090", 200),
        ("0.0.0.0", 8080, ["sandbox"], "sandbox", 200),
        ("0.0.0.0", 8080, ["sandbox:9090"], "sandbox:9090", 200),
        ("0.0.0.0", 8080, ["sandbox:9090"], "sandbox:8080", 403),
        ("0.0.0.0", 8080, ["sandbox:9090"], "sandbox", 403),
        ("0.0.0.0", 8080, ["sandbox"], "sandbox.evil.example", 403),
        ("0.0.0.0", 8080, ["[fe80::1]"], "[fe80::1]:8080", 200),
        ("0.0.0.0", 8080, [], "127.0.0.1:8080", 200),
        ("192.168.1.5", 8080, [], "192.168.1.5:8080", 200),
        ("::1", 8080, [], "[::1]:8080", 200),
        ("127.0.0.1", 80, [], "localhost", 200),
        ("127.0.0.1", 80, [], "localhost:81", 403),
        ("127.0.0.1", 8080, [], "", 403),
    ],
)
def test_known_host_names(host: str, port: int, allowed: list[str], asked: str, status: int) -> None:
    guard = Guard(http_response(APIResponse(200, {})), host, port, allowed)
    assert TestClient(guard).get("/", headers={"host": asked}).status_code == status


def test_more_names_can_be_allowed() -> None:
    with Sandbox(allowed_hosts=["sandbox.test"]) as gateway:
        path = f"{gateway.url}/sandbox/counts"
        assert httpx.get(path, headers={"host": "sandbox.test"}).status_code == 200
        refused = httpx.get(path, headers={"host": "other.test"})
    assert "--allowed-host" in refused.json()["error_description"]
    with pytest.raises(TypeError, match="a list of names"):
        Sandbox(allowed_hosts="sandbox.test")
