"""`scgapi campaign`: from the plan to the report, what it asks, and how it stops."""

from __future__ import annotations

import json
import signal
import subprocess
from pathlib import Path

import pytest

from scgapi.campaigns.journal.journal import Journal
from scgapi.sandbox import Sandbox, faults
from tests.cli.conftest import COMMAND, TO, Run, environment

FILE = """
name = "sale"
sender = "155528999"
body = "Hi {name}"
rate = {rate}
[recipients]
csv = "guests.csv"
address = "mobile"
region = "US"
"""
CREATE = "message_requests.create"


def write(folder: Path, guests: int = 3, rate: int = 500, more: str = "") -> None:
    (folder / "campaign.toml").write_text(more + FILE.replace("{rate}", str(rate)))
    rows = "".join(f"+1555246{number:04},Ann {number}\n" for number in range(1, guests + 1))
    (folder / "guests.csv").write_text("mobile,name\n" + rows + "nonsense,Eve\n")


def test_from_the_plan_to_the_report(run: Run, gateway: Sandbox, tmp_path: Path) -> None:
    write(tmp_path)
    planned = run("campaign", "plan")
    assert (planned.status, gateway.received(CREATE)) == (0, 0)
    assert "3 of 4 lines" in planned.err
    assert run("campaign", "test", "--to", TO).status == 0
    for _ in range(2):
        done = run("campaign", "run")
        assert (done.status, done.row["states"]) == (0, {"ACCEPTED": 3, "INVALID": 1})
    assert gateway.executed(CREATE) == 4
    rows = run("campaign", "report").rows
    assert [row["state"] for row in rows] == ["ACCEPTED", "ACCEPTED", "ACCEPTED", "INVALID"]
    assert run("campaign", "report", "--to", "r.html").status == 0
    assert "<svg" in (tmp_path / "r.html").read_text()
    assert run("campaign", "report", "--to", "r.pdf").status == 2
    assert run("campaign", "run", "--wait").row["states"] == {"DELIVERED": 3, "INVALID": 1}
    assert "3 recipients" in run("campaign", "status", "-o", "table").out


def test_flags_do_without_a_file(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "campaign.toml").unlink()
    words = ["--name", "sale", "--sender", "155528999", "--body", "Hi", "--csv", "guests.csv", "--rate", "9"]
    assert run("campaign", "run", *words, "--address", "mobile").status == 0
    missing = run("campaign", "run", *words)
    assert (missing.status, missing.err.splitlines()[0]) == (
        2,
        "error: address is missing: give --address, or put it into campaign.toml",
    )


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ('sendr = "1"\n', "unknown key sendr: did you mean sender?"),
        ("max_errors = 'many'\n", "max_errors: "),
        ("[[[\n", "campaign.toml is not TOML"),
        ("[allowed_hours]\nstart='09:00'\nend='20:00'\nzones='x'\n[x]\n", "unknown key "),
    ],
)
def test_a_wrong_file_is_refused(away: Run, tmp_path: Path, more: str, reason: str) -> None:
    write(tmp_path, more=more)
    done = away("campaign", "run")
    assert done.status == 2
    assert reason in done.err


def test_a_list_that_lacks_a_field_or_is_another_one_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    assert run("campaign", "run", "--body", "Hi {nam}").status == 2
    assert run("campaign", "run").status == 0
    changed = run("campaign", "run", "--body", "Bye {name}")
    assert changed.status == 2
    assert "body" in changed.err


def test_it_asks_before_it_sends_to_more_than_ten(run: Run, gateway: Sandbox, tmp_path: Path) -> None:
    write(tmp_path, guests=11)
    asked = run("campaign", "run")
    assert (asked.status, gateway.received(CREATE)) == (2, 0)
    assert "Send to 11 recipients? Add --yes" in asked.err
    assert run("campaign", "run", "--yes").status == 0


def test_what_failed_is_an_exit_status_and_is_sent_again(run: Run, gateway: Sandbox, tmp_path: Path) -> None:
    write(tmp_path)
    with gateway.inject_fault(CREATE, faults.Refuse(400, "10000"), times=1):
        assert run("campaign", "run").status == 5
    assert run("campaign", "retry", "--failed").status == 0
    assert run("campaign", "run").row["states"] == {"ACCEPTED": 3, "INVALID": 1}


def test_what_is_in_doubt_is_an_exit_status_until_a_person_decides(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    assert run("campaign", "plan").status == 0
    with Journal(tmp_path / "campaigns.db") as journal:
        journal.select("sale")
        assert journal.decide("IN_DOUBT", None, ("PLANNED",)) == 3
    assert (run("campaign", "status").status, run("campaign", "retry").status) == (3, 3)
    wrong = run("campaign", "retry", "--as-sent", TO)
    assert (wrong.status, TO in wrong.err) == (2, False)


def test_pause_resume_and_cancel(run: Run, gateway: Sandbox, tmp_path: Path) -> None:
    write(tmp_path)
    run("campaign", "plan")
    assert run("campaign", "pause").row["control"] == "PAUSED"
    assert run("campaign", "resume").row["control"] == "READY"
    assert run("campaign", "cancel").status == 2
    assert run("campaign", "cancel", "--yes").row["control"] == "CANCELLED"
    assert run("campaign", "work").status == 1
    assert gateway.received(CREATE) == 0


def test_a_journal_that_is_not_there_is_wrong_usage(away: Run) -> None:
    for command in ("status", "pause", "report", "retry"):
        done = away("campaign", command)
        assert done.status == 2
        assert "there is no journal campaigns.db" in done.err


def test_an_interrupted_run_says_how_to_go_on(run: Run, gateway: Sandbox, tmp_path: Path) -> None:
    write(tmp_path, guests=60, rate=20)
    with subprocess.Popen(
        [*COMMAND, "campaign", "run", "--yes"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env=environment(tmp_path, SCG_URL=gateway.url),
    ) as process:
        while gateway.executed(CREATE) < 5:
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert "to go. To go on: scgapi campaign run" in err
    assert run("campaign", "run", "--yes").status == 0
    assert gateway.executed(CREATE) == 60


def test_errors_are_json_where_json_is_asked_for(away: Run) -> None:
    done = away("campaign", "status", "-o", "json")
    assert json.loads(done.err)["error"]["exit_status"] == 2
