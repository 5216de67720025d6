"""Bodies that use templates, and rich ones."""

from __future__ import annotations

import json

import pytest
from pydantic import JsonValue

import scgapi
from scgapi.compose.rcs import Reply, RichMessage
from scgapi.compose.templates import template_body


def test_a_template_is_named_and_its_variables_are_set() -> None:
    assert (
        template_body("Welcome", name="Bob", count=3)
        == '#set($name="Bob")\n#set($count="3")\n#parse("Welcome")'
    )
    assert template_body("Plain") == '#parse("Plain")'


@pytest.mark.parametrize(
    ("value", "literal"),
    [
        ("it's", '"it\'s"'),
        ('say "hi"', "'say \"hi\"'"),
        ("$5 off", "'$5 off'"),
        ("#1 fan, it's $true", "'#1 fan, it''s $true'"),
        ("back\\slash", "'back\\slash'"),
        ("two\nlines", '"two\nlines"'),
        ('")#parse("Other', "'\")#parse(\"Other'"),
    ],
)
def test_what_velocity_would_read_stays_text(value: str, literal: str) -> None:
    assert template_body("T", x=value) == f'#set($x={literal})\n#parse("T")'


@pytest.mark.parametrize("name", ["", "1a", "a b", "a}", "ä"])
def test_a_name_that_velocity_does_not_take_is_refused(name: str) -> None:
    with pytest.raises(scgapi.InvalidArgumentError, match="template_body"):
        template_body("T" if name else "", **{name or "x": "v"})


def test_a_rich_message_is_json_with_its_suggestions() -> None:
    message = RichMessage(text="Coming?", suggestions=[Reply("Yes ✓", "yes"), {"action": {"text": "Map"}}])
    assert json.loads(message.body()) == {
        "contentMessage": {
            "text": "Coming?",
            "suggestions": [
                {"reply": {"text": "Yes ✓", "postbackData": "yes"}},
                {"action": {"text": "Map"}},
            ],
        }
    }
    card: dict[str, JsonValue] = {"standaloneCard": {}}
    assert json.loads(RichMessage(rich_card=card).body()) == {"contentMessage": {"richCard": card}}


@pytest.mark.parametrize(
    "message",
    [
        RichMessage(),
        RichMessage(text="a", media={}),
        RichMessage(text="a", suggestions=[Reply("a", "a")] * 12),
        RichMessage(text="a", suggestions=[Reply("a" * 26, "a")]),
        RichMessage(text="é" * 130_000),
    ],
    ids=range(5),
)
def test_what_the_gateway_would_refuse_is_refused_before(message: RichMessage) -> None:
    with pytest.raises(scgapi.InvalidArgumentError, match="RichMessage"):
        message.body()
