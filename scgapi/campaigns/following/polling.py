"""Follow a campaign's texts by polling, with either client."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from scgapi._io.clock import monotonic
from scgapi.campaigns.following.follower import READS_AT_ONCE, Follower, Limits, Read
from scgapi.campaigns.following.reading import read_message, read_request
from scgapi.campaigns.journal.deliveries import OpenRequest
from scgapi.campaigns.journal.journal import Journal
from scgapi.campaigns.reporting.status import Status, status_of
from scgapi.errors import ScgError

if TYPE_CHECKING:
    from scgapi import AsyncClient, Client


def follow_threads(scg: Client, opened: Callable[[], Journal], limits: Limits) -> Generator[Status]:
    """Poll until nothing is open or time is out; yield the status now and then, and at the end.

    Args:
        scg: the client.
        opened: returns the journal, with the campaign chosen.
        limits: limits of polling.
    """
    journal = opened()
    follower = Follower(journal, monotonic, limits)

    def read(request: OpenRequest) -> Read:
        try:
            found = [
                delivery
                for message in scg.message_requests.list_messages(request.id)
                if (delivery := read_message(message, request.id)) is not None
            ]
            if found:
                return found
            return read_request(scg.message_requests.get(request.id), request.id, request.addresses)
        except ScgError as error:
            return error

    with ThreadPoolExecutor(READS_AT_ONCE, "scgapi-follow") as pool:
        while (step := follower.next()).requests:
            time.sleep(step.pause)
            follower.record([*pool.map(read, step.requests)])
            if follower.is_status_due():
                yield status_of(journal)
    yield status_of(journal)


async def follow_tasks(
    scg: AsyncClient, opened: Callable[[], Journal], limits: Limits
) -> AsyncGenerator[Status]:
    """Poll as `follow_threads()` does, with tasks of the event loop."""
    journal = await asyncio.to_thread(opened)
    follower = Follower(journal, monotonic, limits)

    async def read(request: OpenRequest) -> Read:
        try:
            found = [
                delivery
                async for message in scg.message_requests.list_messages(request.id)
                if (delivery := read_message(message, request.id)) is not None
            ]
            if found:
                return found
            made = await scg.message_requests.get(request.id)
            return read_request(made, request.id, request.addresses)
        except ScgError as error:
            return error

    while (step := await asyncio.to_thread(follower.next)).requests:
        await asyncio.sleep(step.pause)
        reads = await asyncio.gather(*map(read, step.requests))
        await asyncio.to_thread(follower.record, reads)
        if follower.is_status_due():
            yield await asyncio.to_thread(status_of, journal)
    yield await asyncio.to_thread(status_of, journal)
