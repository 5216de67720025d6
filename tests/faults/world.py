"""The gateway behind the faults: as little as shows what was done, how often, and to whom."""

from __future__ import annotations

import json

from scgapi._core.json import parse_object
from scgapi._core.request import API_PREFIX, ATTACHMENT_PREFIX, TOKEN_PREFIX
from tests.faults.server import Answer, Key, Received

CONTACT = f"{API_PREFIX}/contacts/c"
CONTACTS = f"{API_PREFIX}/contacts"
SENDS = f"{API_PREFIX}/messaging/message_requests"
TOKENS = f"{API_PREFIX}/messaging/attachments/a/access_tokens"
CONTENT = f"{ATTACHMENT_PREFIX}/messaging/attachments/tok/content"
REFRESH: Key = ("GET", f"{TOKEN_PREFIX}/apptoken-refresh")
STORED = b"what was stored"


class Gateway:
    """A World: one contact, one attachment, the sends, and a token that a refresh changes."""

    def __init__(self, token: str = "token-0", *, keep_alive: bool = True) -> None:
        self.token = token
        self.refreshes = 0
        self.version = 3
        self.last_name = "Doe"
        self.deleted = False
        self.content = STORED
        self.sends: list[str | None] = []  # the external id of each
        self.created = 0
        self.keep_alive = keep_alive

    def __call__(self, request: Received) -> Answer:
        answer = self._refreshed() if request.key == REFRESH else self._answer(request)
        if self.keep_alive:
            return answer
        return Answer(answer.status, answer.body, {**answer.headers, "connection": "close"})

    def _answer(self, request: Received) -> Answer:
        if request.headers.get("authorization") != f"Bearer {self.token}":
            return refused(401, "4011", "Expired token")
        if request.path == CONTACT:
            return self._contact(request)
        if request.path == SENDS:
            return self._sent(request) if request.method == "POST" else self._found(request)
        if request.key == ("POST", CONTACTS):
            self.created += 1
            return said(id=f"contact-{self.created}")
        if request.key == ("POST", TOKENS):
            return said(id="tok")
        if request.path == CONTENT:
            return self._stored(request)
        return refused(404, "4040", "No such resource")

    def _refreshed(self) -> Answer:
        self.refreshes += 1
        self.token = f"{self.token.partition('#')[0]}#{self.refreshes}"
        return said(accessToken=self.token, validityTime=900)

    def _contact(self, request: Received) -> Answer:
        if self.deleted:
            return refused(404, "4040", "No such contact")
        if request.method == "GET":
            return said(id="c", version_number=self.version, first_name="John", last_name=self.last_name)
        if request.method == "DELETE":
            self.deleted = True
            return Answer(204)
        body = parse_object(request.body or b"")
        if body.get("version_number") != self.version:
            return refused(409, "1001", "Stale data")
        self.version += 1
        self.last_name = str(body.get("last_name"))
        return Answer(204)

    def _sent(self, request: Received) -> Answer:
        found = parse_object(request.body or b"").get("external_id")
        self.sends.append(found if isinstance(found, str) else None)
        return said(id=f"r{len(self.sends) - 1}")

    def _found(self, request: Received) -> Answer:
        wanted = request.query.get("external_id")
        rows = [{"id": f"r{n}", "external_id": one} for n, one in enumerate(self.sends) if one == wanted]
        return said(list=rows, total=len(rows), offset=0, limit=100)

    def _stored(self, request: Received) -> Answer:
        if request.method == "GET":
            return Answer(200, self.content, {"content-type": "text/plain"})
        self.content = request.body or b""
        return Answer(204)


def said(**fields: object) -> Answer:
    """A JSON object with status 200."""
    return Answer(200, json.dumps(fields).encode(), {"content-type": "application/json"})


def refused(status: int, code: str, text: str) -> Answer:
    """An error as the gateway words it."""
    body = json.dumps({"error_code": f"SCG_ERROR_{code}", "error_description": text}).encode()
    return Answer(status, body, {"content-type": "application/json"})
