# Generated from scgapi/_async/resources/application_scripts.py by tools/generate.py: edit that file.
"""Scripts of communication applications: the steps that an instance takes with those it talks to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack, overload

from scgapi._sync.pager import Pager
from scgapi._sync.resource import Editable, Resource
from scgapi.models import application_scripts as spec
from scgapi.models.application_scripts import (
    ApplicationScriptData,
    ApplicationScriptFields,
    ApplicationScriptFilters,
)


class ApplicationScript(Editable, ApplicationScriptData):
    """The steps that a communication application takes, in XML."""

    Resource: ClassVar[type[ApplicationScriptResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ApplicationScriptFields]) -> None: ...

    def replace(self) -> None:
        """Save the script as a whole: fields that are not set here are cleared there.

        PUT `/assistant/communication_applications/applications/scripts/{id}`. It takes no version: the last one
        to write wins. By the definition `name` is never answered, so set it again first.

        Raises:
            NotFoundError: the script is gone.
        """
        self._replace(spec.REPLACE)

    def refresh(self) -> None:
        """Read the script again; unsaved changes are lost.

        GET `/assistant/communication_applications/applications/scripts/{id}`.
        """
        self._become(self._scg.application_scripts.get(self.id))

    def delete(self) -> None:
        """Delete the script (DELETE `/assistant/communication_applications/applications/scripts/{id}`)."""
        self._scg.application_scripts.delete(self.id)


class ApplicationScriptResource(Resource):
    """Scripts of communication applications, through one client: `client.application_scripts`."""

    def list(self, **filters: Unpack[ApplicationScriptFilters]) -> Pager[ApplicationScript]:
        """Scripts that match all filters, or all scripts.

        GET `/assistant/communication_applications/applications/scripts`. Lazy: pages of `limit` objects are
        fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(ApplicationScript, spec.LIST, options=filters)

    @overload
    def create(self, script: ApplicationScriptData, /) -> str: ...
    @overload
    def create(self, /, **fields: Unpack[ApplicationScriptFields]) -> str: ...
    def create(self, script: ApplicationScriptData | None = None, /, **fields: object) -> str:
        """Create a script from keywords or from an unsaved object.

        POST `/assistant/communication_applications/applications/scripts`.

        Returns:
            The id of the new script.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return self._create(spec.CREATE, script, fields)

    def get(self, script_id: str) -> ApplicationScript:
        """The script with this id (GET `/assistant/communication_applications/applications/scripts/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        return self._get(ApplicationScript, spec.GET, script_id)

    def replace(self, script_id: str, **fields: Unpack[ApplicationScriptFields]) -> None:
        """Replace the script: fields that are not given are cleared.

        PUT `/assistant/communication_applications/applications/scripts/{id}`; the only way to change one.

        Raises:
            NotFoundError: there is no such script.
        """
        self._send(spec.REPLACE, script_id, fields=fields)

    def delete(self, script_id: str) -> None:
        """Delete the script (DELETE `/assistant/communication_applications/applications/scripts/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        self._send(spec.DELETE, script_id)


ApplicationScript.Resource = ApplicationScriptResource
