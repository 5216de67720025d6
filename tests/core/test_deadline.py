"""The deadline of a call."""

from __future__ import annotations

import pytest

from scgapi._core.deadline import Deadline
from scgapi._io.clock import SystemClock


@pytest.mark.parametrize(("latest", "left"), [(None, 5.0), (12.0, 2.0), (99.0, 5.0), (8.0, 0.0)])
def test_a_call_ends_no_later_than_it_may(latest: float | None, left: float) -> None:
    assert Deadline.after(5.0, SystemClock(monotonic=lambda: 10.0), latest).remaining() == left
