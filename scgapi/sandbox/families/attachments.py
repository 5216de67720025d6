"""Attachments, and their bytes under a prefix of their own, where the token in the path is all it takes."""

from __future__ import annotations

from dataclasses import dataclass

from scgapi.models import attachments
from scgapi.sandbox.checks import checked_body
from scgapi.sandbox.errors import GatewayError, not_found
from scgapi.sandbox.resource import Resource
from scgapi.sandbox.store import Document, new_id, number
from scgapi.sandbox.world import Call, Handlers, Reply, World


@dataclass(frozen=True)
class _Token:
    attachment_id: str
    expires: int | None


class _Vault:
    """The bytes of attachments, and the tokens that open them."""

    def __init__(self, _world: World) -> None:
        self.content: dict[str, bytes] = {}
        self.tokens: dict[str, _Token] = {}


def _defaults(_world: World, _fields: Document) -> Document:
    return {"size": None, "state": "CREATED"}


def _removed(world: World, row: Document) -> None:
    world.part(_Vault).content.pop(str(row["id"]), None)


def _create_token(world: World, call: Call) -> Reply:
    ATTACHMENTS.rows(world).get(call.ids[0])
    expires = number(checked_body(call.operation, call.body).get("expiry_time"))
    token = new_id()
    world.part(_Vault).tokens[token] = _Token(call.ids[0], expires)
    return Reply(200, {"id": token})


def _upload(world: World, call: Call) -> Reply:
    row = _opened(world, call.ids[0])
    content = call.body if isinstance(call.body, bytes) else b""
    world.part(_Vault).content[str(row["id"])] = content
    ATTACHMENTS.rows(world).change(str(row["id"]), {"state": "UPLOADED", "size": len(content)})
    return Reply()


def _download(world: World, call: Call) -> Reply:
    row = _opened(world, call.ids[0])
    if row["state"] != "UPLOADED":
        raise GatewayError(400, "SCG_ERROR_40030", "Only UPLOADED attachments can be downloaded.")
    return Reply(200, world.part(_Vault).content[str(row["id"])], "application/octet-stream")


def _opened(world: World, token: str) -> Document:
    known = world.part(_Vault).tokens.get(token)
    row = ATTACHMENTS.rows(world).find(known.attachment_id) if known else None
    if known is None or row is None:
        raise not_found("access token")
    if known.expires is not None and known.expires <= world.now():
        raise GatewayError(404, "SCG_ERROR_4046", "Access token expired")
    return row


ATTACHMENTS = Resource(
    spec=attachments, model=attachments.AttachmentData, defaults=_defaults, removed=_removed
)

HANDLERS: Handlers = {
    **ATTACHMENTS.handlers(),
    attachments.CREATE_ACCESS_TOKEN: _create_token,
    attachments.UPLOAD: _upload,
    attachments.DOWNLOAD: _download,
}
