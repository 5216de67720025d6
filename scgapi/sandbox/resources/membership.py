"""Objects that hold others by id: groups hold contacts, channels hold sender ids."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scgapi._core.operation import Operation
from scgapi.sandbox.errors import not_found
from scgapi.sandbox.resources.body_checks import checked_body
from scgapi.sandbox.resources.resource import Resource
from scgapi.sandbox.state.account import Account, APIRequest, APIResponse, OperationHandler
from scgapi.sandbox.state.store import Document, texts


class _MemberLists:
    """Ids of the members, by owner. Deleted members are skipped by look-ups."""

    def __init__(self, _account: Account) -> None:
        self.by_owner: dict[str, dict[str, None]] = {}


def always(_account: Account, _owner: Document) -> None:
    """Allow all changes of members."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Membership:
    """The handlers for listing, adding and removing members.

    `may_change` raises if the owner's members cannot be changed. `computed` returns the members of an owner without
    a stored list, None for one with a list.
    """

    owner: Resource
    member: Resource
    list_members: Operation
    add_members: Operation
    remove_member: Operation
    may_change: Callable[[Account, Document], None] = always
    computed: Callable[[Account, Document], list[Document] | None] = lambda _account, _owner: None

    def handlers(self) -> dict[Operation, OperationHandler]:
        """Return the three handlers, by operation."""
        return {self.list_members: self._list, self.add_members: self._add, self.remove_member: self._remove}

    def members(self, account: Account, owner: Document) -> list[Document]:
        """Return the members of this owner that still exist, in the order they were added."""
        computed = self.computed(account, owner)
        if computed is not None:
            return computed
        rows = self.member.rows(account)
        found = (rows.find(key) for key in self._member_list(account, str(owner["id"])))
        return [row for row in found if row is not None]

    def _list(self, account: Account, request: APIRequest) -> APIResponse:
        owner = self.owner.rows(account).get(request.ids[0])
        return self.member.page(account, request, self.members(account, owner))

    def _add(self, account: Account, request: APIRequest) -> APIResponse:
        owner = self.owner.rows(account).get(request.ids[0])
        (given,) = checked_body(request.operation, request.body).values()
        self.may_change(account, owner)
        known = self.member.rows(account)
        ids = texts(given)
        self._member_list(account, request.ids[0]).update({key: None for key in ids if key in known})
        account.changed()
        errors = {key: f"Unknown document: {key}" for key in ids if key not in known}
        return APIResponse(200, {"errors": errors} if errors else {"id": request.ids[0]})

    def _remove(self, account: Account, request: APIRequest) -> APIResponse:
        owner_id, member_id = request.ids
        owner = self.owner.rows(account).get(owner_id)
        self.may_change(account, owner)
        roll = self._member_list(account, owner_id)
        if member_id not in roll or member_id not in self.member.rows(account):
            raise not_found(member_id)
        del roll[member_id]
        account.changed()
        return APIResponse()

    def _member_list(self, account: Account, owner_id: str) -> dict[str, None]:
        return account.component(_MemberLists).by_owner.setdefault(owner_id, {})
