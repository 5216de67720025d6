"""Tasks for campaigns: a ticket is used once, a lost one is replaced, and any queue can carry them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import scgapi
from scgapi.campaigns import Campaign, Recipients
from scgapi.campaigns.journal.slots import Ticket
from scgapi.campaigns.workers.workers import Workers
from scgapi.errors import CampaignError, InvalidArgumentError
from scgapi.sandbox import Sandbox

CREATE = "message_requests.create"


def campaign_in(journal: str | Path) -> Campaign:
    return Campaign(
        "sale",
        sender="155528999",
        body="Hi",
        recipients=Recipients.rows([f"+1555246{number:04}" for number in range(20)]),
        rate=1000,
        journal=journal,
    )


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    made = campaign_in(tmp_path / "campaigns.db")
    yield made
    made.close()


class Queue:
    """Tickets that were put into the queue."""

    def __init__(self, gateway: Sandbox, campaign: Campaign) -> None:
        self.tickets: list[Ticket] = []
        self.workers = Workers([campaign], lambda: scgapi.Client(gateway.auth), self.tickets.append)


def test_one_task_sends_and_its_ticket_is_used_once(
    gateway: Sandbox, scg: scgapi.Client, campaign: Campaign
) -> None:
    queue = Queue(gateway, campaign)
    campaign.plan(scg)
    queue.workers.start(campaign, workers=1)
    (ticket,) = queue.tickets
    queue.workers.work(ticket)
    queue.workers.work(ticket)
    assert gateway.executed(CREATE) == 20
    assert campaign.status().accepted == 20


def test_a_task_that_was_delivered_again_finds_its_ticket_used(
    gateway: Sandbox, scg: scgapi.Client, campaign: Campaign
) -> None:
    queue = Queue(gateway, campaign)
    campaign.plan(scg)
    queue.workers.start(campaign, workers=1)
    (ticket,) = queue.tickets
    queue.workers.work(ticket._replace(token="of another time"))
    assert gateway.received(CREATE) == 0
    # Nothing is handed out twice while the first may still come.
    queue.workers.poke()
    queue.workers.start(campaign, workers=1)
    assert queue.tickets == [ticket]


def test_a_task_that_is_started_and_delivered_ten_times_at_once_works_once(
    gateway: Sandbox, scg: scgapi.Client, target: str
) -> None:
    campaign = campaign_in(target)
    queue = Queue(gateway, campaign)
    campaign.plan(scg)
    with ThreadPoolExecutor(10) as pool:
        for _ in range(10):
            pool.submit(queue.workers.start, campaign, 1)
            pool.submit(queue.workers.poke)
    (ticket,) = queue.tickets
    # Each delivery is to a process of its own, which has the campaign for itself.
    processes = [campaign_in(target) for _ in range(10)]
    with ThreadPoolExecutor(10) as pool:
        for one in processes:
            pool.submit(Queue(gateway, one).workers.work, ticket)
    assert gateway.executed(CREATE) == 20
    assert gateway.received("message_requests.list") == 1
    assert campaign.status().accepted == 20
    for one in (campaign, *processes):
        one.close()


def test_what_cannot_be_started_is_refused(gateway: Sandbox, campaign: Campaign) -> None:
    workers = Queue(gateway, campaign).workers
    with pytest.raises(CampaignError, match="plan it first"):
        workers.start(campaign)
    with pytest.raises(CampaignError, match="no campaign 'other'"):
        workers.start("other")
    for wrong in (0, -1, True):
        with pytest.raises(InvalidArgumentError, match="workers must be a whole number"):
            workers.start(campaign, workers=wrong)


def test_procrastinate_carries_the_tasks(gateway: Sandbox, scg: scgapi.Client, campaign: Campaign) -> None:
    procrastinate = pytest.importorskip("procrastinate", reason="procrastinate is not installed")
    from procrastinate.testing import InMemoryConnector

    from scgapi.campaigns.workers.procrastinate import register

    app = procrastinate.App(connector=InMemoryConnector())
    workers = register(app, [campaign], client=lambda: scgapi.Client(gateway.auth))
    campaign.plan(scg)
    workers.start(campaign, workers=1)
    app.run_worker(wait=False, install_signal_handlers=False)
    assert gateway.executed(CREATE) == 20
    assert campaign.status().accepted == 20
