"""Message templates: texts with places for variables, and patterns that messages must follow."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field
from typing_extensions import TypedDict

from scgapi._core.operation import Operation
from scgapi.models._base import ResourceModel, Versioned
from scgapi.models._fields import DateFilter, IntFilter, ListOptions, TextFilter
from scgapi.models.sender_ids import SenderIdOwnership

TemplateDesignation = Literal["TEMPLATE", "VALIDATOR"] | str


class MessageTemplateData(ResourceModel):
    """A message template's fields (GET `/messaging/message_templates/{id}`)."""

    designation: TemplateDesignation | None = None
    """TEMPLATE makes bodies; VALIDATOR is what messages from the sender ids that name it are checked against."""
    name: str | None = None
    """Bodies refer to the template by it: `#parse("name")`."""
    pattern: str | None = None
    """The text, with variables as `${name}` (Velocity)."""
    ownership: Final[Annotated[SenderIdOwnership | None, Field(default=None)]]


class MessageTemplateFields(TypedDict, total=False):
    """What a message template is created from."""

    designation: TemplateDesignation | None
    name: str | None
    pattern: str | None


class MessageTemplateUpdate(MessageTemplateFields, Versioned):
    """What an update of a message template takes."""


class MessageTemplateFilters(ListOptions, total=False):
    """What message templates can be found by; see `ListOptions` for the rest."""

    id: TextFilter
    designation: TextFilter
    name: TextFilter
    pattern: TextFilter
    application_id: IntFilter
    created_date: DateFilter
    last_updated_date: DateFilter


_ONE = "/messaging/message_templates/{template_id}"

LIST = Operation(
    "message_templates.list", "GET", "/messaging/message_templates", query=MessageTemplateFilters
)
CREATE = Operation(
    "message_templates.create", "POST", "/messaging/message_templates", body=MessageTemplateFields
)
GET = Operation("message_templates.get", "GET", _ONE)
UPDATE = Operation("message_templates.update", "POST", _ONE, body=MessageTemplateUpdate)
REPLACE = Operation("message_templates.replace", "PUT", _ONE, body=MessageTemplateUpdate)
DELETE = Operation("message_templates.delete", "DELETE", _ONE)
