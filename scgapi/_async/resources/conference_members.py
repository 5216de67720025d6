"""Conference members: the calls that are in a conference."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._async.objects import AsyncUpdatable, operations
from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncNestedResource
from scgapi.models import conference_members as spec
from scgapi.models.conference_members import (
    ConferenceMemberCreate,
    ConferenceMemberData,
    ConferenceMemberFields,
    ConferenceMemberFilters,
    ConferenceMemberUpdate,
)


@operations(refresh=spec.GET, update=spec.UPDATE, delete=spec.DELETE)
class AsyncConferenceMember(AsyncUpdatable, ConferenceMemberData):
    """A call that is in a conference.

    Its path is `/calling/conferences/{conference_id}/members/{id}`.

    `update()` saves `mute` and `hold`, without a version; `set_mute()` and `set_hold()` do so at once. `delete()` takes
    the call out of the conference.
    """

    Resource: ClassVar[type[AsyncConferenceMemberResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ConferenceMemberFields]) -> None: ...

    async def set_mute(self, mute: bool = True) -> None:
        """Let the member only hear, or speak again; then read it again."""
        await AsyncConferenceMemberResource(self._scg, self._parent_id).update(self.id, mute=mute)
        await self.refresh()

    async def set_hold(self, hold: bool = True) -> None:
        """Let the member neither hear nor speak, or both again; then read it again."""
        await AsyncConferenceMemberResource(self._scg, self._parent_id).update(self.id, hold=hold)
        await self.refresh()


class AsyncConferenceMemberResource(AsyncNestedResource):
    """The members of one conference: `client.conferences.members(conference_id)`."""

    def list(self, **filters: Unpack[ConferenceMemberFilters]) -> AsyncPager[AsyncConferenceMember]:
        """List members that match all filters, or all members (GET `/calling/conferences/{conference_id}/members`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncConferenceMember, spec.LIST, self._parent, options=filters)

    async def create(
        self, member: ConferenceMemberData | None = None, /, **fields: Unpack[ConferenceMemberCreate]
    ) -> str:
        """Let a call join, from keywords or an object (POST `/calling/conferences/{conference_id}/members`).

        Returns:
            The id of the new member.

        Raises:
            BadRequestError: there is no such call, or it or the conference has ended.
            InvalidArgumentError: a field is unknown, missing or of a wrong type; nothing was sent.
        """
        return await self._create(spec.CREATE, member, fields, self._parent)

    async def get(self, member_id: str) -> AsyncConferenceMember:
        """Get the member with this id (GET `/calling/conferences/{conference_id}/members/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return await self._get(AsyncConferenceMember, spec.GET, self._parent, member_id)

    async def update(self, member_id: str, **fields: Unpack[ConferenceMemberUpdate]) -> None:
        """Change `mute` or `hold` or both (POST `/calling/conferences/{conference_id}/members/{id}`).

        Raises:
            NotFoundError: there is no such member.
        """
        await self._send(spec.UPDATE, self._parent, member_id, fields=fields)

    async def delete(self, member_id: str) -> None:
        """Take the call out of the conference (DELETE `/calling/conferences/{conference_id}/members/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        await self._send(spec.DELETE, self._parent, member_id)

    async def mute(self, member_id: str) -> None:
        """Let the member only hear (POST `/calling/conferences/{conference_id}/members/{id}`)."""
        await self.update(member_id, mute=True)

    async def unmute(self, member_id: str) -> None:
        """Let the member speak again (POST `/calling/conferences/{conference_id}/members/{id}`)."""
        await self.update(member_id, mute=False)

    async def hold(self, member_id: str) -> None:
        """Let the member neither hear nor speak (POST `/calling/conferences/{conference_id}/members/{id}`)."""
        await self.update(member_id, hold=True)

    async def unhold(self, member_id: str) -> None:
        """Let the member hear and speak again (POST `/calling/conferences/{conference_id}/members/{id}`)."""
        await self.update(member_id, hold=False)


AsyncConferenceMember.Resource = AsyncConferenceMemberResource
