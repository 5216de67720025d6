"""The public face of `scgapi.events`: what can be imported, and what importing it costs."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from scgapi import events
from scgapi.events.parsing import _KINDS
from tests.test_package import loaded_by

FRAMEWORKS = {"starlette", "fastapi", "flask", "django", "redis", "sqlite3", "httpx", "asyncio"}


def test_names_for_checkers_and_names_at_run_time_are_the_same() -> None:
    tree = ast.parse(Path(events.__file__ or "").read_text())
    checked = {
        f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("scgapi.")
        for alias in node.names
    }
    lazy = {f"scgapi.{home}.{name}" for home, names in events._HOME.items() for name in names}
    assert checked == lazy
    assert {name.rpartition(".")[2] for name in lazy} == set(events.__all__) == set(dir(events))
    for name in events.__all__:
        assert getattr(events, name) is not None
    with pytest.raises(AttributeError, match="Evnt"):
        getattr(events, "Evnt")  # noqa: B009 - checkers would refuse the plain access


def test_every_class_of_events_is_public() -> None:
    assert {kind.__name__ for kind in _KINDS.values()} <= set(events.__all__)


def test_parsing_needs_pydantic_alone() -> None:
    assert not loaded_by("from scgapi import events") & {*FRAMEWORKS, "pydantic"}
    loaded = loaded_by("from scgapi import events; events.parse")
    assert "pydantic" in loaded
    assert not loaded & FRAMEWORKS


def test_a_receiver_loads_no_framework_and_no_store_that_it_does_not_use() -> None:
    program = "from scgapi import events; events.asgi_app(events.Receiver(bearer='t'))"
    assert not loaded_by(program) & (FRAMEWORKS - {"asyncio"})
