"""Scripts of communication applications: the steps that an instance takes with those it talks to."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field
from typing_extensions import TypedDict

from scgapi._core.model.base import ResourceModel
from scgapi._core.model.fields import SENSITIVE, DateFilter, ListOptions, TextFilter, Timestamp
from scgapi._core.operation import Operation


class ApplicationScriptData(ResourceModel):
    """A script's fields (GET `/assistant/communication_applications/applications/scripts/{id}`)."""

    name: str | None = None
    """By the definition it is sent and never answered: set it again before `replace()`."""
    description: str | None = None
    """Description."""
    body: Annotated[str | None, SENSITIVE] = None
    """The script itself, in XML."""
    create_time: Final[Annotated[Timestamp | None, Field(default=None, validation_alias="createTime")]]
    """Time of creation; `createTime` in JSON."""
    modify_time: Final[Annotated[Timestamp | None, Field(default=None, validation_alias="modifyTime")]]
    """Time of the last change; `modifyTime` in JSON."""
    capabilities: Final[Annotated[list[str] | None, Field(default=None)]]
    """The message types that the script can be used with."""


class ApplicationScriptFields(TypedDict, total=False, closed=True):
    """Fields of a script, for a create or a replace."""

    name: str | None
    """Your own name for it. The gateway does not return it: set it again before `replace()`."""
    description: str | None
    """Description."""
    body: str | None
    """Script itself, in XML."""


class ApplicationScriptFilters(ListOptions, total=False, closed=True):
    """Filters for scripts; see `ListOptions` for the other keywords."""

    id: TextFilter
    """Id, or several of which any may match."""
    created_date: DateFilter
    """Time of creation: one time, or a range `(from, to)` including both ends."""
    last_updated_date: DateFilter
    """Time of the last change: one time, or a range `(from, to)` including both ends."""


_PATH = "/assistant/communication_applications/applications/scripts"

LIST = Operation("application_scripts.list", "GET", _PATH, query=ApplicationScriptFilters)
CREATE = Operation("application_scripts.create", "POST", _PATH, body=ApplicationScriptFields)
GET = Operation("application_scripts.get", "GET", f"{_PATH}/{{script_id}}")
REPLACE = Operation(
    "application_scripts.replace", "PUT", f"{_PATH}/{{script_id}}", body=ApplicationScriptFields
)
DELETE = Operation("application_scripts.delete", "DELETE", f"{_PATH}/{{script_id}}")
