"""Planning: read a list, check it, count what it would take, and hand it to the journal."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from scgapi._core.tracebacks import trim_tracebacks
from scgapi._io.clock import time_of_day
from scgapi.campaigns.planning.duration import Hours, estimate
from scgapi.campaigns.planning.plan import Plan
from scgapi.campaigns.planning.seen import SeenAddresses
from scgapi.campaigns.planning.spool import Spool
from scgapi.campaigns.planning.tally import Tally
from scgapi.campaigns.recipients.lines import Columns, Item, Line, UnreadableLine
from scgapi.campaigns.recipients.reading import unreadable
from scgapi.campaigns.recipients.recipient import Recipient, SetAside
from scgapi.campaigns.recipients.suppression import (
    Suppressed,
    Suppression,
    read_opt_outs,
    read_opt_outs_async,
    suppression_list,
)
from scgapi.campaigns.text.fields import check_fields
from scgapi.errors import InvalidArgumentError, ScgError

if TYPE_CHECKING:
    from scgapi import AsyncClient, Client
    from scgapi.campaigns.recipients.recipients import Recipients
    from scgapi.campaigns.text.messages import Message

_LINES_PER_BATCH = 1000

LIST = "recipients"
"""The setting that tells one list from another."""


class PlanJournal(Protocol):
    """What planning needs of a journal."""

    def begin(self, name: str, settings: Mapping[str, str]) -> None:
        """Choose a campaign; refuse other settings than it began with."""
        ...

    def add(self, rows: Iterable[Recipient | SetAside]) -> object:
        """Add rows; those that are there already stay as they are."""
        ...


@dataclass(frozen=True, repr=False)
class Planning:
    """What a plan is made from.

    Attributes:
        name: the campaign's name.
        recipients: the list.
        message: what is sent.
        sender: the address or id to send from; opt-outs are its own.
        rate: texts a second; None for no limit.
        suppress: addresses that must not be sent to.
        check_opt_outs: whether the gateway's opt-outs are read.
        hours: hours that are allowed.
        start: when it begins, in seconds since 1970.
        end: when it stops, in seconds since 1970.
        price: price of a segment, or of a message with attachments.
        settings: what else makes the campaign another one if it changes.
    """

    name: str
    recipients: Recipients
    message: Message
    sender: str
    rate: float | None
    suppress: Suppressed | None = None
    check_opt_outs: bool = True
    hours: Hours | None = None
    start: float | None = None
    end: float | None = None
    price: Decimal | None = None
    settings: Mapping[str, str] | None = None

    def plan(self, scg: Client, journal: PlanJournal) -> Plan:
        """Plan with a client: nothing is sent, and the journal is changed only if nothing is refused.

        Raises:
            RecipientsError: the list, or the one of suppressed addresses, cannot be read.
            PlanRefusedError: the text has a field that the list lacks.
            CampaignError: the campaign has begun with another text or list.
        """
        suppression = Suppression()
        own = self._own_suppression()
        if own is not None:
            suppression.add_items(own.items(scg), own)
        if self.check_opt_outs:
            read_opt_outs(scg, self.sender, suppression)
        with Spool(self.columns) as spool:
            draft = Draft(self, suppression, spool)
            for batch in _batches(self.recipients.items(scg)):
                draft.add(batch)
            return draft.finish(journal, spool.read())

    async def plan_async(self, scg: AsyncClient, journal: PlanJournal) -> Plan:
        """Plan with an async client. Work on the list is done in threads, so that other tasks go on.

        Raises:
            RecipientsError: the list, or the one of suppressed addresses, cannot be read.
            PlanRefusedError: the text has a field that the list lacks.
            CampaignError: the campaign has begun with another text or list.
        """
        suppression = Suppression()
        own = self._own_suppression()
        if own is not None:
            async for batch in _batches_async(own, scg):
                await asyncio.to_thread(suppression.add_items, batch, own)
        if self.check_opt_outs:
            await read_opt_outs_async(scg, self.sender, suppression)
        with Spool(self.columns) as spool:
            draft = Draft(self, suppression, spool)
            async for batch in _batches_async(self.recipients, scg):
                await asyncio.to_thread(draft.add, batch)
            return await asyncio.to_thread(draft.finish, journal, spool.read())

    def digest(self) -> str | None:
        """Return what tells this list from another, as the settings of a plan hold it; None if it cannot be read now.

        It is read for that only where it is a file, or rows that the program holds.
        """
        if not self.recipients.is_at_hand:
            return None
        draft = Draft(self, Suppression(), _Nowhere())
        try:
            for batch in _batches(self.recipients.items()):
                draft.add(batch)
        except ScgError:
            return None
        return draft.digest

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns whose values the journal keeps: those of the text, and those to keep for the report."""
        return tuple(dict.fromkeys([*self.message.fields, *self.recipients.reading.keep]))

    def _own_suppression(self) -> Recipients | None:
        return (
            None if self.suppress is None else suppression_list(self.suppress, self.recipients.reading.region)
        )


trim_tracebacks(Planning, "plan", "plan_async")


class Rows(Protocol):
    """Where a draft puts its rows."""

    def write(self, rows: Iterable[Recipient | SetAside]) -> None:
        """Append rows."""
        ...


class _Nowhere:
    """A place for rows that nobody reads."""

    def write(self, rows: Iterable[Recipient | SetAside]) -> None:
        for _ in rows:
            pass


