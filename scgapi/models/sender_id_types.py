"""Sender id types: what can be sent from a sender id, and through which gateway."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field, JsonValue

from scgapi._core.model.base import ResourceModel
from scgapi._core.model.fields import Capability, ChoiceFilter, ListOptions, TextFilter
from scgapi._core.operation import Operation


class SenderIdTypeData(ResourceModel):
    """A sender id type's fields (GET `/messaging/sender_id_types/{id}`); the gateway's own, all read-only."""

    name: Final[Annotated[str | None, Field(default=None)]]
    """Name of the type."""
    description: Final[Annotated[str | None, Field(default=None)]]
    """Description."""
    capabilities: Final[Annotated[list[str] | None, Field(default=None)]]
    """The message types that sender ids of this type can send."""
    allowed_mime_types: Final[Annotated[list[str] | str | None, Field(default=None)]]
    """Media types that can be attached: a list, or a comma list by the definition."""
    blocked_mime_types: Final[Annotated[list[str] | str | None, Field(default=None)]]
    """Media types that cannot be attached: a list, or a comma list by the definition."""
    gateway_id: Final[Annotated[str | None, Field(default=None)]]
    """Id of the platform that delivers."""
    credential_parameter_list: Final[Annotated[list[JsonValue] | None, Field(default=None)]]
    """The names of what a sender id of this type needs in its `credentials`."""


class SenderIdTypeFilters(ListOptions, total=False, closed=True):
    """Filters for sender id types; see `ListOptions` for the other keywords."""

    id: TextFilter
    """Id, or several of which any may match."""
    name: TextFilter
    """Name, or several."""
    capabilities: ChoiceFilter[Capability]
    """Kind of message that can be sent, such as `MMS`; or several."""
    allowed_mime_types: TextFilter
    """Content type that can be attached, or several."""
    blocked_mime_types: TextFilter
    """Content type that cannot be attached, or several."""


LIST = Operation("sender_id_types.list", "GET", "/messaging/sender_id_types", query=SenderIdTypeFilters)
GET = Operation("sender_id_types.get", "GET", "/messaging/sender_id_types/{type_id}")
