"""Jobs: progress, approval, and the lines of imported files."""

from __future__ import annotations

import pytest

from scgapi.models import (
    attachments,
    contact_exports,
    contact_groups,
    contact_imports,
    contacts,
    sender_id_imports,
    sender_ids,
)
from scgapi.sandbox import AfterReads, AfterSeconds, Immediate
from scgapi.sandbox.state.progress import Progress
from scgapi.sandbox.state.store import Document
from tests.sandbox.calls import Caller


def uploaded(api: Caller, content: str) -> str:
    key = api.create(attachments.CREATE, name="file")
    token = api.create(attachments.CREATE_ACCESS_TOKEN, key)
    assert api.reply(attachments.UPLOAD, token, body=content.encode()).status == 204
    return key


def imported(api: Caller, content: str, **fields: object) -> Document:
    """Return a contact import that has ended."""
    job = api.create(contact_imports.CREATE, import_attachment_id=uploaded(api, content), **fields)
    api.get(contact_imports.GET, job)
    return api.get(contact_imports.GET, job)


def reasons(api: Caller, job: Document) -> list[str]:
    key = str(job["failures_attachment_id"])
    content = api.reply(attachments.DOWNLOAD, api.create(attachments.CREATE_ACCESS_TOKEN, key)).value
    assert isinstance(content, bytes)
    return content.decode().splitlines()[1:]


@pytest.mark.parametrize(
    ("progress", "states"),
    [
        (AfterReads(1), ["RUNNING", "COMPLETED", "COMPLETED"]),
        (AfterReads(2), ["CREATED", "RUNNING", "RUNNING", "COMPLETED"]),
        (Immediate(), ["COMPLETED", "COMPLETED"]),
        (AfterSeconds(1e9), ["CREATED", "CREATED", "CREATED"]),
    ],
)
def test_each_read_is_a_step(progress: Progress, states: list[str]) -> None:
    api = Caller(progress)
    job = api.create(contact_exports.CREATE)
    assert [api.get(contact_exports.GET, job)["state"] for _ in states] == states


def test_a_listing_counts_as_a_read() -> None:
    api = Caller()
    for _ in range(3):
        api.create(contact_exports.CREATE)
    assert [row["state"] for row in api.rows(contact_exports.LIST, limit="2")] == ["RUNNING"] * 2
    seen = [row["state"] for row in api.rows(contact_exports.LIST, sort="-created_date")]
    assert sorted(map(str, seen)) == ["COMPLETED", "COMPLETED", "RUNNING"]


def test_the_clock_moves_jobs_and_dates_tell_when() -> None:
    api = Caller(AfterSeconds(10))
    job = api.create(contact_exports.CREATE)
    began = api.get(contact_exports.GET, job)["created_date"]
    assert isinstance(began, int)
    api.clock.now += 15
    row = api.get(contact_exports.GET, job)
    assert (row["state"], row["started_date"], row.get("completed_date")) == ("RUNNING", began + 10_000, None)
    api.clock.now += 15
    row = api.get(contact_exports.GET, job)
    assert (row["state"], row["completed_date"]) == ("COMPLETED", began + 20_000)
    assert row["version_number"] == 3
    assert api.get(contact_exports.GET, job) == row


