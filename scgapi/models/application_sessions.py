"""Sessions of communication applications: one conversation of an instance."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field
from typing_extensions import TypedDict

from scgapi._core.model.base import ResourceModel
from scgapi._core.model.fields import SENSITIVE, DateFilter, ListOptions, TextFilter, Timestamp
from scgapi._core.operation import Operation

ApplicationSessionState = Literal["NOTSTARTED", "ACTIVE", "PAUSED", "COMPLETED"] | str
ApplicationSessionType = Literal["SMS", "FB", "VOICE"] | str
ApplicationSessionDirection = Literal["IN", "OUT"] | str


class ApplicationSessionData(ResourceModel):
    """A session's fields (GET `/assistant/communication_applications/instances/{id}/sessions/{id}`)."""

    to_address: Annotated[str | None, SENSITIVE] = None
    """Whom the session is with."""
    state: ApplicationSessionState | None = None
    """NOTSTARTED, ACTIVE, PAUSED or COMPLETED."""
    instance_id: Final[Annotated[str | None, Field(default=None)]]
    """Id of the instance that it belongs to."""
    call_id: Final[Annotated[str | None, Field(default=None)]]
    """Id of the call in which prompts are played."""
    type: Final[Annotated[ApplicationSessionType | None, Field(default=None)]]
    """SMS, FB or VOICE."""
    direction: Final[Annotated[ApplicationSessionDirection | None, Field(default=None)]]
    """IN if the other side began it, OUT if the application did."""
    create_time: Final[Annotated[Timestamp | None, Field(default=None, validation_alias="createTime")]]
    """Time of creation; `createTime` in JSON."""
    start_time: Final[Annotated[Timestamp | None, Field(default=None)]]
    """Time when it became ACTIVE."""
    complete_time: Final[Annotated[Timestamp | None, Field(default=None)]]
    """Time when it became COMPLETED."""


class ApplicationSessionFields(TypedDict, total=False, closed=True):
    """Fields of a session, for a create or a replace."""

    to_address: str | None
    """Address of the other side."""
    state: ApplicationSessionState | None
    """NOTSTARTED, ACTIVE, PAUSED or COMPLETED."""


class ProcessorResult(TypedDict, total=False, closed=True):
    """Results of an application's own processor for a session.

    `processor_id` is the id that came with the processor event, `next_step` names the script's step to go on
    with, `prompt` is played to the other side in the call `call_id`.
    """

    call_id: str | None
    """Id of the call in which prompts are played."""
    processor_id: str | None
    """Id of the processor whose result this is."""
    next_step: str | None
    """Step of the script to go on with."""
    prompt: str | None
    """Text to play or send next."""


class ApplicationSessionFilters(ListOptions, total=False, closed=True):
    """Filters for sessions; see `ListOptions` for the other keywords."""

    id: TextFilter
    """Id, or several of which any may match."""
    last_updated_date: DateFilter
    """Time of the last change: one time, or a range `(from, to)` including both ends."""


_PATH = "/assistant/communication_applications/instances/{instance_id}/sessions"

LIST = Operation("application_instances.sessions.list", "GET", _PATH, query=ApplicationSessionFilters)
CREATE = Operation("application_instances.sessions.create", "POST", _PATH, body=ApplicationSessionFields)
GET = Operation("application_instances.sessions.get", "GET", f"{_PATH}/{{session_id}}")
REPLACE = Operation(
    "application_instances.sessions.replace", "PUT", f"{_PATH}/{{session_id}}", body=ApplicationSessionFields
)
DELETE = Operation("application_instances.sessions.delete", "DELETE", f"{_PATH}/{{session_id}}")
SEND_PROCESSOR_RESULT = Operation(
    "application_instances.sessions.send_processor_result",
    "POST",
    f"{_PATH}/{{session_id}}/processor_results",
    body=ProcessorResult,
)
