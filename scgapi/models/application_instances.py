"""Instances of communication applications: a script at work on a sender id."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field
from typing_extensions import TypedDict

from scgapi._core.model.base import ResourceModel
from scgapi._core.model.fields import DateFilter, ListOptions, TextFilter, Timestamp, TrueOrFalse
from scgapi._core.operation import Operation
from scgapi.models._addresses import IdOfScript, IdOfSenderId, ScriptRef, SenderIdRef

ApplicationInstanceState = Literal["ENABLED", "DISABLED"] | str


class ApplicationInstanceData(ResourceModel):
    """An instance's fields (GET `/assistant/communication_applications/instances/{id}`)."""

    script_id: IdOfScript | None = None
    """Id of the script that it follows."""
    sender_id: IdOfSenderId | None = None
    """Id of the sender id that it talks from."""
    state: ApplicationInstanceState | None = None
    """ENABLED or DISABLED."""
    allow_incoming_call: TrueOrFalse | None = None
    """`"true"` if it takes incoming calls; a string in JSON."""
    description: Final[Annotated[str | None, Field(default=None)]]
    """Description, set by the gateway."""
    create_time: Final[Annotated[Timestamp | None, Field(default=None, validation_alias="createTime")]]
    """Time of creation; `createTime` in JSON."""
    modify_time: Final[Annotated[Timestamp | None, Field(default=None, validation_alias="modifyTime")]]
    """Time of the last change; `modifyTime` in JSON."""


class ApplicationInstanceFields(TypedDict, total=False, closed=True):
    """Fields of an instance, for a create or a replace."""

    script_id: ScriptRef | None
    """Id of the script that it follows."""
    sender_id: SenderIdRef | None
    """Id of the sender id that it talks from."""
    state: ApplicationInstanceState | None
    """ENABLED or DISABLED."""
    allow_incoming_call: TrueOrFalse | None
    """`"true"` to take incoming calls; a string in JSON."""


class ApplicationInstanceFilters(ListOptions, total=False, closed=True):
    """Filters for instances; see `ListOptions` for the other keywords."""

    id: TextFilter
    """Id, or several of which any may match."""
    last_updated_date: DateFilter
    """Time of the last change: one time, or a range `(from, to)` including both ends."""


_PATH = "/assistant/communication_applications/instances"

LIST = Operation("application_instances.list", "GET", _PATH, query=ApplicationInstanceFilters)
CREATE = Operation("application_instances.create", "POST", _PATH, body=ApplicationInstanceFields)
GET = Operation("application_instances.get", "GET", f"{_PATH}/{{instance_id}}")
REPLACE = Operation(
    "application_instances.replace", "PUT", f"{_PATH}/{{instance_id}}", body=ApplicationInstanceFields
)
DELETE = Operation("application_instances.delete", "DELETE", f"{_PATH}/{{instance_id}}")
