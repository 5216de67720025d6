"""Uploads as forms, bodies that are too large, and the older places of the token service."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from scgapi._core.request import API_PREFIX, ATTACHMENT_PREFIX
from scgapi.sandbox import Sandbox
from scgapi.sandbox.errors import GatewayError
from scgapi.sandbox.http import api
from scgapi.sandbox.http.bodies import uploaded_content

CONTENT = b"\r\n--picture\x00\xff" * 1000


@pytest.fixture
def http(gateway: Sandbox) -> Iterator[httpx.Client]:
    headers = gateway.auth.headers(gateway.auth.token, 0)
    with httpx.Client(base_url=gateway.url, headers=headers) as client:
        yield client


@pytest.fixture
def place(http: httpx.Client) -> str:
    """Path for the bytes of a new attachment."""
    key: str = http.post(f"{API_PREFIX}/messaging/attachments", json={"name": "a"}).json()["id"]
    token: str = http.post(f"{API_PREFIX}/messaging/attachments/{key}/access_tokens").json()["id"]
    return f"{ATTACHMENT_PREFIX}/messaging/attachments/{token}/content"


def test_the_part_is_stored_and_not_the_form(http: httpx.Client, place: str) -> None:
    files = {"file-upload": ("a.png", CONTENT, "image/png")}
    assert http.post(place, files=files, data={"note": "x"}).status_code == 204
    assert http.get(place).content == CONTENT
    (row,) = http.get(f"{API_PREFIX}/messaging/attachments").json()["list"]
    assert (row["state"], row["size"]) == ("UPLOADED", len(CONTENT))


def form(head: str, content: bytes = CONTENT) -> bytes:
    return (
        b"--b\r\nContent-Disposition: form-data; " + head.encode() + b"\r\n\r\n" + content + b"\r\n--b--\r\n"
    )


@pytest.mark.parametrize(
    "head",
    [
        'name="file-upload"',
        f'name="file-upload"; filename="a"; size="{len(CONTENT)}"\r\nContent-Length: {len(CONTENT)}',
        'name="file-upload"; filename=a\r\nContent-Type: image/png',
    ],
)
def test_forms_of_several_kinds(head: str) -> None:
    assert uploaded_content("Multipart/Form-Data; boundary=b", form(head)) == CONTENT


@pytest.mark.parametrize(
    ("kind", "content", "code"),
    [
        ("multipart/form-data; boundary=b", form('name="file"'), "SCG_ERROR_40026"),
        ("multipart/form-data; boundary=b", form('name="file-upload"; size="1"'), "SCG_ERROR_40025"),
        ("multipart/form-data; boundary=b", form('name="file-upload"')[:-9], "SCG_ERROR_40026"),
        ("multipart/form-data; boundary=b", b"nothing of the kind", "SCG_ERROR_40025"),
        ("multipart/form-data", form('name="file-upload"'), "SCG_ERROR_40025"),
    ],
)
def test_forms_that_are_refused(http: httpx.Client, place: str, kind: str, content: bytes, code: str) -> None:
    answer = http.post(place, content=content, headers={"content-type": kind})
    assert (answer.status_code, answer.json()["error_code"]) == (400, code)
    assert http.get(place).json()["error_code"] == "SCG_ERROR_40030"


def test_everything_else_is_the_content_itself() -> None:
    for kind in ("application/octet-stream", "image/png", "", "application/x-www-form-urlencoded"):
        assert uploaded_content(kind, CONTENT) == CONTENT
    with pytest.raises(GatewayError):
        uploaded_content("multipart/form-data; boundary=b", b"")


def test_bodies_are_bounded(http: httpx.Client, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "JSON_BYTES", 1000)
    monkeypatch.setattr(api, "CONTENT_BYTES", 2000)
    name = "x" * 1000
    for path, content in (
        (f"{API_PREFIX}/contacts", b'{"first_name": "%s"}' % name.encode()),
        (place, bytes(2001)),
        (place, bytes(9000)),
        ("/sandbox/rules", bytes((1 << 20) + 1)),
    ):
        for body in (content, iter([content])):
            answer = http.post(path, content=body)
            assert (answer.status_code, answer.json()["error_code"]) == (413, "413")
    assert http.post(place, content=bytes(2000)).status_code == 204
    assert http.get(f"{API_PREFIX}/contacts").json()["total"] == 0


@pytest.mark.parametrize("prefix", ["", "/v1", "/saop-rest-data/v1"])
def test_the_token_service_is_at_three_places(gateway: Sandbox, http: httpx.Client, prefix: str) -> None:
    auth = gateway.auth
    answer = http.get(f"{prefix}/apptoken-refresh?{auth.refresh_query(auth.token)}")
    assert answer.json()["accessToken"] == gateway.auth.token != auth.token
    assert gateway.received("auth.refresh") == 1
