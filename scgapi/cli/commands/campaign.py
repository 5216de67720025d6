"""`scgapi campaign`."""

from __future__ import annotations

import contextlib
import sys
import threading
from functools import partial
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

import scgapi
from scgapi.campaigns import Campaign, ProgressBar, Status
from scgapi.campaigns.journal.rows import Control
from scgapi.campaigns.reporting.report import Report
from scgapi.campaigns.reporting.status import status_of
from scgapi.cli.campaign_options import (
    CHOSEN,
    DESCRIBED,
    Chosen,
    Described,
    described,
    exit_status,
    how_to_name,
    opened,
    tell_status,
)
from scgapi.cli.failures import DONE, IN_DOUBT, INTERRUPTED, UsageError
from scgapi.cli.options import DEFAULTS, Options, Seconds
from scgapi.cli.output import Printer
from scgapi.cli.session import connect
from scgapi.cli.stopping import run_until_stopped
from scgapi.errors import CampaignError, CampaignHaltedError, JournalError

_PATIENCE_SECONDS = 60.0
"""The time that sends on their way get, and their results to reach the journal, when a run is stopped."""

_MOST_UNASKED = 10
"""Recipients that are sent to without a question."""

_Flag = Parameter(negative="", show_default=False)


def plan(*, campaign: Described = DESCRIBED, options: Options = DEFAULTS) -> None:
    """Read and check the list, show what it would take, and write it into the journal. Nothing is sent.

    Repeat it as often as you like: until the first text is sent, the text and the list may change.
    """
    made = described(campaign)
    with connect(options, Printer(options)) as scg:
        _plan(made, scg)


def send_test(
    *,
    to: str,
    rows: int = 1,
    campaign: Described = DESCRIBED,
    options: Options = DEFAULTS,
) -> None:
    """Send the texts of the first recipients to a phone of your own. The journal does not know of it.

    Args:
        to: Your phone.
        rows: How many texts.
    """
    made, printer = described(campaign), Printer(options)
    with connect(options, printer) as scg:
        for request_id in made.test_send(scg, to=to, rows=rows):
            printer.created(request_id)


def run(
    *,
    campaign: Described = DESCRIBED,
    yes: Annotated[bool, Parameter(name=["--yes", "-y"], negative="", show_default=False)] = False,
    wait: Annotated[bool, _Flag] = False,
    timeout: Seconds = 3600.0,
    options: Options = DEFAULTS,
) -> int:
    """Plan and send. Run it again to go on where it stopped: nobody is texted twice.

    Ctrl-C stops it: what is on its way ends and is recorded. The exit status is 0 if all were accepted, 3 if a person
    must decide about some, 5 if some failed, 1 if all failed or it halted by itself, and 130 if it was interrupted.

    Args:
        yes: Do not ask before sending to more than 10 recipients.
        wait: Then follow the texts until each is delivered or has failed.
        timeout: Seconds to follow them at most.
    """
    made, printer = described(campaign), Printer(options)
    with connect(options, printer) as scg:
        _plan(made, scg)
        planned = made.status().planned
        if planned > _MOST_UNASKED and not yes:
            _ask(f"Send to {planned:,} recipients?", "--yes")
        status = _sent(made, scg, printer, f"scgapi campaign run{how_to_name(campaign)}")
        if status is None:
            return INTERRUPTED
        if wait:
            for status in made.follow(scg, timeout=max(timeout, 0.1)):
                printer.notice(f"{status.delivered:,} delivered, {status.failed:,} failed")
    tell_status(printer, status, is_table=_is_for_people(options))
    return exit_status(status)


def work(*, campaign: Described = DESCRIBED, options: Options = DEFAULTS) -> int:
    """Work on a campaign that is planned, with others or alone: on any machine that reaches the journal.

    It asks nothing and does not read the list. Exit statuses are those of `run`.
    """
    made, printer = described(campaign), Printer(options)
    if not made.status().total:
        raise UsageError("nothing is planned: scgapi campaign plan")
    with connect(options, printer) as scg:
        status = _sent(made, scg, printer, f"scgapi campaign work{how_to_name(campaign)}")
    if status is None:
        return INTERRUPTED
    tell_status(printer, status, is_table=_is_for_people(options))
    return exit_status(status)


def status(
    *,
    campaign: Chosen = CHOSEN,
    watch: Annotated[bool, _Flag] = False,
    interval: Seconds = 2.0,
    options: Options = DEFAULTS,
) -> int:
    """Show where a campaign stands, and what a person must decide: then the exit status is 3.

    Args:
        watch: Show it again and again, until stopped.
        interval: Seconds between two looks.
    """
    printer = Printer(options)
    with contextlib.closing(opened(campaign)) as journal:
        found = status_of(journal)
        tell_status(printer, found, is_table=_is_for_people(options))
        if watch:
            run_until_stopped(partial(_watch, campaign, max(interval, 0.1), options))
    return IN_DOUBT if found.in_doubt else DONE


def pause(*, campaign: Chosen = CHOSEN, options: Options = DEFAULTS) -> None:
    """Let all runs of a campaign wait, on all machines. `resume` lets them go on."""
    _set_control(campaign, options, "PAUSED", "by command")


