"""Runs of a campaign with either client, against the gateway on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import scgapi
from scgapi.campaigns import Campaign
from tests.both_clients import ClientKind
from tests.campaigns.loopback import Running


def run(
    kind: ClientKind,
    campaign: Campaign,
    gateway: Running,
    *,
    until: Callable[[], bool] = lambda: False,
    when: Callable[[], bool] = lambda: True,
    meanwhile: Callable[[], object] = lambda: None,
) -> None:
    """Run to the end, or until something is so; do something in the middle.

    Args:
        kind: the client.
        campaign: the campaign.
        gateway: where it sends to.
        until: asked now and then: True ends the run.
        when: asked now and then, until True.
        meanwhile: called then, once, while the run goes on.
    """
    auth = scgapi.AuthInfo(token="t", url=gateway.url)
    if kind == "async":
        asyncio.run(_run_async(auth, campaign, until, when, meanwhile))
        return
    called = False
    with scgapi.Client(auth) as scg:
        progress = campaign.run(scg, every=0.05)
        for _ in progress:
            if not called and when():
                called = True
                meanwhile()
            if until():
                progress.close()
                return


async def _run_async(
    auth: scgapi.AuthInfo,
    campaign: Campaign,
    until: Callable[[], bool],
    when: Callable[[], bool],
    meanwhile: Callable[[], object],
) -> None:
    called = False
    async with scgapi.AsyncClient(auth) as scg:
        progress = campaign.run(scg, every=0.05)
        async for _ in progress:
            if not called and when():
                called = True
                meanwhile()
            if until():
                await progress.aclose()
                return
