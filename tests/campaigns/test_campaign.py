"""A campaign as a user runs it, against the sandbox, with both clients."""

from __future__ import annotations

import asyncio
import csv
import itertools
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import scgapi
from scgapi.campaigns import AllowedHours, Campaign, Progress, Recipients
from scgapi.campaigns.engine.rules import Mode
from scgapi.errors import CampaignError, CampaignHaltedError, InvalidArgumentError
from scgapi.sandbox import Sandbox, faults
from scgapi.types import RequiredConsent
from tests.both_clients import CLIENT_KINDS, ClientKind

GUESTS = [{"mobile": f"+1555246{number:04}", "name": f"Ann {number}"} for number in range(1, 13)]
CREATE = "message_requests.create"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as running:
        yield running


class Made:
    """Campaigns of one journal."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: list[Campaign] = []

    def __call__(
        self,
        *,
        body: str = "Hi {name}",
        guests: list[dict[str, str]] | None = None,
        rate: float = 1000.0,
        mode: Mode = "verified",
        batch: int = 1,
        max_errors: int | None = 100,
        consent: RequiredConsent | None = None,
        allowed_hours: AllowedHours | None = None,
        start: datetime | None = None,
        end: datetime | None = None,
        in_flight: int | None = None,
    ) -> Campaign:
        self.made.append(
            Campaign(
                "sale",
                sender="155528999",
                body=body,
                recipients=Recipients.rows(GUESTS if guests is None else guests, address="mobile"),
                rate=rate,
                journal=self.folder / "campaigns.db",
                mode=mode,
                batch=batch,
                max_errors=max_errors,
                consent=consent,
                allowed_hours=allowed_hours,
                start=start,
                end=end,
                in_flight=in_flight,
            )
        )
        return self.made[-1]


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    campaigns = Made(tmp_path)
    yield campaigns
    for campaign in campaigns.made:
        campaign.close()


def run(kind: ClientKind, campaign: Campaign, sandbox: Sandbox) -> Progress:
    """Run to the end, and return the last progress."""
    if kind == "async":
        return asyncio.run(_run_async(campaign, sandbox))
    with scgapi.Client(sandbox.auth) as scg:
        return [*campaign.run(scg, every=0.1)][-1]


async def _run_async(campaign: Campaign, sandbox: Sandbox) -> Progress:
    async with scgapi.AsyncClient(sandbox.auth) as scg:
        return [progress async for progress in campaign.run(scg, every=0.1)][-1]


def texts(sandbox: Sandbox) -> dict[str, list[str | None]]:
    """The texts that each guest has got."""
    return {
        guest["mobile"]: [message.body for message in sandbox.phone(guest["mobile"]).messages()]
        for guest in GUESTS
    }


@pytest.mark.parametrize("mode", ["verified", "two_phase"])
@pytest.mark.parametrize("kind", CLIENT_KINDS)
def test_each_guest_gets_the_text_once_however_often_it_is_run(
    kind: ClientKind, mode: Mode, made: Made, sandbox: Sandbox
) -> None:
    for _ in range(2):
        last = run(kind, made(mode=mode), sandbox)
        assert (last.accepted, last.total, last.remaining) == (12, 12, 0)
    assert texts(sandbox) == {guest["mobile"]: [f"Hi {guest['name']}"] for guest in GUESTS}


@pytest.mark.parametrize("kind", CLIENT_KINDS)
def test_the_same_text_goes_in_few_requests(kind: ClientKind, made: Made, sandbox: Sandbox) -> None:
    run(kind, made(body="We have moved", batch=5), sandbox)
    assert {len(found) for found in texts(sandbox).values()} == {1}
    # The first goes alone until one is known to be taken; a batch holds as many as it may.
    assert sandbox.executed(CREATE) <= 4


def test_a_recipient_that_spoils_a_batch_fails_alone(made: Made, sandbox: Sandbox) -> None:
    guests = [*GUESTS, {"mobile": "contact:nobody", "name": "X"}]
    campaign = made(body="We have moved", batch=20, guests=guests)
    last = run("sync", campaign, sandbox)
    assert (last.accepted, last.failed) == (12, 1)
    assert {len(found) for found in texts(sandbox).values()} == {1}
    (failed,) = (row for row in campaign.report() if row.state == "FAILED")
    assert failed.address == "contact:nobody"
    assert failed.error


@pytest.mark.parametrize("kind", CLIENT_KINDS)
def test_a_run_that_is_stopped_has_recorded_what_was_on_its_way(
    kind: ClientKind, made: Made, sandbox: Sandbox
) -> None:
    campaign = made(rate=20)

    def stop_early() -> None:
        with scgapi.Client(sandbox.auth) as scg:
            progress = campaign.run(scg, every=0.2)
            next(progress)
            progress.close()

    async def stop_early_async() -> None:
        async with scgapi.AsyncClient(sandbox.auth) as scg:
            progress = campaign.run(scg, every=0.2)
            async with aclosing(progress):
                async for _ in progress:
                    break

    asyncio.run(stop_early_async()) if kind == "async" else stop_early()
    states = Counter(campaign.status().states)
    assert states["PLANNED"] > 0
    assert states["PLANNED"] + states["ACCEPTED"] == 12
    assert sum(map(len, texts(sandbox).values())) == states["ACCEPTED"]
    run(kind, campaign, sandbox)
    assert {len(found) for found in texts(sandbox).values()} == {1}


@pytest.mark.parametrize("started", range(6))
def test_an_interrupt_while_a_run_starts_leaves_nothing_at_work(
    started: int, made: Made, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = made(in_flight=4, rate=4)
    start, count = threading.Thread.start, itertools.count()

    def interrupted(self: threading.Thread) -> None:
        if next(count) == started:
            raise KeyboardInterrupt
        start(self)
        if started == 5 and self.name == "scgapi-campaign":
            raise KeyboardInterrupt

    with scgapi.Client(sandbox.auth) as scg:
        campaign.plan(scg)
        before = {*threading.enumerate()}
        monkeypatch.setattr(threading.Thread, "start", interrupted)
        with pytest.raises(KeyboardInterrupt):
            next(campaign.run(scg))
        monkeypatch.undo()
        left = [one for one in threading.enumerate() if one not in before and "campaign" in one.name]
        for one in left:
            one.join(0.5)
        assert [one.name for one in left if one.is_alive()] == []
    run("sync", campaign, sandbox)
    assert {len(found) for found in texts(sandbox).values()} == {1}


@pytest.mark.parametrize("kind", CLIENT_KINDS)
def test_a_pause_is_seen_by_a_run_elsewhere_and_ends_with_resume(
    kind: ClientKind, made: Made, sandbox: Sandbox
) -> None:
    campaign, remote = made(rate=20), made()
    campaign_is_over = threading.Event()

    def go() -> None:
        run(kind, campaign, sandbox)
        campaign_is_over.set()

    with scgapi.Client(sandbox.auth) as scg:
        remote.plan(scg)
    thread = threading.Thread(target=go)
    thread.start()
    while sandbox.executed(CREATE) < 3:
        campaign_is_over.wait(0.02)
    remote.pause("lunch")
    # What was about to leave has left half a second later; then nothing does.
    campaign_is_over.wait(0.5)
    sent = sandbox.executed(CREATE)
    assert not campaign_is_over.wait(1.0)
    assert sandbox.executed(CREATE) == sent < 12
    assert remote.status().reason == "lunch"
    remote.resume()
    thread.join()
    assert {len(found) for found in texts(sandbox).values()} == {1}


@pytest.mark.parametrize("kind", CLIENT_KINDS)
def test_a_cancelled_campaign_sends_nothing_more(kind: ClientKind, made: Made, sandbox: Sandbox) -> None:
    campaign = made()
    with scgapi.Client(sandbox.auth) as scg:
        campaign.plan(scg)
    campaign.cancel()
    last = run(kind, campaign, sandbox)
    assert (last.cancelled, last.control) == (12, "CANCELLED")
    campaign.resume()
    assert run(kind, campaign, sandbox).cancelled == 12
    assert sandbox.received(CREATE) == 0


def test_a_request_that_was_paused_at_the_gateway_is_cancelled_there(made: Made, sandbox: Sandbox) -> None:
    campaign = made(mode="two_phase", guests=GUESTS[:1])
    rule = sandbox.inject_fault("message_requests.resume", faults.Refuse(503, "5030"))
    with scgapi.Client(sandbox.auth) as scg:
        for _ in campaign.run(scg, every=0.1):
            if campaign.status().states.get("PREPARED") and sandbox.received("message_requests.resume"):
                break
        rule.stop()
        campaign.cancel()
        (last,) = [*campaign.run(scg)][-1:]
        (request,) = scg.message_requests.list()
        assert request.state == "CANCELED"
    assert (last.cancelled, last.accepted) == (1, 0)


@pytest.mark.parametrize("kind", CLIENT_KINDS)
def test_it_halts_by_itself_after_too_many_errors(kind: ClientKind, made: Made, sandbox: Sandbox) -> None:
    guests = [{"mobile": f"contact:nobody{number}", "name": ""} for number in range(50)]
    campaign = made(guests=[*GUESTS[:1], *guests], max_errors=3)
    with pytest.raises(CampaignHaltedError, match="max_errors is 3"):
        run(kind, campaign, sandbox)
    status = campaign.status()
    assert (status.control, status.states["ACCEPTED"]) == ("HALTED", 1)
    assert status.failed_by_code
    with pytest.raises(CampaignHaltedError):
        run(kind, campaign, sandbox)


@pytest.mark.parametrize("kind", CLIENT_KINDS)
def test_a_refusal_that_concerns_all_halts_it_and_fails_nobody(
    kind: ClientKind, made: Made, sandbox: Sandbox
) -> None:
    campaign = made()
    rule = sandbox.inject_fault(CREATE, faults.Refuse(402))
    with pytest.raises(CampaignHaltedError, match="402"):
        run(kind, campaign, sandbox)
    assert campaign.status().states == {"PLANNED": 12}
    rule.stop()
    campaign.resume()
    assert run(kind, campaign, sandbox).accepted == 12


def test_a_gateway_that_asks_to_wait_is_waited_for(made: Made, sandbox: Sandbox) -> None:
    sandbox.inject_fault(CREATE, faults.Refuse(429, retry_after=1), times=2)
    assert run("sync", made(), sandbox).accepted == 12
    assert sandbox.executed(CREATE) == 12


def test_a_person_decides_what_cannot_be_looked_up(made: Made, sandbox: Sandbox) -> None:
    campaign = made(guests=GUESTS[:3])
    with scgapi.Client(sandbox.auth) as scg:
        campaign.plan(scg)
    journal = campaign._process_journal.get()
    with journal.transaction():
        journal._database.run("UPDATE scgapi_recipients SET state = 'IN_DOUBT', send = id")
    assert [row.line for row in campaign.in_doubt()] == [1, 2, 3]
    assert campaign.mark(GUESTS[0]["mobile"], "ACCEPTED") == 1
    assert campaign.retry(GUESTS[1]["mobile"]) == 1
    assert campaign.retry() == 0
    assert run("sync", campaign, sandbox).accepted == 2
    assert [len(found) for found in texts(sandbox).values()][:3] == [0, 1, 0]
    assert campaign.status().states == {"ACCEPTED": 2, "IN_DOUBT": 1}


def test_a_changed_text_is_refused_by_plan_and_by_run(made: Made, sandbox: Sandbox) -> None:
    run("sync", made(), sandbox)
    with scgapi.Client(sandbox.auth) as scg:
        with pytest.raises(CampaignError, match="another body"):
            made(body="Dear {name}").plan(scg)
        with pytest.raises(CampaignError, match="another body"):
            next(made(body="Dear {name}").run(scg))
        with pytest.raises(CampaignError, match="another recipients"):
            made(guests=GUESTS[:5]).plan(scg)


@pytest.mark.parametrize("mode", ["verified", "two_phase"])
def test_a_campaign_whose_journal_was_lost_sends_nothing_before_it_is_recovered(
    mode: Mode, made: Made, sandbox: Sandbox
) -> None:
    run("sync", made(mode=mode, guests=GUESTS[:8]), sandbox)
    made.made.pop().close()
    for path in made.folder.glob("campaigns.db*"):
        path.unlink()
    campaign = made(mode=mode)
    with pytest.raises(CampaignHaltedError, match=r"call recover\(\)"):
        run("sync", campaign, sandbox)
    campaign.resume()
    with pytest.raises(CampaignHaltedError, match=r"call recover\(\)"):
        run("async", campaign, sandbox)
    assert sandbox.executed(CREATE) == 8
    assert campaign.recover() == 12
    last = run("sync", campaign, sandbox)
    assert (last.accepted, sandbox.executed(CREATE)) == (12, 12)
    assert {len(found) for found in texts(sandbox).values()} == {1}


def test_nothing_is_sent_after_the_end_and_the_run_is_over(made: Made, sandbox: Sandbox) -> None:
    campaign = made(end=datetime.now(UTC) - timedelta(seconds=1))
    last = run("sync", campaign, sandbox)
    assert (last.remaining, sandbox.received(CREATE)) == (12, 0)


def test_recipients_without_an_allowed_hour_fail_with_the_reason(made: Made, sandbox: Sandbox) -> None:
    campaign = made(
        allowed_hours=AllowedHours("00:00", "24:00"), guests=[{"mobile": "contact:1", "name": ""}]
    )
    last = run("sync", campaign, sandbox)
    assert last.failed == 1
    assert "give AllowedHours a zone" in next(iter(campaign.report())).error


def test_the_report_lists_every_line_of_the_list(made: Made, sandbox: Sandbox, tmp_path: Path) -> None:
    campaign = made(guests=[*GUESTS[:2], {"mobile": "12", "name": ""}, GUESTS[0]])
    run("sync", campaign, sandbox)
    assert campaign.report().to_csv(tmp_path / "report.csv") == 4
    with (tmp_path / "report.csv").open(encoding="utf-8") as file:
        rows = [*csv.DictReader(file)]
    assert [(row["line"], row["state"]) for row in rows] == [
        ("1", "ACCEPTED"),
        ("2", "ACCEPTED"),
        ("3", "INVALID"),
        ("4", "DUPLICATE"),
    ]
    with scgapi.Client(sandbox.auth) as scg:
        assert scg.message_requests.get(rows[0]["request_id"]).external_id == rows[0]["external_id"]


def test_consent_is_asked_of_the_gateway(made: Made, sandbox: Sandbox) -> None:
    run("sync", made(consent="OPT_OUT", guests=GUESTS[:1]), sandbox)
    with scgapi.Client(sandbox.auth) as scg:
        (request,) = scg.message_requests.list()
    assert request.consent_requirement == "OPT_OUT"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"rate": 0.0}, "rate must be a number of texts for each second, more than 0"),
        ({"batch": 0}, "batch must be a whole number, 1 or more"),
        ({"max_errors": 0}, "max_errors must be"),
        ({"mode": "once"}, "mode must be 'verified' or 'two_phase', got 'once'"),
        ({"consent": "YES"}, "consent must be"),
        ({"start": datetime(2026, 1, 1)}, "start must be a datetime with a time zone"),
        (
            {"start": datetime(2026, 1, 2, tzinfo=UTC), "end": datetime(2026, 1, 1, tzinfo=UTC)},
            "must be after start",
        ),
        ({"body": " "}, "body is empty"),
    ],
)
def test_bad_input_is_one_clear_line(wrong: dict[str, object], message: str, made: Made) -> None:
    with pytest.raises(InvalidArgumentError, match=message):
        made(**wrong)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # what a user may pass
    assert not (made.folder / "campaigns.db").exists()


@pytest.mark.parametrize("hours", [("9", "20:00"), ("09:00", "25:00"), ("09:00", "09:00")])
def test_hours_that_make_no_sense_are_refused(hours: tuple[str, str]) -> None:
    with pytest.raises(InvalidArgumentError):
        AllowedHours(*hours)


@pytest.mark.parametrize("kind", CLIENT_KINDS)
def test_a_text_is_seen_and_tried_before_anything_is_sent(
    kind: ClientKind, made: Made, sandbox: Sandbox
) -> None:
    campaign, own = made(), "+15552467777"

    async def tried() -> str:
        async with scgapi.AsyncClient(sandbox.auth) as scg:
            await campaign.test_send(scg, to=own, rows=2)
            return str(await campaign.preview(scg, "+15552460003"))

    if kind == "async":
        shown = asyncio.run(tried())
    else:
        with scgapi.Client(sandbox.auth) as scg:
            campaign.test_send(scg, to=own, rows=2)
            shown = str(campaign.preview(scg, 3))
    assert shown.endswith("Hi Ann 3")
    assert [message.body for message in sandbox.phone(own).messages()] == ["Hi Ann 1", "Hi Ann 2"]
    assert not any(texts(sandbox).values())
