"""MFA applications: what confirms its users by codes that are sent to them."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field
from typing_extensions import TypedDict

from scgapi._core.model.base import Model
from scgapi._core.model.fields import (
    LAST_UPDATED_ALIASES,
    SENSITIVE,
    ChoiceFilter,
    DateFilter,
    IntFilter,
    ListOptions,
    TextFilter,
    Timestamp,
)
from scgapi._core.operation import Operation

AuthTokenType = Literal["NUMERIC", "ALPHANUMERIC", "ALPHA", "COMPLEX"] | str
CodeDelivery = Literal["SMS"] | str


class MfaApplicationData(Model):
    """An MFA application's fields (GET `/applications/{id}`)."""

    id: Final[Annotated[str, Field(default=None)]]
    """Identifier, set by the gateway."""
    name: str | None = None
    """Your own name for it."""
    description: str | None = None
    """Description."""
    auth_code_length: int | float | None = None
    """Length of a code, in characters."""
    auth_token_type: AuthTokenType | None = None
    """The characters that a code is made of."""
    auth_token_validity_duration: int | float | None = None
    """Seconds that a code is good for."""
    auth_token_prefix: Annotated[str | None, SENSITIVE] = None
    """Prefix of each code."""
    auth_token_delivery_methods: CodeDelivery | None = None
    """Delivery of the codes: `SMS`."""
    associate_template: str | None = None
    """The text of the message that confirms an address, or a template's id; empty means the gateway's own."""
    display_name: str | None = None
    """Value of `$display_name` in both templates."""
    login_template: str | None = None
    """The text of the message that confirms a login, or a template's id; empty means the gateway's own."""
    message_from: str | None = None
    """The sender id that codes are sent from."""
    created_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    """Time of creation, in UTC."""
    last_updated_date: Final[
        Annotated[Timestamp | None, Field(default=None, validation_alias=LAST_UPDATED_ALIASES)]
    ]
    """Time of the last change, in UTC."""
    version_number: Final[Annotated[int | None, Field(default=None)]]
    """1 on creation, one more with each change."""


class MfaApplicationFields(TypedDict, total=False, closed=True):
    """Fields of an MFA application to create."""

    name: str | None
    """Your own name for it."""
    description: str | None
    """Description."""
    auth_code_length: int | None
    """Number of characters of a code."""
    auth_token_type: AuthTokenType | None
    """Characters that a code is made of: NUMERIC, ALPHA, ALPHANUMERIC or COMPLEX."""
    auth_token_validity_duration: int | None
    """Seconds that a code is valid for."""
    auth_token_prefix: str | None
    """Text that each code begins with."""
    auth_token_delivery_methods: CodeDelivery | None
    """Delivery of the codes: `SMS`."""
    associate_template: str | None
    """Text, or id of the template, of the message that confirms an address; empty for the gateway's
    own."""
    display_name: str | None
    """Value of `$display_name` in both templates."""
    login_template: str | None
    """Text, or id of the template, of the message that confirms a login; empty for the gateway's own."""
    message_from: str | None
    """Sender id that codes are sent from."""


class MfaApplicationFilters(ListOptions, total=False, closed=True):
    """Filters for MFA applications; see `ListOptions` for the other keywords."""

    id: TextFilter
    """Id, or several of which any may match."""
    name: TextFilter
    """Name, or several."""
    auth_code_length: IntFilter
    """Number of characters of a code, or several."""
    auth_token_type: ChoiceFilter[AuthTokenType]
    """Characters of a code, such as `NUMERIC`; or several."""
    auth_token_validity_duration: IntFilter
    """Seconds that a code is valid for, or several."""
    auth_token_prefix: TextFilter
    """Text that each code begins with, or several."""
    auth_token_delivery_methods: ChoiceFilter[CodeDelivery]
    """Delivery of the codes: `SMS`."""
    message_from: TextFilter
    """Sender id that codes are sent from, or several."""
    created_date: DateFilter
    """Time of creation: one time, or a range `(from, to)` including both ends."""
    last_updated_date: DateFilter
    """Time of the last change: one time, or a range `(from, to)` including both ends."""


LIST = Operation("mfa_applications.list", "GET", "/applications", query=MfaApplicationFilters)
CREATE = Operation("mfa_applications.create", "POST", "/applications", body=MfaApplicationFields)
GET = Operation("mfa_applications.get", "GET", "/applications/{application_id}")
DELETE = Operation("mfa_applications.delete", "DELETE", "/applications/{application_id}")
