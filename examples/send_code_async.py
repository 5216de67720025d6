"""Send a one-time code to a phone number, and check what the user types, with the asynchronous client."""

from __future__ import annotations

import asyncio
import re

from gateway import Setting, setting
from send_code import Codes

import scgapi


async def typed_code(given: Setting, scg: scgapi.AsyncClient) -> str:
    """Ask the user; on the sandbox, read the message that came to the handset."""
    if not given.is_demo:
        return await asyncio.to_thread(input, "Code: ")
    message = await scg.messages.list(direction="MT").first()
    body = message.body if message else None
    found = re.search(r"\d{6}", body or "")
    return found[0] if found else ""


async def main(given: Setting) -> None:
    async with scgapi.AsyncClient(given.auth, url=given.api) as scg:
        codes = Codes()
        number = given.recipients[0]
        text = f"Your code is {codes.create(number)}"
        await scg.message_requests.create(from_=given.sender, to=[number], body=text)
        print("Sent a code")
        print("Right" if codes.check(number, await typed_code(given, scg)) else "Wrong")


if __name__ == "__main__":
    with setting("Send a code and check it.", sends=True) as settings:
        asyncio.run(main(settings))
