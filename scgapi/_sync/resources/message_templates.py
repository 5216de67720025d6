# Generated from scgapi/_async/resources/message_templates.py by tools/generate.py: edit that file.
"""Message templates: texts with places for variables, and patterns that messages must follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._sync.objects import Replaceable, Updatable, operations
from scgapi._sync.pager import Pager
from scgapi._sync.resource import Resource
from scgapi.models import message_templates as spec
from scgapi.models.message_templates import (
    MessageTemplateData,
    MessageTemplateFields,
    MessageTemplateFilters,
    MessageTemplateUpdate,
)


@operations(refresh=spec.GET, update=spec.UPDATE, replace=spec.REPLACE, delete=spec.DELETE)
class MessageTemplate(Updatable, Replaceable, MessageTemplateData):
    """A text with variables: `/messaging/message_templates/{id}`.

    `#set($who="Ann")` and then `#parse("NAME")` in a body make a message of it.
    """

    Resource: ClassVar[type[MessageTemplateResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[MessageTemplateFields]) -> None: ...


class MessageTemplateResource(Resource):
    """Message templates, through one client: `client.message_templates`."""

    def list(self, **filters: Unpack[MessageTemplateFilters]) -> Pager[MessageTemplate]:
        """List templates that match all filters, or all of them (GET `/messaging/message_templates`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(MessageTemplate, spec.LIST, options=filters)

    def create(
        self, template: MessageTemplateData | None = None, /, **fields: Unpack[MessageTemplateFields]
    ) -> str:
        """Create a template from keywords or from an unsaved object (POST `/messaging/message_templates`).

        Returns:
            The id of the new template.

        Raises:
            ConflictError: a template with this name exists (code 1011).
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return self._create(spec.CREATE, template, fields)

    def get(self, template_id: str) -> MessageTemplate:
        """Get the template with this id (GET `/messaging/message_templates/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return self._get(MessageTemplate, spec.GET, template_id)

    def update(self, template_id: str, **fields: Unpack[MessageTemplateUpdate]) -> None:
        """Change the given fields, and no others (POST `/messaging/message_templates/{id}`).

        Raises:
            ConflictError: `version_number` is not the template's current one.
            NotFoundError: there is no such template.
        """
        self._send(spec.UPDATE, template_id, fields=fields)

    def replace(self, template_id: str, **fields: Unpack[MessageTemplateUpdate]) -> None:
        """Replace the template: fields that are not given are cleared (PUT `/messaging/message_templates/{id}`).

        Changing a VALIDATOR of a shared sender id is Syniverse's to do.

        Raises:
            ConflictError: `version_number` is not the template's current one.
            NotFoundError: there is no such template.
        """
        self._send(spec.REPLACE, template_id, fields=fields)

    def delete(self, template_id: str) -> None:
        """Delete the template (DELETE `/messaging/message_templates/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        self._send(spec.DELETE, template_id)


MessageTemplate.Resource = MessageTemplateResource
