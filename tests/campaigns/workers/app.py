"""A Celery app whose workers send one campaign.

`BROKER`, `JOURNAL` and `GATEWAY` in the environment say where all is; `COUNT` is the number of recipients.
"""

from __future__ import annotations

import os

from celery import Celery

from scgapi.campaigns.workers import celery
from tests.campaigns.workers.campaign import campaign, client, make_times_short

make_times_short(celery)

app = Celery("campaigns", broker=os.environ["BROKER"])
app.conf.update(broker_connection_retry_on_startup=True, worker_hijack_root_logger=False)
sending = celery.register(app, [campaign()], client=client)
