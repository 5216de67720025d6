"""MFA applications, which confirm their users by codes that are sent to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._async.objects import AsyncDeletable, operations
from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncResource
from scgapi._async.resources.mfa_users import AsyncMfaUserResource
from scgapi.models import mfa_applications as spec
from scgapi.models.mfa_applications import (
    MfaApplicationData,
    MfaApplicationFields,
    MfaApplicationFilters,
)


@operations(delete=spec.DELETE)
class AsyncMfaApplication(AsyncDeletable, MfaApplicationData):
    """An application that confirms its users by codes: `/applications/{id}`.

    It cannot be changed, only deleted and created anew.
    """

    Resource: ClassVar[type[AsyncMfaApplicationResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[MfaApplicationFields]) -> None: ...

    def users(self) -> AsyncMfaUserResource:
        """Return the resource of this application's users."""
        return AsyncMfaApplicationResource(self._scg).users(self.id)


class AsyncMfaApplicationResource(AsyncResource):
    """MFA applications, through one client: `client.mfa_applications`."""

    def list(self, **filters: Unpack[MfaApplicationFilters]) -> AsyncPager[AsyncMfaApplication]:
        """List applications that match all filters, or all of them (GET `/applications`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncMfaApplication, spec.LIST, options=filters)

    async def create(
        self, application: MfaApplicationData | None = None, /, **fields: Unpack[MfaApplicationFields]
    ) -> str:
        """Create an application from keywords or from an unsaved object (POST `/applications`).

        `auth_token_validity_duration` is in seconds.

        Returns:
            The id of the new application.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return await self._create(spec.CREATE, application, fields)

    async def get(self, application_id: str) -> AsyncMfaApplication:
        """Get the application with this id (GET `/applications/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return await self._get(AsyncMfaApplication, spec.GET, application_id)

    async def delete(self, application_id: str) -> None:
        """Delete the application (DELETE `/applications/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        await self._send(spec.DELETE, application_id)

    def users(self, application_id: str) -> AsyncMfaUserResource:
        """Return the resource of one application's users."""
        return AsyncMfaUserResource(self._client, application_id)


AsyncMfaApplication.Resource = AsyncMfaApplicationResource
