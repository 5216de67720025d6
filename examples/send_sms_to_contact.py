"""From the guide of the 2017 SDK: send an SMS to a contact."""

from __future__ import annotations

from gateway import setting

import scgapi


def send_sms_to_contact(api: str | None, config: str | None, mdn: str, senderid: str) -> None:
    auth = scgapi.AuthInfo(config=config)
    with scgapi.Scg().connect(api, auth) as session:
        contact_id = session.contacts.create(first_name="Bob", primary_mdn=mdn)
        mrq_res = scgapi.MessageRequest.Resource(session)
        reqid = mrq_res.create(
            from_=senderid, to=["contact:" + contact_id], body="Hello, this is a SMS message."
        )
        print(f"Sent message request {reqid} to contact {contact_id}")
        session.contacts.delete(contact_id)


if __name__ == "__main__":
    with setting("Send an SMS to a contact.", sends=True) as given:
        send_sms_to_contact(given.api, given.config, given.recipients[0], given.sender)
