"""Requests to a gateway without HTTP, and a clock that moves only when a test sets it."""

from __future__ import annotations

from scgapi._core.operation import Operation
from scgapi.sandbox.gateway import APIRequest, APIResponse, Gateway
from scgapi.sandbox.state.progress import AfterReads, Progress
from scgapi.sandbox.state.store import Document, document, items

MDN = "+15550001111"


class Clock:
    def __init__(self, now: float = 1_700_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


class Caller:
    """A client of a gateway without HTTP."""

    def __init__(
        self,
        progress: Progress = AfterReads(1),  # noqa: B008 - a frozen value
        token_ttl: float | None = None,
    ) -> None:
        self.clock = Clock()
        self.gateway = Gateway(progress=progress, clock=self.clock, token_ttl=token_ttl)

    def reply(self, operation: Operation, *ids: str, body: object = None, **query: str) -> APIResponse:
        headers = {"authorization": f"Bearer {self.gateway.token}"}
        wire = {name.rstrip("_"): value for name, value in query.items()}
        return self.gateway.handle(APIRequest(operation, ids, wire, body, headers))

    def get(self, operation: Operation, *ids: str, body: object = None, **query: str) -> Document:
        reply = self.reply(operation, *ids, body=body, **query)
        assert reply.status == 200, reply
        found = document(reply.value)
        assert found is not None, reply
        return found

    def rows(self, operation: Operation, *ids: str, **query: str) -> list[Document]:
        return [
            row
            for item in items(self.get(operation, *ids, **query)["list"])
            if (row := document(item)) is not None
        ]

    def create(self, operation: Operation, *ids: str, **fields: object) -> str:
        return str(self.get(operation, *ids, body=wired(fields))["id"])

    def change(self, operation: Operation, *ids: str, **fields: object) -> None:
        reply = self.reply(operation, *ids, body=wired(fields) if fields else None)
        assert (reply.status, reply.value) == (204, None), reply

    def add(self, operation: Operation, owner: str, **fields: object) -> None:
        """Add members. The gateway responds with the owner's id."""
        assert self.get(operation, owner, body=fields) == {"id": owner}

    def refused(
        self, operation: Operation, *ids: str, body: object = None, **query: str
    ) -> tuple[int, str, str]:
        reply = self.reply(operation, *ids, body=body, **query)
        error = document(reply.value)
        assert error is not None, reply
        return reply.status, str(error["error_code"]), str(error["error_description"])


def wired(fields: dict[str, object]) -> dict[str, object]:
    return {name.rstrip("_"): value for name, value in fields.items()}
