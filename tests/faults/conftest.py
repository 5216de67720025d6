"""Fixtures of the fault tests."""

from __future__ import annotations

import functools
import ssl
from collections.abc import Iterator

import pytest

from tests.faults.server import Server
from tests.faults.world import Gateway


@pytest.fixture(scope="package", autouse=True)
def certificates_are_read_once() -> Iterator[None]:
    """Two thousand clients are made here, and none of them needs its own copy of all certificates."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", functools.cache(ssl.create_default_context))
        yield


@pytest.fixture(scope="module")
def shared() -> Iterator[Server]:
    """One server for all cells of a module: each begins with a `reset()`."""
    with Server(Gateway()) as server:
        yield server
