"""A process that is forked in the middle of a run: its child takes nothing from it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.campaigns.loopback import ROOT, running
from tests.limits import PATIENCE

COUNT = 60

PROGRAM = """
import gc, logging, os, sys
import scgapi
from scgapi.campaigns import Campaign, Recipients

logging.basicConfig(level=logging.WARNING)
url, journal, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
campaign = Campaign(
    "sale", sender="155528999", body="Hi", rate=100, journal=journal, check_opt_outs=False, in_flight=8,
    recipients=Recipients.rows([f"+1212555{number:04}" for number in range(count)]),
)
children = []
with scgapi.Client(scgapi.AuthInfo(token="t", url=url)) as scg:
    progress = campaign.run(scg, every=0.02)
    for one in progress:
        if len(children) < 10 and one.accepted < count:
            child = os.fork()
            if child == 0:
                # It lets go of all it has, and ends as programs do.
                del campaign, progress
                gc.collect()
                sys.exit(0)
            children.append(child)
    for child in children:
        assert os.waitpid(child, 0)[1] == 0
    assert len(children) == 10
    assert campaign.status().states == {"ACCEPTED": count}
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork() there")
def test_a_child_ends_without_an_effect_on_the_run(target: str) -> None:
    with running(seed=1, latency=0.05) as gateway:
        found = subprocess.run(
            [sys.executable, "-c", PROGRAM, gateway.url, target, str(COUNT)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert (found.returncode, found.stderr) == (0, "")
        assert set(gateway.sent.values()) == {1}
        assert len(gateway.sent) == COUNT
