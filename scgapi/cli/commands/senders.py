"""`scgapi sender-ids list`."""

from __future__ import annotations

from scgapi.cli.inputs import filters
from scgapi.cli.options import DEFAULTS, Filters, Limit, Options
from scgapi.cli.output import Printer, page_size
from scgapi.cli.session import connect

_COLUMNS = ("id", "name", "address", "class_id", "type_id", "state", "capabilities")


def list_senders(*, filter_: Filters = None, limit: Limit = 100, options: Options = DEFAULTS) -> None:
    """List sender ids."""
    from scgapi.models.sender_ids import SenderIdData, SenderIdFilters

    chosen = filters(SenderIdFilters, filter_ or (), limit=page_size(limit))
    printer = Printer(options)
    with connect(options, printer) as scg:
        printer.listing(scg.sender_ids.list(**chosen), SenderIdData, _COLUMNS, limit)
