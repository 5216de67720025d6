"""Instances of communication applications: a script at work on a sender id."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field
from typing_extensions import TypedDict

from scgapi._core.operation import Operation
from scgapi.models._base import ResourceModel
from scgapi.models._fields import DateFilter, ListOptions, TextFilter, Timestamp

ApplicationInstanceState = Literal["ENABLED", "DISABLED"] | str


class ApplicationInstanceData(ResourceModel):
    """An instance's fields (GET `/assistant/communication_applications/instances/{id}`)."""

    script_id: str | None = None
    """Id of the script that it follows."""
    sender_id: str | None = None
    """Id of the sender id that it talks from."""
    state: ApplicationInstanceState | None = None
    allow_incoming_call: Literal["true", "false"] | str | None = None
    """`"true"` has it take incoming calls; text on the wire."""
    description: Final[Annotated[str | None, Field(default=None)]]
    create_time: Final[Annotated[Timestamp | None, Field(default=None, validation_alias="createTime")]]
    """When the instance was made; `createTime` on the wire."""
    modify_time: Final[Annotated[Timestamp | None, Field(default=None, validation_alias="modifyTime")]]
    """When the instance last changed; `modifyTime` on the wire."""


class ApplicationInstanceFields(TypedDict, total=False):
    """What an instance is created from, and replaced by."""

    script_id: str | None
    sender_id: str | None
    state: ApplicationInstanceState | None
    allow_incoming_call: Literal["true", "false"] | str | None


class ApplicationInstanceFilters(ListOptions, total=False):
    """What instances can be found by; see `ListOptions` for the rest."""

    id: TextFilter
    last_updated_date: DateFilter


_PATH = "/assistant/communication_applications/instances"

LIST = Operation("application_instances.list", "GET", _PATH, query=ApplicationInstanceFilters)
CREATE = Operation("application_instances.create", "POST", _PATH, body=ApplicationInstanceFields)
GET = Operation("application_instances.get", "GET", f"{_PATH}/{{instance_id}}")
REPLACE = Operation(
    "application_instances.replace", "PUT", f"{_PATH}/{{instance_id}}", body=ApplicationInstanceFields
)
DELETE = Operation("application_instances.delete", "DELETE", f"{_PATH}/{{instance_id}}")
