"""The pace of a sender: evenly spaced requests (GCRA), slowed by refusals. Pure functions."""

from __future__ import annotations

import math

from scgapi.campaigns.engine.rules import HORIZON_SECONDS
from scgapi.campaigns.journal.claims import Rate

_SLOWDOWN_FACTOR = 1.5
"""Factor by which a throttled request (HTTP 429) slows the pace."""

_MAX_SLOWNESS = 64.0
"""Largest factor by which the pace is slowed."""

_HALF_LIFE_SECONDS = 10.0
"""Time in which half of the slowness passes."""

_STEP_SECONDS = 1.0
"""Time in which the pace is slowed once only: when the gateway throttles, it refuses many requests together."""

_MIN_PAUSE_SECONDS = 0.25
"""Time for which a throttled request without a Retry-After stops all sends."""


def slowness(rate: Rate, now: float) -> float:
    """Return the factor by which the pace is slowed now."""
    if rate.slowness <= 1.0:
        return 1.0
    passed: float = 0.5 ** (max(0.0, now - rate.since) / _HALF_LIFE_SECONDS)
    return 1.0 + (rate.slowness - 1.0) * passed


def allowance(rate: Rate, interval: float, now: float) -> float:
    """Return how many texts may be claimed now. `interval` is the time between two texts, in seconds."""
    ahead = now + HORIZON_SECONDS - max(rate.next, now)
    if ahead < 0:
        return 0
    return math.floor(ahead / interval) + 1 if interval > 0 else math.inf


def throttled(rate: Rate, now: float, asked: float) -> Rate:
    """Return the pace after a throttled request, whose response asked to wait `asked` seconds."""
    pause = max(_MIN_PAUSE_SECONDS, asked)
    slower = slowness(rate, now)
    if now - rate.since >= _STEP_SECONDS:
        slower = min(_MAX_SLOWNESS, slower * _SLOWDOWN_FACTOR)
        return Rate(max(rate.next, now + pause), slower, now)
    return rate._replace(next=max(rate.next, now + pause))
