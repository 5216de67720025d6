"""Workers of Procrastinate for campaigns (`pip install 'scgapi[procrastinate]'`): PostgreSQL alone, no broker."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from scgapi.campaigns.journal.slots import Ticket
from scgapi.campaigns.workers.workers import (
    POKE_SECONDS,
    POKE_TASK,
    WORK_TASK,
    Campaigns,
    Workers,
)

if TYPE_CHECKING:
    from procrastinate import App

    from scgapi import Client


def register(app: App, campaigns: Campaigns, *, client: Callable[[], Client] | None = None) -> Workers:
    """Add the tasks for campaigns to a Procrastinate app.

    Workers of the app also look every 10 seconds for tasks that were lost.

    Args:
        app: the app.
        campaigns: the campaigns that the workers know: a list, or a function that returns those that there are now.
        client: makes the client of a task; `scgapi.Client()` with credentials of the worker's environment if left out.

    Returns:
        What starts campaigns.
    """

    def enqueue(ticket: Ticket) -> None:
        work.defer(campaign=ticket.campaign, slot=ticket.slot, token=ticket.token)

    workers = Workers(campaigns, client, enqueue)

    @app.task(name=WORK_TASK)
    def work(campaign: str, slot: int, token: str) -> None:
        workers.work(Ticket(campaign, slot, token))

    @app.periodic(cron=f"* * * * * */{POKE_SECONDS}")
    @app.task(name=POKE_TASK, queueing_lock=POKE_TASK)
    def poke(timestamp: int) -> None:
        workers.poke()

    return workers
