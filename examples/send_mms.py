"""From the guide of the 2017 SDK: send a picture with a text."""

from __future__ import annotations

from gateway import setting

import scgapi

# A very small JPEG. Give the path of a picture of yours instead.
PICTURE = b"\xff\xd8\xff\xdb\x00C\x00" + b"\x01" * 64 + b"\xff\xd9"


def upload_attachment(session: scgapi.Client, content: bytes) -> scgapi.Attachment:
    res = scgapi.Attachment.Resource(session)
    att = res.create_and_upload(content, type="image/jpeg", name="attachment", filename="attachment.jpg")
    print(f"Uploaded attachment {att.id}")
    return att


def send_mms(api: str | None, config: str | None, mdn: str, senderid: str, content: bytes) -> None:
    auth = scgapi.AuthInfo(config=config)
    with scgapi.Scg().connect(api, auth) as session:
        res = scgapi.MessageRequest.Resource(session)
        att = upload_attachment(session, content)
        reqid = res.create(
            from_=senderid, to=[mdn], attachments=[att.id], body="Hello, this is a MMS message."
        )
        print(f"Sent message request {reqid}")


if __name__ == "__main__":
    with setting("Send a picture with a text.", sends=True) as given:
        send_mms(given.api, given.config, given.recipients[0], given.sender, PICTURE)
