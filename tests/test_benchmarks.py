"""The benchmarks measure what they say, and their targets can be missed; speed itself is not tested."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

import scgapi
from benchmarks.comparisons import COMPARISONS, Amount, Ratio, rows
from benchmarks.competitors.registry import COMPETITORS
from benchmarks.plain import Message, Page
from benchmarks.processes import ROOT, Server, Skipped, serving, timed, worker
from benchmarks.scenarios import SCENARIOS, Figure, Steady
from benchmarks.table import BEGIN, END, placed, rendered


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as started:
        yield started


def test_the_server_answers_what_the_models_describe(server: Server) -> None:
    for url in (server.url, server.late_url):
        content = httpx.get(f"{url}/messages/m").content
        assert Message.model_validate_json(content).model_extra is None
        assert set(httpx.get(f"{url}/messages/m").json()) == {
            field.alias or name for name, field in Message.model_fields.items()
        }
        assert httpx.post(f"{url}/message_requests", json={"body": "Hello"}).json()["id"]


def test_pages_follow_one_another_in_each_way_that_clients_ask(server: Server) -> None:
    with scgapi.Client(scgapi.AuthInfo(token="t", url=server.url)) as scg:
        listed = [message.id for message in scg.messages.list(limit=100, application_id=250)]
    assert listed == [f"{index:022d}" for index in range(250)]
    query = f"{server.url}/data?application_id=250"
    for step in (f"&after={listed[99]}", "&page%5Bnumber%5D=2"):
        page = httpx.get(query + step).json()
        assert [item["id"] for item in page["data"]] == listed[100:200]
        assert (page["has_more"], page["meta"]) == (True, {"page_number": 2, "total_pages": 3})
    last = Page.model_validate_json(httpx.get(f"{server.url}/m?application_id=250&offset=200").content)
    assert ([item.id for item in last.list], last.total) == (listed[200:], 250)


@pytest.mark.parametrize(("kind", "at_once"), [("listing", 1), ("sends", 5), ("threads", 5)])
def test_a_worker_measures(server: Server, kind: str, at_once: int) -> None:
    with worker("scgapi", kind, server.url, at_once) as one:
        sample = one.run(10, warm=5)
        assert sample.cpu > 0
        assert sample.wall > 0
        assert 10 < sample.peak < 500


def test_a_call_that_fails_is_no_figure() -> None:
    with (
        pytest.raises(Skipped, match="ConnectError"),
        worker("httpx-json", "get", "http://127.0.0.1:9", 1) as one,
    ):
        one.run(1)


def test_what_is_not_there_is_skipped_with_its_reason(server: Server) -> None:
    with (
        pytest.raises(Skipped, match="bare aiohttp has no get"),
        worker("aiohttp", "get", server.url, 1),
    ):
        pass
    with pytest.raises(Skipped, match="not installed"):
        timed("import no_such_client", server.url)
    with pytest.raises(Skipped, match="AssertionError"):
        timed("assert False", server.url)
    assert timed("pass", server.url) > 0


@pytest.mark.parametrize(
    ("ours", "verdict", "ratio"), [(110, "met", "1.10x"), (112, "missed", "1.12x"), (50, "met", "0.50x")]
)
def test_a_ratio_above_its_bar_misses_it(ours: float, verdict: str, ratio: str) -> None:
    comparison = Ratio("GET", "get", "httpx", at_most=1.1)
    row = comparison.row({"get": {"scgapi": Figure(ours, 40), "httpx": Figure(100, 30)}})
    assert row is not None
    assert (row.verdict, row.ratio, row.target, row.memory) == (verdict, ratio, "at most 1.1x", "40 / 30")


def test_being_too_little_faster_misses_the_bar() -> None:
    comparison = Ratio("list", "list", "telnyx", times_faster=4)
    slow = comparison.row({"list": {"scgapi": Figure(30), "telnyx": Figure(119)}})
    fast = comparison.row({"list": {"scgapi": Figure(30), "telnyx": Figure(120)}})
    assert slow is not None
    assert fast is not None
    assert (slow.verdict, fast.verdict, fast.ratio) == ("missed", "met", "4.0x faster")


def test_an_amount_above_its_bar_misses_it() -> None:
    figures = {"scgapi": Figure(16.0, 40, grown=10.5), "other": Figure(6.0)}
    for comparison, verdict in (
        (Amount("import", "s", 15, "ms"), "missed"),
        (Amount("import", "s", 16, "ms"), "met"),
        (Amount("memory", "s", 10, "MiB", over="other"), "met"),
        (Amount("memory", "s", 9, "MiB", over="other"), "missed"),
        (Amount("memory", "s", 10, "MiB", grown=True), "missed"),
        (Amount("memory", "s", 11, "MiB", grown=True), "met"),
    ):
        row = comparison.row({"s": dict(figures)})
        assert row is not None
        assert row.verdict == verdict


def test_what_was_not_measured_meets_no_bar() -> None:
    row = Ratio("GET", "get", "httpx", at_most=1.1).row({"get": {"scgapi": "refused", "httpx": Figure(1)}})
    assert row is not None
    assert (row.ours, row.verdict) == ("refused", "not measured")
    assert Amount("import", "s", 15, "ms").row({"other": {}}) is None
    assert rows({}) == []


def test_every_bar_names_what_is_measured() -> None:
    for comparison in COMPARISONS:
        scenario = SCENARIOS[comparison.scenario]
        if isinstance(comparison, Ratio):
            assert {comparison.ours, comparison.theirs.partition("@")[0]} <= set(COMPETITORS)
            assert not isinstance(scenario, Steady) or {comparison.ours, comparison.theirs} <= set(
                scenario.names
            )


def test_the_table_takes_the_place_between_the_markers_only() -> None:
    table = rendered(rows({"get": {"scgapi": Figure(2), "httpx": Figure(1)}}))
    assert all(line.startswith("| ") and line.endswith(" |") for line in table.splitlines())
    document = f"before\n{BEGIN}\nold\n{END}\nafter {END[:4]}\n"
    once = placed(document, table)
    assert "old" not in once
    assert once.startswith(f"before\n{BEGIN}\n| what")
    assert once.endswith(f"|\n{END}\nafter {END[:4]}\n")
    assert placed(once, table) == once
    for broken in ("", BEGIN, f"{END}{BEGIN}", document * 2):
        with pytest.raises(ValueError, match="must each stand"):
            placed(broken, table)


def test_the_document_has_a_place_for_the_table() -> None:
    text = (ROOT / "docs" / "performance.md").read_text()
    assert "| what" not in placed(text, "")
