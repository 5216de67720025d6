"""From the guide of the 2017 SDK: print the state of a message request and of its messages, with the asynchronous client."""

from __future__ import annotations

import asyncio

from gateway import setting

import scgapi


async def check_state(api: str | None, config: str | None, mrq: str) -> None:
    auth = scgapi.AuthInfo(config=config)
    async with scgapi.Scg().connect_async(auth, api) as session:
        res = scgapi.AsyncMessageRequest.Resource(session)
        message_request = await res.get(mrq)
        print(
            f"Message Request {message_request.id} is in state {message_request.state}"
            f" with {message_request.delivered_count} delivered and {message_request.failed_count} failed messages"
        )
        # Pages are fetched as they are consumed: memory stays small for millions of messages.
        async for msg in message_request.list_messages():
            print(
                f" - Message {msg.id} is in state {msg.state},"
                f" error code: {msg.failure_code}, error reason: {msg.failure_details}"
            )
            for frag in msg.fragments_info:
                print(f" - Fragment {frag.fragment_id} has state {frag.fragment_state}")


async def send_one(api: str | None, config: str | None, mdn: str, senderid: str) -> str:
    async with scgapi.Scg().connect_async(api, scgapi.AuthInfo(config=config)) as session:
        return await session.message_requests.create(
            from_=senderid, to=[mdn], body="Hello, this is a SMS message."
        )


if __name__ == "__main__":
    with setting("Print the state of a message request and of its messages.", sends=True) as given:
        asyncio.run(
            check_state(
                given.api,
                given.config,
                given.request
                or asyncio.run(send_one(given.api, given.config, given.recipients[0], given.sender)),
            )
        )