def test_an_import_that_waits_for_approval_begins_with_it() -> None:
    api = Caller(AfterSeconds(10))
    file = uploaded(api, "address\n15550001111\n")
    job = api.create(sender_id_imports.CREATE, import_attachment_id=file, receipts_attachment_id=file)
    api.clock.now += 100
    row = api.get(sender_id_imports.GET, job)
    assert (row["state"], row["approval_state"], row["version_number"]) == ("WAIT", "WAITING", 2)
    assert api.get(sender_id_imports.GET, job) == row
    assert api.refused(sender_id_imports.UPDATE, job, body={"approval_state": "MAYBE", "version_number": 2})[
        :2
    ] == (400, "SCG_ERROR_4004")
    assert api.refused(
        sender_id_imports.UPDATE, job, body={"approval_state": "APPROVED", "version_number": 1}
    )[:2] == (409, "1001")
    api.change(sender_id_imports.UPDATE, job, approval_state="APPROVED", version_number=2)
    assert api.get(sender_id_imports.GET, job)["state"] == "CREATED"
    api.clock.now += 10
    assert api.get(sender_id_imports.GET, job)["state"] == "RUNNING"
    api.clock.now += 10
    row = api.get(sender_id_imports.GET, job)
    assert (row["state"], row["imported_count"]) == ("COMPLETED", 1)
    late = {"approval_state": "REJECTED", "version_number": row["version_number"]}
    assert api.refused(sender_id_imports.UPDATE, job, body=late)[:2] == (400, "SCG_ERROR_4004")
    assert [row["state"] for row in api.rows(sender_ids.LIST) if row["address"] == "15550001111"] == [
        "PENDING_IMPLEMENTATION"
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("+15550000001,,,", None),
        (",b@example.com,,", None),
        ('+15550000001,,,"{""plan"": 1}"', None),
        ("+15550000009,,,", "Unique key constraint violated: primary_mdn"),
        ("+15550000001,,12,", "unknown column 'shoe_size'"),
        (",,,", "primary_mdn, primary_email_addr, primary_social_handle"),
        ("+15550000001,,,,", "5 values for 4 columns"),
    ],
)
def test_lines_are_imported_or_fail(line: str, reason: str | None) -> None:
    api = Caller()
    api.create(contacts.CREATE, primary_mdn="+15550000009")
    header = "primary_mdn,primary_email_addr,shoe_size,extended_attributes"
    job = imported(api, f"\ufeff{header}\r\n\r\n{line}\r\n")
    if reason is None:
        assert (job["imported_count"], job["failed_count"]) == (1, 0)
        assert "failures_attachment_id" not in job
    else:
        assert (job["imported_count"], job["failed_count"]) == (0, 1)
        (told,) = reasons(api, job)
        assert told.startswith("3,")
        assert reason in told.replace('"', "")


@pytest.mark.parametrize("content", ["", "\n", ",,\n+1555,,\n", 'primary_mdn\n"+1555'])
def test_a_file_that_is_not_csv_fails_the_job(content: str) -> None:
    api = Caller()
    job = imported(api, content)
    assert (job["state"], job["imported_count"]) == ("FAILED", 0)
    assert "SCG" not in str(job["failure_details"])


def test_missing_objects_fail_the_job() -> None:
    api = Caller()
    group = api.create(contact_groups.CREATE, name="Gone")
    file = uploaded(api, "primary_mdn\n+15550000001\n")
    jobs = [
        api.create(contact_imports.CREATE, import_attachment_id=file, contact_group_id=group),
        api.create(contact_exports.CREATE, contact_group_id=group),
    ]
    api.change(contact_groups.DELETE, group)
    for job, operation in zip(jobs, (contact_imports.GET, contact_exports.GET), strict=True):
        api.get(operation, job)
        assert api.get(operation, job)["state"] == "FAILED"
    later = api.create(contact_imports.CREATE, import_attachment_id=file)
    api.change(attachments.DELETE, file)
    api.get(contact_imports.GET, later)
    row = api.get(contact_imports.GET, later)
    assert (row["state"], api.rows(contacts.LIST)) == ("FAILED", [])


def test_a_job_needs_existing_objects() -> None:
    api = Caller()
    empty = api.create(attachments.CREATE, name="empty")
    file = uploaded(api, "primary_mdn\n")
    assert api.refused(contact_imports.CREATE, body={})[:2] == (400, "SCG_ERROR_4001")
    assert api.refused(sender_id_imports.CREATE, body={})[:2] == (400, "SCG_ERROR_4001")
    for key, code in (("nothing", "SCG_ERROR_4031"), (empty, "SCG_ERROR_4032")):
        assert api.refused(contact_imports.CREATE, body={"import_attachment_id": key})[:2] == (403, code)
    body = {"import_attachment_id": file, "contact_group_id": "nothing"}
    assert api.refused(contact_imports.CREATE, body=body)[:2] == (404, "404")
    assert api.refused(contact_exports.CREATE, body={"contact_group_id": "nothing"})[:2] == (404, "404")
