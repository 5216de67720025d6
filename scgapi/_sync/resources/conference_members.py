# Generated from scgapi/_async/resources/conference_members.py by tools/generate.py: edit that file.
"""Conference members: the calls that are in a conference."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack, overload

from scgapi._sync.pager import Pager
from scgapi._sync.resource import Editable, NestedResource
from scgapi.models import conference_members as spec
from scgapi.models.conference_members import (
    ConferenceMemberCreate,
    ConferenceMemberData,
    ConferenceMemberFields,
    ConferenceMemberFilters,
    ConferenceMemberUpdate,
)


class ConferenceMember(Editable, ConferenceMemberData):
    """A call that is in a conference.

    Its fields `mute` and `hold` have the names that methods would have: `set_mute()` and `set_hold()` are those.
    """

    Resource: ClassVar[type[ConferenceMemberResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ConferenceMemberFields]) -> None: ...

    def update(self) -> None:
        """Save changed `mute` and `hold` (POST `/calling/conferences/{conference_id}/members/{id}`).

        No version is sent: the gateway takes none for members.

        Raises:
            NotFoundError: the member or the conference is gone.
        """
        self._update(spec.UPDATE)

    def refresh(self) -> None:
        """Read the member again (GET `/calling/conferences/{conference_id}/members/{id}`)."""
        self._become(self._scg.conferences.members(self._parent_id).get(self.id))

    def delete(self) -> None:
        """Take the call out of the conference (DELETE `/calling/conferences/{conference_id}/members/{id}`)."""
        self._scg.conferences.members(self._parent_id).delete(self.id)

    def set_mute(self, mute: bool = True) -> None:
        """Let the member only hear, or speak again; then read it again."""
        self._scg.conferences.members(self._parent_id).update(self.id, mute=mute)
        self.refresh()

    def set_hold(self, hold: bool = True) -> None:
        """Let the member neither hear nor speak, or both again; then read it again."""
        self._scg.conferences.members(self._parent_id).update(self.id, hold=hold)
        self.refresh()


class ConferenceMemberResource(NestedResource):
    """The members of one conference: `client.conferences.members(conference_id)`."""

    def list(self, **filters: Unpack[ConferenceMemberFilters]) -> Pager[ConferenceMember]:
        """Members that match all filters, or all members (GET `/calling/conferences/{conference_id}/members`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(ConferenceMember, spec.LIST, self._parent, options=filters)

    @overload
    def create(self, member: ConferenceMemberData, /) -> str: ...
    @overload
    def create(self, /, **fields: Unpack[ConferenceMemberCreate]) -> str: ...
    def create(self, member: ConferenceMemberData | None = None, /, **fields: object) -> str:
        """Let a call join, from keywords or an object (POST `/calling/conferences/{conference_id}/members`).

        Returns:
            The id of the new member.

        Raises:
            BadRequestError: there is no such call, or it or the conference has ended.
            InvalidArgumentError: a field is unknown, missing or of a wrong type; nothing was sent.
        """
        return self._create(spec.CREATE, member, fields, self._parent)

    def get(self, member_id: str) -> ConferenceMember:
        """The member with this id (GET `/calling/conferences/{conference_id}/members/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        return self._get(ConferenceMember, spec.GET, self._parent, member_id)

    def update(self, member_id: str, **fields: Unpack[ConferenceMemberUpdate]) -> None:
        """Change `mute` or `hold` or both (POST `/calling/conferences/{conference_id}/members/{id}`).

        Raises:
            NotFoundError: there is no such member.
        """
        self._send(spec.UPDATE, self._parent, member_id, fields=fields)

    def delete(self, member_id: str) -> None:
        """Take the call out of the conference (DELETE `/calling/conferences/{conference_id}/members/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        self._send(spec.DELETE, self._parent, member_id)

    def mute(self, member_id: str) -> None:
        """Let the member only hear (POST `/calling/conferences/{conference_id}/members/{id}`)."""
        self.update(member_id, mute=True)

    def unmute(self, member_id: str) -> None:
        """Let the member speak again (POST `/calling/conferences/{conference_id}/members/{id}`)."""
        self.update(member_id, mute=False)

    def hold(self, member_id: str) -> None:
        """Let the member neither hear nor speak (POST `/calling/conferences/{conference_id}/members/{id}`)."""
        self.update(member_id, hold=True)

    def unhold(self, member_id: str) -> None:
        """Let the member hear and speak again (POST `/calling/conferences/{conference_id}/members/{id}`)."""
        self.update(member_id, hold=False)


ConferenceMember.Resource = ConferenceMemberResource
