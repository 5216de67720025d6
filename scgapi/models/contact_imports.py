"""Contact imports: jobs that read contacts from a CSV file.

The definition has only the request bodies (docs/api-notes.md, note 16). The fields of responses are assumed
to be those of sender id imports.
"""

from __future__ import annotations

from typing import Annotated, Final, Required

from pydantic import AliasChoices, Field
from typing_extensions import TypedDict

from scgapi._core.model.base import ResourceModel
from scgapi._core.model.fields import ListOptions, TextFilter, Timestamp
from scgapi._core.operation import Operation
from scgapi.models._addresses import AttachmentRef, ContactGroupRef, IdOfAttachment, IdOfContactGroup
from scgapi.models.sender_id_imports import JobState


class ContactImportData(ResourceModel):
    """A contact import's fields (GET `/contactimport/{id}`)."""

    import_attachment_id: IdOfAttachment | None = None
    """Id of the UPLOADED attachment that holds the CSV file."""
    contact_group_id: IdOfContactGroup | None = None
    """Id of the group that the imported contacts are added to."""
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
    imported_count: Final[Annotated[int | None, Field(default=None)]]
    """Number of contacts that were imported."""
    failed_count: Final[Annotated[int | None, Field(default=None)]]
    """Number of lines that failed."""
    failure_details: Final[Annotated[str | None, Field(default=None)]]
    """Reason of the failure in the gateway's words."""
    failures_attachment_id: Final[Annotated[str | None, Field(default=None)]]
    """Id of the attachment that tells which lines failed, and why."""


class ContactImportFields(TypedDict, total=False, closed=True):
    """The fields of a contact import that can be set."""

    import_attachment_id: str
    """Id of the UPLOADED attachment that holds the CSV file."""
    contact_group_id: ContactGroupRef | None
    """Id of the group that the contacts are added to."""


class ContactImportCreate(TypedDict, total=False, closed=True):
    """Fields of a contact import to create."""

    import_attachment_id: Required[AttachmentRef]
    """Id of the UPLOADED attachment that holds the CSV file."""
    contact_group_id: ContactGroupRef | None
    """Id of the group that the contacts are added to."""


class ContactImportFilters(ListOptions, total=False, closed=True):
    """Filters for contact imports; see `ListOptions` for the other keywords."""

    id: TextFilter
    """Id, or several of which any may match."""


LIST = Operation("contact_imports.list", "GET", "/contactimport", query=ContactImportFilters)
CREATE = Operation("contact_imports.create", "POST", "/contactimport", body=ContactImportCreate)
GET = Operation("contact_imports.get", "GET", "/contactimport/{import_id}")
