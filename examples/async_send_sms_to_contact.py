"""From the guide of the 2017 SDK: send an SMS to a contact, with the asynchronous client."""

from __future__ import annotations

import asyncio

from gateway import setting

import scgapi


async def send_sms_to_contact(api: str | None, config: str | None, mdn: str, senderid: str) -> None:
    auth = scgapi.AuthInfo(config=config)
    async with scgapi.Scg().connect_async(api, auth) as session:
        contact_id = await session.contacts.create(first_name="Bob", primary_mdn=mdn)
        mrq_res = scgapi.AsyncMessageRequest.Resource(session)
        reqid = await mrq_res.create(
            from_=senderid, to=["contact:" + contact_id], body="Hello, this is a SMS message."
        )
        print(f"Sent message request {reqid} to contact {contact_id}")
        await session.contacts.delete(contact_id)


if __name__ == "__main__":
    with setting("Send an SMS to a contact.", sends=True) as given:
        asyncio.run(send_sms_to_contact(given.api, given.config, given.recipients[0], given.sender))
