"""Time in tests of real sockets: limits that hold on a machine of any speed, and on a busy one.

A fault that lasts for ever is cut short by the limit under test, or not at all. So "in time" is a bound far above the
limit. Where a call must first get as far as the fault, a busy machine may be too slow for a short limit: `patiently()`
tries longer ones, so that tests are fast on an idle machine and right on any.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

LATE = 20.0
"""Seconds after which a call has outlasted its limit, however busy the machine is."""

PATIENCE = 60.0
"""Seconds that only a broken build waits: more than LATE, so that what never comes is told from what comes late."""

FACTORS = (1, 5, 25)
"""How many times longer the limits are that are tried one after the other."""


def patiently(limit: float, attempt: Callable[[float], T], is_enough: Callable[[T], bool]) -> T:
    """Return the first result that is enough, or else the one with the longest limit (in seconds)."""
    result = attempt(limit)
    for factor in FACTORS[1:]:
        if is_enough(result):
            break
        result = attempt(limit * factor)
    return result
