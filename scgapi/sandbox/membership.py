"""Objects that hold others by id: groups hold contacts, channels hold sender ids."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scgapi._core.operation import Operation
from scgapi.sandbox.checks import checked_body
from scgapi.sandbox.errors import not_found
from scgapi.sandbox.resource import Resource
from scgapi.sandbox.store import Document, texts
from scgapi.sandbox.world import Call, Handler, Reply, World


class _Rolls:
    """Who is in what. Members that are deleted drop out when they are next looked for."""

    def __init__(self, _world: World) -> None:
        self.of: dict[str, dict[str, None]] = {}


def always(_world: World, _owner: Document) -> None:
    """Members may be added and removed at any time."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Membership:
    """The handlers for listing, adding and removing members.

    `may_change` raises if the owner's members cannot be changed; `computed` gives the members of an owner that
    does not keep a list, and None for one that does.
    """

    owner: Resource
    member: Resource
    list_members: Operation
    add_members: Operation
    remove_member: Operation
    may_change: Callable[[World, Document], None] = always
    computed: Callable[[World, Document], list[Document] | None] = lambda _world, _owner: None

    def handlers(self) -> dict[Operation, Handler]:
        """All three."""
        return {self.list_members: self._list, self.add_members: self._add, self.remove_member: self._remove}

    def members(self, world: World, owner: Document) -> list[Document]:
        """The members of this owner that still exist, in the order they were added."""
        computed = self.computed(world, owner)
        if computed is not None:
            return computed
        rows = self.member.rows(world)
        found = (rows.find(key) for key in self._roll(world, str(owner["id"])))
        return [row for row in found if row is not None]

    def _list(self, world: World, call: Call) -> Reply:
        owner = self.owner.rows(world).get(call.ids[0])
        return self.member.page(world, call, self.members(world, owner))

    def _add(self, world: World, call: Call) -> Reply:
        owner = self.owner.rows(world).get(call.ids[0])
        (given,) = checked_body(call.operation, call.body).values()
        self.may_change(world, owner)
        known = self.member.rows(world)
        ids = texts(given)
        self._roll(world, call.ids[0]).update({key: None for key in ids if key in known})
        errors = {key: f"Unknown document: {key}" for key in ids if key not in known}
        return Reply(200, {"errors": errors}) if errors else Reply()

    def _remove(self, world: World, call: Call) -> Reply:
        owner_id, member_id = call.ids
        owner = self.owner.rows(world).get(owner_id)
        self.may_change(world, owner)
        roll = self._roll(world, owner_id)
        if member_id not in roll or member_id not in self.member.rows(world):
            raise not_found(member_id)
        del roll[member_id]
        return Reply()

    def _roll(self, world: World, owner_id: str) -> dict[str, None]:
        return world.part(_Rolls).of.setdefault(owner_id, {})
