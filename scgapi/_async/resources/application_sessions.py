"""Sessions of communication applications: one conversation of an instance.

All paths below begin with `/assistant/communication_applications/instances/{instance_id}`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._async.objects import AsyncReplaceable, operations
from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncNestedResource
from scgapi.models import application_sessions as spec
from scgapi.models.application_sessions import (
    ApplicationSessionData,
    ApplicationSessionFields,
    ApplicationSessionFilters,
    ProcessorResult,
)


@operations(refresh=spec.GET, replace=spec.REPLACE, delete=spec.DELETE)
class AsyncApplicationSession(AsyncReplaceable, ApplicationSessionData):
    """One conversation of a communication application.

    Its path is `/assistant/communication_applications/instances/{instance_id}/sessions/{id}`.

    `replace()` is the only way to change it. It takes no version: the last one to write wins. The definition forgot its
    body; what is sent is what a creation takes.
    """

    Resource: ClassVar[type[AsyncApplicationSessionResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ApplicationSessionFields]) -> None: ...

    async def send_processor_result(self, **fields: Unpack[ProcessorResult]) -> None:
        """Tell the session what a processor event led to; see the resource's `send_processor_result()`."""
        await self._siblings.send_processor_result(self.id, **fields)

    @property
    def _siblings(self) -> AsyncApplicationSessionResource:
        return AsyncApplicationSessionResource(self._scg, self._parent_id)


class AsyncApplicationSessionResource(AsyncNestedResource):
    """One instance's conversations, through one client: `client.application_instances.sessions(instance_id)`."""

    def list(self, **filters: Unpack[ApplicationSessionFilters]) -> AsyncPager[AsyncApplicationSession]:
        """List sessions of the instance that match all filters, or all of them (GET `/sessions`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncApplicationSession, spec.LIST, self._parent, options=filters)

    async def create(
        self, session: ApplicationSessionData | None = None, /, **fields: Unpack[ApplicationSessionFields]
    ) -> str:
        """Begin a conversation with `to_address` (POST `/sessions`).

        Returns:
            The id of the new session.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
            NotFoundError: there is no such instance.
        """
        return await self._create(spec.CREATE, session, fields, self._parent)

    async def get(self, session_id: str) -> AsyncApplicationSession:
        """Get the session with this id (GET `/sessions/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return await self._get(AsyncApplicationSession, spec.GET, self._parent, session_id)

    async def replace(self, session_id: str, **fields: Unpack[ApplicationSessionFields]) -> None:
        """Replace the session, to pause or to end it for example (PUT `/sessions/{id}`).

        The only way to change one. The definition forgot its body; what is sent is what a creation takes.

        Raises:
            NotFoundError: there is no such session.
        """
        await self._send(spec.REPLACE, self._parent, session_id, fields=fields)

    async def delete(self, session_id: str) -> None:
        """Delete the session (DELETE `/sessions/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        await self._send(spec.DELETE, self._parent, session_id)

    async def send_processor_result(self, session_id: str, **fields: Unpack[ProcessorResult]) -> None:
        """Tell a session what a processor event led to, so that it goes on (POST `/sessions/{id}/processor_results`).

        Args:
            session_id: the session.
            **fields: `processor_id` as in the event, `next_step` of the script, `prompt` to be played in the
                call `call_id`.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
            NotFoundError: there is no such session.
        """
        await self._send(spec.SEND_PROCESSOR_RESULT, self._parent, session_id, fields=fields)


AsyncApplicationSession.Resource = AsyncApplicationSessionResource
