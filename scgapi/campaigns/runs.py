"""The runs of a campaign: planned if need be, observed, with either client."""

from __future__ import annotations

import asyncio
import contextlib
import warnings
from collections.abc import AsyncGenerator, Callable, Generator, Mapping
from typing import TYPE_CHECKING, TypeVar

from scgapi._core.observing import RunObservation
from scgapi.campaigns.engine.progress import Progress
from scgapi.campaigns.engine.rules import Rules
from scgapi.campaigns.journal.journal import Journal
from scgapi.campaigns.journal.local_clock import Clock
from scgapi.campaigns.journal.per_process import ProcessJournal
from scgapi.campaigns.planning.planner import LIST, Planning

if TYPE_CHECKING:
    from scgapi import AsyncClient, Client
    from scgapi.campaigns.engine.run_state import RunState

C = TypeVar("C", "Client", "AsyncClient")

RulesOf = Callable[[int], Rules]
"""A function that returns the rules of a run. Its argument limits the requests on their way, unless the user does."""

_MAX_THREADS = 16
"""Requests on their way at once with `Client`, unless the user gives `in_flight`."""

_MAX_TASKS = 64
"""Requests on their way at once with `AsyncClient`, unless the user gives `in_flight`."""


class Runs:
    """The runs of one campaign.

    Args:
        journal: the journal of the campaign.
        planning: the plan of the campaign.
        settings: what the journal must have been planned with.

    Attributes:
        is_list_known: True once the list is known to be the planned one, or the user was warned that it is not.
    """

    def __init__(self, journal: ProcessJournal, planning: Planning, settings: Mapping[str, str]) -> None:
        self._journal, self._planning, self._settings = journal, planning, settings
        self.is_list_known: bool = False

    def with_threads(self, scg: Client, every: float, rules: RulesOf) -> Generator[Progress]:
        """Run the campaign with threads."""
        from scgapi.campaigns.engine.threads import run_threads

        journal = self._journal.get()
        if not journal.is_listed(self._planning.name):
            self._planning.plan(scg, journal)
            self.is_list_known = True
        self._warn_of_another_list(journal)
        state = self._state(journal, rules(_MAX_THREADS), every)
        with (
            self._observation(scg) as observation,
            contextlib.closing(run_threads(_observed(scg, observation), state, every)) as run,
        ):
            for progress in run:
                observation.note_progress(progress.recipients)
                yield progress

    async def with_tasks(self, scg: AsyncClient, every: float, rules: RulesOf) -> AsyncGenerator[Progress]:
        """Run the campaign with tasks of the event loop."""
        from scgapi.campaigns.engine.tasks import run_tasks

        journal = await asyncio.to_thread(self._journal.get)
        if not await asyncio.to_thread(journal.is_listed, self._planning.name):
            await self._planning.plan_async(scg, journal)
            self.is_list_known = True
        await asyncio.to_thread(self._warn_of_another_list, journal)
        state = await asyncio.to_thread(self._state, journal, rules(_MAX_TASKS), every)
        with self._observation(scg) as observation:
            async with contextlib.aclosing(run_tasks(_observed(scg, observation), state, every)) as run:
                async for progress in run:
                    observation.note_progress(progress.recipients)
                    yield progress

    def _warn_of_another_list(self, journal: Journal) -> None:
        """Warn once if the list has changed since it was planned, because recipients added to it get no text."""
        if self.is_list_known:
            return
        self.is_list_known = True
        planning = self._planning
        journal.select(planning.name)
        planned, found = journal.settings().get(LIST), planning.digest()
        if planned is not None and found not in (None, planned):
            warnings.warn(
                f"{planning.recipients.reading.title} has changed since campaign {planning.name!r} was planned: it is sent "
                "to those who were on the list then. Give those who were added to it a campaign of their own",
                stacklevel=2,
            )

    def _state(self, journal: Journal, rules: Rules, every: float) -> RunState:
        from scgapi.campaigns.engine.run_state import RunState

        journal.select(self._planning.name)
        journal.check_settings(self._settings)
        return RunState(journal, rules, Clock(), every)

    def _observation(self, scg: Client | AsyncClient) -> RunObservation:
        return RunObservation(self._planning.name, scg._pipeline.observers.current())


def _observed(scg: C, observation: RunObservation) -> C:
    """Return a client whose calls are observed as those of the run."""
    own = scg.with_options()
    own._pipeline.observers = observation.observers
    return own
