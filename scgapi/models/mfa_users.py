"""MFA users: who is confirmed by a code."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field
from typing_extensions import Required, TypedDict

from scgapi._core.model.base import Model
from scgapi._core.model.fields import (
    LAST_UPDATED_ALIASES,
    ChoiceFilter,
    DateFilter,
    ListOptions,
    TextFilter,
    Timestamp,
)
from scgapi._core.operation import Operation

MfaUserStatus = Literal["INITIAL", "VALIDATION PENDING", "VALIDATED"] | str


class MfaUserData(Model):
    """An MFA user's fields (GET `/applications/{id}/users/{id}`); all read-only."""

    id: Final[Annotated[str, Field(default=None)]]
    """Your own id of the user."""
    user_address: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """The address that codes are sent to."""
    status: Final[Annotated[MfaUserStatus | None, Field(default=None)]]
    """True if the user has confirmed the address."""
    created_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    """Time of creation, in UTC."""
    last_updated_date: Final[
        Annotated[Timestamp | None, Field(default=None, validation_alias=LAST_UPDATED_ALIASES)]
    ]
    """Time of the last change, in UTC."""
    version_number: Final[Annotated[int | None, Field(default=None)]]
    """1 on creation, one more with each change."""


class MfaUserFilters(ListOptions, total=False, closed=True):
    """Filters for MFA users; see `ListOptions` for the other keywords."""

    id: TextFilter
    """Id, or several of which any may match."""
    status: ChoiceFilter[MfaUserStatus]
    """State of the user: INITIAL, VALIDATION PENDING or VALIDATED; or several."""
    created_date: DateFilter
    """Time of creation: one time, or a range `(from, to)` including both ends."""
    last_updated_date: DateFilter
    """Time of the last change: one time, or a range `(from, to)` including both ends."""


class MfaAssociation(TypedDict, total=False, closed=True):
    """The address of a user. The published definition does not name its key; this is its name in responses."""

    user_address: Required[str]
    """Address that codes are sent to, such as `+15551234567`."""
    display_name: str | None
    """Value of `$display_name` in the message."""


class MfaLogin(TypedDict, total=False, closed=True):
    """Login to confirm. The published definition mentions a validation method without naming its key."""

    display_name: str | None
    """Value of `$display_name` in the message."""
    validation_method: Literal["SMS"] | str | None
    """Delivery of the code: `SMS`."""


class MfaValidation(TypedDict):
    """The code that the user received. The published definition does not name its key; `code` is assumed."""

    code: str
    """Code that the user typed."""


_ALL = "/applications/{application_id}/users"
_ONE = "/applications/{application_id}/users/{user_id}"

LIST = Operation("mfa_applications.users.list", "GET", _ALL, query=MfaUserFilters)
GET = Operation("mfa_applications.users.get", "GET", _ONE)
DELETE = Operation("mfa_applications.users.delete", "DELETE", _ONE)
ASSOCIATE = Operation("mfa_applications.users.associate", "POST", f"{_ONE}/associate", body=MfaAssociation)
DISSOCIATE = Operation("mfa_applications.users.dissociate", "DELETE", f"{_ONE}/associate")
VALIDATE = Operation("mfa_applications.users.validate", "POST", f"{_ONE}/validate", body=MfaValidation)
LOGIN_START = Operation("mfa_applications.users.login_start", "POST", f"{_ONE}/login_start", body=MfaLogin)
