# Generated from scgapi/_async/resources/application_instances.py by tools/generate.py: edit that file.
"""Instances of communication applications: a script at work on a sender id."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._sync.objects import Replaceable, operations
from scgapi._sync.pager import Pager
from scgapi._sync.resource import Resource
from scgapi._sync.resources.application_sessions import ApplicationSessionResource
from scgapi.models import application_instances as spec
from scgapi.models.application_instances import (
    ApplicationInstanceData,
    ApplicationInstanceFields,
    ApplicationInstanceFilters,
)


@operations(refresh=spec.GET, replace=spec.REPLACE, delete=spec.DELETE)
class ApplicationInstance(Replaceable, ApplicationInstanceData):
    """A script at work on a sender id.

    Its path is `/assistant/communication_applications/instances/{id}`. The instance talks in sessions.

    `replace()` is the only way to change it. It takes no version: the last one to write wins. The definition forgot its
    body; what is sent is what a creation takes.
    """

    Resource: ClassVar[type[ApplicationInstanceResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ApplicationInstanceFields]) -> None: ...

    def sessions(self) -> ApplicationSessionResource:
        """Return the resource of this instance's conversations."""
        return ApplicationInstanceResource(self._scg).sessions(self.id)


class ApplicationInstanceResource(Resource):
    """Instances of communication applications, through one client: `client.application_instances`."""

    def sessions(self, instance_id: str) -> ApplicationSessionResource:
        """Return the resource of one instance's conversations."""
        return ApplicationSessionResource(self._client, instance_id)

    def list(self, **filters: Unpack[ApplicationInstanceFilters]) -> Pager[ApplicationInstance]:
        """List instances that match all filters, or all (GET `/assistant/communication_applications/instances`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(ApplicationInstance, spec.LIST, options=filters)

    def create(
        self, instance: ApplicationInstanceData | None = None, /, **fields: Unpack[ApplicationInstanceFields]
    ) -> str:
        """Put a script to work on a sender id (POST `/assistant/communication_applications/instances`).

        Returns:
            The id of the new instance.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return self._create(spec.CREATE, instance, fields)

    def get(self, instance_id: str) -> ApplicationInstance:
        """Get the instance with this id (GET `/assistant/communication_applications/instances/{id}`).

        Raises:
            NotFoundError: it does not exist.
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
            NotFoundError: it does not exist.
        """
        self._send(spec.DELETE, instance_id)


ApplicationInstance.Resource = ApplicationInstanceResource
