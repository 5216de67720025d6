# Generated from scgapi/_async/resources/mfa_applications.py by tools/generate.py: edit that file.
"""MFA applications: what confirms its users by codes that are sent to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack, overload

from scgapi._sync.pager import Pager
from scgapi._sync.resource import Object, Resource
from scgapi._sync.resources.mfa_users import MfaUserResource
from scgapi.models import mfa_applications as spec
from scgapi.models.mfa_applications import (
    MfaApplicationData,
    MfaApplicationFields,
    MfaApplicationFilters,
)


class MfaApplication(Object, MfaApplicationData):
    """What confirms its users by codes. It cannot be changed, only deleted and made anew."""

    Resource: ClassVar[type[MfaApplicationResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[MfaApplicationFields]) -> None: ...

    def users(self) -> MfaUserResource:
        """The application's users."""
        return self._scg.mfa_applications.users(self.id)

    def delete(self) -> None:
        """Delete the application (DELETE `/applications/{id}`)."""
        self._scg.mfa_applications.delete(self.id)


class MfaApplicationResource(Resource):
    """MFA applications, through one client: `client.mfa_applications`."""

    def list(self, **filters: Unpack[MfaApplicationFilters]) -> Pager[MfaApplication]:
        """Applications that match all filters, or all of them (GET `/applications`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(MfaApplication, spec.LIST, options=filters)

    @overload
    def create(self, application: MfaApplicationData, /) -> str: ...
    @overload
    def create(self, /, **fields: Unpack[MfaApplicationFields]) -> str: ...
    def create(self, application: MfaApplicationData | None = None, /, **fields: object) -> str:
        """Create an application from keywords or from an unsaved object (POST `/applications`).

        `auth_token_validity_duration` is in seconds.

        Returns:
            The id of the new application.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return self._create(spec.CREATE, application, fields)

    def get(self, application_id: str) -> MfaApplication:
        """The application with this id (GET `/applications/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        return self._get(MfaApplication, spec.GET, application_id)

    def delete(self, application_id: str) -> None:
        """Delete the application (DELETE `/applications/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        self._send(spec.DELETE, application_id)

    def users(self, application_id: str) -> MfaUserResource:
        """The users of one application."""
        return MfaUserResource(self._client, application_id)


MfaApplication.Resource = MfaApplicationResource
