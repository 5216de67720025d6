"""Workers of Celery for campaigns (`pip install 'scgapi[celery]'`), with any broker."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from celery import bootsteps

from scgapi.campaigns.journal.slots import Ticket
from scgapi.campaigns.workers.workers import (
    POKE_SECONDS,
    POKE_TASK,
    WORK_TASK,
    Campaigns,
    Workers,
)

if TYPE_CHECKING:
    from celery import Celery
    from celery.worker.worker import WorkController

    from scgapi import Client


def register(app: Celery, campaigns: Campaigns, *, client: Callable[[], Client] | None = None) -> Workers:
    """Add the tasks for campaigns to a Celery app.

    Workers of the app also look for tasks that were lost, as they start and every 10 seconds.

    Args:
        app: the app.
        campaigns: the campaigns that the workers know: a list, or a function that returns those that there are now.
        client: makes the client of a task; `scgapi.Client()` with credentials of the worker's environment if left out.

    Returns:
        What starts campaigns.
    """

    def enqueue(ticket: Ticket) -> None:
        app.send_task(WORK_TASK, args=[ticket.campaign, ticket.slot, ticket.token], ignore_result=True)

    workers = Workers(campaigns, client, enqueue)

    @app.task(name=WORK_TASK, ignore_result=True)
    def work(campaign: str, slot: int, token: str) -> None:
        workers.work(Ticket(campaign, slot, token))

    @app.task(name=POKE_TASK, ignore_result=True)
    def poke() -> None:
        workers.poke()

    class Poke(bootsteps.StartStopStep):
        """Sends the task that looks for lost ones; the worker's own process does not use the journal."""

        requires = ("celery.worker.components:Timer",)

        def start(self, parent: WorkController) -> None:
            def send() -> None:
                app.send_task(POKE_TASK, expires=POKE_SECONDS, ignore_result=True, retry=False)

            timer: object = parent.timer
            if isinstance(timer, _Timer):
                timer.call_after(0, send)
                timer.call_repeatedly(POKE_SECONDS, send)

    app.steps["worker"].add(Poke)
    return workers


@runtime_checkable
class _Timer(Protocol):
    """The timer of a worker: Celery has two kinds, without a type of their own."""

    def call_after(self, secs: float, fun: Callable[[], None], /) -> object: ...

    def call_repeatedly(self, secs: float, fun: Callable[[], None], /) -> object: ...
