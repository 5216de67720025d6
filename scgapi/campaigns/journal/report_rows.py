"""The rows of a report, read from a journal in pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

from scgapi.campaigns.journal.claims import Claims
from scgapi.campaigns.journal.databases import Database, Row, as_float, as_int, as_text
from scgapi.campaigns.journal.identity import external_id
from scgapi.campaigns.journal.local_clock import Clock
from scgapi.campaigns.journal.rows import ReportRow

Reading = Callable[[], AbstractContextManager[None]]

_PAGE_ROWS = 1000
"""Rows that are read at once: between two pages, others may use the journal."""

_TAKEN = ("ACCEPTED", "SENT", "DELIVERED", "FAILED")
"""States of a recipient with a request id whose request the gateway took."""


def report_rows(
    database: Database, reading: Reading, campaign: int, name: str, state: str
) -> Iterator[ReportRow]:
    """Yield recipients in the order they were added, then lines that were set aside.

    Args:
        database: the journal's connection.
        reading: makes a block in which the connection may be used.
        campaign: the campaign's row.
        name: the campaign's name.
        state: only recipients in this state, and no lines that were set aside; empty for all.
    """
    claims = Claims(database, campaign, Clock())
    with reading():
        has_batches = claims.has_batches()
    only = "AND state = :state " if state else ""
    last = 0
    while True:
        with reading():
            page = database.run(
                "SELECT id, line, address, state, request_id, send, code, error, changed, due, again "  # noqa: S608
                f"FROM scgapi_recipients WHERE campaign = :campaign AND id > :last {only}ORDER BY id LIMIT :count",
                {
                    "campaign": campaign,
                    "last": last,
                    "count": _PAGE_ROWS,
                    **({"state": state} if state else {}),
                },
            )
            rows = [_report_row(row, name, claims if has_batches else None) for row in page]
        if not page:
            break
        last = as_int(page[-1][0])
        yield from rows
    if not state:
        yield from _rows_set_aside(database, reading, campaign)


def _rows_set_aside(database: Database, reading: Reading, campaign: int) -> Iterator[ReportRow]:
    last = -1
    while True:
        with reading():
            page = database.run(
                "SELECT line, address, state, reason FROM scgapi_set_aside WHERE campaign = :campaign "
                "AND line > :last ORDER BY line LIMIT :count",
                {"campaign": campaign, "last": last, "count": _PAGE_ROWS},
            )
        if not page:
            return
        last = as_int(page[-1][0])
        for line, address, state, reason in page:
            yield ReportRow(as_int(line), as_text(address), as_text(state), error=as_text(reason))


def _report_row(row: Row, name: str, batches: Claims | None) -> ReportRow:
    line, address, state, request_id, send, code, error, changed, due, again = row[1:]
    sent_under = ""
    if send is not None:
        addresses = [as_text(address)] if batches is None else batches.addresses_of(as_int(send))
        sent_under = external_id(name, addresses, as_int(again))
    return ReportRow(
        as_int(line),
        as_text(address),
        as_text(state),
        as_text(request_id),
        sent_under,
        as_text(code),
        as_text(error),
        as_float(changed),
        as_float(due) if request_id and as_text(state) in _TAKEN else 0.0,
    )
