"""Contact exports: jobs that write contacts into a CSV file.

The definition has only the request bodies (docs/api-notes.md, note 16). The fields of responses are assumed
to be those of sender id imports.
"""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import AliasChoices, Field
from typing_extensions import TypedDict

from scgapi._core.model.base import ResourceModel
from scgapi._core.model.fields import ListOptions, TextFilter, Timestamp
from scgapi._core.operation import Operation
from scgapi.models._addresses import ContactGroupRef, IdOfContactGroup
from scgapi.models.sender_id_imports import JobState

_FILE = AliasChoices("export_attachment_id", "attachment_id")


class ContactExportData(ResourceModel):
    """A contact export's fields (GET `/contactexport/{id}`)."""

    contact_group_id: IdOfContactGroup | None = None
    """Id of the group whose contacts are exported; None for all contacts."""
    state: Final[
        Annotated[JobState | None, Field(default=None, validation_alias=AliasChoices("state", "status"))]
    ]
    """CREATED, RUNNING, then COMPLETED or FAILED."""
    started_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    """Time when the job first started, in UTC."""
    last_started_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    """Time when the job last started, in UTC."""
    completed_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    """Time when the job ended, in UTC."""
    resumed_count: Final[Annotated[int | None, Field(default=None)]]
    """Number of times the job was resumed."""
    exported_count: Final[Annotated[int | None, Field(default=None)]]
    """Number of contacts that were exported."""
    failure_details: Final[Annotated[str | None, Field(default=None)]]
    """Reason of the failure in the gateway's words."""
    export_attachment_id: Final[Annotated[str | None, Field(default=None, validation_alias=_FILE)]]
    """Id of the attachment that holds the CSV file, once the job is COMPLETED."""


class ContactExportFields(TypedDict, total=False, closed=True):
    """Fields of a contact export to create."""

    contact_group_id: ContactGroupRef | None
    """Id of the group whose contacts are exported; all contacts if absent."""


class ContactExportFilters(ListOptions, total=False, closed=True):
    """Filters for contact exports; see `ListOptions` for the other keywords."""

    id: TextFilter
    """Id, or several of which any may match."""


LIST = Operation("contact_exports.list", "GET", "/contactexport", query=ContactExportFilters)
CREATE = Operation("contact_exports.create", "POST", "/contactexport", body=ContactExportFields)
GET = Operation("contact_exports.get", "GET", "/contactexport/{export_id}")
