"""MFA applications: what confirms its users by codes that are sent to them."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field
from typing_extensions import TypedDict

from scgapi._core.operation import Operation
from scgapi.models._base import Model
from scgapi.models._fields import (
    HIDDEN,
    UPDATED,
    DateFilter,
    IntFilter,
    ListOptions,
    TextFilter,
    Timestamp,
)

AuthTokenType = Literal["NUMERIC", "ALPHANUMERIC", "ALPHA", "COMPLEX"] | str


class MfaApplicationData(Model):
    """An MFA application's fields (GET `/applications/{id}`)."""

    id: Final[Annotated[str, Field(default=None)]]
    """Identifier, set by the gateway."""
    name: str | None = None
    description: str | None = None
    auth_code_length: int | float | None = None
    """How many characters a code has."""
    auth_token_type: AuthTokenType | None = None
    """The characters that a code is made of."""
    auth_token_validity_duration: int | float | None = None
    """Seconds that a code is good for."""
    auth_token_prefix: Annotated[str | None, HIDDEN] = None
    """What each code begins with."""
    auth_token_delivery_methods: Literal["SMS"] | str | None = None
    associate_template: str | None = None
    """The text of the message that confirms an address, or a template's id; empty means the gateway's own."""
    display_name: str | None = None
    """What `$display_name` stands for in both templates."""
    login_template: str | None = None
    """The text of the message that confirms a login, or a template's id; empty means the gateway's own."""
    message_from: str | None = None
    """The sender id that codes are sent from."""
    created_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    """When the application was created, in UTC."""
    last_updated_date: Final[Annotated[Timestamp | None, Field(default=None, validation_alias=UPDATED)]]
    """When the application last changed, in UTC."""
    version_number: Final[Annotated[int | None, Field(default=None)]]
    """1 on creation, one more with each change."""


class MfaApplicationFields(TypedDict, total=False):
    """What an MFA application is created from."""

    name: str | None
    description: str | None
    auth_code_length: int | None
    auth_token_type: AuthTokenType | None
    auth_token_validity_duration: int | None
    auth_token_prefix: str | None
    auth_token_delivery_methods: Literal["SMS"] | str | None
    associate_template: str | None
    display_name: str | None
    login_template: str | None
    message_from: str | None


class MfaApplicationFilters(ListOptions, total=False):
    """What MFA applications can be found by; see `ListOptions` for the rest."""

    id: TextFilter
    name: TextFilter
    auth_code_length: IntFilter
    auth_token_type: TextFilter
    auth_token_validity_duration: IntFilter
    auth_token_prefix: TextFilter
    auth_token_delivery_methods: TextFilter
    message_from: TextFilter
    created_date: DateFilter
    last_updated_date: DateFilter


LIST = Operation("mfa_applications.list", "GET", "/applications", query=MfaApplicationFilters)
CREATE = Operation("mfa_applications.create", "POST", "/applications", body=MfaApplicationFields)
GET = Operation("mfa_applications.get", "GET", "/applications/{application_id}")
DELETE = Operation("mfa_applications.delete", "DELETE", "/applications/{application_id}")