class Draft:
    """A plan while its list is read."""

    def __init__(self, planning: Planning, suppression: Suppression, spool: Rows) -> None:
        self._planning, self._suppression, self._spool = planning, suppression, spool
        self._reading = planning.recipients.reading
        self._columns = planning.columns
        self._fields = frozenset(planning.message.fields)
        self._has_columns = False
        self._seen = SeenAddresses()
        self._digest = hashlib.blake2b(digest_size=16)
        self._lines = 0
        self._tally = Tally(planning.message)

    def add(self, items: Iterable[Item]) -> None:
        """Add lines of the list.

        Raises:
            RecipientsError: a column is missing that the list is read by.
            PlanRefusedError: a field of the text is missing.
        """
        self._spool.write(self._rows(items))

    @property
    def digest(self) -> str:
        """Digest that tells the list that was added from another."""
        return self._digest.hexdigest()

    def finish(self, journal: PlanJournal, rows: Iterable[Recipient | SetAside]) -> Plan:
        """Hand the list to the journal, and return the plan.

        Raises:
            CampaignError: the campaign has begun with another text or list.
        """
        planning, tally = self._planning, self._tally
        journal.begin(
            planning.name,
            {**(planning.settings or {}), **planning.message.settings, LIST: self.digest},
        )
        journal.add(rows)
        duration = estimate(
            tally.time_zones, planning.rate, planning.hours, time_of_day(), planning.start, planning.end
        )
        segments = sum(size * count for size, count in tally.histogram.items())
        is_known = not tally.uncounted
        cost = planning.price * segments if planning.price is not None and is_known else None
        return Plan(
            campaign=planning.name,
            lines=self._lines,
            recipients=tally.recipients,
            set_aside=dict(tally.states),
            reasons={state: dict(reasons) for state, reasons in tally.reasons.items()},
            merely_possible=tally.merely_possible.count,
            segments=segments if is_known else None,
            histogram=dict(tally.histogram),
            is_mms=planning.message.is_mms,
            ucs2=tally.ucs2,
            stray_characters=tally.stray_characters(),
            empty_fields=tally.empty_fields(),
            unknown_time_zones=tally.time_zones[()],
            rate=planning.rate,
            seconds=duration.seconds,
            never_allowed=duration.never_allowed,
            price=planning.price,
            cost=cost,
            notes=()
            if is_known
            else ("only the gateway can fill in this template: segments are not counted",),
        )

    def _rows(self, items: Iterable[Item]) -> Iterator[Recipient | SetAside]:
        for item in items:
            if isinstance(item, Line):
                self._lines += 1
                yield self._checked(item)
            elif isinstance(item, UnreadableLine):
                self._lines += 1
                row = unreadable(item)
                self._tally.set_aside(row)
                yield row
            else:
                self._has_columns = True
                self._check_columns(item)

    def _check_columns(self, columns: Columns) -> None:
        self._reading.check_columns(columns)
        check_fields(self._planning.message.texts, columns.names, self._reading.title)

    def _checked(self, line: Line) -> Recipient | SetAside:
        if not self._has_columns and not self._fields <= line.values.keys():
            check_fields(self._planning.message.texts, tuple(line.values), self._reading.title, line.number)
        row, is_merely_possible = self._reading.recipient(line, self._columns)
        if isinstance(row, Recipient):
            row = self._sendable(row)
        if isinstance(row, Recipient):
            self._tally.add(row, is_merely_possible=is_merely_possible)
        else:
            self._tally.set_aside(row)
        return row

    def _sendable(self, row: Recipient) -> Recipient | SetAside:
        first = self._seen.first_line(row.address, row.line)
        if first is not None:
            return SetAside(row.address, row.line, "DUPLICATE", f"the same recipient as line {first}")
        # Opt-outs come and go; they do not make it another list.
        self._digest.update("\x1f".join((str(row.line), row.address, *row.fields.values(), "\x1e")).encode())
        reason = self._suppression.reason(row.address)
        return row if reason is None else SetAside(row.address, row.line, "OPTED_OUT", reason)


def check_price(price: Decimal | float | str | None) -> Decimal | None:
    """Return a price as an exact number.

    Raises:
        InvalidArgumentError: it is not a number, or below zero.
    """
    if price is None:
        return None
    try:
        found = Decimal(str(price))
    except InvalidOperation:
        found = Decimal("NaN")
    if isinstance(price, bool) or not found.is_finite() or found < 0:
        raise InvalidArgumentError(
            f"price must be the price of a segment, such as 0.0075, got {price!r}", field="price"
        )
    return found


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    stream = iter(items)
    while batch := [*islice(stream, _LINES_PER_BATCH)]:
        yield batch


async def _batches_async(recipients: Recipients, scg: AsyncClient) -> AsyncIterator[list[Item]]:
    """Yield the lines of a list in batches.

    A file is read in threads. Rows of a program and of a database are read here: what makes them may belong to
    this thread.
    """
    items = recipients.items_async(scg)
    if isinstance(items, AsyncIterator):
        batch: list[Item] = []
        async for item in items:
            batch.append(item)
            if len(batch) == _LINES_PER_BATCH:
                yield batch
                batch = []
        if batch:
            yield batch
    elif recipients.is_file:
        batches = _batches(items)
        while (found := await asyncio.to_thread(next, batches, None)) is not None:
            yield found
    else:
        for found in _batches(items):
            yield found
            await asyncio.sleep(0)
