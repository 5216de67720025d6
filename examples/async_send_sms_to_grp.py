"""From the guide of the 2017 SDK: send an SMS to a group of contacts, with the asynchronous client."""

from __future__ import annotations

import asyncio

from gateway import setting

import scgapi


async def send_sms_to_grp(
    api: str | None, config: str | None, bob_mdn: str, alice_mdn: str, senderid: str
) -> None:
    auth = scgapi.AuthInfo(config=config)
    async with scgapi.Scg().connect_async(api, auth) as session:
        contacts_res = scgapi.AsyncContact.Resource(session)
        bob = await contacts_res.create(first_name="Bob", primary_mdn=bob_mdn)
        alice = await contacts_res.create(first_name="Alice", primary_mdn=alice_mdn)
        grp_res = scgapi.AsyncContactGroup.Resource(session)
        friends = await grp_res.get(await grp_res.create(name="Our Friends"))
        await friends.add_contact([bob, alice])
        mrq_res = scgapi.AsyncMessageRequest.Resource(session)
        reqid = await mrq_res.create(
            from_=senderid, to=["group:" + friends.id], body="Hello, this is a SMS message to our friends."
        )
        print(f"Sent message request {reqid} to group {friends.id}")


if __name__ == "__main__":
    with setting("Send an SMS to a group of contacts.", sends=True) as given:
        asyncio.run(
            send_sms_to_grp(given.api, given.config, given.recipients[0], given.recipients[-1], given.sender)
        )
