# Generated from scgapi/_async/resources/mfa_applications.py by tools/generate.py: edit that file.
"""MFA applications, which confirm their users by codes that are sent to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._sync.objects import Deletable, operations
from scgapi._sync.pager import Pager
from scgapi._sync.resource import Resource
from scgapi._sync.resources.mfa_users import MfaUserResource
from scgapi.models import mfa_applications as spec
from scgapi.models.mfa_applications import (
    MfaApplicationData,
    MfaApplicationFields,
    MfaApplicationFilters,
)


@operations(delete=spec.DELETE)
class MfaApplication(Deletable, MfaApplicationData):
    """An application that confirms its users by codes: `/applications/{id}`.

    It cannot be changed, only deleted and created anew.
    """

    Resource: ClassVar[type[MfaApplicationResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[MfaApplicationFields]) -> None: ...

    def users(self) -> MfaUserResource:
        """Return the resource of this application's users."""
        return MfaApplicationResource(self._scg).users(self.id)


class MfaApplicationResource(Resource):
    """MFA applications, through one client: `client.mfa_applications`."""

    def list(self, **filters: Unpack[MfaApplicationFilters]) -> Pager[MfaApplication]:
        """List applications that match all filters, or all of them (GET `/applications`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(MfaApplication, spec.LIST, options=filters)

    def create(
        self, application: MfaApplicationData | None = None, /, **fields: Unpack[MfaApplicationFields]
    ) -> str:
        """Create an application from keywords or from an unsaved object (POST `/applications`).

        `auth_token_validity_duration` is in seconds.

        Returns:
            The id of the new application.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return self._create(spec.CREATE, application, fields)

    def get(self, application_id: str) -> MfaApplication:
        """Get the application with this id (GET `/applications/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return self._get(MfaApplication, spec.GET, application_id)

    def delete(self, application_id: str) -> None:
        """Delete the application (DELETE `/applications/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        self._send(spec.DELETE, application_id)

    def users(self, application_id: str) -> MfaUserResource:
        """Return the resource of one application's users."""
        return MfaUserResource(self._client, application_id)


MfaApplication.Resource = MfaApplicationResource
