"""Transactions that are repeated because the journal's database was away, or gave them up."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from typing import TypeVar

from scgapi._io.clock import monotonic
from scgapi.errors import JournalError

T = TypeVar("T")

_FIRST_PAUSE_SECONDS = 0.05
_LONGEST_PAUSE_SECONDS = 2.0
_PAUSE_FACTOR = 2.0

_log = logging.getLogger("scgapi.campaigns")


class JournalInterruptedError(JournalError):
    """The database was away, or gave the transaction up: the same transaction may succeed in a moment.

    Nothing was recorded, unless the connection was lost while the transaction was being committed.
    """


def repeated(act: Callable[[], T], patience: Callable[[], float]) -> T:
    """Do what uses a journal, again and again while it is interrupted.

    Args:
        act: does it. It may be done twice, for a commit may have been carried out although its answer was lost.
        patience: returns the seconds after which the error is raised; it is asked before each repetition.

    Raises:
        JournalError: the interruption is too long, or is none that passes.
    """
    began = monotonic()
    pause = _FIRST_PAUSE_SECONDS
    while True:
        try:
            return act()
        except JournalInterruptedError as error:
            if monotonic() - began >= patience():
                raise
            _log.warning("the journal was interrupted, and is used again: %s", type(error.__cause__).__name__)
        # Two runs that were in each other's way must not meet again.
        time.sleep(pause * random.uniform(0.5, 1.0))
        pause = min(_LONGEST_PAUSE_SECONDS, pause * _PAUSE_FACTOR)
