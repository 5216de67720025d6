"""Commands that list, read and change objects, and what they print."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import scgapi
from scgapi._core.text import format_timestamp
from scgapi.cli.failures import UsageError
from scgapi.cli.inputs import filters
from scgapi.models.contacts import ContactFilters
from scgapi.sandbox import Sandbox, faults
from tests.cli.conftest import COMMAND, FROM, TO, Run, environment


def test_messages_and_requests_are_listed_and_read(run: Run, scg: scgapi.Client) -> None:
    request_id = scg.message_requests.create(from_=FROM, to=[TO], body="Hi", external_id="mine-1")
    assert run("requests", "list", "--filter", "external_id=mine-1").row["id"] == request_id
    assert run("requests", "list", "--filter", "external_id=other").rows == []
    assert run("requests", "get", request_id).row["external_id"] == "mine-1"
    message = run("messages", "list", "--filter", f"message_request_id={request_id}").row
    assert (message["to_address"], message["body"]) == (TO, "Hi")
    assert run("messages", "get", message["id"]).row["id"] == message["id"]


def test_paused_requests_are_resumed_and_canceled(run: Run, scg: scgapi.Client) -> None:
    first, second = (
        scg.message_requests.create(from_=FROM, to=[TO], body="Hi", pause_before_transmit=True)
        for _ in range(2)
    )
    assert run("requests", "resume", first).row["state"] != "PAUSED"
    assert run("requests", "cancel", second).row["state"] == "CANCELED"
    assert run("requests", "cancel", second).status == 1


def test_contacts_are_made_changed_and_deleted(run: Run, scg: scgapi.Client) -> None:
    made = run("contacts", "create", "first_name=Ann", f"primary_mdn={TO}", "device_list:=[]")
    contact = made.out.strip()
    assert run("contacts", "get", contact).row["first_name"] == "Ann"
    changed = run("contacts", "update", contact, "last_name=Lee", "primary_mdn:=null").row
    assert (changed["first_name"], changed["last_name"], changed["version_number"]) == ("Ann", "Lee", 2)
    assert changed.get("primary_mdn") is None
    assert run("contacts", "update", contact, "last_name=Li", "version_number:=1").status == 1
    assert run("contacts", "list", "--filter", "last_name=Lee").row["id"] == contact
    assert run("contacts", "update", contact).status == 2
    assert run("contacts", "create").status == 2
    assert run("contacts", "delete", contact).status == 0
    assert run("contacts", "get", contact).status == 1
    assert [*scg.contacts.list()] == []


def test_groups_have_members(run: Run, scg: scgapi.Client) -> None:
    contacts = [scg.contacts.create(first_name=name) for name in ("Ann", "Bob")]
    group = run("groups", "create", "name=friends").out.strip()
    assert run("groups", "update", group, "description=all").row["description"] == "all"
    assert run("groups", "add", group, *contacts).status == 0
    assert [row["first_name"] for row in run("groups", "members", group).rows] == ["Ann", "Bob"]
    assert run("groups", "remove", group, contacts[0]).status == 0
    assert run("groups", "get", group).row["member_count"] == 1
    assert [row["id"] for row in run("groups", "list").rows] == [group]
    assert run("groups", "add", group, "absent").status == 5
    assert run("groups", "delete", group).status == 0


def test_sender_ids_and_keywords_are_listed(run: Run) -> None:
    assert FROM in [row["address"] for row in run("sender-ids", "list").rows]
    active = run("sender-ids", "list", "--filter", "state=ACTIVE", "--filter", "class_id=TRIAL").rows
    assert [row["name"] for row in active] == ["Trial"]
    assert "STOP" in [row["value"] for row in run("keywords", "list").rows]


def test_nothing_is_cut_off_in_silence(run: Run, scg: scgapi.Client) -> None:
    for number in range(5):
        scg.contacts.create(first_name=f"N{number}")
    some = run("contacts", "list", "--limit", "2")
    assert len(some.rows) == 2
    assert some.err == "2 printed, 5 in all: --limit 0 prints all\n"
    exact = run("contacts", "list", "--limit", "5")
    assert (len(exact.rows), exact.err) == (5, "")
    assert len(run("contacts", "list", "--limit", "0").rows) == 5
    assert run("contacts", "list", "--limit", "-1").status == 2


def test_every_format(run: Run, scg: scgapi.Client) -> None:
    ids = [scg.contacts.create(first_name=name) for name in ('A,"b"', "C")]
    assert [row["id"] for row in json.loads(run("contacts", "list", "-o", "json").out)] == ids
    rows = [*csv.DictReader(run("contacts", "list", "-o", "csv").out.splitlines())]
    assert [(row["id"], row["first_name"]) for row in rows] == [*zip(ids, ('A,"b"', "C"), strict=True)]
    table = run("contacts", "list", "-o", "table").out
    assert all(contact in table for contact in ids)
    created = scg.contacts.get(ids[0]).created_date
    assert created is not None
    row = run("contacts", "get", ids[0], "-o", "table", TZ="UTC").out
    assert f"created_date {created:%Y-%m-%d %H:%M:%S}" in re.sub(" +", " ", row)
    assert json.loads(run("contacts", "get", ids[0], "-o", "json").out)["id"] == ids[0]
    assert json.loads(run("contacts", "list", "-o", "json", "--filter", "first_name=D").out) == []


def test_control_characters_do_not_reach_the_terminal(run: Run, scg: scgapi.Client) -> None:
    scg.contacts.create(first_name="\x1b]0;gone\x07[red]x")
    table = run("contacts", "list", "-o", "table").out
    assert "\x1b" not in table
    assert "[red]x" in table


def test_what_the_terminal_cannot_say_is_escaped(run: Run, scg: scgapi.Client) -> None:
    scg.contacts.create(first_name="\u00fc")
    done = run("contacts", "list", PYTHONIOENCODING="ascii")
    assert (done.row["first_name"], done.out.isascii()) == ("\u00fc", True)
    assert "\\xfc" in run("contacts", "list", "-o", "csv", PYTHONIOENCODING="ascii").out


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("fruit=fig", "unknown name 'fruit'"),
        ("limit=3", "unknown name 'limit'"),
        ("first_name", "is not of the form name=value"),
        ("application_id=x", "application_id"),
        ("created_date=yesterday", "is no time such as"),
    ],
)
def test_a_filter_that_makes_no_sense_is_wrong_usage(
    run: Run, gateway: Sandbox, word: str, reason: str
) -> None:
    done = run("contacts", "list", "--filter", word)
    assert done.status == 2
    assert reason in done.err
    assert gateway.received("contacts.list") == 0


def test_what_the_client_warns_of_is_said(run: Run) -> None:
    done = run("messages", "list", "--filter", "state=DELIVERD", "-o", "json")
    assert "DELIVERD" in json.loads(done.err.splitlines()[0])["notice"]


def test_filters_take_numbers_dates_and_several_values(run: Run, scg: scgapi.Client) -> None:
    for name in ("Ann", "Bob", "Eve"):
        scg.contacts.create(first_name=name)
    several = run("contacts", "list", "--filter", "first_name=Ann", "--filter", "first_name=Eve")
    assert [row["first_name"] for row in several.rows] == ["Ann", "Eve"]
    assert len(run("contacts", "list", "--filter", "application_id=4711").rows) == 3
    assert run("contacts", "list", "--filter", "created_date=2001-01-01..2001-02-01Z").status == 2
    assert run("contacts", "list", "--filter", "created_date=2001-01-01..2001-02-01").rows == []
    assert len(run("contacts", "list", "--filter", "created_date=2001-01-01..2101-02-01").rows) == 3


def test_a_day_means_the_whole_day(run: Run, scg: scgapi.Client) -> None:
    created = scg.contacts.get(scg.contacts.create(first_name="Ann")).created_date
    assert created is not None
    for zone in ("UTC", "Pacific/Auckland"):
        here = created.astimezone(ZoneInfo(zone))
        before, after = here - timedelta(days=1), here + timedelta(days=1)
        for given, count in (
            (f"{here:%Y-%m-%d}", 1),
            (f"{before:%Y-%m-%d}", 0),
            (f"{after:%Y-%m-%d}", 0),
            (f"{before:%Y-%m-%d}..{here:%Y-%m-%d}", 1),
            (f"{here:%Y-%m-%dT%H:%M}", 1),
            (f"{here:%Y-%m-%dT%H:%M:%S}", 1),
            (f"{here:%Y-%m-%d}..", 1),
            (f"..{before:%Y-%m-%d}", 0),
        ):
            done = run("contacts", "list", "--filter", f"created_date={given}", TZ=zone)
            assert (done.status, len(done.rows)) == (0, count), (zone, given)


@pytest.mark.skipif(sys.platform == "win32", reason="the zone of a process cannot be set")
@pytest.mark.parametrize(
    ("given", "begin", "end"),
    [
        # The day on which the clocks change has 23 hours.
        ("2026-03-29", "2026-03-28T23:00:00.000Z", "2026-03-29T21:59:59.999Z"),
        ("2026-03-28..2026-03-29", "2026-03-27T23:00:00.000Z", "2026-03-29T21:59:59.999Z"),
        ("20260701", "2026-06-30T22:00:00.000Z", "2026-07-01T21:59:59.999Z"),
        ("2026-07-01T09", "2026-07-01T07:00:00.000Z", "2026-07-01T07:59:59.999Z"),
        ("2026-07-01T09:30", "2026-07-01T07:30:00.000Z", "2026-07-01T07:30:59.999Z"),
        ("2026-07-01T09:30:05Z", "2026-07-01T09:30:05.000Z", "2026-07-01T09:30:05.999Z"),
        ("2026-07-01T09:30+05:30", "2026-07-01T04:00:00.000Z", "2026-07-01T04:00:59.999Z"),
        ("2026-07-01T09:30:05.250Z", "2026-07-01T09:30:05.250Z", "2026-07-01T09:30:05.250Z"),
    ],
)
def test_a_date_filter_lasts_as_long_as_what_was_written(
    monkeypatch: pytest.MonkeyPatch, given: str, begin: str, end: str
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        found = filters(ContactFilters, [f"created_date={given}"]).get("created_date")
    finally:
        monkeypatch.undo()
        time.tzset()
    assert isinstance(found, tuple)
    assert tuple(map(format_timestamp, found)) == (begin, end)


@pytest.mark.parametrize("given", ["..", "2026-02-01..2026-01-01", "2026-02-30", "01.02.2026", "2026"])
def test_a_date_that_is_none_is_wrong_usage(given: str) -> None:
    with pytest.raises(UsageError, match="--filter created_date"):
        filters(ContactFilters, [f"created_date={given}"])


def test_contacts_go_in_and_out_as_csv(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("first_name,primary_mdn\nAnn,+15550001111\nBob,+15550001112\n")
    done = run("contacts", "import", "in.csv")
    assert (done.status, done.row["imported_count"]) == (0, 2)
    assert run("contacts", "export", "out.csv").status == 0
    exported = [*csv.DictReader((tmp_path / "out.csv").read_text().splitlines())]
    assert [row["first_name"] for row in exported] == ["Ann", "Bob"]
    assert run("contacts", "export", "out.csv").status == 2
    assert "Ann" in run("contacts", "export", "-").out


def test_an_import_that_fails_in_part_says_so(run: Run) -> None:
    lines = "first_name,primary_mdn\nAnn,+15550001111\nBob,+15550001111\n"
    done = run("contacts", "import", "-", stdin=lines)
    assert (done.status, done.row["failed_count"]) == (5, 1)


def test_an_import_that_fails_says_why_on_stderr(run: Run, gateway: Sandbox) -> None:
    job = {"id": "job", "state": "FAILED", "failure_details": "the file has no header"}
    gateway.inject_fault(
        "contact_imports.get", faults.WrongBody(json.dumps(job).encode(), "application/json")
    )
    done = run("contacts", "import", "-", stdin="first_name\nAnn\n")
    assert done.status == 1
    assert "failed: the file has no header" in done.err
    assert done.row["failure_details"] == "the file has no header"


def test_a_table_in_a_pipe_is_whole(run: Run, scg: scgapi.Client) -> None:
    body = "one two three " * 30
    scg.message_requests.create(from_=FROM, to=[TO], body=body.strip())
    done = run("messages", "list", "-o", "table", COLUMNS="40")
    (header, line) = done.out.splitlines()
    assert body.strip() in line
    assert "failure code" in header


def test_attachments_go_up_and_down(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    attachment = run("attachments", "upload", "a.png").out.strip()
    assert run("attachments", "download", attachment, "b.png").status == 0
    assert (tmp_path / "b.png").read_bytes() == b"\x89PNG"
    assert run("attachments", "download", attachment, "b.png").status == 2
    assert run("attachments", "download", attachment, "b.png", "--overwrite").status == 0
    typed = run("attachments", "upload", "a.png", "--type", "image/jpeg", "-o", "json")
    assert json.loads(typed.out)["id"]


def test_a_download_goes_into_a_pipe(scg: scgapi.Client, scg_url: str, tmp_path: Path) -> None:
    attachment = scg.attachments.create_and_upload(b"\xff\x00\r\n", name="a").id
    done = subprocess.run(
        [*COMMAND, "attachments", "download", attachment, "-"],
        capture_output=True,
        timeout=60,
        env=environment(tmp_path, SCG_URL=scg_url),
    )
    assert done.stdout == b"\xff\x00\r\n"


def test_any_call_can_be_made(run: Run, gateway: Sandbox) -> None:
    made = run("api", "POST", "/contacts", "-d", '{"first_name": "Ann"}').row
    assert run("api", "POST", "/contacts", "-d", "-", stdin='{"first_name": "Bob"}').status == 0
    gateway.expire_token()
    found = run("api", "GET", "/contacts?limit=1").row
    assert (found["total"], found["list"][0]["id"]) == (2, made["id"])
    assert "Ann" in run("api", "GET", "/contacts", "-o", "table").out
    assert run("api", "DELETE", f"/contacts/{made['id']}").out == ""
    assert run("api", "GET", f"/contacts/{made['id']}").status == 1
    assert run("api", "POST", "/contacts", "-d", "{").status == 2
    assert run("api", "GET", "https://elsewhere.test/").status == 2


def test_a_reader_that_has_seen_enough_is_no_failure(scg_url: str, tmp_path: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "keywords", "list"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(tmp_path, SCG_URL=scg_url),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        errors = process.stderr.read()
    assert (process.returncode, errors) == (0, b"")
