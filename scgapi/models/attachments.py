"""Attachments: media that messages carry and calls play."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field
from typing_extensions import TypedDict

from scgapi._core.operation import Operation
from scgapi.models._base import ResourceModel, Versioned
from scgapi.models._fields import AttachmentFilters, Moment

AttachmentState = Literal["CREATED", "UPLOADED"] | str


class AttachmentData(ResourceModel):
    """An attachment's fields (GET `/messaging/attachments/{id}`)."""

    name: str | None = None
    """Unique among the attachments of a message."""
    type: str | None = None
    """The media type, such as `image/jpeg`."""
    filename: str | None = None
    size: Final[Annotated[int | None, Field(default=None)]]
    """Bytes of content; 0 or None until it is uploaded."""
    state: Final[Annotated[AttachmentState | None, Field(default=None)]]
    """CREATED, then UPLOADED; only then can it be sent or downloaded."""
    content_url: Final[Annotated[str | None, Field(default=None, repr=False)]]
    designation: Final[Annotated[str | None, Field(default=None)]]


class AttachmentFields(TypedDict, total=False):
    """What an attachment is created from."""

    name: str | None
    type: str | None
    filename: str | None


class AttachmentUpdate(AttachmentFields, Versioned):
    """What an update of an attachment takes."""


class AttachmentTokenFields(TypedDict, total=False):
    """How long the content's token is good for."""

    expiry_time: Moment | None


LIST = Operation("attachments.list", "GET", "/messaging/attachments", query=AttachmentFilters)
CREATE = Operation("attachments.create", "POST", "/messaging/attachments", body=AttachmentFields)
GET = Operation("attachments.get", "GET", "/messaging/attachments/{attachment_id}")
UPDATE = Operation(
    "attachments.update", "POST", "/messaging/attachments/{attachment_id}", body=AttachmentUpdate
)
DELETE = Operation("attachments.delete", "DELETE", "/messaging/attachments/{attachment_id}")
CREATE_ACCESS_TOKEN = Operation(
    "attachments.create_access_token",
    "POST",
    "/messaging/attachments/{attachment_id}/access_tokens",
    body=AttachmentTokenFields,
)
UPLOAD = Operation(
    "attachments.upload", "POST", "/messaging/attachments/{access_token}/content", service="attachment"
)
DOWNLOAD = Operation(
    "attachments.download", "GET", "/messaging/attachments/{access_token}/content", service="attachment"
)
