# Generated from scgapi/_async/resources/mfa_users.py by tools/generate.py: edit that file.
"""Users of MFA applications, who are confirmed by a code."""

from __future__ import annotations

from typing import ClassVar, Unpack

from scgapi._sync.objects import Deletable, Readable, operations
from scgapi._sync.pager import Pager
from scgapi._sync.resource import NestedResource
from scgapi.models import mfa_users as spec
from scgapi.models.mfa_users import MfaAssociation, MfaLogin, MfaUserData, MfaUserFilters


@operations(refresh=spec.GET, delete=spec.DELETE)
class MfaUser(Readable, Deletable, MfaUserData):
    """A user of an MFA application, identified by your own id.

    Its path is `/applications/{application_id}/users/{id}`. The object shows the user as it was read: after a change,
    `refresh()` it.
    """

    Resource: ClassVar[type[MfaUserResource]]

    def associate(self, **fields: Unpack[MfaAssociation]) -> None:
        """Give the user an address, and send a code there (POST `/applications/{id}/users/{id}/associate`)."""
        self._users.associate(self.id, **fields)

    def dissociate(self) -> None:
        """Take the user's address away (DELETE `/applications/{id}/users/{id}/associate`)."""
        self._users.dissociate(self.id)

    # pydantic's own `validate` is deprecated, and nothing here uses it.
    def validate(self, code: str) -> None:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        """Check the code that the user received (POST `/applications/{id}/users/{id}/validate`).

        Raises:
            BadRequestError: it is not the code.
        """
        self._users.validate(self.id, code)

    def login_start(self, **fields: Unpack[MfaLogin]) -> None:
        """Send the user a code to log in with (POST `/applications/{id}/users/{id}/login_start`)."""
        self._users.login_start(self.id, **fields)

    @property
    def _users(self) -> MfaUserResource:
        return MfaUserResource(self._scg, self._parent_id)


class MfaUserResource(NestedResource):
    """The users of one MFA application: `client.mfa_applications.users(application_id)`."""

    def list(self, **filters: Unpack[MfaUserFilters]) -> Pager[MfaUser]:
        """List users that match all filters, or all of them (GET `/applications/{id}/users`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(MfaUser, spec.LIST, self._parent, options=filters)

    def get(self, user_id: str) -> MfaUser:
        """Get the user with this id (GET `/applications/{id}/users/{id}`).

        Raises:
            NotFoundError: there is no such user, or no such application.
        """
        return self._get(MfaUser, spec.GET, self._parent, user_id)

    def delete(self, user_id: str) -> None:
        """Delete the user (DELETE `/applications/{id}/users/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        self._send(spec.DELETE, self._parent, user_id)

    def associate(self, user_id: str, **fields: Unpack[MfaAssociation]) -> None:
        """Give a user an address, and send a code there (POST `/applications/{id}/users/{id}/associate`).

        The user waits for `validate()` from then on.

        Args:
            user_id: your own id of the user.
            **fields: `user_address`, where codes go; `display_name`, in place of the application's for this
                message. The published definition describes the address without naming its key; `user_address` is
                its name in responses. Whether an unknown user is created is not documented.

        Raises:
            NotFoundError: there is no such application.
            RateLimitError: too many codes in a short time (code 2004).
        """
        self._send(spec.ASSOCIATE, self._parent, user_id, fields=fields)

    def dissociate(self, user_id: str) -> None:
        """Take a user's address away (DELETE `/applications/{id}/users/{id}/associate`).

        Raises:
            NotFoundError: there is no such user.
        """
        self._send(spec.DISSOCIATE, self._parent, user_id)

    def validate(self, user_id: str, code: str) -> None:
        """Check the code that was sent last, for an address or for a login.

        POST `/applications/{id}/users/{id}/validate`. The published definition describes the code without naming its
        key; `code` is assumed.

        Raises:
            BadRequestError: it is not the code, or the code is too old. (What the gateway answers is not
                documented.)
            NotFoundError: there is no such user.
        """
        self._send(spec.VALIDATE, self._parent, user_id, fields={"code": code})

    def login_start(self, user_id: str, **fields: Unpack[MfaLogin]) -> None:
        """Send a user a code to log in with (POST `/applications/{id}/users/{id}/login_start`).

        Args:
            user_id: your own id of the user.
            **fields: `display_name`, in place of the application's for this message; `validation_method`, SMS
                by default. The published definition describes the method without naming its key.

        Raises:
            ConflictError: the user's address was not validated (code 2003).
            RateLimitError: too many codes in a short time (code 2004).
        """
        self._send(spec.LOGIN_START, self._parent, user_id, fields=fields)


MfaUser.Resource = MfaUserResource
