"""Attachments: media that messages carry and calls play."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field
from typing_extensions import TypedDict

from scgapi._core.model.base import ResourceModel, Versioned
from scgapi._core.model.fields import AttachmentFilters, AttachmentState, TimestampInput
from scgapi._core.operation import Operation


class AttachmentData(ResourceModel):
    """An attachment's fields (GET `/messaging/attachments/{id}`)."""

    name: str | None = None
    """Unique among the attachments of a message."""
    type: str | None = None
    """The media type, such as `image/jpeg`."""
    filename: str | None = None
    """File name that recipients see."""
    size: Final[Annotated[int | None, Field(default=None)]]
    """Bytes of content; 0 or None until it is uploaded."""
    state: Final[Annotated[AttachmentState | None, Field(default=None)]]
    """CREATED, then UPLOADED; only then can it be sent or downloaded."""
    content_url: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """URL of the content at the gateway; it needs a token."""
    designation: Final[Annotated[str | None, Field(default=None)]]
    """Purpose of the attachment."""


class _AttachmentFields(TypedDict, total=False):
    """Keys that AttachmentFields shares with AttachmentUpdate."""

    name: str | None
    """Your own name for it."""
    type: str | None
    """Content type, such as `image/jpeg`: it decides what the handset shows."""
    filename: str | None
    """File name that recipients see."""


class AttachmentFields(_AttachmentFields, closed=True):
    """Fields of an attachment to create."""


class AttachmentUpdate(_AttachmentFields, Versioned, closed=True):
    """Fields of an attachment that an update can change."""


class AttachmentTokenFields(TypedDict, total=False, closed=True):
    """Lifetime of the content's token."""

    expiry_time: TimestampInput | None
    """Time until which the token opens the content: an aware `datetime`, ISO 8601 text or epoch
    milliseconds; always, if absent."""


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
