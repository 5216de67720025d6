"""Fixtures of all tests."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

import scgapi
from scgapi.sandbox import Sandbox

# How long an example takes is a matter of the machine, and of what else it does.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.fixture(autouse=True)
def no_credentials_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's own environment must not decide what a test does."""
    for name in ("SCG_TOKEN", "SCG_KEY", "SCG_SECRET", "SCG_URL", "SCG_CONFIG", "SCG_TOKEN_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> None:
    """Let SIGINT reach the processes that tests start, also where the run itself began with SIGINT ignored."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def served() -> Iterator[Sandbox]:
    """One sandbox for the whole run: starting one costs more than most tests."""
    with Sandbox() as gateway:
        yield gateway


@pytest.fixture
def gateway(served: Sandbox) -> Sandbox:
    """A sandbox as it is when it has just started."""
    served.reset()
    return served


@pytest.fixture
def scg(gateway: Sandbox) -> Iterator[scgapi.Client]:
    """A client of the sandbox."""
    with scgapi.Client(gateway.auth) as client:
        yield client
