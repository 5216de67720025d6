"""Bodies that use templates, and rich ones."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

import scgapi
from scgapi.compose.rcs import Reply, RichMessage
from scgapi.compose.templates import literal_body, template_body
from scgapi.sandbox import Sandbox
from scgapi.sandbox.behaviour.rendering import render


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


def template(pattern: str | None) -> scgapi.MessageTemplate:
    return scgapi.MessageTemplate(name="Bill", pattern=pattern)


@pytest.mark.parametrize(
    ("pattern", "given_values", "reason", "field"),
    [
        ("Pay ${sum} by $date", {"sum": "5"}, "needs a value for its variable 'date'", "date"),
        ("Pay ${sum}", {"sm": "5"}, "has no variable 'sm'; did you mean 'sum'?", "sm"),
        ("Pay $sum-", {"Sum": "5"}, "has no variable 'Sum'; did you mean 'sum'?", "Sum"),
        ("Pay ${sum}", {"sum": "5", "fruit": "fig"}, "has no variable 'fruit'; it has 'sum'", "fruit"),
        ("Pay", {"sum": "5"}, "it has no variables at all", "sum"),
        ("Pay ${sum}", {"sum": None}, "'sum' must be text or a number, got NoneType", "sum"),
        ("Pay ${sum}", {"sum": ["5"]}, "'sum' must be text or a number, got list", "sum"),
        ("Pay ${sum}", {"sum": math.nan}, "got a number that is not finite", "sum"),
        (None, {"sum": None}, "must be text or a number", "sum"),
        ("#if($paid)$paid#end ${user.name}", {"paid": "x"}, "'user'", "user"),
    ],
)
def test_a_variable_that_is_missing_misspelt_or_none_is_named(
    pattern: str | None, given_values: dict[str, str], reason: str, field: str
) -> None:
    with pytest.raises(scgapi.InvalidArgumentError) as caught:
        template_body(template(pattern), **given_values)
    assert reason in str(caught.value)
    assert caught.value.field == field


def test_none_is_refused_where_the_pattern_is_not_known() -> None:
    with pytest.raises(scgapi.InvalidArgumentError, match="'sum' must be text or a number"):
        template_body("Bill", sum=None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    "pattern",
    [
        "Pay ${sum}, $!name",
        "Pay $!{sum} #if($name && $x)Hi $name#elseif($y)$y#end",
        "#set($total='a')Pay ${sum}: $total",
        "#foreach($item in $sum)$item $foreach.count#end",
        "Pay ${sum} or ${name|'none'} ## $left",
        "#* $a *#$sum#[[ $b ]]# costs $5 \\$c",
    ],
)
def test_variables_that_a_pattern_can_do_without_may_be_left_out(pattern: str) -> None:
    assert template_body(template(pattern), sum=5) == '#set($sum="5")\n#parse("Bill")'


def unknown(name: str) -> str | None:
    raise AssertionError(name)


@given(
    st.text()
    | st.lists(st.sampled_from(["$", "#", "'", '"', "\\", "{", "}", '#parse("T")', "$x", "\n"])).map("".join)
)
@settings(max_examples=300, deadline=None)
def test_a_literal_body_is_rendered_as_the_text_it_was_made_of(text: str) -> None:
    body = literal_body(text)
    assert render(body, unknown) == text
    assert body == text or "#" in text or "$" in text


@pytest.mark.parametrize("text", ['#parse("Secret")', "$x costs $5", "it's #1", "#set($x='a')$x", "plain"])
def test_a_literal_body_arrives_as_it_is(text: str) -> None:
    with Sandbox() as gateway, scgapi.Client(gateway.auth) as scg:
        scg.message_templates.create(name="Secret", designation="TEMPLATE", pattern="the secret")
        request_id = scg.message_requests.create(
            from_="155528999", to=["+15552461236"], body=scgapi.literal_body(text)
        )
        scg.message_requests.wait(request_id)
        (message,) = scg.message_requests.list_messages(request_id)
        assert message.body == text


def test_a_literal_body_is_made_of_text() -> None:
    with pytest.raises(scgapi.InvalidArgumentError, match="takes text, got NoneType"):
        literal_body(None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


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
