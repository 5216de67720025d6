"""`scgapi messages list|get`."""

from __future__ import annotations

from scgapi.cli.inputs import filters
from scgapi.cli.options import DEFAULTS, Filters, Limit, Options
from scgapi.cli.output import Printer, page_size, row_of
from scgapi.cli.session import connect

COLUMNS = ("id", "state", "to_address", "body", "created_date", "direction", "from_address", "failure_code")
"""The most important ones first: a narrow terminal shows as many as it has room for."""


def list_messages(
    *, filter_: Filters = None, sort: str = "-created_date", limit: Limit = 100, options: Options = DEFAULTS
) -> None:
    """List messages, the newest first.

    Args:
        sort: Field to sort by; with a leading -, descending. Write --sort=-NAME.
    """
    from scgapi.models.messages import MessageData, MessageFilters

    chosen = filters(MessageFilters, filter_ or (), sort=sort, limit=page_size(limit))
    printer = Printer(options)
    with connect(options, printer) as scg:
        printer.listing(scg.messages.list(**chosen), MessageData, COLUMNS, limit)


def get(message_id: str, /, *, options: Options = DEFAULTS) -> None:
    """Print one message.

    Args:
        message_id: Id of the message.
    """
    printer = Printer(options)
    with connect(options, printer) as scg:
        printer.one(row_of(scg.messages.get(message_id)))
