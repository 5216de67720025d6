"""Jobs that read and write files: contacts and sender ids."""

from __future__ import annotations

import csv
import io

import pytest

import scgapi
from tests.client.test_retries import Pauses
from tests.scenarios.driver import Do, attribute

CONTACTS = (
    "first_name,primary_mdn,external_id,address_list,shoe_size\r\n"
    'Bob,+15552460001,b,"[{""city"": ""Oslo""}]",\r\n'
    "Ann,+15552460002,a,,\r\n"
    "Bob,+15552460001,c,,\r\n"
    "Nil,,,,\r\n"
    "Eve,+15552460003,e,,39\r\n"
    "Too,+15552460004,t,,,more\r\n"
)
SENDER_IDS = "name,address,type_id,capabilities\nOne,15550001111,LONGCODE,SMS;MMS\nTwo,15550002222,,\nOdd,,,\nOne,15550001111,,\n"


def _seen(into: list[object]) -> object:
    def note(job: object) -> None:
        into.append(attribute(job, "state"))

    return note


def _hold_the_clock(do: Do) -> None:
    """Waits take no time."""
    do._client._pipeline.clock = Pauses().clock


def _lines(report: object) -> list[str]:
    assert isinstance(report, str)
    return [row[0] for row in csv.reader(io.StringIO(report))]


def contact_imports(do: Do) -> None:
    _hold_the_clock(do)
    group = do.text("contact_groups.create", name="Imported")
    job = do.text("contact_imports.create_from_csv", CONTACTS.encode(), contact_group_id=group)
    assert do("contact_imports.failures", job) is None
    states: list[object] = []
    ended = do("contact_imports.wait", job, on_progress=_seen(states))
    assert (states[-1], attribute(ended, "state")) == ("COMPLETED", "COMPLETED")
    assert (attribute(ended, "imported_count"), attribute(ended, "failed_count")) == (2, 4)
    report = do("contact_imports.failures", job)
    assert _lines(report) == ["line", "4", "5", "6", "7"]
    assert do.on(ended, "failures") == report
    for reason in ("primary_mdn", "missing", "shoe_size", "6 values for 5 columns"):
        assert reason in str(report)
    members = do.many("contact_groups.list_contacts", group)
    assert [attribute(contact, "first_name") for contact in members] == ["Bob", "Ann"]
    assert "Oslo" in str(attribute(members[0], "address_list"))


def contact_import_jobs(do: Do) -> None:
    _hold_the_clock(do)
    file = attribute(do("attachments.create_and_upload", b"first_name\n", name="n", type="text/csv"), "id")
    job = do.text("contact_imports.create", import_attachment_id=file)
    assert [attribute(found, "id") for found in do.many("contact_imports.list", id=job)] == [job]
    found = do("contact_imports.get", job)
    do.on(found, "refresh")
    assert do.on(found, "wait") is found
    assert (attribute(found, "state"), attribute(found, "imported_count")) == ("COMPLETED", 0)
    with pytest.raises(scgapi.PermissionDeniedError) as caught:
        do("contact_imports.create", import_attachment_id=do.text("attachments.create", name="empty"))
    assert caught.value.code == "4032"


def contact_imports_of_what_is_no_csv(do: Do) -> None:
    _hold_the_clock(do)
    dynamic = do.text("contact_groups.create", name="Bobs", criteria='{"first_name": "Bob"}')
    for source, group in ((b"", None), (b"\xff\xfe", None), (b'a\n"b', None), (CONTACTS.encode(), dynamic)):
        job = do.text("contact_imports.create_from_csv", source, group)
        ended = do("contact_imports.wait", job)
        assert attribute(ended, "state") == "FAILED"
        assert attribute(ended, "failure_details")
    assert do.many("contacts.list") == []


