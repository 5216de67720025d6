"""Reports of a campaign: every format says the same, escapes what it must, and holds few rows in memory."""

from __future__ import annotations

import csv
import io
import itertools
import json
import tracemalloc
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.console import Console

from scgapi.campaigns import Progress, ProgressBar
from scgapi.campaigns.journal.claims import Take
from scgapi.campaigns.journal.deliveries import Delivery
from scgapi.campaigns.journal.journal import Journal
from scgapi.campaigns.journal.rows import Control, Finish, ReportRow
from scgapi.campaigns.recipients.recipient import Recipient, SetAside
from scgapi.campaigns.reporting.report import Report
from scgapi.campaigns.reporting.series import OTHER_CODES, Series, collect
from scgapi.campaigns.reporting.status import Status, status_of

EVIL = "=cmd|'<script>alert(1)</script>&\"\x1b[2J"


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    journal = Journal(tmp_path / "campaigns.db")
    journal.begin('<b>"sale"', {"mode": "verified"})
    journal.add(
        [*(Recipient(f"+1555246000{n}", {}, (), n) for n in range(1, 6)), SetAside("", 9, "INVALID", EVIL)]
    )
    with journal.transaction():
        claims = journal.claims()
        rows = claims.due("PLANNED", claims.now(), 4)
        claims.take("me", [Take([row], "INTENT") for row in rows], claims.now() + 60)
        ends = [
            Finish((rows[0].id,), 1, "INTENT", "ACCEPTED", request_id="r1"),
            Finish((rows[1].id,), 1, "INTENT", "ACCEPTED", request_id="r2"),
            Finish((rows[2].id,), 1, "INTENT", "FAILED", code="1002", error=EVIL),
            Finish((rows[3].id,), 1, "INTENT", "IN_DOUBT", error="may have been sent"),
        ]
        claims.finish("me", ends, claims.now(), 60)
        journal.deliveries().record([Delivery("DELIVERED", "+15552460002", "r2")])
    return journal


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loaded: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loaded += [name for name, _ in attrs if name in ("src", "href") or name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_csv_and_json_lines_have_each_line_of_the_list(journal: Journal, tmp_path: Path) -> None:
    report = Report(journal)
    assert report.to_csv(tmp_path / "r.csv") == report.to_jsonl(tmp_path / "r.jsonl") == 6
    with (tmp_path / "r.csv").open(newline="", encoding="utf-8") as file:
        rows = [*csv.DictReader(file)]
    lines = [json.loads(line) for line in (tmp_path / "r.jsonl").read_text("utf-8").splitlines()]
    assert [row["state"] for row in rows] == [row["state"] for row in lines]
    assert [row["state"] for row in lines] == [
        *("ACCEPTED", "DELIVERED", "FAILED", "IN_DOUBT", "PLANNED", "INVALID"),
    ]
    # What a spreadsheet would take for a formula is text; JSON keeps it as it is.
    assert (rows[5]["error"], lines[5]["error"]) == (f"'{EVIL}", EVIL)
    assert (bool(lines[1]["accepted"]), lines[3]["accepted"]) == (True, "")


def test_a_report_goes_to_a_file_that_is_open(journal: Journal) -> None:
    out = io.StringIO()
    assert Report(journal).to_csv(out) == 6
    assert out.getvalue().startswith(
        "line,address,state,code,error,request_id,external_id,accepted,changed\n"
    )


def test_the_html_report_is_one_file_that_loads_and_runs_nothing(journal: Journal, tmp_path: Path) -> None:
    Report(journal).to_html(tmp_path / "r.html")
    page = _Page()
    page.feed((tmp_path / "r.html").read_text("utf-8"))
    assert not page.loaded
    assert not {"script", "link", "img", "iframe", "b"} & {*page.tags}
    assert page.tags.count("svg") == 2
    assert '<b>"sale"' in page.text
    assert EVIL in page.text
    for shown in ("+15552460003", "+15552460004", "failed: 1002", "A person must decide"):
        assert shown in page.text
    assert "+15552460002" not in page.text


def test_an_empty_campaign_has_a_report(tmp_path: Path) -> None:
    with Journal(tmp_path / "campaigns.db") as journal:
        journal.begin("sale", {})
        Report(journal).to_html(tmp_path / "r.html")
        assert "Nothing yet." in (tmp_path / "r.html").read_text("utf-8")
        assert Report(journal).to_csv(tmp_path / "r.csv") == 0


def test_the_table_shows_the_first_rows_and_says_so(journal: Journal) -> None:
    out = io.StringIO()
    Console(file=out, width=150).print(Report(journal).table(limit=3))
    assert "+15552460003" in out.getvalue()
    assert "+15552460004" not in out.getvalue()
    assert "to_csv() writes all" in out.getvalue()
    assert "\x1b[2J" not in out.getvalue()


def test_the_status_lists_what_a_person_must_decide(journal: Journal) -> None:
    status = status_of(journal)
    assert (status.planned, status.accepted, status.delivered, status.failed) == (1, 2, 1, 1)
    assert (status.in_doubt, status.invalid, status.total) == (1, 1, 5)
    assert [row.address for row in status.must_decide] == ["+15552460004"]
    assert "1002: 1" in str(status)
    assert "+15552460004" in str(status)
    assert "5552460004" not in repr(status)
    assert status.rate > 0
    assert status.time_left is not None


def test_the_status_shows_no_rate_once_all_is_sent() -> None:
    def shown(time_left: float) -> str:
        return str(Status("sale", "READY", "", 0, {"ACCEPTED": 10}, {}, rate=0.3, time_left=time_left))

    assert "0.3 a second, 5 s left" in shown(5.0)
    assert "a second" not in shown(0.0)


@pytest.mark.parametrize(
    ("control", "states", "headline"),
    [
        ("READY", {"PLANNED": 2, "ACCEPTED": 1}, "ready, 3 recipients"),
        ("READY", {"INTENT": 1, "ACCEPTED": 2}, "ready, 3 recipients"),
        ("READY", {"ACCEPTED": 2, "FAILED": 1, "INVALID": 4}, "done, 3 recipients"),
        ("READY", {}, "ready, 0 recipients"),
        ("HALTED", {"ACCEPTED": 1200}, "halted (5 errors), 1,200 recipients"),
    ],
)
def test_the_headline_says_when_nothing_is_left_to_send(
    control: Control, states: dict[str, int], headline: str
) -> None:
    reason = "5 errors" if control == "HALTED" else ""
    assert Status("sale", control, reason, 0, states, {}).headline == headline


def test_memory_is_bounded_however_long_the_list_is() -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        rows = (
            ReportRow(n, f"+1{n}", ("FAILED", "DELIVERED")[n % 2], "r", "", str(n % 50), "", n * 7.0, n * 5.0)
            for n in range(1, count)
        )
        course = collect(rows)
        assert len(course.noted) == 1000
        assert OTHER_CODES in course.failures
        _, found = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return found

    assert peak(40_000) < 1.3 * peak(10_000) + 200_000


def test_a_series_counts_each_event_once_at_any_width() -> None:
    series = Series()
    for moment in range(0, 100_000, 10):
        series.add(float(moment))
    totals = series.totals()
    assert len(totals) <= 240
    assert totals[-1][1] == 10_000
    assert all(before < after for (_, before), (_, after) in itertools.pairwise(totals))


def test_the_bar_shows_progress_on_a_terminal_alone() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    shown: list[str] = []
    for out in (Terminal(), io.StringIO()):
        with ProgressBar(out) as bar:
            bar.update(Progress(10, 5, 0, 0, 0, 0, 5, 1.0, 5.0, 5.0, "READY", ""))
        shown.append(out.getvalue())
    assert "5 of 10 accepted" in shown[0]
    assert not shown[1].strip()
