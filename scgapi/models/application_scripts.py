"""Scripts of communication applications: the steps that an instance takes with those it talks to."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field
from typing_extensions import TypedDict

from scgapi._core.operation import Operation
from scgapi.models._base import ResourceModel
from scgapi.models._fields import HIDDEN, DateFilter, ListOptions, TextFilter, Timestamp


class ApplicationScriptData(ResourceModel):
    """A script's fields (GET `/assistant/communication_applications/applications/scripts/{id}`)."""

    name: str | None = None
    """By the definition it is sent and never answered: set it again before `replace()`."""
    description: str | None = None
    body: Annotated[str | None, HIDDEN] = None
    """The script itself, in XML."""
    create_time: Final[Annotated[Timestamp | None, Field(default=None, validation_alias="createTime")]]
    """When the script was made; `createTime` on the wire."""
    modify_time: Final[Annotated[Timestamp | None, Field(default=None, validation_alias="modifyTime")]]
    """When the script last changed; `modifyTime` on the wire."""
    capabilities: Final[Annotated[list[str] | None, Field(default=None)]]
    """The message types that the script can be used with."""


class ApplicationScriptFields(TypedDict, total=False):
    """What a script is created from, and replaced by."""

    name: str | None
    description: str | None
    body: str | None


class ApplicationScriptFilters(ListOptions, total=False):
    """What scripts can be found by; see `ListOptions` for the rest."""

    id: TextFilter
    created_date: DateFilter
    last_updated_date: DateFilter


_PATH = "/assistant/communication_applications/applications/scripts"

LIST = Operation("application_scripts.list", "GET", _PATH, query=ApplicationScriptFilters)
CREATE = Operation("application_scripts.create", "POST", _PATH, body=ApplicationScriptFields)
GET = Operation("application_scripts.get", "GET", f"{_PATH}/{{script_id}}")
REPLACE = Operation(
    "application_scripts.replace", "PUT", f"{_PATH}/{{script_id}}", body=ApplicationScriptFields
)
DELETE = Operation("application_scripts.delete", "DELETE", f"{_PATH}/{{script_id}}")
