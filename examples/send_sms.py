"""From the guide of the 2017 SDK: send an SMS to a phone number."""

from __future__ import annotations

from gateway import setting

import scgapi


def send_sms(api: str | None, config: str | None, mdn: str, senderid: str) -> None:
    auth = scgapi.AuthInfo(config=config)
    with scgapi.Scg().connect(api, auth) as session:
        res = scgapi.MessageRequest.Resource(session)
        reqid = res.create(from_=senderid, to=[mdn], body="Hello, this is a SMS message.")
        print(f"Sent message request {reqid}")


if __name__ == "__main__":
    with setting("Send an SMS to a phone number.", sends=True) as given:
        send_sms(given.api, given.config, given.recipients[0], given.sender)
