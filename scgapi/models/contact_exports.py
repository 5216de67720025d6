"""Contact exports: jobs that write contacts into a CSV file.

The published definition has only what is sent (wire facts 2.27); the fields of answers follow those of sender id
imports, and none of them is certain.
"""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import AliasChoices, Field
from typing_extensions import TypedDict

from scgapi._core.operation import Operation
from scgapi.models._base import ResourceModel
from scgapi.models._fields import ListOptions, TextFilter, Timestamp
from scgapi.models.sender_id_imports import JobState

_FILE = AliasChoices("export_attachment_id", "attachment_id")


class ContactExportData(ResourceModel):
    """A contact export's fields (GET `/contactexport/{id}`)."""

    contact_group_id: str | None = None
    """Id of the group whose contacts are exported; all contacts if there is none."""
    state: Final[
        Annotated[JobState | None, Field(default=None, validation_alias=AliasChoices("state", "status"))]
    ]
    """CREATED, RUNNING, then COMPLETED or FAILED."""
    started_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    last_started_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    completed_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    resumed_count: Final[Annotated[int | None, Field(default=None)]]
    exported_count: Final[Annotated[int | None, Field(default=None)]]
    failure_details: Final[Annotated[str | None, Field(default=None)]]
    export_attachment_id: Final[Annotated[str | None, Field(default=None, validation_alias=_FILE)]]
    """Id of the attachment that holds the CSV file, once the job is COMPLETED."""


class ContactExportFields(TypedDict, total=False):
    """What a contact export is created from."""

    contact_group_id: str | None


class ContactExportFilters(ListOptions, total=False):
    """What contact exports can be found by; see `ListOptions` for the rest."""

    id: TextFilter


LIST = Operation("contact_exports.list", "GET", "/contactexport", query=ContactExportFilters)
CREATE = Operation("contact_exports.create", "POST", "/contactexport", body=ContactExportFields)
GET = Operation("contact_exports.get", "GET", "/contactexport/{export_id}")
