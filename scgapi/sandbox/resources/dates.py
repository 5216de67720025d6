"""Formats of points in time in requests and filters, converted to epoch milliseconds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def milliseconds(value: object) -> int:
    """Parse a point in time of a request: ISO 8601, RFC 1123 or epoch milliseconds. Without a zone it is UTC.

    Raises:
        ValueError: the value has another format.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str):
        raise ValueError("not a point in time")
    if value.isascii() and value.isdigit() and len(value) == 13:
        return int(value)
    try:
        return iso_milliseconds(value)
    except ValueError:
        return _since_epoch(parsedate_to_datetime(value))


def iso_milliseconds(text: str) -> int:
    """Parse a point in time of a filter: ISO 8601 only.

    Raises:
        ValueError: the text has another format.
    """
    return _since_epoch(datetime.fromisoformat(text))


def _since_epoch(moment: datetime) -> int:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (aware - _EPOCH) // timedelta(milliseconds=1)