def contact_exports(do: Do) -> None:
    _hold_the_clock(do)
    bob = do.text("contacts.create", first_name="Bob", primary_mdn="+15552460001", social_handles=["@b"])
    do.text("contacts.create", first_name="Ann", primary_mdn="+15552460002", birth_date="1980-05-01")
    group = do.text("contact_groups.create", name="Bobs")
    do("contact_groups.add_contact", group, bob)
    part = do("contact_exports.wait", do.text("contact_exports.create", contact_group_id=group))
    assert (attribute(part, "state"), attribute(part, "exported_count")) == ("COMPLETED", 1)
    whole = do("contact_exports.get", do.text("contact_exports.create"))
    do.on(whole, "refresh")
    assert do.on(whole, "wait") is whole
    assert [attribute(job, "exported_count") for job in do.many("contact_exports.list")] == [1, 2]

    # What was exported can be imported.
    file = do("attachments.download", attribute(whole, "export_attachment_id"))
    for contact in do.many("contacts.list"):
        do.on(contact, "delete")
    job = do.text("contact_imports.create_from_csv", file)
    assert attribute(do("contact_imports.wait", job), "imported_count") == 2
    people = do.many("contacts.list")
    assert [attribute(contact, "social_handles") for contact in people] == [["@b"], None]
    assert [str(attribute(contact, "birth_date")) for contact in people] == ["None", "1980-05-01"]


def sender_id_imports(do: Do) -> None:
    _hold_the_clock(do)
    job = do.text(
        "sender_id_imports.create_from_csv",
        SENDER_IDS.encode(),
        country="NOR",
        address_type="TOLLFREE",
        capabilities="SMS, VOICE",
    )
    assert do("sender_id_imports.failures", job) is None
    ended = do("sender_id_imports.wait", job)
    assert (attribute(ended, "state"), attribute(ended, "imported_count")) == ("COMPLETED", 2)
    report = do.on(ended, "failures")
    assert (_lines(report), report) == (["line", "4", "5"], do("sender_id_imports.failures", job))
    one, two = do.many("sender_ids.list", country="NOR")
    assert (attribute(one, "type_id"), attribute(one, "capabilities")) == ("LONGCODE", ["SMS", "MMS"])
    assert (attribute(two, "type_id"), attribute(two, "capabilities")) == ("TOLLFREE", ["SMS", "VOICE"])
    assert [attribute(found, "id") for found in do.many("sender_id_imports.list", id=job)] == [job]
    do("sender_id_imports.delete", job)
    with pytest.raises(scgapi.NotFoundError):
        do("sender_id_imports.get", job)


def sender_id_imports_that_wait_for_approval(do: Do) -> None:
    _hold_the_clock(do)
    file = attribute(do("attachments.create_and_upload", SENDER_IDS.encode(), name="n"), "id")
    approved = do.text("sender_id_imports.create", import_attachment_id=file)
    do("sender_id_imports.update", approved, approval_state="WAITING", version_number=1)
    with pytest.raises(scgapi.WaitTimeoutError) as caught:
        do("sender_id_imports.wait", approved, timeout=60)
    assert caught.value.state == "WAIT"
    job = do("sender_id_imports.get", approved)
    setattr(job, "approval_state", "APPROVED")  # noqa: B010 - of either client
    setattr(job, "register_provider", "ZIPWHIP")  # noqa: B010
    do.on(job, "update")
    states: list[object] = []
    assert do.on(job, "wait", on_progress=_seen(states)) is job
    assert states == ["RUNNING", "COMPLETED"]
    assert (attribute(job, "imported_count"), attribute(job, "registered_count")) == (2, 2)

    rejected = do.text("sender_id_imports.create", import_attachment_id=file, receipts_attachment_id=file)
    job = do("sender_id_imports.get", rejected)
    assert attribute(job, "approval_state") == "WAITING"
    do(
        "sender_id_imports.update",
        rejected,
        approval_state="REJECTED",
        version_number=attribute(job, "version_number"),
    )
    do.on(job, "refresh")
    assert (attribute(job, "state"), attribute(job, "imported_count")) == ("FAILED", 0)
    do.on(job, "delete")


def waiting_for_messages_and_attachments(do: Do) -> None:
    _hold_the_clock(do)
    request = do.text("message_requests.create", from_="155528999", to=["+15552461234"], body="Hi")
    states: list[object] = []
    ended = do("message_requests.wait", request, on_progress=_seen(states))
    assert attribute(ended, "state") == states[-1] == "COMPLETED"
    assert do.on(ended, "wait") is ended
    made = do.text("attachments.create", name="a")
    with pytest.raises(scgapi.WaitTimeoutError) as caught:
        do("attachments.wait", made, timeout=0.0)
    assert (caught.value.state, caught.value.attempts) == ("CREATED", 1)
    found = do("attachments.get", made)
    do("attachments.upload", made, b"content")
    assert do.on(found, "wait") is found
    assert attribute(found, "state") == "UPLOADED"
