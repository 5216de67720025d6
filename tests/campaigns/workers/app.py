"""A Celery app whose workers send one campaign, with times that are short enough for a test.

`BROKER`, `JOURNAL` and `GATEWAY` in the environment say where all is; `COUNT` is the number of recipients.
"""

from __future__ import annotations

import os
from dataclasses import replace

from celery import Celery

import scgapi
from scgapi.campaigns import Campaign, Recipients
from scgapi.campaigns.engine.rules import Rules
from scgapi.campaigns.workers import celery, workers

NAME = "sale"


class ShortCampaign(Campaign):
    """A campaign whose claims run out soon after a worker was killed."""

    def _rules(self, in_flight: int) -> Rules:
        return replace(super()._rules(in_flight), limit=1.0, lease=2.0, quarantine=0.4, second_look=0.2)


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


SHORT = (
    (workers, "WORK_SECONDS", 2.0),
    (workers, "_LEASE_SECONDS", 4.0),
    (workers, "_QUEUE_SECONDS", 4.0),
    (workers, "_IDLE_SECONDS", 1.0),
    (workers, "_RENEW_SECONDS", 0.5),
    (celery, "POKE_SECONDS", 1),
)
for module, name, seconds in SHORT:
    setattr(module, name, seconds)

app = Celery("campaigns", broker=os.environ["BROKER"])
app.conf.update(broker_connection_retry_on_startup=True, worker_hijack_root_logger=False)
sending = celery.register(app, [campaign()], client=client)
