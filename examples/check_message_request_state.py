"""From the guide of the 2017 SDK: print the state of a message request and of its messages."""

from __future__ import annotations

from gateway import setting

import scgapi


def check_state(api: str | None, config: str | None, mrq: str) -> None:
    auth = scgapi.AuthInfo(config=config)
    with scgapi.Scg().connect(auth, api) as session:
        res = scgapi.MessageRequest.Resource(session)
        message_request = res.get(mrq)
        print(
            f"Message Request {message_request.id} is in state {message_request.state}"
            f" with {message_request.delivered_count} delivered and {message_request.failed_count} failed messages"
        )
        # Pages are fetched as they are consumed: memory stays small for millions of messages.
        for msg in message_request.list_messages():
            print(
                f" - Message {msg.id} is in state {msg.state},"
                f" error code: {msg.failure_code}, error reason: {msg.failure_details}"
            )
            for frag in msg.fragments_info:
                print(f" - Fragment {frag.fragment_id} has state {frag.fragment_state}")


def send_one(api: str | None, config: str | None, mdn: str, senderid: str) -> str:
    with scgapi.Scg().connect(api, scgapi.AuthInfo(config=config)) as session:
        return session.message_requests.create(from_=senderid, to=[mdn], body="Hello, this is a SMS message.")


if __name__ == "__main__":
    with setting("Print the state of a message request and of its messages.", sends=True) as given:
        check_state(
            given.api,
            given.config,
            given.request or send_one(given.api, given.config, given.recipients[0], given.sender),
        )
