"""A gateway that runs in this process, for tests and experiments.

    with scgapi.sandbox.Sandbox() as gateway:
        client = scgapi.Client(gateway.auth)

`Sandbox().client()` reaches one in process, without a socket.
`python -m scgapi.sandbox` serves a sandbox as a program of its own.
"""

from __future__ import annotations

try:
    import python_multipart as _python_multipart
    import starlette as _starlette
    import uvicorn as _uvicorn
except ImportError as _error:
    raise ImportError(
        f'the sandbox needs {_error.name}: pip install "scgapi[sandbox]"', name=_error.name
    ) from _error

from scgapi.sandbox import faults
from scgapi.sandbox.event_service import EventService
from scgapi.sandbox.faults.injector import FaultInjector
from scgapi.sandbox.faults.rules import Rule
from scgapi.sandbox.handsets.phone import Phone
from scgapi.sandbox.handsets.views import PhoneCall, PhoneMessage
from scgapi.sandbox.http.recorder import ServedRequest
from scgapi.sandbox.server import Sandbox
from scgapi.sandbox.state.progress import AfterReads, AfterSeconds, Immediate, Progress

__all__ = [
    "AfterReads",
    "AfterSeconds",
    "EventService",
    "FaultInjector",
    "Immediate",
    "Phone",
    "PhoneCall",
    "PhoneMessage",
    "Progress",
    "Rule",
    "Sandbox",
    "ServedRequest",
    "faults",
]

del _python_multipart, _starlette, _uvicorn
