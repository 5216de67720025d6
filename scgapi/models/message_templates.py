"""Message templates: texts with places for variables, and patterns that messages must follow."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field
from typing_extensions import TypedDict

from scgapi._core.model.base import ResourceModel, Versioned
from scgapi._core.model.fields import ChoiceFilter, DateFilter, IntFilter, ListOptions, TextFilter
from scgapi._core.operation import Operation
from scgapi.models._ownership import SenderIdOwnership

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
    """Ownership: PRIVATE, SHARED, PREPROVISIONED or PURCHASED."""


class _MessageTemplateFields(TypedDict, total=False):
    """Keys that MessageTemplateFields shares with MessageTemplateUpdate."""

    designation: TemplateDesignation | None
    """TEMPLATE makes bodies; VALIDATOR checks messages from the sender ids that name it."""
    name: str | None
    """Name by which bodies refer to the template: `#parse("name")`."""
    pattern: str | None
    """Text, with variables as `${name}` (Velocity)."""


class MessageTemplateFields(_MessageTemplateFields, closed=True):
    """Fields of a message template to create."""


class MessageTemplateUpdate(_MessageTemplateFields, Versioned, closed=True):
    """Fields of a message template that an update can change."""


class MessageTemplateFilters(ListOptions, total=False, closed=True):
    """Filters for message templates; see `ListOptions` for the other keywords."""

    id: TextFilter
    """Id, or several of which any may match."""
    designation: ChoiceFilter[TemplateDesignation]
    """TEMPLATE or VALIDATOR."""
    name: TextFilter
    """Name, or several."""
    pattern: TextFilter
    """Whole text, or several."""
    application_id: IntFilter
    """Id of the application that created it, or several."""
    created_date: DateFilter
    """Time of creation: one time, or a range `(from, to)` including both ends."""
    last_updated_date: DateFilter
    """Time of the last change: one time, or a range `(from, to)` including both ends."""


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
