"""MFA users: who is confirmed by a code."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field
from typing_extensions import Required, TypedDict

from scgapi._core.operation import Operation
from scgapi.models._base import Model
from scgapi.models._fields import UPDATED, DateFilter, ListOptions, TextFilter, Timestamp

MfaUserStatus = Literal["INITIAL", "VALIDATION PENDING", "VALIDATED"] | str


class MfaUserData(Model):
    """An MFA user's fields (GET `/applications/{id}/users/{id}`); all read-only."""

    id: Final[Annotated[str, Field(default=None)]]
    """Your own id of the user."""
    user_address: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """The address that codes are sent to."""
    status: Final[Annotated[MfaUserStatus | None, Field(default=None)]]
    """Whether the user has shown to be reached at the address."""
    created_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    """When the user was created, in UTC."""
    last_updated_date: Final[Annotated[Timestamp | None, Field(default=None, validation_alias=UPDATED)]]
    """When the user last changed, in UTC."""
    version_number: Final[Annotated[int | None, Field(default=None)]]
    """1 on creation, one more with each change."""


class MfaUserFilters(ListOptions, total=False):
    """What MFA users can be found by; see `ListOptions` for the rest."""

    id: TextFilter
    status: TextFilter
    created_date: DateFilter
    last_updated_date: DateFilter


class MfaAssociation(TypedDict, total=False):
    """The address of a user. The definition describes it in words only; the key's name is not established."""

    user_address: Required[str]
    display_name: str | None


class MfaLogin(TypedDict, total=False):
    """How a login is confirmed. The definition tells of a validation method, but not what its key is called."""

    display_name: str | None
    validation_method: Literal["SMS"] | str | None


class MfaValidation(TypedDict):
    """The code that the user received. The definition describes it in words only; its key is not established."""

    code: str


_ALL = "/applications/{application_id}/users"
_ONE = "/applications/{application_id}/users/{user_id}"

LIST = Operation("mfa_applications.users.list", "GET", _ALL, query=MfaUserFilters)
GET = Operation("mfa_applications.users.get", "GET", _ONE)
DELETE = Operation("mfa_applications.users.delete", "DELETE", _ONE)
ASSOCIATE = Operation("mfa_applications.users.associate", "POST", f"{_ONE}/associate", body=MfaAssociation)
DISSOCIATE = Operation("mfa_applications.users.dissociate", "DELETE", f"{_ONE}/associate")
VALIDATE = Operation("mfa_applications.users.validate", "POST", f"{_ONE}/validate", body=MfaValidation)
LOGIN_START = Operation("mfa_applications.users.login_start", "POST", f"{_ONE}/login_start", body=MfaLogin)
