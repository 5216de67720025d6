"""Checks of a campaign's arguments, before anything is read or sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from typing_extensions import TypeIs

from scgapi._core.describe import describe_value
from scgapi.errors import InvalidArgumentError

if TYPE_CHECKING:
    from scgapi import AsyncClient, Client


def is_async(scg: Client | AsyncClient) -> TypeIs[AsyncClient]:
    """Return True for an asynchronous client, False for a synchronous one.

    Raises:
        InvalidArgumentError: it is not a client.
    """
    from scgapi import AsyncClient, Client

    if not isinstance(scg, Client | AsyncClient):
        raise refused("scg", "a Client or an AsyncClient", scg)
    return isinstance(scg, AsyncClient)


def check_text(name: str, value: object) -> None:
    """Refuse a value that is not a text, or is empty."""
    if not isinstance(value, str) or not value.strip():
        raise refused(name, "a text that is not empty", value)


def check_choice(name: str, value: object, choices: Sequence[str]) -> None:
    """Refuse a value that is not one of the choices."""
    if value not in choices:
        raise refused(name, " or ".join(map(repr, choices)), value)


def check_count(name: str, value: object) -> None:
    """Refuse a value that is neither None nor a whole number from 1."""
    if value is not None and not (type(value) is int and value >= 1):
        raise refused(name, "a whole number, 1 or more", value)


def seconds_since_1970(name: str, moment: datetime | None) -> float | None:
    """Return a moment in seconds since 1970; refuse one without a time zone."""
    if moment is None:
        return None
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        raise refused(name, "a datetime with a time zone, such as datetime.now(UTC)", moment)
    return moment.timestamp()


def refused(name: str, wanted: str, value: object) -> InvalidArgumentError:
    """Return the error for an argument that is not as wanted."""
    return InvalidArgumentError(
        f"Campaign: {name} must be {wanted}, got {describe_value(value)}. Nothing was sent.", field=name
    )
