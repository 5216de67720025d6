"""Message templates: texts with places for variables, and patterns that messages must follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._async.objects import AsyncReplaceable, AsyncUpdatable, operations
from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncResource
from scgapi.models import message_templates as spec
from scgapi.models.message_templates import (
    MessageTemplateData,
    MessageTemplateFields,
    MessageTemplateFilters,
    MessageTemplateUpdate,
)


@operations(refresh=spec.GET, update=spec.UPDATE, replace=spec.REPLACE, delete=spec.DELETE)
class AsyncMessageTemplate(AsyncUpdatable, AsyncReplaceable, MessageTemplateData):
    """A text with variables: `/messaging/message_templates/{id}`.

    `#set($who="Ann")` and then `#parse("NAME")` in a body make a message of it.
    """

    Resource: ClassVar[type[AsyncMessageTemplateResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[MessageTemplateFields]) -> None: ...


class AsyncMessageTemplateResource(AsyncResource):
    """Message templates, through one client: `client.message_templates`."""

    def list(self, **filters: Unpack[MessageTemplateFilters]) -> AsyncPager[AsyncMessageTemplate]:
        """List templates that match all filters, or all of them (GET `/messaging/message_templates`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncMessageTemplate, spec.LIST, options=filters)

    async def create(
        self, template: MessageTemplateData | None = None, /, **fields: Unpack[MessageTemplateFields]
    ) -> str:
        """Create a template from keywords or from an unsaved object (POST `/messaging/message_templates`).

        Returns:
            The id of the new template.

        Raises:
            ConflictError: a template with this name exists (code 1011).
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return await self._create(spec.CREATE, template, fields)

    async def get(self, template_id: str) -> AsyncMessageTemplate:
        """Get the template with this id (GET `/messaging/message_templates/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return await self._get(AsyncMessageTemplate, spec.GET, template_id)

    async def update(self, template_id: str, **fields: Unpack[MessageTemplateUpdate]) -> None:
        """Change the given fields, and no others (POST `/messaging/message_templates/{id}`).

        Raises:
            ConflictError: `version_number` is not the template's current one.
            NotFoundError: there is no such template.
        """
        await self._send(spec.UPDATE, template_id, fields=fields)

    async def replace(self, template_id: str, **fields: Unpack[MessageTemplateUpdate]) -> None:
        """Replace the template: fields that are not given are cleared (PUT `/messaging/message_templates/{id}`).

        Changing a VALIDATOR of a shared sender id is Syniverse's to do.

        Raises:
            ConflictError: `version_number` is not the template's current one.
            NotFoundError: there is no such template.
        """
        await self._send(spec.REPLACE, template_id, fields=fields)

    async def delete(self, template_id: str) -> None:
        """Delete the template (DELETE `/messaging/message_templates/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        await self._send(spec.DELETE, template_id)


AsyncMessageTemplate.Resource = AsyncMessageTemplateResource
