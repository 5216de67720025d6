"""MFA applications: what confirms its users by codes that are sent to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack, overload

from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncObject, AsyncResource
from scgapi._async.resources.mfa_users import AsyncMfaUserResource
from scgapi.models import mfa_applications as spec
from scgapi.models.mfa_applications import (
    MfaApplicationData,
    MfaApplicationFields,
    MfaApplicationFilters,
)


class AsyncMfaApplication(AsyncObject, MfaApplicationData):
    """What confirms its users by codes. It cannot be changed, only deleted and made anew."""

    Resource: ClassVar[type[AsyncMfaApplicationResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[MfaApplicationFields]) -> None: ...

    def users(self) -> AsyncMfaUserResource:
        """The application's users."""
        return self._scg.mfa_applications.users(self.id)

    async def delete(self) -> None:
        """Delete the application (DELETE `/applications/{id}`)."""
        await self._scg.mfa_applications.delete(self.id)


class AsyncMfaApplicationResource(AsyncResource):
    """MFA applications, through one client: `client.mfa_applications`."""

    def list(self, **filters: Unpack[MfaApplicationFilters]) -> AsyncPager[AsyncMfaApplication]:
        """Applications that match all filters, or all of them (GET `/applications`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncMfaApplication, spec.LIST, options=filters)

    @overload
    async def create(self, application: MfaApplicationData, /) -> str: ...
    @overload
    async def create(self, /, **fields: Unpack[MfaApplicationFields]) -> str: ...
    async def create(self, application: MfaApplicationData | None = None, /, **fields: object) -> str:
        """Create an application from keywords or from an unsaved object (POST `/applications`).

        `auth_token_validity_duration` is in seconds.

        Returns:
            The id of the new application.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return await self._create(spec.CREATE, application, fields)

    async def get(self, application_id: str) -> AsyncMfaApplication:
        """The application with this id (GET `/applications/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        return await self._get(AsyncMfaApplication, spec.GET, application_id)

    async def delete(self, application_id: str) -> None:
        """Delete the application (DELETE `/applications/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        await self._send(spec.DELETE, application_id)

    def users(self, application_id: str) -> AsyncMfaUserResource:
        """The users of one application."""
        return AsyncMfaUserResource(self._client, application_id)


AsyncMfaApplication.Resource = AsyncMfaApplicationResource
