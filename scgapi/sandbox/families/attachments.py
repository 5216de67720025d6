"""Attachments, and their bytes under a prefix of their own, where the token in the path is all it takes."""

from __future__ import annotations

from scgapi.models import attachments
from scgapi.sandbox.checks import checked_body
from scgapi.sandbox.errors import GatewayError, not_found
from scgapi.sandbox.resource import Resource
from scgapi.sandbox.store import Collection, Document, number
from scgapi.sandbox.world import Call, Handlers, Reply, World


class _Vault:
    """The bytes of attachments."""

    def __init__(self, _world: World) -> None:
        self.content: dict[str, bytes] = {}


def tokens(world: World) -> Collection:
    """The access tokens, for whatever they open and by whichever operation they were made."""
    return world.collection("access_tokens")


def content_of(world: World, key: str) -> bytes:
    """The bytes of an attachment that something is to be done with.

    Raises:
        GatewayError: there is no such attachment, or it was not uploaded yet.
    """
    row = ATTACHMENTS.rows(world).find(key)
    if row is None:
        text = f"Attachment {key} was not found neither in cache nor in database"
        raise GatewayError(403, "SCG_ERROR_4031", text)
    if row["state"] != "UPLOADED":
        raise GatewayError(403, "SCG_ERROR_4032", f"Attachment {key} is in incorrect state {row['state']}")
    return world.part(_Vault).content[key]


def keep(world: World, name: str, content: bytes) -> str:
    """Make an attachment of what the gateway itself has written, a CSV file; return its id."""
    about: Document = {"name": name, "filename": f"{name}.csv", "type": "text/csv", "size": len(content)}
    key = ATTACHMENTS.rows(world).add({**about, "state": "UPLOADED"})
    world.part(_Vault).content[key] = content
    return key


def _defaults(_world: World, _fields: Document) -> Document:
    return {"size": None, "state": "CREATED"}


def _removed(world: World, row: Document) -> None:
    world.part(_Vault).content.pop(str(row["id"]), None)


def _create_token(world: World, call: Call) -> Reply:
    ATTACHMENTS.rows(world).get(call.ids[0])
    fields = checked_body(call.operation, call.body)
    made = tokens(world).add({**fields, "resource": "ATTACHMENT", "resource_id": call.ids[0]})
    return Reply(200, {"id": made})


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
    known = tokens(world).find(token)
    row = ATTACHMENTS.rows(world).find(str(known["resource_id"])) if known else None
    if known is None or row is None:
        raise not_found("access token")
    expires = number(known.get("expiry_time"))
    if expires is not None and expires <= world.now():
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
