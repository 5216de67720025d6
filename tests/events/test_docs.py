"""The programs of docs/events.md work as they stand there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scgapi import events
from scgapi.events.parsing import _KINDS
from tests.events.samples import AUTHORIZED, PUBLISHED, body

PAGE = (Path(__file__).parents[2] / "docs" / "events.md").read_text()
PROGRAMS: list[str] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def test_the_first_program_receives_events(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}
    exec(PROGRAMS[0].replace('"the password of the delivery configuration"', '"correct horse"'), names)
    receiver = names["receiver"]
    assert isinstance(receiver, events.Receiver)
    for name in ("E1", "E2"):
        answer = receiver.handle("POST", AUTHORIZED, [body({**PUBLISHED[name], "event-id": name})])
        assert answer.status == 200
    assert capsys.readouterr().out == "176ySDuGoChplVgiz2lcm7 DELIVERED True\n+14085551212 Test MO message\n"


def test_every_program_compiles_and_every_class_is_in_the_table() -> None:
    for program in PROGRAMS:
        compile(program, "events.md", "exec")
    for name, kind in _KINDS.items():
        assert f"`{name}`" in PAGE
        assert f"`{kind.__name__}`" in PAGE
