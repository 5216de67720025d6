"""`scgapi keywords list`."""

from __future__ import annotations

from scgapi.cli.inputs import filters
from scgapi.cli.options import DEFAULTS, Filters, Limit, Options
from scgapi.cli.output import Printer, page_size
from scgapi.cli.session import connect

_COLUMNS = ("id", "name", "value", "case", "type", "actions")


def list_keywords(*, filter_: Filters = None, limit: Limit = 100, options: Options = DEFAULTS) -> None:
    """List keywords that the gateway reacts to in incoming messages."""
    from scgapi.models.keywords import KeywordData, KeywordFilters

    chosen = filters(KeywordFilters, filter_ or (), limit=page_size(limit))
    printer = Printer(options)
    with connect(options, printer) as scg:
        printer.listing(scg.keywords.list(**chosen), KeywordData, _COLUMNS, limit)
