"""Sender id classes: what decides a sender id's priority and throughput."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from scgapi._core.operation import Operation
from scgapi.models._base import ResourceModel
from scgapi.models._fields import JsonText, ListOptions, TextFilter


class SenderIdClassData(ResourceModel):
    """A sender id class's fields (GET `/messaging/sender_id_classes/{id}`); the gateway's own, all read-only."""

    name: Final[Annotated[str | None, Field(default=None)]]
    description: Final[Annotated[str | None, Field(default=None)]]
    designation: Final[Annotated[str | None, Field(default=None)]]
    applicable_countries: Final[Annotated[list[str] | str | None, Field(default=None)]]
    """Country codes: a list by the definition, a comma list by older clients."""
    country_peak_throughput: Final[Annotated[str | int | None, Field(default=None)]]
    country_peak_total_throughput: Final[Annotated[str | int | None, Field(default=None)]]
    country_daily_throughput: Final[Annotated[str | int | None, Field(default=None)]]
    delivery_window: Final[Annotated[JsonText | None, Field(default=None)]]
    """Hours in which delivery is allowed, by country (or `DEFAULT`) and weekday (`MON`…`SUN`, `HOL`, `OTH`)."""


class SenderIdClassFilters(ListOptions, total=False):
    """What sender id classes can be found by; see `ListOptions` for the rest."""

    id: TextFilter
    name: TextFilter
    designation: TextFilter
    applicable_countries: TextFilter
    country_peak_throughput: TextFilter
    country_daily_throughput: TextFilter


LIST = Operation("sender_id_classes.list", "GET", "/messaging/sender_id_classes", query=SenderIdClassFilters)
GET = Operation("sender_id_classes.get", "GET", "/messaging/sender_id_classes/{class_id}")
