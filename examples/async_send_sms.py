"""From the guide of the 2017 SDK: send an SMS to a phone number, with the asynchronous client."""

from __future__ import annotations

import asyncio

from gateway import setting

import scgapi


async def send_sms(api: str | None, config: str | None, mdn: str, senderid: str) -> None:
    auth = scgapi.AuthInfo(config=config)
    async with scgapi.Scg().connect_async(api, auth) as session:
        res = scgapi.AsyncMessageRequest.Resource(session)
        reqid = await res.create(from_=senderid, to=[mdn], body="Hello, this is a SMS message.")
        print(f"Sent message request {reqid}")


if __name__ == "__main__":
    with setting("Send an SMS to a phone number.", sends=True) as given:
        asyncio.run(send_sms(given.api, given.config, given.recipients[0], given.sender))
