"""Sender id imports: jobs that read sender ids from a CSV file."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field
from typing_extensions import TypedDict

from scgapi._core.model.base import ResourceModel, Versioned
from scgapi._core.model.fields import ListOptions, TextFilter, Timestamp
from scgapi._core.operation import Operation
from scgapi.models._addresses import AttachmentRef, IdOfAttachment
from scgapi.models._ownership import SenderIdOwnership

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

    import_attachment_id: IdOfAttachment | None = None
    """Id of the attachment that holds the CSV file."""
    receipts_attachment_id: IdOfAttachment | None = None
    """Id of an attachment with further information."""
    address_type: str | None = None
    """The type of addresses whose line names none."""
    capabilities: str | None = None
    """The capabilities of sender ids whose line names none."""
    country: str | None = None
    """The country of sender ids whose line names none."""
    tollfree_billing: str | None = None
    """Payer for toll-free numbers."""
    approval_state: ApprovalState | None = None
    """Approval: WAITING (the job is held), APPROVED, REJECTED, or AUTO (no approval needed)."""
    bulk_permission: str | None = None
    """True if bulk sends are permitted."""
    batch_size_limit: int | None = None
    """Most sender ids of a batch."""
    register_provider: RegisterProvider | None = None
    """Registrar of the numbers: NETNUMBERS, ZIPWHIP or NONE."""
    charges: SenderIdCharges | None = None
    """Charge that applies, such as `SETUP`."""
    state: Final[Annotated[JobState | None, Field(default=None)]]
    """CREATED, RUNNING, then COMPLETED or FAILED."""
    started_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    """Time when the job first started, in UTC."""
    last_started_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    """Time when the job last started, in UTC."""
    completed_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    """Time when the job ended, in UTC."""
    resumed_count: Final[Annotated[int | None, Field(default=None)]]
    """Number of times the job was resumed."""
    failure_details: Final[Annotated[str | None, Field(default=None)]]
    """Reason of the failure in the gateway's words."""
    failures_attachment_id: Final[Annotated[str | None, Field(default=None)]]
    """Id of the attachment that tells which lines failed, and why."""
    register_failures_attachment_id: Final[Annotated[str | None, Field(default=None)]]
    """Id of the attachment that tells which registrations failed, and why."""
    imported_count: Final[Annotated[int | None, Field(default=None)]]
    """Number of sender ids that were imported."""
    registered_count: Final[Annotated[int | None, Field(default=None)]]
    """Number of sender ids that were registered."""
    failed_registered_count: Final[Annotated[int | None, Field(default=None)]]
    """Number of sender ids whose registration failed."""
    ownership: Final[Annotated[SenderIdOwnership | None, Field(default=None)]]
    """Ownership of the sender ids."""
    register_state: Final[Annotated[JobState | None, Field(default=None)]]
    """Progress of the registration of the numbers."""


class _SenderIdImportDefaults(TypedDict, total=False):
    """Keys that SenderIdImportDefaults shares with SenderIdImportFields."""

    receipts_attachment_id: AttachmentRef | None
    """Id of an attachment with further information."""
    address_type: str | None
    """Type of addresses whose line names none."""
    capabilities: str | None
    """Capabilities of sender ids whose line names none."""
    country: str | None
    """Country of sender ids whose line names none."""
    tollfree_billing: str | None
    """Payer for toll-free numbers."""


class SenderIdImportDefaults(_SenderIdImportDefaults, closed=True):
    """Options of an import beside its file: defaults for lines that do not set a value."""


class SenderIdImportFields(_SenderIdImportDefaults, total=False, closed=True):
    """Fields of a sender id import to create."""

    import_attachment_id: AttachmentRef | None
    """Id of the attachment that holds the CSV file."""


class SenderIdImportUpdate(Versioned, total=False, closed=True):
    """Fields of a sender id import that an update can change: an administrator's part."""

    approval_state: ApprovalState | None
    """APPROVED or REJECTED for a job that is WAITING; AUTO lets it run by itself."""
    bulk_permission: str | None
    """True if bulk sends are permitted."""
    batch_size_limit: int | None
    """Most sender ids of a batch."""
    register_provider: RegisterProvider | None
    """Registrar of the numbers: NETNUMBERS, ZIPWHIP or NONE."""
    charges: SenderIdCharges | None
    """Charge that applies, such as `SETUP`."""


class SenderIdImportFilters(ListOptions, total=False, closed=True):
    """Filters for sender id imports; see `ListOptions` for the other keywords."""

    id: TextFilter
    """Id, or several of which any may match."""


LIST = Operation("sender_id_imports.list", "GET", "/sender_ids_import", query=SenderIdImportFilters)
CREATE = Operation("sender_id_imports.create", "POST", "/sender_ids_import", body=SenderIdImportFields)
GET = Operation("sender_id_imports.get", "GET", "/sender_ids_import/{import_id}")
UPDATE = Operation(
    "sender_id_imports.update", "POST", "/sender_ids_import/{import_id}", body=SenderIdImportUpdate
)
DELETE = Operation("sender_id_imports.delete", "DELETE", "/sender_ids_import/{import_id}")
