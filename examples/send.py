"""Send a text, wait until it has gone out, and print what became of each message."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from gateway import setting

import scgapi


def send(scg: scgapi.Client, sender: str, recipients: Sequence[str]) -> str:
    """Send a text and return the id of the message request; end the program if that fails."""
    try:
        return scg.message_requests.create(from_=sender, to=recipients, body="Hello!")
    except scgapi.OutcomeUnknownError as error:
        sys.exit(f"It may have been sent. Look for external_id {error.external_id} before you send again.")
    except scgapi.ScgError as error:
        sys.exit(f"It was not sent: {error}")


def main() -> None:
    with (
        setting("Send a text.", sends=True) as given,
        scgapi.Client(given.auth, url=given.api) as scg,
    ):
        request_id = send(scg, given.sender, given.recipients)
        request = scg.message_requests.wait(request_id, timeout=60)
        print(f"Message request {request_id} is {request.state}")
        for message in request.list_messages():
            print(f"Message {message.id} is {message.state} {message.failure_details or ''}".rstrip())


if __name__ == "__main__":
    main()
