"""Conference members: the calls that are in a conference."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack, overload

from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncEditable, AsyncNestedResource
from scgapi.models import conference_members as spec
from scgapi.models.conference_members import (
    ConferenceMemberCreate,
    ConferenceMemberData,
    ConferenceMemberFields,
    ConferenceMemberFilters,
    ConferenceMemberUpdate,
)


class AsyncConferenceMember(AsyncEditable, ConferenceMemberData):
    """A call that is in a conference.

    Its fields `mute` and `hold` have the names that methods would have: `set_mute()` and `set_hold()` are those.
    """

    Resource: ClassVar[type[AsyncConferenceMemberResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ConferenceMemberFields]) -> None: ...

    async def update(self) -> None:
        """Save changed `mute` and `hold` (POST `/calling/conferences/{conference_id}/members/{id}`).

        No version is sent: the gateway takes none for members.

        Raises:
            NotFoundError: the member or the conference is gone.
        """
        await self._update(spec.UPDATE)

    async def refresh(self) -> None:
        """Read the member again (GET `/calling/conferences/{conference_id}/members/{id}`)."""
        self._become(await self._scg.conferences.members(self._parent_id).get(self.id))

    async def delete(self) -> None:
        """Take the call out of the conference (DELETE `/calling/conferences/{conference_id}/members/{id}`)."""
        await self._scg.conferences.members(self._parent_id).delete(self.id)

    async def set_mute(self, mute: bool = True) -> None:
        """Let the member only hear, or speak again; then read it again."""
        await self._scg.conferences.members(self._parent_id).update(self.id, mute=mute)
        await self.refresh()

    async def set_hold(self, hold: bool = True) -> None:
        """Let the member neither hear nor speak, or both again; then read it again."""
        await self._scg.conferences.members(self._parent_id).update(self.id, hold=hold)
        await self.refresh()


class AsyncConferenceMemberResource(AsyncNestedResource):
    """The members of one conference: `client.conferences.members(conference_id)`."""

    def list(self, **filters: Unpack[ConferenceMemberFilters]) -> AsyncPager[AsyncConferenceMember]:
        """Members that match all filters, or all members (GET `/calling/conferences/{conference_id}/members`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncConferenceMember, spec.LIST, self._parent, options=filters)

    @overload
    async def create(self, member: ConferenceMemberData, /) -> str: ...
    @overload
    async def create(self, /, **fields: Unpack[ConferenceMemberCreate]) -> str: ...
    async def create(self, member: ConferenceMemberData | None = None, /, **fields: object) -> str:
        """Let a call join, from keywords or an object (POST `/calling/conferences/{conference_id}/members`).

        Returns:
            The id of the new member.

        Raises:
            BadRequestError: there is no such call, or it or the conference has ended.
            InvalidArgumentError: a field is unknown, missing or of a wrong type; nothing was sent.
        """
        return await self._create(spec.CREATE, member, fields, self._parent)

    async def get(self, member_id: str) -> AsyncConferenceMember:
        """The member with this id (GET `/calling/conferences/{conference_id}/members/{id}`).

        Raises:
            NotFoundError: there is none.
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
            NotFoundError: there is none.
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
