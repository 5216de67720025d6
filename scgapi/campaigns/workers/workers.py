"""Work on campaigns in tasks of a queue, whichever it is."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from scgapi.campaigns.campaign import Campaign
from scgapi.campaigns.engine.progress import Progress
from scgapi.campaigns.journal.journal import Journal
from scgapi.campaigns.journal.slots import Ticket
from scgapi.errors import CampaignError, CampaignHaltedError, InvalidArgumentError

if TYPE_CHECKING:
    from scgapi import Client

Campaigns = Iterable[Campaign] | Callable[[], Iterable[Campaign]]
"""Campaigns that workers know: a list, or a function that returns those that there are now."""

WORK_TASK = "scgapi.campaigns.work"
"""Name of the task that works on a campaign for some seconds."""

POKE_TASK = "scgapi.campaigns.poke"
"""Name of the task that replaces tasks that were lost."""

WORK_SECONDS = 20.0
"""Seconds that a task works before another task goes on."""

POKE_SECONDS = 10
"""Seconds between looks for tasks that were lost."""

_RENEW_SECONDS = 1.0
"""Seconds between renewals of a slot's lease."""

_LEASE_SECONDS = 60.0
"""Seconds after which a slot is given to another task: a run that is stopped takes up to 30 s to end."""

_QUEUE_SECONDS = 60.0
"""Seconds that a task may wait in the queue before it is replaced."""

_IDLE_SECONDS = 5.0
"""Seconds without a change after which a task ends, so that it does not hold a worker through the night."""

_LONGEST_REST_SECONDS = 60.0
"""Seconds that a slot rests at most while nothing is due."""

_log = logging.getLogger("scgapi.campaigns")


class Workers:
    """Workers of a task queue that send the texts of campaigns.

    A task carries the name of a campaign and a ticket, never a message or a secret. A task that is delivered twice, late,
    or after a visibility timeout finds its ticket used and ends; one that is lost is replaced.

    Args:
        campaigns: the campaigns that the workers know.
        client: makes the client of a task; `scgapi.Client()` with credentials of the worker's environment if left out.
        enqueue: puts a task for a ticket into the queue.
    """

    def __init__(
        self,
        campaigns: Campaigns,
        client: Callable[[], Client] | None,
        enqueue: Callable[[Ticket], None],
    ) -> None:
        self._campaigns = campaigns if callable(campaigns) else _constant([*campaigns])
        self._client = client or _client
        self._enqueue = enqueue

    def start(self, campaign: Campaign | str, workers: int = 2) -> None:
        """Let tasks work on a campaign until all is sent. Starting it again changes the number of workers.

        Args:
            campaign: the campaign, or its name.
            workers: how many tasks work on it at once.

        Raises:
            CampaignError: it is not one of the workers' campaigns, or was not planned.
            InvalidArgumentError: `workers` is no number above 0.
        """
        if type(workers) is not int or workers < 1:
            raise InvalidArgumentError(
                f"start: workers must be a whole number, 1 or more, got {workers!r}. Nothing was sent.",
                field="workers",
            )
        name = campaign if isinstance(campaign, str) else campaign.name
        journal = self._find(name)._selected_journal()
        if not journal.is_listed(name):
            raise CampaignError(f"campaign {name!r} was not planned: call plan() first. Nothing was sent.")
        with journal.transaction():
            journal.slots().open(workers)
        self._hand_out(journal)

    def poke(self) -> None:
        """Put tasks into the queue in place of those that were lost. The queue calls this every few seconds."""
        for campaign in self._campaigns():
            journal = campaign._process_journal.get()
            if journal.is_listed(campaign.name):
                journal.select(campaign.name)
                self._hand_out(journal)

    def work(self, ticket: Ticket) -> None:
        """Work on a campaign for a while, and have another task go on if work is left."""
        campaign = self._find(ticket.campaign)
        journal = campaign._selected_journal()
        with journal.transaction():
            own = journal.slots().exchange(ticket, _LEASE_SECONDS)
        if own is None:
            return
        try:
            rest = self._run(campaign, journal, own)
        except CampaignHaltedError as error:
            _log.warning("%s", error)
            rest = 0.0
        with journal.transaction():
            slots = journal.slots()
            following = slots.exchange(own, _QUEUE_SECONDS) if rest is None else None
            if rest is not None:
                slots.leave(own, rest)
        if following is not None:
            self._enqueue(following)

    def _run(self, campaign: Campaign, journal: Journal, own: Ticket) -> float | None:
        """Return the seconds until the slot may be used again; None if work is left now."""
        seen: Progress | None = None
        changed = 0.0
        idle = max(_IDLE_SECONDS, 2 / campaign._planning.rate if campaign._planning.rate else 0.0)
        with self._client() as scg, contextlib.closing(campaign.run(scg, every=_RENEW_SECONDS)) as run:
            for progress in run:
                with journal.transaction():
                    is_held = journal.slots().renew(own, _LEASE_SECONDS)
                if not is_held or progress.control in ("PAUSED", "HALTED"):
                    return 0.0
                if seen is None or _counts(seen) != _counts(progress):
                    seen, changed = progress, progress.elapsed
                if progress.elapsed - changed >= idle:
                    return _rest(journal)
                if progress.elapsed >= WORK_SECONDS:
                    return None
        return 0.0

    def _find(self, name: str) -> Campaign:
        for campaign in self._campaigns():
            if campaign.name == name:
                return campaign
        raise CampaignError(
            f"the workers know no campaign {name!r}: add it to those that register() was given. Nothing was sent."
        )

    def _hand_out(self, journal: Journal) -> None:
        with journal.transaction():
            tickets = journal.slots().hand_out(_QUEUE_SECONDS)
        for ticket in tickets:
            self._enqueue(ticket)


def _rest(journal: Journal) -> float:
    with journal.transaction():
        due = journal.slots().next_due()
    return min(_LONGEST_REST_SECONDS, max(_IDLE_SECONDS, due or 0.0))


def _counts(progress: Progress) -> tuple[int, ...]:
    return (
        progress.accepted,
        progress.in_doubt,
        progress.failed,
        progress.cancelled,
        progress.under_way,
        progress.remaining,
    )


def _constant(campaigns: list[Campaign]) -> Callable[[], Iterable[Campaign]]:
    return lambda: campaigns


def _client() -> Client:
    from scgapi import Client

    return Client()
