"""Types of fields that take a message template or its id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

from scgapi._core.model.references import accept_id

IdOfTemplate = Annotated[str, accept_id("MessageTemplateData")]
"""The id of a message template: set by id or by the object, read as the id."""

if TYPE_CHECKING:
    from scgapi.models.message_templates import MessageTemplateData

    TemplateRef: TypeAlias = str | MessageTemplateData
    """A message template, by its id or as the object."""
else:
    TemplateRef = IdOfTemplate
