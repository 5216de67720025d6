"""The HTTP server of the sandbox."""

from __future__ import annotations

import json
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from scgapi._core.request import API_PREFIX, ATTACHMENT_PREFIX, TOKEN_PREFIX
from scgapi.auth import AuthInfo
from scgapi.sandbox import Sandbox
from scgapi.sandbox.__main__ import main
from scgapi.sandbox.server import _listen


def web(sandbox: Sandbox) -> httpx.Client:
    return httpx.Client(
        base_url=sandbox.url + API_PREFIX, headers=sandbox.auth.headers(sandbox.auth.token, 0)
    )


@pytest.fixture(scope="module")
def served() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def http(served: Sandbox) -> Iterator[httpx.Client]:
    served.reset()
    with web(served) as client:
        yield client


def error(response: httpx.Response) -> tuple[int, object]:
    body: dict[str, object] = response.json()
    assert set(body) == {"error_code", "error_description"}
    return response.status_code, body["error_code"]


def test_a_contact_is_created_changed_and_deleted(http: httpx.Client) -> None:
    made = http.post("/contacts", json={"first_name": "Ann", "last_name": "Ødegård"})
    assert (made.status_code, list(made.json())) == (200, ["id"])
    path = f"/contacts/{made.json()['id']}"
    assert http.get(path).json()["last_name"] == "Ødegård"
    changed = http.post(path, json={"first_name": "Bo", "version_number": 1})
    assert (changed.status_code, changed.content) == (204, b"")
    assert http.get("/contacts", params={"first_name": "Bo"}).json()["total"] == 1
    assert http.delete(path).status_code == 204
    assert error(http.get(path)) == (404, "404")


def test_collections_may_end_in_a_slash(http: httpx.Client) -> None:
    assert http.post("/contacts/", json={}).status_code == 200
    assert http.get("/contacts/?offset=0").json()["total"] == 1
    assert http.get("/messaging/sender_ids/list/").json()["total"] == 7


def test_paths_and_methods_that_are_not_there(http: httpx.Client) -> None:
    assert error(http.get("/nothing")) == (404, "404")
    assert error(http.get("/")) == (404, "404")
    refused = http.put("/contacts")
    assert error(refused) == (405, "405")
    assert set(refused.headers["allow"].replace(" ", "").split(",")) >= {"GET", "POST"}


@pytest.mark.parametrize(
    "body", [b"{", b"\xff", b'{"first_name": NaN}', b'{"first_name": "\\ud800"}', b"[" * 5000]
)
def test_bodies_that_are_not_json(http: httpx.Client, body: bytes) -> None:
    assert error(http.post("/contacts", content=body)) == (400, "SCG_ERROR_40025")
    # Who may not come in is told nothing about the body.
    assert error(http.post("/contacts", content=body, headers={"authorization": "Bearer x"})) == (401, "401")


def test_an_expired_token_is_refreshed(served: Sandbox, http: httpx.Client) -> None:
    served.expire_token()
    assert error(http.get("/contacts")) == (401, "401")
    auth = served.auth
    refreshed = httpx.get(f"{served.url}{TOKEN_PREFIX}/apptoken-refresh?{auth.refresh_query(auth.token)}")
    token: str = refreshed.json()["accessToken"]
    assert http.get("/contacts", headers={"authorization": f"Bearer {token}"}).status_code == 200
    assert served.auth.token == token
    served.reset()
    assert http.get("/contacts").status_code == 200


