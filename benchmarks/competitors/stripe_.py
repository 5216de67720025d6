"""stripe's client, by `base_addresses`; it reads the message as if it were a customer."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import Protocol

from benchmarks.competitor import MESSAGE_ID, Call, Competitor


class _Customers(Protocol):
    def retrieve(self, customer: str) -> object: ...
    def create(self, params: dict[str, str]) -> object: ...


class _Version(Protocol):
    @property
    def customers(self) -> _Customers: ...


class _Client(Protocol):
    @property
    def v1(self) -> _Version: ...


def _customers(url: str) -> _Customers:
    client: _Client = import_module("stripe").StripeClient("sk_test_t", base_addresses={"api": url})
    return client.v1.customers


def get(url: str) -> Call:
    """Retrieve a customer."""
    return partial(_customers(url).retrieve, MESSAGE_ID)


def send(url: str) -> Call:
    """Create a customer."""
    return partial(_customers(url).create, {"phone": "+15551234567", "name": "A", "description": "Hello"})


FIRST_CALL = f"""
import sys, stripe
client = stripe.StripeClient("sk_test_t", base_addresses={{"api": sys.argv[1]}})
client.v1.customers.retrieve("{MESSAGE_ID}")
"""

COMPETITORS = {
    "stripe": Competitor(label="stripe's client", module="stripe", first_call=FIRST_CALL, get=get, send=send)
}
