"""What the page on events says works as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scgapi import events
from scgapi.events.parsing import _KINDS
from tests.events.samples import AUTHORIZED, PUBLISHED, body
from tests.events.serving import wsgi_served

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


def test_the_program_for_the_sandbox_posts_to_a_receiver(capsys: pytest.CaptureFixture[str]) -> None:
    receiver = events.Receiver(basic=("gateway", "secret"))
    seen: list[events.MessageReceived] = []
    receiver.on(events.MessageReceived)(seen.append)
    with wsgi_served(events.wsgi_app(receiver)) as port:
        exec(PROGRAMS[-1].replace("8000", str(port)), {})
    assert [event.message_body for event in seen] == ["Hi"]
    assert "SUCCESS" in capsys.readouterr().out


def test_every_program_compiles_and_every_class_is_in_the_table() -> None:
    for program in PROGRAMS:
        compile(program, "events.md", "exec")
    for name, kind in _KINDS.items():
        assert f"`{name}`" in PAGE
        assert f"`{kind.__name__}`" in PAGE
