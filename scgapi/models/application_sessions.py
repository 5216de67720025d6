"""Sessions of communication applications: one conversation of an instance."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field
from typing_extensions import TypedDict

from scgapi._core.operation import Operation
from scgapi.models._base import ResourceModel
from scgapi.models._fields import HIDDEN, DateFilter, ListOptions, TextFilter, Timestamp

ApplicationSessionState = Literal["NOTSTARTED", "ACTIVE", "PAUSED", "COMPLETED"] | str
ApplicationSessionType = Literal["SMS", "FB", "VOICE"] | str
ApplicationSessionDirection = Literal["IN", "OUT"] | str


class ApplicationSessionData(ResourceModel):
    """A session's fields (GET `/assistant/communication_applications/instances/{id}/sessions/{id}`)."""

    to_address: Annotated[str | None, HIDDEN] = None
    """Whom the session is with."""
    state: ApplicationSessionState | None = None
    instance_id: Final[Annotated[str | None, Field(default=None)]]
    call_id: Final[Annotated[str | None, Field(default=None)]]
    """Id of the call in which prompts are played."""
    type: Final[Annotated[ApplicationSessionType | None, Field(default=None)]]
    direction: Final[Annotated[ApplicationSessionDirection | None, Field(default=None)]]
    create_time: Final[Annotated[Timestamp | None, Field(default=None, validation_alias="createTime")]]
    """When the session was made; `createTime` on the wire."""
    start_time: Final[Annotated[Timestamp | None, Field(default=None)]]
    """When it became ACTIVE."""
    complete_time: Final[Annotated[Timestamp | None, Field(default=None)]]
    """When it became COMPLETED."""


class ApplicationSessionFields(TypedDict, total=False):
    """What a session is created from, and replaced by."""

    to_address: str | None
    state: ApplicationSessionState | None


class ProcessorResult(TypedDict, total=False):
    """What an application's own processor has worked out for a session.

    `processor_id` is the id that came with the processor event, `next_step` names the script's step to go on
    with, `prompt` is played to the other side in the call `call_id`.
    """

    call_id: str | None
    processor_id: str | None
    next_step: str | None
    prompt: str | None


class ApplicationSessionFilters(ListOptions, total=False):
    """What sessions can be found by; see `ListOptions` for the rest."""

    id: TextFilter
    last_updated_date: DateFilter


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
