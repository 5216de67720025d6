"""The pace of a sender: evenly spaced requests (GCRA), slowed by refusals. Pure functions."""

from __future__ import annotations

import math

from scgapi.campaigns.engine.rules import HORIZON
from scgapi.campaigns.journal.claims import Rate

_SLOWER = 1.5
"""Factor by which a refusal for haste slows the pace."""

_SLOWEST = 64.0

_RECOVERY = 10.0
"""Seconds in which half of the slowness passes."""

_LEAST_PAUSE = 0.25
"""Seconds that a refusal without a Retry-After stops all sends."""


def slowness(rate: Rate, now: float) -> float:
    """Return the factor by which the pace is slowed now."""
    if rate.slowness <= 1.0:
        return 1.0
    passed: float = 0.5 ** (max(0.0, now - rate.since) / _RECOVERY)
    return 1.0 + (rate.slowness - 1.0) * passed


def allowance(rate: Rate, interval: float, now: float) -> float:
    """Return how many texts may be claimed now, up to the horizon."""
    ahead = now + HORIZON - max(rate.next, now)
    if ahead < 0:
        return 0
    return math.floor(ahead / interval) + 1 if interval > 0 else math.inf


def throttled(rate: Rate, now: float, asked: float) -> Rate:
    """Return the pace after a refusal for haste that asked to wait so many seconds."""
    pause = max(_LEAST_PAUSE, asked)
    slower = slowness(rate, now)
    # Many requests are refused at once: together they slow the pace one step.
    if now - rate.since >= 1.0:
        slower = min(_SLOWEST, slower * _SLOWER)
        return Rate(max(rate.next, now + pause), slower, now)
    return rate._replace(next=max(rate.next, now + pause))
