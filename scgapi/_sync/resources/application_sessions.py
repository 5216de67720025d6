# Generated from scgapi/_async/resources/application_sessions.py by tools/generate.py: edit that file.
"""Sessions of communication applications: one conversation of an instance.

All paths below begin with `/assistant/communication_applications/instances/{instance_id}`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._sync.objects import Replaceable, operations
from scgapi._sync.pager import Pager
from scgapi._sync.resource import NestedResource
from scgapi.models import application_sessions as spec
from scgapi.models.application_sessions import (
    ApplicationSessionData,
    ApplicationSessionFields,
    ApplicationSessionFilters,
    ProcessorResult,
)


@operations(refresh=spec.GET, replace=spec.REPLACE, delete=spec.DELETE)
class ApplicationSession(Replaceable, ApplicationSessionData):
    """One conversation of a communication application.

    Its path is `/assistant/communication_applications/instances/{instance_id}/sessions/{id}`.

    `replace()` is the only way to change it. It takes no version: the last one to write wins. The definition forgot its
    body; what is sent is what a creation takes.
    """

    Resource: ClassVar[type[ApplicationSessionResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ApplicationSessionFields]) -> None: ...

    def send_processor_result(self, **fields: Unpack[ProcessorResult]) -> None:
        """Tell the session what a processor event led to; see the resource's `send_processor_result()`."""
        self._siblings.send_processor_result(self.id, **fields)

    @property
    def _siblings(self) -> ApplicationSessionResource:
        return ApplicationSessionResource(self._scg, self._parent_id)


class ApplicationSessionResource(NestedResource):
    """One instance's conversations, through one client: `client.application_instances.sessions(instance_id)`."""

    def list(self, **filters: Unpack[ApplicationSessionFilters]) -> Pager[ApplicationSession]:
        """List sessions of the instance that match all filters, or all of them (GET `/sessions`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(ApplicationSession, spec.LIST, self._parent, options=filters)

    def create(
        self, session: ApplicationSessionData | None = None, /, **fields: Unpack[ApplicationSessionFields]
    ) -> str:
        """Begin a conversation with `to_address` (POST `/sessions`).

        Returns:
            The id of the new session.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
            NotFoundError: there is no such instance.
        """
        return self._create(spec.CREATE, session, fields, self._parent)

    def get(self, session_id: str) -> ApplicationSession:
        """Get the session with this id (GET `/sessions/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return self._get(ApplicationSession, spec.GET, self._parent, session_id)

    def replace(self, session_id: str, **fields: Unpack[ApplicationSessionFields]) -> None:
        """Replace the session, to pause or to end it for example (PUT `/sessions/{id}`).

        The only way to change one. The definition forgot its body; what is sent is what a creation takes.

        Raises:
            NotFoundError: there is no such session.
        """
        self._send(spec.REPLACE, self._parent, session_id, fields=fields)

    def delete(self, session_id: str) -> None:
        """Delete the session (DELETE `/sessions/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        self._send(spec.DELETE, self._parent, session_id)

    def send_processor_result(self, session_id: str, **fields: Unpack[ProcessorResult]) -> None:
        """Tell a session what a processor event led to, so that it goes on (POST `/sessions/{id}/processor_results`).

        Args:
            session_id: the session.
            **fields: `processor_id` as in the event, `next_step` of the script, `prompt` to be played in the
                call `call_id`.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
            NotFoundError: there is no such session.
        """
        self._send(spec.SEND_PROCESSOR_RESULT, self._parent, session_id, fields=fields)


ApplicationSession.Resource = ApplicationSessionResource
