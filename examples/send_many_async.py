"""Send a text of its own to each of many recipients, from eight tasks that share one asynchronous client."""

from __future__ import annotations

import asyncio

from gateway import Setting, setting
from send_many import Reminder, reminders

import scgapi


async def send(scg: scgapi.AsyncClient, sender: str, reminder: Reminder) -> str:
    """Send one text. Return a word for what became of it: one failure must not end the others."""
    try:
        await scg.message_requests.create(
            from_=sender, to=[reminder.number], body=reminder.text, external_id=reminder.key
        )
    except scgapi.OutcomeUnknownError:
        return "in doubt"
    except scgapi.ScgError as error:
        print(f"{reminder.key}: {error}")
        return "failed"
    return "sent"


async def main(given: Setting) -> None:
    at_once = asyncio.Semaphore(8)
    results: list[str] = []

    async def send_in_turn(reminder: Reminder) -> None:
        async with at_once:
            results.append(await send(scg, given.sender, reminder))

    # With "verify" the client looks up a send whose answer was lost, by its external_id.
    async with (
        scgapi.AsyncClient(given.auth, url=given.api, on_unknown="verify") as scg,
        asyncio.TaskGroup() as tasks,
    ):
        for reminder in reminders(given):
            tasks.create_task(send_in_turn(reminder))
    for result in sorted(set(results)):
        print(f"{results.count(result)} {result}")


if __name__ == "__main__":
    with setting("Send a text to each of many recipients.", sends=True) as settings:
        asyncio.run(main(settings))
