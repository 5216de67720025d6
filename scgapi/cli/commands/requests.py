"""`scgapi requests list|get|cancel|resume`."""

from __future__ import annotations

from scgapi.cli.inputs import filters
from scgapi.cli.options import DEFAULTS, Filters, Limit, Options
from scgapi.cli.output import Printer, page_size, row_of
from scgapi.cli.session import connect

COLUMNS = (
    "id",
    "state",
    "recipient_count",
    "delivered_count",
    "failed_count",
    "sent_count",
    "created_date",
    "from",
    "external_id",
)


def list_requests(
    *, filter_: Filters = None, sort: str = "-created_date", limit: Limit = 100, options: Options = DEFAULTS
) -> None:
    """List message requests, the newest first.

    Args:
        sort: Field to sort by; with a leading -, descending. Write --sort=-NAME.
    """
    from scgapi.models.message_requests import MessageRequestData, MessageRequestFilters

    chosen = filters(MessageRequestFilters, filter_ or (), sort=sort, limit=page_size(limit))
    printer = Printer(options)
    with connect(options, printer) as scg:
        printer.listing(scg.message_requests.list(**chosen), MessageRequestData, COLUMNS, limit)


def get(request_id: str, /, *, options: Options = DEFAULTS) -> None:
    """Print one message request.

    Args:
        request_id: Id of the request.
    """
    printer = Printer(options)
    with connect(options, printer) as scg:
        printer.one(row_of(scg.message_requests.get(request_id)))


def cancel(request_id: str, /, *, options: Options = DEFAULTS) -> None:
    """Stop what a request has not sent yet.

    Args:
        request_id: Id of the request.
    """
    printer = Printer(options)
    with connect(options, printer) as scg:
        scg.message_requests.cancel(request_id)
        printer.one(row_of(scg.message_requests.get(request_id)))


def resume(request_id: str, /, *, options: Options = DEFAULTS) -> None:
    """Send what waits in a paused request.

    Args:
        request_id: Id of the request.
    """
    printer = Printer(options)
    with connect(options, printer) as scg:
        scg.message_requests.resume(request_id)
        printer.one(row_of(scg.message_requests.get(request_id)))
