"""A run of a campaign in a process of its own, for tests that kill it.

    python -m tests.campaigns.worker URL JOURNAL OPTIONS

OPTIONS is a JSON object: `mode`, `kind` (`sync` or `async`), `rate`, `batch`, and the seconds that are made short for
tests. It prints a line once it has begun, and one once it is over.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping

import scgapi
from scgapi.campaigns.engine.rules import Content, Mode, Rules
from scgapi.campaigns.engine.run_state import RunState
from scgapi.campaigns.engine.tasks import run_tasks
from scgapi.campaigns.engine.threads import run_threads
from scgapi.campaigns.journal.journal import Journal
from scgapi.campaigns.journal.local_clock import Clock

NAME = "sale"


def rules(options: Mapping[str, object]) -> Rules:
    """Rules with times that are short enough for a test."""
    mode: Mode = "two_phase" if options.get("mode") == "two_phase" else "verified"
    rate = options.get("rate")
    return Rules(
        NAME,
        "155",
        lambda fields: Content("Hi"),
        {"from_": "155", "to": []},
        mode=mode,
        rate=float(str(rate)) if rate else None,
        batch=int(str(options.get("batch", 1))),
        in_flight=16,
        request_timeout=float(str(options.get("limit", 1.0))),
        lease=float(str(options.get("lease", 2.0))),
        quarantine=0.4,
        second_look=0.2,
    )


async def main_async(auth: scgapi.AuthInfo, state: RunState) -> None:
    async with scgapi.AsyncClient(auth) as scg:
        async for _ in run_tasks(scg, state, 0.5):
            pass


def main(url: str, path: str, options: Mapping[str, object]) -> None:
    auth = scgapi.AuthInfo(token="t", url=url)
    with Journal(path) as journal:
        journal.select(NAME)
        state = RunState(journal, rules(options), Clock(), 0.5)
        print("begun", flush=True)
        if options.get("kind") == "sync":
            with scgapi.Client(auth) as scg:
                for _ in run_threads(scg, state, 0.5):
                    pass
        else:
            asyncio.run(main_async(auth, state))
        print("over", state.progress(), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], json.loads(sys.argv[3]))
