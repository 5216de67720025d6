"""From the guide of the 2017 SDK: send an SMS to a group of contacts."""

from __future__ import annotations

from gateway import setting

import scgapi


def send_sms_to_grp(api: str | None, config: str | None, bob_mdn: str, alice_mdn: str, senderid: str) -> None:
    auth = scgapi.AuthInfo(config=config)
    with scgapi.Scg().connect(api, auth) as session:
        contacts_res = scgapi.Contact.Resource(session)
        bob = contacts_res.create(first_name="Bob", primary_mdn=bob_mdn)
        alice = contacts_res.create(first_name="Alice", primary_mdn=alice_mdn)
        grp_res = scgapi.ContactGroup.Resource(session)
        friends = grp_res.get(grp_res.create(name="Our Friends"))
        friends.add_contact([bob, alice])
        mrq_res = scgapi.MessageRequest.Resource(session)
        reqid = mrq_res.create(
            from_=senderid, to=["group:" + friends.id], body="Hello, this is a SMS message to our friends."
        )
        print(f"Sent message request {reqid} to group {friends.id}")


if __name__ == "__main__":
    with setting("Send an SMS to a group of contacts.", sends=True) as given:
        send_sms_to_grp(given.api, given.config, given.recipients[0], given.recipients[-1], given.sender)
