"""The campaign that workers send in tests, with times that are short enough for a test."""

from __future__ import annotations

import os
from dataclasses import replace
from types import ModuleType

import scgapi
from scgapi.campaigns import Campaign, Recipients
from scgapi.campaigns.engine.rules import Rules
from scgapi.campaigns.workers import workers

NAME = "sale"


class ShortCampaign(Campaign):
    """A campaign whose claims run out soon after a worker was killed."""

    def _rules(self, in_flight: int) -> Rules:
        return replace(
            super()._rules(in_flight), request_timeout=1.0, lease=2.0, quarantine=0.4, second_look=0.2
        )


def campaign() -> Campaign:
    return ShortCampaign(
        NAME,
        sender="155528999",
        body="Hi",
        recipients=Recipients.rows(addresses(int(os.environ["COUNT"]))),
        rate=5000,
        journal=os.environ["JOURNAL"],
        check_opt_outs=False,
        max_errors=None,
        in_flight=8,
    )


def addresses(count: int) -> list[str]:
    return [f"+1212555{number:04}" for number in range(count)]


def client() -> scgapi.Client:
    return scgapi.Client(scgapi.AuthInfo(token="t", url=os.environ["GATEWAY"]))


def make_times_short(adapter: ModuleType) -> None:
    """Shorten the times of workers, and of the adapter to their queue."""
    for name, seconds in (
        ("WORK_SECONDS", 2.0),
        ("_LEASE_SECONDS", 4.0),
        ("_QUEUE_SECONDS", 4.0),
        ("_IDLE_SECONDS", 1.0),
        ("_RENEW_SECONDS", 0.5),
    ):
        setattr(workers, name, seconds)
    adapter.__dict__["POKE_SECONDS"] = 1
