"""Attachments, and their contents, which need no credentials but the token in the path."""

from __future__ import annotations

from scgapi.models import attachments
from scgapi.sandbox.errors import GatewayError, not_found
from scgapi.sandbox.resources.body_checks import checked_body
from scgapi.sandbox.resources.resource import Resource
from scgapi.sandbox.state.account import Account, APIRequest, APIResponse, OperationHandlers
from scgapi.sandbox.state.store import Collection, Document, number


class _Contents:
    """The contents of attachments, by id."""

    def __init__(self, _account: Account) -> None:
        self.content: dict[str, bytes] = {}


def tokens(account: Account) -> Collection:
    """Return the access tokens of all objects."""
    return account.collection("access_tokens")


def find_uploaded(account: Account, key: str) -> Document:
    """Return an attachment that has content.

    Raises:
        GatewayError: the attachment does not exist, or its content was not uploaded.
    """
    row = ATTACHMENTS.rows(account).find(key)
    if row is None:
        text = f"Attachment {key} was not found neither in cache nor in database"
        raise GatewayError(403, "SCG_ERROR_4031", text)
    if row["state"] != "UPLOADED":
        raise GatewayError(403, "SCG_ERROR_4032", f"Attachment {key} is in incorrect state {row['state']}")
    return row


def content_of(account: Account, key: str) -> bytes:
    """Return the content of an attachment.

    Raises:
        GatewayError: the attachment does not exist, or its content was not uploaded.
    """
    return account.component(_Contents).content[str(find_uploaded(account, key)["id"])]


def store_content(account: Account, about: Document, content: bytes) -> str:
    """Add an attachment with its content; return its id."""
    key = ATTACHMENTS.rows(account).add({**about, "size": len(content), "state": "UPLOADED"})
    account.component(_Contents).content[key] = content
    return key


def store_csv(account: Account, name: str, content: bytes) -> str:
    """Add an attachment with a CSV file that the gateway wrote; return its id."""
    return store_content(account, {"name": name, "filename": f"{name}.csv", "type": "text/csv"}, content)


def _defaults(_account: Account, _fields: Document) -> Document:
    return {"size": None, "state": "CREATED"}


def _removed(account: Account, row: Document) -> None:
    account.component(_Contents).content.pop(str(row["id"]), None)


def _create_token(account: Account, request: APIRequest) -> APIResponse:
    ATTACHMENTS.rows(account).get(request.ids[0])
    fields = checked_body(request.operation, request.body)
    made = tokens(account).add({**fields, "resource": "ATTACHMENT", "resource_id": request.ids[0]})
    return APIResponse(200, {"id": made})


def _upload(account: Account, request: APIRequest) -> APIResponse:
    row = _opened(account, request.ids[0])
    content = request.body if isinstance(request.body, bytes) else b""
    account.component(_Contents).content[str(row["id"])] = content
    ATTACHMENTS.rows(account).change(str(row["id"]), {"state": "UPLOADED", "size": len(content)})
    return APIResponse()


def _download(account: Account, request: APIRequest) -> APIResponse:
    row = _opened(account, request.ids[0])
    if row["state"] != "UPLOADED":
        raise GatewayError(400, "SCG_ERROR_40030", "Only UPLOADED attachments can be downloaded.")
    return APIResponse(200, account.component(_Contents).content[str(row["id"])], "application/octet-stream")


def _opened(account: Account, token: str) -> Document:
    known = tokens(account).find(token)
    row = ATTACHMENTS.rows(account).find(str(known["resource_id"])) if known else None
    if known is None or row is None:
        raise not_found("access token")
    expires = number(known.get("expiry_time"))
    if expires is not None and expires <= account.now():
        raise GatewayError(404, "SCG_ERROR_4046", "Access token expired")
    return row


ATTACHMENTS = Resource(
    spec=attachments, model=attachments.AttachmentData, defaults=_defaults, removed=_removed
)

HANDLERS: OperationHandlers = {
    **ATTACHMENTS.handlers(),
    attachments.CREATE_ACCESS_TOKEN: _create_token,
    attachments.UPLOAD: _upload,
    attachments.DOWNLOAD: _download,
}
