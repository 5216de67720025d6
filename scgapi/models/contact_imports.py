"""Contact imports: jobs that read contacts from a CSV file.

The published definition has only what is sent (wire facts 2.27); the fields of answers follow those of sender id
imports, and none of them is certain.
"""

from __future__ import annotations

from typing import Annotated, Final, Required

from pydantic import AliasChoices, Field
from typing_extensions import TypedDict

from scgapi._core.operation import Operation
from scgapi.models._base import ResourceModel
from scgapi.models._fields import ListOptions, TextFilter, Timestamp
from scgapi.models.sender_id_imports import JobState


class ContactImportData(ResourceModel):
    """A contact import's fields (GET `/contactimport/{id}`)."""

    import_attachment_id: str | None = None
    """Id of the UPLOADED attachment that holds the CSV file."""
    contact_group_id: str | None = None
    """Id of the group that the imported contacts are added to."""
    state: Final[
        Annotated[JobState | None, Field(default=None, validation_alias=AliasChoices("state", "status"))]
    ]
    """CREATED, RUNNING, then COMPLETED or FAILED."""
    started_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    last_started_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    completed_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    resumed_count: Final[Annotated[int | None, Field(default=None)]]
    imported_count: Final[Annotated[int | None, Field(default=None)]]
    failed_count: Final[Annotated[int | None, Field(default=None)]]
    failure_details: Final[Annotated[str | None, Field(default=None)]]
    failures_attachment_id: Final[Annotated[str | None, Field(default=None)]]
    """Id of the attachment that tells which lines failed, and why."""


class ContactImportFields(TypedDict, total=False):
    """The fields of a contact import that can be set."""

    import_attachment_id: str
    contact_group_id: str | None


class ContactImportCreate(TypedDict, total=False):
    """What a contact import is created from."""

    import_attachment_id: Required[str]
    contact_group_id: str | None


class ContactImportFilters(ListOptions, total=False):
    """What contact imports can be found by; see `ListOptions` for the rest."""

    id: TextFilter


LIST = Operation("contact_imports.list", "GET", "/contactimport", query=ContactImportFilters)
CREATE = Operation("contact_imports.create", "POST", "/contactimport", body=ContactImportCreate)
GET = Operation("contact_imports.get", "GET", "/contactimport/{import_id}")