@pytest.mark.parametrize("size", [0, 1, 5_000_000])
def test_uploads_and_downloads(served: Sandbox, http: httpx.Client, size: int) -> None:
    content = bytes(range(256)) * (size // 256 + 1)
    content = content[:size]
    key: str = http.post("/messaging/attachments", json={"name": "a"}).json()["id"]
    token: str = http.post(f"/messaging/attachments/{key}/access_tokens").json()["id"]
    url = f"{served.url}{ATTACHMENT_PREFIX}/messaging/attachments/{token}/content"
    assert error(httpx.get(url)) == (400, "SCG_ERROR_40030")
    assert httpx.post(url, content=iter([content])).status_code == 204
    down = httpx.get(url)
    assert (down.content, down.headers["content-type"]) == (content, "application/octet-stream")
    assert http.get(f"/messaging/attachments/{key}").json()["size"] == size
    assert error(httpx.post(url.replace(token, "nonsense"), content=content)) == (404, "404")


def test_two_run_side_by_side(http: httpx.Client) -> None:
    with Sandbox() as other, web(other) as elsewhere:
        elsewhere.post("/contacts", json={"first_name": "Ann"})
        assert elsewhere.get("/contacts").json()["total"] == 1
        assert http.get("/contacts").json()["total"] == 0
        assert elsewhere.get("/contacts", headers=dict(http.headers)).status_code == 401
        other.reset()
        assert elsewhere.get("/contacts").json()["total"] == 0


def test_responses_are_sent_without_delay() -> None:
    with _listen("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP  # or asyncio leaves Nagle's algorithm on: 40 ms a call


def test_repeated_starts_and_stops() -> None:
    sandbox = Sandbox()
    with pytest.raises(RuntimeError, match="before it is started"):
        _ = sandbox.url
    sandbox.stop()
    sandbox.start()
    sandbox.start()
    url = sandbox.url
    with web(sandbox) as client:
        client.get("/contacts")  # the connection stays open
        sandbox.stop()
        sandbox.stop()
        with pytest.raises(httpx.ConnectError):
            httpx.get(url)
        sandbox.start()
        assert sandbox.url == url
        assert client.get("/contacts").status_code == 200
    with pytest.raises(OSError, match="in use"):
        Sandbox(port=int(url.rpartition(":")[2])).start()
    sandbox.stop()


@pytest.mark.parametrize("interrupt", [signal.SIGINT, signal.SIGTERM])
def test_the_command_serves_until_interrupted(tmp_path: Path, interrupt: signal.Signals) -> None:
    path = tmp_path / "auth.json"
    path.write_text('{"token": "old", "url": "http://127.0.0.1:1"}')
    command = [sys.executable, "-m", "scgapi.sandbox", "--quiet", "--auth-file", str(path)]
    command += ["--allowed-host", "box.test"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line, page = (process.stdout.readline().rstrip("\n") for _ in range(2))
            auth = AuthInfo(config=path)
            headers = {**auth.headers(auth.token, 0), "host": "box.test"}
            answered = httpx.get(f"{auth.url}{API_PREFIX}/contacts", headers=headers)
        finally:
            process.send_signal(interrupt)
        _, errors = process.communicate(timeout=20)
    assert line == f"SCG sandbox listening on {auth.url}"
    assert page == f"See what it is sent at {auth.url}/"
    assert answered.status_code == 200
    assert (process.returncode, errors) == (0, "")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert set(json.loads(path.read_text())) == {"key", "secret", "token", "url"}
    assert list(tmp_path.iterdir()) == [path]


def test_the_command_reports_errors(served: Sandbox, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "scgapi.sandbox"]
    taken = subprocess.run(
        [*command, "--port", served.url.rpartition(":")[2]], capture_output=True, text=True, timeout=20
    )
    assert (taken.returncode, taken.stdout) == (1, "")
    assert taken.stderr.startswith("cannot listen at 127.0.0.1:")
    nowhere = subprocess.run(
        [*command, "--auth-file", str(tmp_path / "no" / "a")], capture_output=True, text=True, timeout=20
    )
    assert (nowhere.returncode, nowhere.stdout) == (1, "")
    assert nowhere.stderr.startswith("cannot write")


def test_the_command_replaces_only_what_a_sandbox_wrote(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(_: Sandbox) -> None:
        pytest.fail("it starts")

    monkeypatch.setattr(Sandbox, "start", start)
    path = tmp_path / "auth.json"
    for content in (
        '{"token": "mine"}',
        "not JSON",
        '{"key": "mine", "secret": "mine", "url": "https://api.syniverse.com"}',
    ):
        path.write_text(content)
        assert main(["--auth-file", str(path)]) == 1
        assert path.read_text() == content
        assert capsys.readouterr().err == (
            f"{path} was not written by a sandbox and is not replaced: move it away, or name another --auth-file\n"
        )


@pytest.mark.parametrize("part", ["python_multipart", "starlette", "uvicorn"])
def test_missing_packages_are_named(part: str) -> None:
    code = f"import sys; sys.modules[{part!r}] = None; import scgapi.sandbox"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=20)
    assert run.stderr.splitlines()[-1].endswith('pip install "scgapi[sandbox]"')
