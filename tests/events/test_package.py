"""The public face of `scgapi.events`: what can be imported, and what importing it costs."""

from __future__ import annotations

import pytest

from scgapi import events
from scgapi._exports import EXPORTS
from scgapi.events.parsing import _KINDS
from tests.test_package import loaded_by

FRAMEWORKS = {"starlette", "fastapi", "flask", "django", "redis", "sqlite3", "httpx", "asyncio"}


PUBLIC = EXPORTS["scgapi.events"]


def test_every_public_name_loads() -> None:
    assert set(dir(events)) == set(PUBLIC)
    for name in PUBLIC:
        assert getattr(events, name) is not None
    with pytest.raises(AttributeError, match="did you mean 'Event'"):
        getattr(events, "Evnt")  # noqa: B009 - checkers would refuse the plain access


def test_every_class_of_events_is_public() -> None:
    assert {kind.__name__ for kind in _KINDS.values()} <= set(PUBLIC)


def test_parsing_needs_pydantic_alone() -> None:
    assert not loaded_by("from scgapi import events") & {*FRAMEWORKS, "pydantic"}
    loaded = loaded_by("from scgapi import events; events.parse")
    assert "pydantic" in loaded
    assert not loaded & FRAMEWORKS


def test_a_receiver_loads_no_framework_and_no_store_that_it_does_not_use() -> None:
    program = "from scgapi import events; events.asgi_app(events.Receiver(bearer='t'))"
    assert not loaded_by(program) & (FRAMEWORKS - {"asyncio"})
