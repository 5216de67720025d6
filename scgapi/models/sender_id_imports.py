"""Sender id imports: jobs that read sender ids from a CSV file."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field
from typing_extensions import TypedDict

from scgapi._core.operation import Operation
from scgapi.models._base import ResourceModel, Versioned
from scgapi.models._fields import ListOptions, TextFilter, Timestamp
from scgapi.models.sender_ids import SenderIdOwnership

JobState = Literal["CREATED", "RUNNING", "COMPLETED", "FAILED", "RESUMED", "WAIT"] | str
ApprovalState = Literal["WAITING", "APPROVED", "REJECTED", "AUTO"] | str
RegisterProvider = Literal["NETNUMBERS", "NONE", "ZIPWHIP"] | str
SenderIdCharges = (
    Literal[
        "PROCESSING",
        "SETUP",
        "INITIAL",
        "RECURRING",
        "CONSENT_INITIAL",
        "CONSENT_RECURRING",
        "IMPLEMENTATION",
    ]
    | str
)


class SenderIdImportData(ResourceModel):
    """A sender id import's fields (GET `/sender_ids_import/{id}`)."""

    import_attachment_id: str | None = None
    """Id of the attachment that holds the CSV file."""
    receipts_attachment_id: str | None = None
    """Id of an attachment with further information."""
    address_type: str | None = None
    """The type of addresses whose line names none."""
    capabilities: str | None = None
    """The capabilities of sender ids whose line names none."""
    country: str | None = None
    """The country of sender ids whose line names none."""
    tollfree_billing: str | None = None
    approval_state: ApprovalState | None = None
    """WAITING holds the job until it is APPROVED or REJECTED; AUTO needs nobody."""
    bulk_permission: str | None = None
    batch_size_limit: int | None = None
    register_provider: RegisterProvider | None = None
    charges: SenderIdCharges | None = None
    state: Final[Annotated[JobState | None, Field(default=None)]]
    """CREATED, RUNNING, then COMPLETED or FAILED."""
    started_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    last_started_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    completed_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    resumed_count: Final[Annotated[int | None, Field(default=None)]]
    failure_details: Final[Annotated[str | None, Field(default=None)]]
    failures_attachment_id: Final[Annotated[str | None, Field(default=None)]]
    """Id of the attachment that tells which lines failed, and why."""
    register_failures_attachment_id: Final[Annotated[str | None, Field(default=None)]]
    """Id of the attachment that tells which registrations failed, and why."""
    imported_count: Final[Annotated[int | None, Field(default=None)]]
    registered_count: Final[Annotated[int | None, Field(default=None)]]
    failed_registered_count: Final[Annotated[int | None, Field(default=None)]]
    ownership: Final[Annotated[SenderIdOwnership | None, Field(default=None)]]
    register_state: Final[Annotated[JobState | None, Field(default=None)]]
    """How far the registration of the numbers is."""


class SenderIdImportDefaults(TypedDict, total=False):
    """What an import takes beside its file: what holds for lines that do not say otherwise."""

    receipts_attachment_id: str | None
    address_type: str | None
    capabilities: str | None
    country: str | None
    tollfree_billing: str | None


class SenderIdImportFields(SenderIdImportDefaults, total=False):
    """What a sender id import is created from."""

    import_attachment_id: str | None


class SenderIdImportUpdate(Versioned, total=False):
    """What an update of a sender id import takes: an administrator's part."""

    approval_state: ApprovalState | None
    bulk_permission: str | None
    batch_size_limit: int | None
    register_provider: RegisterProvider | None
    charges: SenderIdCharges | None


class SenderIdImportFilters(ListOptions, total=False):
    """What sender id imports can be found by; see `ListOptions` for the rest."""

    id: TextFilter


LIST = Operation("sender_id_imports.list", "GET", "/sender_ids_import", query=SenderIdImportFilters)
CREATE = Operation("sender_id_imports.create", "POST", "/sender_ids_import", body=SenderIdImportFields)
GET = Operation("sender_id_imports.get", "GET", "/sender_ids_import/{import_id}")
UPDATE = Operation(
    "sender_id_imports.update", "POST", "/sender_ids_import/{import_id}", body=SenderIdImportUpdate
)
DELETE = Operation("sender_id_imports.delete", "DELETE", "/sender_ids_import/{import_id}")
