"""From the guide of the 2017 SDK: list the active sender ids of a class, with the asynchronous client."""

from __future__ import annotations

import asyncio

from gateway import setting

import scgapi


async def list_senderids(api: str | None, config: str | None) -> None:
    auth = scgapi.AuthInfo(config=config)
    async with scgapi.Scg().connect_async(api, auth) as session:
        res = scgapi.AsyncSenderId.Resource(session)
        async for sid in res.list(class_id="COMMERCIAL", state="ACTIVE"):
            print(f"Sender id {sid.address} has capabilities {sid.capabilities}")


if __name__ == "__main__":
    with setting("List the active sender ids of a class.") as given:
        asyncio.run(list_senderids(given.api, given.config))
