"""Objects that belong to another object, whose id comes first in their paths."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scgapi.sandbox.checks import checked_body
from scgapi.sandbox.errors import not_found
from scgapi.sandbox.resource import Resource
from scgapi.sandbox.store import Document
from scgapi.sandbox.world import Call, Reply, World


@dataclass(frozen=True, kw_only=True, eq=False)
class NestedResource(Resource):
    """A kind of object with an `owner`; `link` is the field that holds the owner's id.

    Objects whose owner is gone are not to be found any more.
    """

    owner: Resource
    link: str

    def of(self, world: World, owner_id: str) -> list[Document]:
        """The objects of one owner."""
        return [row for row in self.rows(world).rows() if row.get(self.link) == owner_id]

    def list(self, world: World, call: Call) -> Reply:
        """GET on the owner's collection."""
        self.owner.rows(world).get(call.ids[0])
        return self.page(world, call, self.of(world, call.ids[0]))

    def create(self, world: World, call: Call) -> Reply:
        """POST on the owner's collection; `prepare` and `defaults` see whose object it is to be."""
        self.owner.rows(world).get(call.ids[0])
        fields = checked_body(call.operation, call.body, ignored=self.ignored)
        fields[self.link] = call.ids[0]
        self._check(world, fields, None)
        return Reply(200, {"id": self.rows(world).add({**self.defaults(world, fields), **fields})})

    def get(self, world: World, call: Call) -> Reply:
        """GET on an object."""
        return super().get(world, self.owned(world, call))

    def update(self, world: World, call: Call) -> Reply:
        """POST on an object."""
        return super().update(world, self.owned(world, call))

    def replace(self, world: World, call: Call) -> Reply:
        """PUT on an object."""
        return super().replace(world, self.owned(world, call))

    def delete(self, world: World, call: Call) -> Reply:
        """DELETE on an object."""
        return super().delete(world, self.owned(world, call))

    def owned(self, world: World, call: Call) -> Call:
        """The call as if the object had no owner.

        Raises:
            GatewayError: 404, the owner is gone, or the object is not its own.
        """
        owner_id, own_id = call.ids
        self.owner.rows(world).get(owner_id)
        if self.rows(world).get(own_id).get(self.link) != owner_id:
            raise not_found(own_id)
        return replace(call, ids=(own_id,))
