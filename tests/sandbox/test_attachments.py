"""Attachments and their contents."""

from __future__ import annotations

import pytest

from scgapi.models import attachments
from scgapi.sandbox.gateway import APIRequest
from tests.sandbox.calls import Caller


@pytest.fixture
def api() -> Caller:
    return Caller()


@pytest.mark.parametrize("content", [b"", b"\x00\xff" * 1000])
def test_uploads_and_downloads(api: Caller, content: bytes) -> None:
    key = api.create(attachments.CREATE, name="picture", type="image/jpeg")
    row = api.get(attachments.GET, key)
    assert (row["state"], row["size"], row["version_number"]) == ("CREATED", None, 1)
    token = api.create(attachments.CREATE_ACCESS_TOKEN, key)
    assert api.refused(attachments.DOWNLOAD, token)[:2] == (400, "SCG_ERROR_40030")
    # The token in the path is all it takes.
    assert api.gateway.handle(APIRequest(attachments.UPLOAD, (token,), body=content)).status == 204
    row = api.get(attachments.GET, key)
    assert (row["state"], row["size"], row["version_number"]) == ("UPLOADED", len(content), 2)
    assert api.gateway.handle(APIRequest(attachments.DOWNLOAD, (token,))).value == content


def test_unusable_tokens(api: Caller) -> None:
    key = api.create(attachments.CREATE)
    token = api.create(attachments.CREATE_ACCESS_TOKEN, key, expiry_time=int((api.clock.now + 5) * 1000))
    assert api.refused(attachments.UPLOAD, "nonsense", body=b"x")[:2] == (404, "404")
    assert api.refused(attachments.CREATE_ACCESS_TOKEN, "nothing")[:2] == (404, "404")
    api.clock.now += 5
    assert api.refused(attachments.UPLOAD, token, body=b"x")[:2] == (404, "SCG_ERROR_4046")
    other = api.create(attachments.CREATE_ACCESS_TOKEN, key)
    api.change(attachments.DELETE, key)
    assert api.refused(attachments.DOWNLOAD, other)[:2] == (404, "404")
