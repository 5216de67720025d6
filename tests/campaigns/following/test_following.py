"""Following a campaign against the sandbox: receipts by one line, and polling with both clients."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

import scgapi
from scgapi import events
from scgapi.campaigns import Campaign, Receipts, Recipients, Status
from scgapi.errors import InvalidArgumentError, ScgError
from scgapi.sandbox import AfterSeconds, EventService, Sandbox, faults
from tests.both_clients import CLIENT_KINDS, ClientKind

GUESTS = [f"+1555246{number:04}" for number in range(1, 13)]


def campaign_in(folder: Path, batch: int = 1) -> Campaign:
    return Campaign(
        "sale",
        sender="155528999",
        body="We have moved",
        recipients=Recipients.rows(GUESTS),
        rate=1000,
        batch=batch,
        journal=folder / "campaigns.db",
    )


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    made = campaign_in(tmp_path)
    yield made
    made.close()


def send(campaign: Campaign, sandbox: Sandbox) -> None:
    with scgapi.Client(sandbox.auth) as scg:
        for _ in campaign.run(scg, every=0.1):
            pass


def follow(kind: ClientKind, campaign: Campaign, sandbox: Sandbox, timeout: float = 30) -> list[Status]:
    if kind == "sync":
        with scgapi.Client(sandbox.auth, retry=scgapi.RetryPolicy(attempts=1)) as scg:
            return [*campaign.follow(scg, timeout=timeout, every=0.05, rate=1000)]

    async def run() -> list[Status]:
        async with scgapi.AsyncClient(sandbox.auth, retry=scgapi.RetryPolicy(attempts=1)) as scg:
            return [one async for one in campaign.follow(scg, timeout=timeout, every=0.05, rate=1000)]

    return asyncio.run(run())


class Quiet(WSGIRequestHandler):
    """A server's handler that writes no log."""

    def log_message(self, format: str, *args: object) -> None:
        """Write nothing."""


@contextmanager
def serving(receiver: events.Receiver) -> Generator[str]:
    """Serve a receiver, and give its address."""
    with make_server("127.0.0.1", 0, events.wsgi_app(receiver), handler_class=Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("kind", CLIENT_KINDS)
@pytest.mark.parametrize("batch", [1, 5])
def test_polling_ends_when_all_are_delivered(kind: ClientKind, batch: int, tmp_path: Path) -> None:
    campaign = campaign_in(tmp_path, batch)
    with Sandbox() as sandbox:
        send(campaign, sandbox)
        assert campaign.status().accepted == 12
        last = follow(kind, campaign, sandbox)[-1]
    assert (last.delivered, last.accepted, last.failed) == (12, 12, 0)
    campaign.close()


@pytest.mark.parametrize("kind", CLIENT_KINDS)
def test_polling_ends_after_its_time(kind: ClientKind, campaign: Campaign) -> None:
    with Sandbox(progress=AfterSeconds(3600)) as sandbox:
        send(campaign, sandbox)
        found = follow(kind, campaign, sandbox, timeout=0.3)
        assert found[-1].delivered == 0
        # Rounds become slower while nothing changes.
        assert sandbox.received("message_requests.list_messages") <= 12 * 7


@pytest.mark.parametrize("kind", CLIENT_KINDS)
def test_single_failures_and_requests_that_are_gone_do_not_end_it(
    kind: ClientKind, campaign: Campaign
) -> None:
    with Sandbox() as sandbox:
        send(campaign, sandbox)
        with Sandbox() as empty:
            assert follow(kind, campaign, empty, timeout=0.3)[-1].accepted == 12
        sandbox.inject_fault("message_requests.list_messages", faults.Refuse(503), times=5)
        assert follow(kind, campaign, sandbox)[-1].delivered == 12


@pytest.mark.parametrize("kind", CLIENT_KINDS)
def test_an_error_of_all_reads_is_raised(kind: ClientKind, campaign: Campaign) -> None:
    with Sandbox() as sandbox:
        send(campaign, sandbox)
        sandbox.inject_fault("message_requests.list_messages", faults.Refuse(503), times=None)
        with pytest.raises(ScgError):
            follow(kind, campaign, sandbox)


def test_receipts_reach_the_journal_in_another_process_by_one_line(
    campaign: Campaign, tmp_path: Path
) -> None:
    receiver = events.Receiver(basic=("gateway", "secret"))
    receiver.on(events.MessageStateChanged)(Receipts(tmp_path / "campaigns.db"))
    with (
        Sandbox(progress=AfterSeconds(0.05)) as sandbox,
        serving(receiver) as url,
        EventService(sandbox, url, basic=("gateway", "secret"), duplicates=1) as service,
    ):
        send(campaign, sandbox)
        while (status := campaign.status()).delivered < 12:
            service.wait(timeout=30)
    assert (status.accepted, status.failed) == (12, 0)


def test_a_receipt_settles_a_send_whose_response_was_lost(campaign: Campaign, tmp_path: Path) -> None:
    with Sandbox() as sandbox, scgapi.Client(sandbox.auth) as scg:
        campaign.plan(scg)
        run = campaign.run(scg, every=0.05)
        sandbox.inject_fault("message_requests.create", faults.Reset(executed=True), times=1)
        for progress in run:
            if progress.accepted == 11 and progress.under_way == 1:
                break
        run.close()
        (open_,) = (row for row in campaign.report() if row.state == "INTENT")
        (request,) = scg.message_requests.list(external_id=open_.external_id)
        receipt = events.MessageStateChanged(
            message_id="m",
            new_state="DELIVERED",
            to_address=open_.address,
            message_request_id=request.id,
            external_message_request_id=open_.external_id,
        )
        campaign.on_receipt(receipt)
        assert campaign.status().states == {"ACCEPTED": 11, "DELIVERED": 1}
        assert sandbox.executed("message_requests.create") == 12


@pytest.mark.parametrize("name", ["timeout", "every", "rate"])
def test_a_wrong_number_is_refused(name: str, campaign: Campaign) -> None:
    with Sandbox() as sandbox, scgapi.Client(sandbox.auth) as scg:
        for wrong in (0, -1, float("nan"), float("inf")):
            with pytest.raises(InvalidArgumentError, match=name):
                campaign.follow(scg, **{name: wrong})
