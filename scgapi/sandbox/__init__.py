"""The embedded gateway: a stand-in for the real one that runs in this process, for tests and for trying things out.

    with scgapi.sandbox.Sandbox() as gateway:
        client = scgapi.Client(gateway.auth)

`python -m scgapi.sandbox` serves it on its own.
"""

from __future__ import annotations

try:
    import starlette as _starlette
    import uvicorn as _uvicorn
except ImportError as _error:
    raise ImportError(
        f'the sandbox needs {_error.name}: pip install "scgapi[sandbox]"', name=_error.name
    ) from _error

from scgapi.sandbox import faults
from scgapi.sandbox.events import EventService
from scgapi.sandbox.progress import AfterReads, AfterSeconds, Immediate, Progress
from scgapi.sandbox.rules import Rule
from scgapi.sandbox.server import Sandbox

__all__ = [
    "AfterReads",
    "AfterSeconds",
    "EventService",
    "Immediate",
    "Progress",
    "Rule",
    "Sandbox",
    "faults",
]

del _starlette, _uvicorn
