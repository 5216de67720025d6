"""Objects that belong to another object, whose id comes first in their paths."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scgapi.sandbox.errors import not_found
from scgapi.sandbox.resources.resource import Resource
from scgapi.sandbox.state.account import Account, APIRequest, APIResponse
from scgapi.sandbox.state.store import Document


@dataclass(frozen=True, kw_only=True, eq=False)
class NestedResource(Resource):
    """A kind of object with an `owner`; `link` is the field that holds the owner's id.

    Objects whose owner was deleted can no longer be found.
    """

    owner: Resource
    link: str

    def owned_by(self, account: Account, owner_id: str) -> list[Document]:
        """Return the objects of one owner."""
        return [row for row in self.rows(account).rows() if row.get(self.link) == owner_id]

    def list(self, account: Account, request: APIRequest) -> APIResponse:
        """Handle GET on the owner's collection."""
        self.owner.rows(account).get(request.ids[0])
        return self.page(account, request, self.owned_by(account, request.ids[0]))

    def create(self, account: Account, request: APIRequest) -> APIResponse:
        """Handle POST on the owner's collection. `prepare` and `defaults` get the owner's id in the field `link`."""
        self.owner.rows(account).get(request.ids[0])
        # The owner's id in the path does not make this an update.
        fields = self.body(replace(request, ids=()))
        fields[self.link] = request.ids[0]
        self._check(account, fields, None)
        return APIResponse(200, {"id": self.rows(account).add(self.with_defaults(account, fields))})

    def get(self, account: Account, request: APIRequest) -> APIResponse:
        """Handle GET on an object."""
        return super().get(account, self.without_owner(account, request))

    def update(self, account: Account, request: APIRequest) -> APIResponse:
        """Handle POST on an object."""
        return super().update(account, self.without_owner(account, request))

    def replace(self, account: Account, request: APIRequest) -> APIResponse:
        """Handle PUT on an object."""
        return super().replace(account, self.without_owner(account, request))

    def delete(self, account: Account, request: APIRequest) -> APIResponse:
        """Handle DELETE on an object."""
        return super().delete(account, self.without_owner(account, request))

    def without_owner(self, account: Account, request: APIRequest) -> APIRequest:
        """Return the request without the owner's id.

        Raises:
            GatewayError: 404 if the owner does not exist, or does not own the object.
        """
        owner_id, own_id = request.ids
        self.owner.rows(account).get(owner_id)
        if self.rows(account).get(own_id).get(self.link) != owner_id:
            raise not_found(own_id)
        return replace(request, ids=(own_id,))
