"""`scgapi messages tail`."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated

from cyclopts import Parameter

import scgapi
from scgapi.cli.inputs import filters
from scgapi.cli.options import DEFAULTS, Filters, Options, Seconds
from scgapi.cli.output import Printer, Row, row_of
from scgapi.cli.session import connect
from scgapi.cli.stopping import run_until_stopped

_AHEAD = timedelta(days=36500)

_OVERLAP = timedelta(seconds=60)
"""The part of the past that is read again: a gateway may list a message later than one that it created after it."""


def tail(
    *,
    filter_: Filters = None,
    interval: Annotated[Seconds, Parameter(help="Seconds between two looks.")] = 2.0,
    options: Options = DEFAULTS,
) -> None:
    """Print messages as they come in or go out, until stopped. With jsonl, one line for each.

    On a terminal: time, direction, sender, recipient, state and text. Ctrl-C, SIGINT or SIGTERM stops it; the exit
    status is 0 then.
    """
    from scgapi.models.messages import MessageFilters

    chosen = filters(MessageFilters, filter_ or (), sort="created_date", limit=100)
    printer = Printer(options)
    with connect(options, printer) as scg:

        def print_messages(stopping: threading.Event) -> None:
            printer.notice("waiting for messages; Ctrl-C ends")
            for message in _new_messages(scg, chosen, max(interval, 0.1), stopping):
                printer.line(row_of(message), _line(message))

        run_until_stopped(print_messages)


def _new_messages(
    scg: scgapi.Client, chosen: scgapi.types.MessageFilters, interval: float, stopping: threading.Event
) -> Iterator[scgapi.Message]:
    """Yield messages that are created after this began, each once, until stopped."""
    last = scg.messages.list(sort="-created_date", limit=1).first()
    # By the gateway's own clock: that of this machine may differ.
    newest = None if last is None else last.created_date
    seen = {message.id for message in scg.messages.list(**_since(chosen, newest))} if newest else set[str]()
    while not stopping.is_set():
        present: set[str] = set()
        for message in scg.messages.list(**_since(chosen, newest)):
            present.add(message.id)
            if message.id not in seen:
                yield message
            if message.created_date is not None:
                newest = max(message.created_date, newest or message.created_date)
        seen = present
        stopping.wait(interval)


def _since(chosen: scgapi.types.MessageFilters, newest: datetime | None) -> scgapi.types.MessageFilters:
    found: scgapi.types.MessageFilters = {**chosen}
    if newest is not None:
        found["created_date"] = (newest - _OVERLAP, newest + _AHEAD)
    return found


def _line(message: scgapi.Message) -> Row:
    when = "" if message.created_date is None else f"{message.created_date.astimezone():%H:%M:%S}"
    return {
        "time": when,
        "direction": message.direction,
        "from": message.from_address,
        "to": message.to_address,
        "state": message.state,
        "body": message.body,
    }
