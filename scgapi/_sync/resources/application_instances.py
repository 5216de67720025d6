# Generated from scgapi/_async/resources/application_instances.py by tools/generate.py: edit that file.
"""Instances of communication applications: a script at work on a sender id."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack, overload

from scgapi._sync.pager import Pager
from scgapi._sync.resource import Editable, Resource
from scgapi._sync.resources.application_sessions import ApplicationSessionResource
from scgapi.models import application_instances as spec
from scgapi.models.application_instances import (
    ApplicationInstanceData,
    ApplicationInstanceFields,
    ApplicationInstanceFilters,
)


class ApplicationInstance(Editable, ApplicationInstanceData):
    """A script at work on a sender id; it talks in sessions."""

    Resource: ClassVar[type[ApplicationInstanceResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ApplicationInstanceFields]) -> None: ...

    def sessions(self) -> ApplicationSessionResource:
        """The instance's conversations."""
        return self._scg.application_instances.sessions(self.id)

    def replace(self) -> None:
        """Save the instance as a whole: fields that are not set here are cleared there.

        PUT `/assistant/communication_applications/instances/{id}`. It takes no version: the last one to write
        wins. The definition forgot its body; what is sent is what a creation takes.

        Raises:
            NotFoundError: the instance is gone.
        """
        self._replace(spec.REPLACE)

    def refresh(self) -> None:
        """Read the instance again; unsaved changes are lost.

        GET `/assistant/communication_applications/instances/{id}`.
        """
        self._become(self._scg.application_instances.get(self.id))

    def delete(self) -> None:
        """Delete the instance (DELETE `/assistant/communication_applications/instances/{id}`)."""
        self._scg.application_instances.delete(self.id)


class ApplicationInstanceResource(Resource):
    """Instances of communication applications, through one client: `client.application_instances`."""

    def sessions(self, instance_id: str) -> ApplicationSessionResource:
        """The conversations of one instance."""
        return ApplicationSessionResource(self._client, instance_id)

    def list(self, **filters: Unpack[ApplicationInstanceFilters]) -> Pager[ApplicationInstance]:
        """Instances that match all filters, or all (GET `/assistant/communication_applications/instances`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(ApplicationInstance, spec.LIST, options=filters)

    @overload
    def create(self, instance: ApplicationInstanceData, /) -> str: ...
    @overload
    def create(self, /, **fields: Unpack[ApplicationInstanceFields]) -> str: ...
    def create(self, instance: ApplicationInstanceData | None = None, /, **fields: object) -> str:
        """Put a script to work on a sender id (POST `/assistant/communication_applications/instances`).

        Returns:
            The id of the new instance.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return self._create(spec.CREATE, instance, fields)

    def get(self, instance_id: str) -> ApplicationInstance:
        """The instance with this id (GET `/assistant/communication_applications/instances/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        return self._get(ApplicationInstance, spec.GET, instance_id)

    def replace(self, instance_id: str, **fields: Unpack[ApplicationInstanceFields]) -> None:
        """Replace the instance: fields that are not given are cleared.

        PUT `/assistant/communication_applications/instances/{id}`; the only way to change one. The definition
        forgot its body; what is sent is what a creation takes.

        Raises:
            NotFoundError: there is no such instance.
        """
        self._send(spec.REPLACE, instance_id, fields=fields)

    def delete(self, instance_id: str) -> None:
        """Delete the instance (DELETE `/assistant/communication_applications/instances/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        self._send(spec.DELETE, instance_id)


ApplicationInstance.Resource = ApplicationInstanceResource
