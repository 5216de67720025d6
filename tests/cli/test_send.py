"""`scgapi send`: what it shows, what it asks, and what it says of a send in doubt."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

import scgapi
from scgapi.cli.recipients import refused_recipients
from scgapi.sandbox import Sandbox, faults
from tests.cli.conftest import FROM, TO, Run

SEND = ("--to", TO, "--from", FROM)


def test_it_prints_the_id_alone_and_the_cost_on_stderr(run: Run, scg: scgapi.Client) -> None:
    done = run("send", "Your code is 123456", *SEND)
    assert (done.status, done.err) == (0, "1 segment for each recipient, GSM-7\n")
    request = scg.message_requests.get(done.out.strip())
    assert (request.body, request.to) == ("Your code is 123456", [TO])


def test_it_shows_what_forces_ucs_2(run: Run) -> None:
    done = run("send", "Grüße ✓ … " + "x" * 70, *SEND, "--dry-run")
    assert done.err.startswith("2 segments for each recipient, UCS-2, forced by ✓ …\n")


def test_a_text_comes_from_stdin_and_may_begin_with_a_hyphen(run: Run, scg: scgapi.Client) -> None:
    assert run("send", "-", *SEND, stdin="From a pipe\n").status == 0
    assert run("send", *SEND, "--", "-5 degrees").status == 0
    assert sorted(str(row.body) for row in scg.message_requests.list()) == ["-5 degrees", "From a pipe"]


def test_a_mistyped_option_is_never_sent_as_text(run: Run, gateway: Sandbox) -> None:
    done = run("send", *SEND, "--wiat")
    assert done.status == 2
    assert "--wiat" in done.err
    assert gateway.received("message_requests.create") == 0


def test_a_dry_run_sends_nothing_and_needs_no_credentials(away: Run) -> None:
    done = away("send", "Hi", *SEND, "--schedule", "2030-01-02T03:04Z", "--dry-run", "-o", "json")
    assert done.status == 0
    shown = json.loads(done.out)
    assert (shown["from"], shown["to"], shown["body"]) == (FROM, [TO], "Hi")
    assert "2030-01-02" in shown["scheduled_delivery_time"]
    notices = [json.loads(line)["notice"] for line in done.err.splitlines()]
    assert notices[-1] == "dry run: nothing was sent"


def test_a_schedule_is_kept(run: Run, gateway: Sandbox, scg: scgapi.Client) -> None:
    tomorrow = datetime.fromtimestamp(int(gateway.gateway.now) + 86400, UTC)
    done = run("send", "Hi", *SEND, "--schedule", tomorrow.isoformat())
    assert scg.message_requests.get(done.out.strip()).scheduled_delivery_time == tomorrow


def test_a_schedule_is_told_with_its_zone_and_is_not_past(away: Run) -> None:
    done = away("send", "Hi", *SEND, "--schedule", "2099-07-01T09:30", "--dry-run", TZ="Europe/Berlin")
    assert "to be sent at 2099-07-01 09:30:00 CEST (UTC+02:00)\n" in done.err
    assert done.row["scheduled_delivery_time"] == "2099-07-01T09:30:00+02:00"
    zoned = away("send", "Hi", *SEND, "--schedule", "2099-07-01T09:30Z", "--dry-run", TZ="UTC")
    assert "to be sent at 2099-07-01 09:30:00 UTC+00:00\n" in zoned.err
    past = away("send", "Hi", *SEND, "--schedule", "2020-07-01T09:30", "--dry-run", TZ="Europe/Berlin")
    assert past.status == 2
    assert "--schedule: 2020-07-01 09:30:00 CEST (UTC+02:00) is past" in past.err


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (f"{TO},+15552461235", "--to 2 holds several recipients: repeat --to for each"),
        ("tomorrow", "--to 2 is no recipient: give a number such as +15551234567, contact:ID or group:ID"),
        ("contact:", "--to 2 is no recipient"),
        ("12345", "--to 2 has 5 digits: a number with its country code has 7 to 15"),
        ("+1555246123412345", "--to 2 (***45) has 16 digits"),
        ("", "--to 2 is no recipient"),
    ],
)
def test_a_wrong_recipient_is_named_by_its_place(run: Run, gateway: Sandbox, wrong: str, reason: str) -> None:
    done = run("send", "Hi", *SEND, "--to", wrong)
    assert (done.status, done.out) == (2, "")
    assert reason in done.err
    assert TO not in done.err
    assert "5246123412345" not in done.err
    assert gateway.received("*") == 0


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ("contact:zzz", "refused: --to 2 (contact:zzz)"),
        ("group:" + "a" * 22, "refused: --to 2 (group:aaaaaaaaaaaaaaaaaaaaaa)"),
    ],
)
def test_a_recipient_that_the_gateway_refuses_is_named(run: Run, wrong: str, named: str) -> None:
    for more in ((), ("--yes",)):
        done = run("send", "Hi", *SEND, "--to", wrong, *more)
        assert done.status == 1
        assert named in done.err
        assert TO not in done.err


def test_refused_numbers_are_named_by_their_last_digits() -> None:
    to = ["+15552461234", "+15552461299", "+15552469934"]
    assert refused_recipients(to, "Invalid Recipient: ***99") == "--to 2 (***99)"
    assert refused_recipients(to, "Invalid Recipient: ***34") == "one of --to 1 (***34), --to 3 (***34)"
    assert refused_recipients(to, "Invalid Recipient") == ""


def test_what_carries_files_has_no_segments(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    assert run("send", *SEND, "--attach", "a.png").err == "1 attachment for each recipient\n"
    both = run("send", "Look", *SEND, "--attach", "a.png", "--attach", "a.png", "--dry-run")
    assert both.err.startswith("2 attachments and 4 characters of text for each recipient\n")


def test_it_attaches_files(run: Run, scg: scgapi.Client, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    done = run("send", "Look", *SEND, "--attach", "a.png")
    (attachment,) = scg.message_requests.get(done.out.strip()).attachments or []
    assert scg.attachments.download(attachment) == b"\x89PNG"
    assert scg.attachments.get(attachment).type == "image/png"


@pytest.mark.parametrize(
    "words",
    [
        ("send", *SEND),
        ("send", "Hi", "--to", TO),
        ("send", "Hi", *SEND, "--attach", "absent.png"),
        ("send", "Hi", *SEND, "--schedule", "tomorrow"),
        ("send", "Hi", *SEND, "-o", "xml"),
    ],
)
def test_what_cannot_be_sent_is_wrong_usage(run: Run, gateway: Sandbox, words: tuple[str, ...]) -> None:
    assert run(*words).status == 2
    assert gateway.received("message_requests.create") == 0


def test_more_than_ten_recipients_need_a_yes(run: Run, gateway: Sandbox) -> None:
    many = [word for number in range(11) for word in ("--to", f"+1555246{number:04d}")]
    done = run("send", "Hi", "--from", FROM, *many, stdin="y\n")
    assert done.status == 2
    assert "11 recipients" in done.err
    assert gateway.received("message_requests.create") == 0
    assert run("send", "Hi", "--from", FROM, *many, "--yes").status == 0


def test_the_members_of_a_group_count(run: Run, gateway: Sandbox, scg: scgapi.Client) -> None:
    group = scg.contact_groups.create(name="all")
    members = [scg.contacts.create(primary_mdn=f"+1555246{number:04d}") for number in range(11)]
    scg.contact_groups.add_contact(group, members)
    done = run("send", "Hi", "--from", FROM, "--to", f"group:{group}")
    assert done.status == 2
    assert "11 recipients" in done.err
    assert gateway.received("message_requests.create") == 0


def test_a_wait_shows_states_and_ends(run: Run) -> None:
    done = run("send", "Hi", *SEND, "--wait")
    assert done.status == 0
    assert "request COMPLETED: 1 recipient\n" in done.err
    assert done.err.endswith("messages: 1 DELIVERED\n")


def test_a_wait_that_ends_early_is_no_failure(run: Run, gateway: Sandbox) -> None:
    done = run("send", "Hi", *SEND, "--wait", "--timeout", "0")
    request_id = done.out.strip()
    assert done.status == 5
    assert f"goes on: scgapi messages list --filter message_request_id={request_id}" in done.err
    assert gateway.executed("message_requests.create") == 1


@pytest.mark.parametrize(
    ("states", "status"),
    [(("FAILED", "DELIVERED"), 5), (("FAILED", "EXPIRED"), 1), (("READ", "DELIVERED"), 0)],
)
def test_a_wait_tells_of_messages_that_fail(
    run: Run, gateway: Sandbox, states: tuple[str, str], status: int
) -> None:
    rows = [{"id": f"m{at}", "state": state} for at, state in enumerate(states)]
    body = json.dumps({"list": rows, "total": 2, "offset": 0, "limit": 100}).encode()
    gateway.inject_fault("message_requests.list_messages", faults.WrongBody(body, "application/json"))
    done = run("send", "Hi", *SEND, "--to", "+15552461235", "--wait")
    assert done.status == status
    assert done.err.endswith(f"messages: {', '.join(f'1 {state}' for state in sorted(states))}\n")


def test_a_send_in_doubt_names_the_command_that_looks_it_up(run: Run, gateway: Sandbox) -> None:
    gateway.inject_fault("message_requests.create", faults.Reset(executed=True))
    done = run("send", "Hi", *SEND)
    assert done.status == 3
    assert done.out == ""
    assert gateway.executed("message_requests.create") == 1
    command = done.err.strip().rpartition("look it up: scgapi ")[2].split()
    found = run(*command)
    assert found.row["external_id"] == command[-1].partition("=")[2]


def test_a_send_in_doubt_is_data_where_json_is_asked_for(run: Run, gateway: Sandbox) -> None:
    gateway.inject_fault("message_requests.create", faults.Reset(executed=True))
    done = run("send", "Hi", *SEND, "-o", "json")
    error = json.loads(done.err.splitlines()[-1])["error"]
    assert (error["type"], error["exit_status"], error["outcome"]) == ("OutcomeUnknownError", 3, "UNKNOWN")
    assert error["external_id"] in error["advice"]


def test_a_refused_send_fails(run: Run) -> None:
    done = run("send", "Hi", "--to", TO, "--from", "nobody")
    assert (done.status, done.out) == (1, "")
    assert "error: the gateway answered 4" in done.err
