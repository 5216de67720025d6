"""Text everybody on a list, each once, with the asynchronous client. It needs `pip install -e '.[campaign]'`."""

from __future__ import annotations

import asyncio
import sys

from campaign import prepared
from gateway import Setting, setting

import scgapi


async def main(given: Setting) -> None:
    with prepared(given) as campaign:
        async with scgapi.AsyncClient(given.auth, url=given.api) as scg:
            # Sends nothing.
            print(await campaign.plan(scg))
            async for progress in campaign.run(scg):
                print(progress)
        campaign.report().to_csv(sys.stdout)


if __name__ == "__main__":
    with setting("Text everybody on a list, each once.", sends=True) as settings:
        asyncio.run(main(settings))
