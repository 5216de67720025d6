# Generated from scgapi/_async/resources/conference_members.py by tools/generate.py: edit that file.
"""Conference members: the calls that are in a conference."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._sync.objects import Updatable, operations
from scgapi._sync.pager import Pager
from scgapi._sync.resource import NestedResource
from scgapi.models import conference_members as spec
from scgapi.models.conference_members import (
    ConferenceMemberCreate,
    ConferenceMemberData,
    ConferenceMemberFields,
    ConferenceMemberFilters,
    ConferenceMemberUpdate,
)


@operations(refresh=spec.GET, update=spec.UPDATE, delete=spec.DELETE)
class ConferenceMember(Updatable, ConferenceMemberData):
    """A call that is in a conference.

    Its path is `/calling/conferences/{conference_id}/members/{id}`.

    `update()` saves `mute` and `hold`, without a version; `set_mute()` and `set_hold()` do so at once. `delete()` takes
    the call out of the conference.
    """

    Resource: ClassVar[type[ConferenceMemberResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ConferenceMemberFields]) -> None: ...

    def set_mute(self, mute: bool = True) -> None:
        """Let the member only hear, or speak again; then read it again."""
        ConferenceMemberResource(self._scg, self._parent_id).update(self.id, mute=mute)
        self.refresh()

    def set_hold(self, hold: bool = True) -> None:
        """Let the member neither hear nor speak, or both again; then read it again."""
        ConferenceMemberResource(self._scg, self._parent_id).update(self.id, hold=hold)
        self.refresh()


class ConferenceMemberResource(NestedResource):
    """The members of one conference: `client.conferences.members(conference_id)`."""

    def list(self, **filters: Unpack[ConferenceMemberFilters]) -> Pager[ConferenceMember]:
        """List members that match all filters, or all members (GET `/calling/conferences/{conference_id}/members`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(ConferenceMember, spec.LIST, self._parent, options=filters)

    def create(
        self, member: ConferenceMemberData | None = None, /, **fields: Unpack[ConferenceMemberCreate]
    ) -> str:
        """Let a call join, from keywords or an object (POST `/calling/conferences/{conference_id}/members`).

        Returns:
            The id of the new member.

        Raises:
            BadRequestError: there is no such call, or it or the conference has ended.
            InvalidArgumentError: a field is unknown, missing or of a wrong type; nothing was sent.
        """
        return self._create(spec.CREATE, member, fields, self._parent)

    def get(self, member_id: str) -> ConferenceMember:
        """Get the member with this id (GET `/calling/conferences/{conference_id}/members/{id}`).

        Raises:
            NotFoundError: it does not exist.
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
            NotFoundError: it does not exist.
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
