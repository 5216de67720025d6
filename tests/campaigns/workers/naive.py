"""A Celery app as people write it without campaigns: one task for each recipient.

`BROKER` and `GATEWAY` in the environment say where all is. With `ACKNOWLEDGE=late`, a task is acknowledged once it is done
and repeated after errors, with `early` it is acknowledged before it begins and never repeated.
"""

from __future__ import annotations

import os

from celery import Celery

import scgapi

IS_LATE = os.environ["ACKNOWLEDGE"] == "late"

app = Celery("naive", broker=os.environ["BROKER"])
app.conf.update(
    broker_connection_retry_on_startup=True,
    worker_hijack_root_logger=False,
    worker_prefetch_multiplier=1,
    task_acks_late=IS_LATE,
    task_reject_on_worker_lost=IS_LATE,
    # Seconds after which Redis hands out a task that was not acknowledged; an hour by default.
    broker_transport_options={"visibility_timeout": 5} if os.environ["BROKER"].startswith("redis") else {},
)


def send(to: str) -> None:
    """Send one text, with the client's defaults."""
    auth = scgapi.AuthInfo(token="t", url=os.environ["GATEWAY"])
    with scgapi.Client(auth, timeout=2.0) as scg:
        scg.message_requests.create(from_="155528999", to=[to], body="Hi")


task = (
    app.task(name="send", autoretry_for=(scgapi.ScgError,), retry_backoff=1, max_retries=5)(send)
    if IS_LATE
    else app.task(name="send")(send)
)
