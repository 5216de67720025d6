"""Sender id classes: what decides a sender id's priority and throughput."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from scgapi._core.model.base import ResourceModel
from scgapi._core.model.fields import JsonText, ListOptions, TextFilter
from scgapi._core.operation import Operation


class SenderIdClassData(ResourceModel):
    """A sender id class's fields (GET `/messaging/sender_id_classes/{id}`); the gateway's own, all read-only."""

    name: Final[Annotated[str | None, Field(default=None)]]
    """Name of the class."""
    description: Final[Annotated[str | None, Field(default=None)]]
    """Description."""
    designation: Final[Annotated[str | None, Field(default=None)]]
    """Purpose of the class."""
    applicable_countries: Final[Annotated[list[str] | str | None, Field(default=None)]]
    """Country codes: a list by the definition, a comma list by older clients."""
    country_peak_throughput: Final[Annotated[str | int | None, Field(default=None)]]
    """Most messages a second for each country."""
    country_peak_total_throughput: Final[Annotated[str | int | None, Field(default=None)]]
    """Most messages a second for a country, all senders together."""
    country_daily_throughput: Final[Annotated[str | int | None, Field(default=None)]]
    """Most messages a day for each country."""
    delivery_window: Final[Annotated[JsonText | None, Field(default=None)]]
    """Hours in which delivery is allowed, by country (or `DEFAULT`) and weekday (`MON`…`SUN`, `HOL`, `OTH`)."""


class SenderIdClassFilters(ListOptions, total=False, closed=True):
    """Filters for sender id classes; see `ListOptions` for the other keywords."""

    id: TextFilter
    """Id, or several of which any may match."""
    name: TextFilter
    """Name, or several."""
    designation: TextFilter
    """Purpose of the class, or several."""
    applicable_countries: TextFilter
    """ISO 3166 code of a country it serves, or several."""
    country_peak_throughput: TextFilter
    """Most messages a second, or several."""
    country_daily_throughput: TextFilter
    """Most messages a day, or several."""


LIST = Operation("sender_id_classes.list", "GET", "/messaging/sender_id_classes", query=SenderIdClassFilters)
GET = Operation("sender_id_classes.get", "GET", "/messaging/sender_id_classes/{class_id}")
