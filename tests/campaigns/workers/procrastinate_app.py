"""A Procrastinate app whose workers send one campaign; queue and journal are in one database.

`JOURNAL` and `GATEWAY` in the environment say where all is; `COUNT` is the number of recipients.
"""

from __future__ import annotations

import os

import procrastinate

from scgapi.campaigns.workers import procrastinate as adapter
from tests.campaigns.workers.campaign import campaign, client, make_times_short

make_times_short(adapter)

app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=os.environ["JOURNAL"]))
sending = adapter.register(app, [campaign()], client=client)
