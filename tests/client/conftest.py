"""Fixtures of the tests of the client."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from tests.client.paged import PATIENCE, prefetchers


@pytest.fixture
def no_thread_stays() -> Iterator[None]:
    """No thread that fetched pages ahead outlives the test."""
    yield
    gc.collect()
    for thread in prefetchers():
        thread.join(PATIENCE)
        assert not thread.is_alive()
