"""Measure the CPU of this process for one text: by a bare client, and by a campaign with its journal.

    python -m tests.campaigns.cpu URL TRANSPORT KIND COUNT FOLDER

KIND is `bare` or `campaign`. It prints microseconds for each text.
"""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path
from typing import Literal

import scgapi
from scgapi.campaigns import Campaign, Recipients

WARM_UP = 200
IN_FLIGHT = 64
TransportName = Literal["httpx", "fast"]


async def bare(scg: scgapi.AsyncClient, count: int) -> None:
    """Send as a user without a campaign would: tasks that take numbers from a list."""
    rest = iter(range(count))

    async def work() -> None:
        for number in rest:
            await scg.message_requests.create(
                from_="155528999",
                to=[f"+15552{number:06}"],
                body=f"Hi Ann {number}",
                external_id=f"sale-{number}",
            )

    await asyncio.gather(*[work() for _ in range(IN_FLIGHT)])


async def main(url: str, transport: TransportName, kind: str, count: int, folder: Path) -> None:
    async with scgapi.AsyncClient(scgapi.AuthInfo(token="t", url=url), transport=transport) as scg:
        await bare(scg, WARM_UP)
        if kind == "bare":
            began = time.process_time()
            await bare(scg, count)
        else:
            campaign = Campaign(
                # The gateway outlives the journals of a test's rounds: each round is a campaign of its own.
                f"sale in {folder.name}",
                sender="155528999",
                body="Hi {name}",
                recipients=Recipients.rows(
                    [{"mobile": f"+15552{number:06}", "name": f"Ann {number}"} for number in range(count)],
                    address="mobile",
                ),
                rate=1e6,
                journal=folder / "campaigns.db",
                in_flight=IN_FLIGHT,
                check_opt_outs=False,
            )
            await campaign.plan(scg)
            began = time.process_time()
            async for _ in campaign.run(scg):
                pass
            taken = time.process_time() - began
            assert campaign.status().states == {"ACCEPTED": count}
            campaign.close()
            print(round(taken / count * 1e6, 1))
            return
        print(round((time.process_time() - began) / count * 1e6, 1))


if __name__ == "__main__":
    transport: TransportName = "fast" if sys.argv[2] == "fast" else "httpx"
    asyncio.run(main(sys.argv[1], transport, sys.argv[3], int(sys.argv[4]), Path(sys.argv[5])))