def resume(*, campaign: Chosen = CHOSEN, options: Options = DEFAULTS) -> None:
    """Let a campaign go on that was paused, or has halted."""
    _set_control(campaign, options, "READY", "")


def cancel(
    *,
    campaign: Chosen = CHOSEN,
    yes: Annotated[bool, Parameter(name=["--yes", "-y"], negative="", show_default=False)] = False,
    options: Options = DEFAULTS,
) -> None:
    """Send nothing more, for good.

    Args:
        yes: Do not ask.
    """
    if not yes:
        _ask("Cancel the campaign for good?", "--yes")
    _set_control(campaign, options, "CANCELLED", "")


def report(
    *,
    campaign: Chosen = CHOSEN,
    to: Path | None = None,
    options: Options = DEFAULTS,
) -> None:
    """Print what became of each recipient, or write it into a file.

    Args:
        to: File to write: .csv, .jsonl or .html, which has plots of progress and failures.
    """
    printer = Printer(options)
    with contextlib.closing(opened(campaign)) as journal:
        found = Report(journal)
        writers = {".csv": found.to_csv, ".jsonl": found.to_jsonl, ".html": found.to_html}
        if to is not None:
            if to.suffix not in writers:
                raise UsageError(f"--to: {to} must end in .csv, .jsonl or .html")
            writers[to.suffix](to)
            printer.notice(f"written: {to}")
        elif _is_for_people(options):
            from rich.console import Console

            Console().print(found.table())
        elif options.output == "csv":
            found.to_csv(sys.stdout)
        else:
            found.to_jsonl(sys.stdout)


def retry(
    *,
    campaign: Chosen = CHOSEN,
    failed: Annotated[bool, _Flag] = False,
    send_again: Annotated[list[str] | None, Parameter(negative="")] = None,
    as_sent: Annotated[list[str] | None, Parameter(negative="")] = None,
    options: Options = DEFAULTS,
) -> int:
    """List the recipients in doubt, and record what a person has decided. The next run sends.

    The exit status is 3 while some are in doubt.

    Args:
        failed: Send again to all recipients that failed.
        send_again: Recipient in doubt whose text did not go out: send it again; repeat it for more.
        as_sent: Recipient in doubt whose text went out; repeat it for more.
    """
    printer = Printer(options)
    with contextlib.closing(opened(campaign)) as journal:
        if failed:
            printer.notice(f"{journal.decide('PLANNED', None, ('FAILED',)):,} will be sent to again")
        decisions = [
            *(("PLANNED", address) for address in send_again or ()),
            *(("ACCEPTED", address) for address in as_sent or ()),
        ]
        for position, (state, address) in enumerate(decisions, 1):
            if not journal.decide(state, address, ("IN_DOUBT",)):
                raise UsageError(f"recipient {position} (***{address[-2:]}) is not in doubt")
        found = status_of(journal)
        tell_status(printer, found, is_table=_is_for_people(options))
        if found.in_doubt:
            printer.notice("decide for each: --send-again ADDRESS, or --as-sent ADDRESS")
    return IN_DOUBT if found.in_doubt else DONE


def _plan(made: Campaign, scg: scgapi.Client) -> None:
    try:
        print(made.plan(scg), file=sys.stderr, flush=True)
    except JournalError:
        raise
    except CampaignError as error:
        raise UsageError(str(error)) from error


def _watch(campaign: Chosen, interval: float, options: Options, stopping: threading.Event) -> None:
    printer = Printer(options)
    with contextlib.closing(opened(campaign)) as journal:
        while not stopping.wait(interval):
            tell_status(printer, status_of(journal), is_table=_is_for_people(options))


def _sent(made: Campaign, scg: scgapi.Client, printer: Printer, command: str) -> Status | None:
    """Run a campaign to its end, and return the status; None if it was interrupted."""

    def send(stopping: threading.Event) -> None:
        with ProgressBar() as bar:
            try:
                with contextlib.closing(made.run(scg, every=0.5)) as progress:
                    for one in progress:
                        bar.update(one)
                        if stopping.is_set():
                            break
            except CampaignHaltedError as error:
                printer.notice(f"error: {error}")

    stopped = run_until_stopped(
        send,
        patience=_PATIENCE_SECONDS,
        on_stop=lambda: printer.notice("stopping: what is on its way ends first, within 30 s"),
    )
    status = made.status()
    if not stopped:
        return status
    open_ = status.planned + status.sending
    printer.notice(f"stopped: {status.accepted:,} accepted, {open_:,} to go. To go on: {command}")
    return None


def _set_control(campaign: Chosen, options: Options, control: Control, reason: str) -> None:
    printer = Printer(options)
    with contextlib.closing(opened(campaign)) as journal:
        journal.set_control(control, reason)
        tell_status(printer, status_of(journal), is_table=_is_for_people(options))


def _ask(question: str, flag: str) -> None:
    if not sys.stdin.isatty():
        raise UsageError(f"{question} Add {flag} to do it without a question")
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise UsageError("nothing was done")


def _is_for_people(options: Options) -> bool:
    return options.output == "table" or (options.output is None and sys.stdout.isatty())
