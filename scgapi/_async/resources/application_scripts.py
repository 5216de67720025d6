"""Scripts of communication applications: the steps that an instance takes with those it talks to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack, overload

from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncEditable, AsyncResource
from scgapi.models import application_scripts as spec
from scgapi.models.application_scripts import (
    ApplicationScriptData,
    ApplicationScriptFields,
    ApplicationScriptFilters,
)


class AsyncApplicationScript(AsyncEditable, ApplicationScriptData):
    """The steps that a communication application takes, in XML."""

    Resource: ClassVar[type[AsyncApplicationScriptResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ApplicationScriptFields]) -> None: ...

    async def replace(self) -> None:
        """Save the script as a whole: fields that are not set here are cleared there.

        PUT `/assistant/communication_applications/applications/scripts/{id}`. It takes no version: the last one
        to write wins. By the definition `name` is never answered, so set it again first.

        Raises:
            NotFoundError: the script is gone.
        """
        await self._replace(spec.REPLACE)

    async def refresh(self) -> None:
        """Read the script again; unsaved changes are lost.

        GET `/assistant/communication_applications/applications/scripts/{id}`.
        """
        self._become(await self._scg.application_scripts.get(self.id))

    async def delete(self) -> None:
        """Delete the script (DELETE `/assistant/communication_applications/applications/scripts/{id}`)."""
        await self._scg.application_scripts.delete(self.id)


class AsyncApplicationScriptResource(AsyncResource):
    """Scripts of communication applications, through one client: `client.application_scripts`."""

    def list(self, **filters: Unpack[ApplicationScriptFilters]) -> AsyncPager[AsyncApplicationScript]:
        """Scripts that match all filters, or all scripts.

        GET `/assistant/communication_applications/applications/scripts`. Lazy: pages of `limit` objects are
        fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncApplicationScript, spec.LIST, options=filters)

    @overload
    async def create(self, script: ApplicationScriptData, /) -> str: ...
    @overload
    async def create(self, /, **fields: Unpack[ApplicationScriptFields]) -> str: ...
    async def create(self, script: ApplicationScriptData | None = None, /, **fields: object) -> str:
        """Create a script from keywords or from an unsaved object.

        POST `/assistant/communication_applications/applications/scripts`.

        Returns:
            The id of the new script.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return await self._create(spec.CREATE, script, fields)

    async def get(self, script_id: str) -> AsyncApplicationScript:
        """The script with this id (GET `/assistant/communication_applications/applications/scripts/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        return await self._get(AsyncApplicationScript, spec.GET, script_id)

    async def replace(self, script_id: str, **fields: Unpack[ApplicationScriptFields]) -> None:
        """Replace the script: fields that are not given are cleared.

        PUT `/assistant/communication_applications/applications/scripts/{id}`; the only way to change one.

        Raises:
            NotFoundError: there is no such script.
        """
        await self._send(spec.REPLACE, script_id, fields=fields)

    async def delete(self, script_id: str) -> None:
        """Delete the script (DELETE `/assistant/communication_applications/applications/scripts/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        await self._send(spec.DELETE, script_id)


AsyncApplicationScript.Resource = AsyncApplicationScriptResource
