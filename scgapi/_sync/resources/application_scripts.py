# Generated from scgapi/_async/resources/application_scripts.py by tools/generate.py: edit that file.
"""Scripts of communication applications: the steps that an instance takes with those it talks to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._sync.objects import Replaceable, operations
from scgapi._sync.pager import Pager
from scgapi._sync.resource import Resource
from scgapi.models import application_scripts as spec
from scgapi.models.application_scripts import (
    ApplicationScriptData,
    ApplicationScriptFields,
    ApplicationScriptFilters,
)


@operations(refresh=spec.GET, replace=spec.REPLACE, delete=spec.DELETE)
class ApplicationScript(Replaceable, ApplicationScriptData):
    """The steps that a communication application takes, in XML.

    Its path is `/assistant/communication_applications/applications/scripts/{id}`.

    `replace()` is the only way to change it. It takes no version: the last one to write wins. By the definition
    responses never hold `name`, so set it again first.
    """

    Resource: ClassVar[type[ApplicationScriptResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ApplicationScriptFields]) -> None: ...


class ApplicationScriptResource(Resource):
    """Scripts of communication applications, through one client: `client.application_scripts`."""

    def list(self, **filters: Unpack[ApplicationScriptFilters]) -> Pager[ApplicationScript]:
        """List scripts that match all filters, or all scripts.

        GET `/assistant/communication_applications/applications/scripts`. Lazy: pages of `limit` objects are
        fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(ApplicationScript, spec.LIST, options=filters)

    def create(
        self, script: ApplicationScriptData | None = None, /, **fields: Unpack[ApplicationScriptFields]
    ) -> str:
        """Create a script from keywords or from an unsaved object.

        POST `/assistant/communication_applications/applications/scripts`.

        Returns:
            The id of the new script.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return self._create(spec.CREATE, script, fields)

    def get(self, script_id: str) -> ApplicationScript:
        """Get the script with this id (GET `/assistant/communication_applications/applications/scripts/{id}`).

        Raises:
            NotFoundError: it does not exist.
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
            NotFoundError: it does not exist.
        """
        self._send(spec.DELETE, script_id)


ApplicationScript.Resource = ApplicationScriptResource
