"""A campaign: one text to everybody on a list, each recipient once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Generator, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args, overload

from scgapi._core.describe import is_number
from scgapi._core.model.fields import RequiredConsent
from scgapi.campaigns.arguments import (
    check_choice,
    check_count,
    check_text,
    is_async,
    refused,
    seconds_since_1970,
)
from scgapi.campaigns.engine.hours import AllowedHours
from scgapi.campaigns.engine.progress import Progress
from scgapi.campaigns.engine.rules import Content, Mode, Rules
from scgapi.campaigns.following.follower import Limits
from scgapi.campaigns.following.receipts import record_receipt
from scgapi.campaigns.journal.databases import UserConnection
from scgapi.campaigns.journal.journal import Journal, is_postgresql
from scgapi.campaigns.journal.per_process import ProcessJournal
from scgapi.campaigns.journal.rows import ReportRow
from scgapi.campaigns.planning.plan import Plan
from scgapi.campaigns.planning.planner import Planning, check_price
from scgapi.campaigns.planning.preview import (
    Preview,
    find_preview,
    find_preview_async,
    send_test,
    send_test_async,
)
from scgapi.campaigns.recipients.recipients import Recipients
from scgapi.campaigns.reporting.report import Report
from scgapi.campaigns.reporting.status import Status, status_of
from scgapi.campaigns.runs import Runs
from scgapi.campaigns.text.messages import Message
from scgapi.errors import InvalidArgumentError

if TYPE_CHECKING:
    from scgapi import AsyncClient, Client
    from scgapi.campaigns.recipients.suppression import Suppressed
    from scgapi.events.models import MessageStateChanged
    from scgapi.models.message_requests import MessageRequestFields
    from scgapi.models.message_templates import MessageTemplateData

Known = Literal["ACCEPTED", "FAILED"]
"""Verdict on a send in doubt: ACCEPTED if it went out; FAILED if it did not, and will not be sent again."""


class Campaign:
    """One text to everybody on a list, each recipient once, even if processes are killed meanwhile.

    The journal records what was sent. Running the campaign again continues it, and sends to each recipient at most once.

    Args:
        name: its identity. Under one name, a journal holds one text and one list.
        sender: what it is sent from: a sender id, `sender_id:ID`, `channel:ID` or an address.
        recipients: the list, such as `Recipients.csv("guests.csv", address="mobile", region="US")`.
        body: the text, with `{fields}` that the list fills in.
        template: a template of the gateway, or its name, in place of `body`.
        variables: texts with `{fields}` for the template's variables.
        attachments: ids of attachments; each may be a `{field}`.
        rate: texts for each second, of all runs and campaigns of this sender that share the journal.
        journal: path of a file on a local disk, or `postgresql://…` for workers on several machines.
        mode: how sends in doubt are settled. `"verified"` looks them up. `"two_phase"` makes each request paused,
            records it, and then lets it go: no text can be sent twice, if the account's pause works as documented
            (`scgapi doctor --probe` tells).
        allowed_hours: hours at which texts may go, in the recipients' own time zones.
        start: when it begins; at once if left out.
        end: after which nothing new is sent.
        consent: consent that the gateway asks of recipients at the moment of sending.
        max_errors: refusals and doubts after which it halts by itself; None for never.
        batch: how many recipients of the very same text go in one request, at most. A request that was refused
            because of one of them is made again for each.
        price: price of a segment, for the plan.
        suppress: addresses that must not be sent to: a file, or an iterable.
        check_opt_outs: set recipients apart that have opted out at the gateway.
        in_flight: requests on their way at once; 64 with `AsyncClient`, 16 with `Client` if left out.

    Raises:
        InvalidArgumentError: an argument is missing, malformed or out of its range.
    """

    def __init__(
        self,
        name: str,
        *,
        sender: str,
        recipients: Recipients,
        rate: float,
        journal: str | Path,
        body: str | None = None,
        template: MessageTemplateData | str | None = None,
        variables: Mapping[str, str] | None = None,
        attachments: Sequence[str] = (),
        mode: Mode = "verified",
        allowed_hours: AllowedHours | None = None,
        start: datetime | None = None,
        end: datetime | None = None,
        consent: RequiredConsent | None = None,
        max_errors: int | None = 100,
        batch: int = 1,
        price: Decimal | float | str | None = None,
        suppress: Suppressed | None = None,
        check_opt_outs: bool = True,
        in_flight: int | None = None,
    ) -> None:
        check_text("name", name)
        check_text("sender", sender)
        if not isinstance(recipients, Recipients):
            raise refused("recipients", "a list such as Recipients.csv(…)", recipients)
        if not is_number(rate) or not 0 < rate < float("inf"):
            raise refused("rate", "a number of texts for each second, more than 0", rate)
        check_choice("mode", mode, get_args(Mode))
        if consent is not None:
            check_choice("consent", consent, get_args(RequiredConsent))
        if not isinstance(allowed_hours, AllowedHours | None):
            raise refused(
                "allowed_hours", 'AllowedHours, such as AllowedHours("09:00", "20:00")', allowed_hours
            )
        for option, value in (("max_errors", max_errors), ("batch", batch), ("in_flight", in_flight)):
            check_count(option, value)
        self.name = name
        self._process_journal = ProcessJournal(journal)
        self._mode: Mode = mode
        self._consent: RequiredConsent | None = consent
        self._max_errors, self._batch, self._in_flight = max_errors, batch, in_flight
        self._hours = allowed_hours
        self._message = Message(body, template=template, variables=variables, attachments=attachments)
        own = {
            "sender": sender,
            "mode": mode,
            "consent": consent or "",
            "batches": "yes" if batch > 1 else "",
        }
        settings = {**own, **self._message.settings}
        begin, over = seconds_since_1970("start", start), seconds_since_1970("end", end)
        if begin is not None and over is not None and over <= begin:
            raise InvalidArgumentError(
                f"end ({end}) must be after start ({start}). Nothing was sent.", field="end"
            )
        self._planning = Planning(
            name,
            recipients,
            self._message,
            sender,
            rate,
            suppress,
            check_opt_outs,
            allowed_hours,
            begin,
            over,
            check_price(price),
            own,
        )
        self._runs = Runs(self._process_journal, self._planning, settings)

    def __repr__(self) -> str:
        return f"<Campaign {self.name!r}>"

    @overload
    def plan(self, scg: Client, *, connection: UserConnection | None = None) -> Plan: ...
    @overload
    async def plan(self, scg: AsyncClient, *, connection: UserConnection | None = None) -> Plan: ...
    def plan(self, scg: Client | AsyncClient, *, connection: UserConnection | None = None) -> object:
        """Read and check the list, and write it into the journal; nothing is sent.

        It may be planned again: while nothing was sent, with another text or list, too.

        Args:
            scg: the client, which opt-outs are read through.
            connection: a connection of psycopg to the journal's database, to write the plan as part of its
                transaction. Runs see the campaign once you commit; after a rollback it was never planned.

        Raises:
            InvalidArgumentError: the journal is not in PostgreSQL, or `connection` has no transaction.
            RecipientsError: the list cannot be read.
            PlanRefusedError: the text has a field that the list lacks.
            CampaignError: sending has begun with another text or list.
        """
        if connection is not None and not is_postgresql(self._process_journal.target):
            raise refused("connection", "left out, for the journal is not in PostgreSQL", connection)
        if is_async(scg):
            return self._plan_async(scg, connection)
        plan = self._planning.plan(
            scg, self._process_journal.get() if connection is None else Journal(connection)
        )
        self._runs.is_list_known = True
        return plan

    @overload
    def preview(self, scg: Client, which: str | int = 1) -> Preview: ...
    @overload
    async def preview(self, scg: AsyncClient, which: str | int = 1) -> Preview: ...
    def preview(self, scg: Client | AsyncClient, which: str | int = 1) -> object:
        """Return what one recipient would get; `print()` shows its text. Nothing is sent.

        Args:
            scg: the client, which a list that is a contact group is read through.
            which: the recipient's address, or the position among those that can be sent to, from 1.

        Raises:
            CampaignError: the list does not have the recipient, or cannot be read.
            InvalidArgumentError: `which` is neither an address nor a position.
        """
        if is_async(scg):
            return find_preview_async(self._planning, scg, which)
        return find_preview(self._planning, scg, which)

    @overload
    def test_send(self, scg: Client, *, to: str, rows: int = 1) -> list[str]: ...
    @overload
    async def test_send(self, scg: AsyncClient, *, to: str, rows: int = 1) -> list[str]: ...
    def test_send(self, scg: Client | AsyncClient, *, to: str, rows: int = 1) -> object:
        """Send the texts of the first recipients to a phone of your own. The journal does not know of it.

        Args:
            scg: the client.
            to: your phone.
            rows: how many texts.

        Returns:
            The ids of the message requests.

        Raises:
            CampaignError: the list cannot be read, or lacks a field of the text.
            InvalidArgumentError: `to` is no address, or `rows` is below 1.
        """
        if is_async(scg):
            return send_test_async(self._planning, scg, to, rows)
        return send_test(self._planning, scg, to, rows)

    @overload
    def run(self, scg: Client, *, every: float = 1.0) -> Generator[Progress]: ...
    @overload
    def run(self, scg: AsyncClient, *, every: float = 1.0) -> AsyncGenerator[Progress]: ...
    def run(
        self, scg: Client | AsyncClient, *, every: float = 1.0
    ) -> Generator[Progress] | AsyncGenerator[Progress]:
        """Send, and yield how far it is.

        It plans first if that was not done, and goes on where a run stopped, however that ended. Several runs at once
        share the work. While the campaign is paused, a run waits; when it is cancelled, a run ends, and cancels requests
        that are paused at the gateway. Ctrl-C, `break` and closing the iterator stop the run: what is on its way ends,
        within 30 seconds, and is recorded.

        Args:
            scg: the client.
            every: seconds between two values.

        Raises:
            CampaignError: the campaign was planned with another text.
            CampaignHaltedError: there were too many errors, or one that concerns all sends.
            JournalError: the journal cannot be written; nothing more was sent.
        """
        if not is_number(every) or every <= 0:
            raise refused("every", "a number of seconds, more than 0", every)
        return (
            self._runs.with_tasks(scg, every, self._rules)
            if is_async(scg)
            else self._runs.with_threads(scg, every, self._rules)
        )

    @overload
    def follow(
        self, scg: Client, *, timeout: float = 3600.0, every: float = 5.0, rate: float = 20.0
    ) -> Generator[Status]: ...
    @overload
    def follow(
        self, scg: AsyncClient, *, timeout: float = 3600.0, every: float = 5.0, rate: float = 20.0
    ) -> AsyncGenerator[Status]: ...
    def follow(
        self, scg: Client | AsyncClient, *, timeout: float = 3600.0, every: float = 5.0, rate: float = 20.0
    ) -> Generator[Status] | AsyncGenerator[Status]:
        """Read the states of the accepted texts from the gateway, and yield the status.

        It ends when each text is delivered or has failed, or after `timeout`: some operators report nothing after SENT.
        It reads each request by itself. For long lists, delivery receipts take less work: see `on_receipt()`.

        Args:
            scg: the client.
            timeout: seconds after which it ends.
            every: seconds between two rounds over the list, and between two values; rounds in which nothing changes
                are followed by longer pauses.
            rate: requests to read for each second, at most.

        Raises:
            ScgError: the gateway cannot be read, several times in a row.
        """
        for option, value in (("timeout", timeout), ("every", every), ("rate", rate)):
            if not is_number(value) or not 0 < value < float("inf"):
                raise refused(option, "a number more than 0", value)
        from scgapi.campaigns.following.polling import follow_tasks, follow_threads

        limits = Limits(timeout, every, rate)
        if is_async(scg):
            return follow_tasks(scg, self._selected_journal, limits)
        return follow_threads(scg, self._selected_journal, limits)

    def on_receipt(self, event: MessageStateChanged) -> None:
        """Record a delivery receipt: `receiver.on(events.MessageStateChanged)(campaign.on_receipt)`.

        It settles a send in doubt, too. Receipts of other sends are ignored. In a process that has the journal and not
        the campaign, register `Receipts("campaigns.db")` in place of this.

        Raises:
            JournalError: the journal cannot be written; the gateway then posts the event again.
        """
        record_receipt(self._process_journal.get(), event)

    def status(self) -> Status:
        """Return where the campaign stands, as the journal says."""
        return status_of(self._selected_journal())

    def pause(self, reason: str = "") -> None:
        """Let all runs wait, in all processes: within a quarter of a second no request begins any more."""
        self._selected_journal().set_control("PAUSED", reason)

    def resume(self) -> None:
        """Resume a campaign that was paused or has halted."""
        self._selected_journal().set_control("READY")

    def cancel(self) -> None:
        """Send nothing more, for good. Runs end by themselves; if none is running, run it once more.

        That run looks up what is in doubt, and cancels requests that are paused at the gateway.
        """
        self._selected_journal().set_control("CANCELLED")

    def report(self) -> Report:
        """Return what became of each line of the list."""
        return Report(self._selected_journal())

    def in_doubt(self) -> Iterator[ReportRow]:
        """Yield the recipients that a person must decide about: look each up by its `external_id`."""
        return self._selected_journal().rows("IN_DOUBT")

    def retry(self, address: str | None = None) -> int:
        """Send again, with the next run, to recipients that failed, or that are in doubt and were not sent to.

        Args:
            address: the recipient; all that have failed if left out. One in doubt must be named: a person must know
                that its text did not go out. Others of the same request are in doubt with it, and are sent to again, too.

        Returns:
            The number of recipients.
        """
        before = ("FAILED",) if address is None else ("FAILED", "IN_DOUBT")
        return self._selected_journal().decide("PLANNED", address, before)

    def mark(self, address: str, known: Known) -> int:
        """Record what a person knows of a recipient in doubt, and of others of the same request.

        Returns:
            The number of recipients.
        """
        check_choice("known", known, get_args(Known))
        return self._selected_journal().decide(known, address, ("IN_DOUBT",))

    def recover(self) -> int:
        """Go on with a campaign whose journal was lost: have each recipient looked up before it is sent to.

        Plan it again first, in a new journal, with the same name, text and list. A recipient to whom the gateway already has
        a request is not sent to again. Where several recipients shared a request, a person must decide about those that it does not
        show by themselves.

        Returns:
            The number of recipients.
        """
        journal = self._selected_journal()
        count = journal.doubt_planned()
        journal.set_control("READY")
        return count

    def close(self) -> None:
        """Close the journal; it is opened again by its next use."""
        self._process_journal.close()

    async def _plan_async(self, scg: AsyncClient, connection: UserConnection | None) -> Plan:
        journal = await asyncio.to_thread(
            self._process_journal.get if connection is None else partial(Journal, connection)
        )
        plan = await self._planning.plan_async(scg, journal)
        self._runs.is_list_known = True
        return plan

    def _rules(self, in_flight: int) -> Rules:
        planning = self._planning
        options: MessageRequestFields = {"from_": planning.sender, "to": []}
        if self._consent is not None:
            options["consent_requirement"] = self._consent
        return Rules(
            self.name,
            planning.sender,
            self._content,
            options,
            mode=self._mode,
            rate=planning.rate,
            batch=self._batch,
            in_flight=self._in_flight or in_flight,
            hours=self._hours,
            start=planning.start,
            end=planning.end,
            max_errors=self._max_errors,
        )

    def _content(self, fields: Mapping[str, str]) -> Content:
        message = self._message
        return Content(message.request_body(fields), tuple(message.attachments(fields)))

    def _selected_journal(self) -> Journal:
        journal = self._process_journal.get()
        journal.select(self.name)
        return journal
