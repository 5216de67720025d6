"""From the guide of the 2017 SDK: send a picture with a text, with the asynchronous client."""

from __future__ import annotations

import asyncio

from gateway import setting

import scgapi

# A very small JPEG. Give the path of a picture of yours instead.
PICTURE = b"\xff\xd8\xff\xdb\x00C\x00" + b"\x01" * 64 + b"\xff\xd9"


async def upload_attachment(session: scgapi.AsyncClient, content: bytes) -> scgapi.AsyncAttachment:
    res = scgapi.AsyncAttachment.Resource(session)
    att = await res.create_and_upload(
        content, type="image/jpeg", name="attachment", filename="attachment.jpg"
    )
    print(f"Uploaded attachment {att.id}")
    return att


async def send_mms(api: str | None, config: str | None, mdn: str, senderid: str, content: bytes) -> None:
    auth = scgapi.AuthInfo(config=config)
    async with scgapi.Scg().connect_async(api, auth) as session:
        res = scgapi.AsyncMessageRequest.Resource(session)
        att = await upload_attachment(session, content)
        reqid = await res.create(
            from_=senderid, to=[mdn], attachments=[att.id], body="Hello, this is a MMS message."
        )
        print(f"Sent message request {reqid}")


if __name__ == "__main__":
    with setting("Send a picture with a text.", sends=True) as given:
        asyncio.run(send_mms(given.api, given.config, given.recipients[0], given.sender, PICTURE))
