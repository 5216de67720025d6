"""What all tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import scgapi
from scgapi.sandbox import Sandbox


@pytest.fixture(autouse=True)
def no_credentials_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's own environment must not decide what a test does."""
    for name in ("SCG_TOKEN", "SCG_KEY", "SCG_SECRET", "SCG_URL", "SCG_CONFIG", "SCG_TOKEN_FILE"):
        monkeypatch.delenv(name, raising=False)


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
