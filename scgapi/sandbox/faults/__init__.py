"""Faults that a sandbox injects into requests: values for `Sandbox.inject_fault`."""

from __future__ import annotations

from scgapi.sandbox.faults.kinds import (
    FAULTS,
    Altered,
    Bomb,
    Close,
    Disconnect,
    Executed,
    Fault,
    Garbage,
    Hang,
    Hidden,
    Later,
    Redirect,
    Refuse,
    Reset,
    SingleCallFault,
    Slow,
    Throttle,
    Truncate,
    WrongBody,
)

__all__ = [
    "Altered",
    "Bomb",
    "Close",
    "Disconnect",
    "Executed",
    "FAULTS",
    "Fault",
    "Garbage",
    "Hang",
    "Hidden",
    "Later",
    "Redirect",
    "Refuse",
    "Reset",
    "Slow",
    "SingleCallFault",
    "Throttle",
    "Truncate",
    "WrongBody",
]
