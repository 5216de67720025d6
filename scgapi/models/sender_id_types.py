"""Sender id types: what can be sent from a sender id, and through which gateway."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field, JsonValue

from scgapi._core.operation import Operation
from scgapi.models._base import ResourceModel
from scgapi.models._fields import ListOptions, TextFilter


class SenderIdTypeData(ResourceModel):
    """A sender id type's fields (GET `/messaging/sender_id_types/{id}`); the gateway's own, all read-only."""

    name: Final[Annotated[str | None, Field(default=None)]]
    description: Final[Annotated[str | None, Field(default=None)]]
    capabilities: Final[Annotated[list[str] | None, Field(default=None)]]
    """The message types that sender ids of this type can send."""
    allowed_mime_types: Final[Annotated[list[str] | str | None, Field(default=None)]]
    """Media types that can be attached: a list, or a comma list by the definition."""
    blocked_mime_types: Final[Annotated[list[str] | str | None, Field(default=None)]]
    """Media types that cannot be attached: a list, or a comma list by the definition."""
    gateway_id: Final[Annotated[str | None, Field(default=None)]]
    credential_parameter_list: Final[Annotated[list[JsonValue] | None, Field(default=None)]]
    """The names of what a sender id of this type needs in its `credentials`."""


class SenderIdTypeFilters(ListOptions, total=False):
    """What sender id types can be found by; see `ListOptions` for the rest."""

    id: TextFilter
    name: TextFilter
    capabilities: TextFilter
    allowed_mime_types: TextFilter
    blocked_mime_types: TextFilter


LIST = Operation("sender_id_types.list", "GET", "/messaging/sender_id_types", query=SenderIdTypeFilters)
GET = Operation("sender_id_types.get", "GET", "/messaging/sender_id_types/{type_id}")
