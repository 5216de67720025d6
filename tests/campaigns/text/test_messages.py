"""Texts of campaigns reach recipients as they are meant to be read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import scgapi
from scgapi.campaigns.text.messages import Message
from scgapi.errors import InvalidArgumentError

WELCOME = scgapi.MessageTemplate(name="welcome", pattern="Hello ${name}, table $table!")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
    | st.sampled_from(["$table", '#parse("welcome")', "${x}"])
)
def test_data_arrives_as_they_are(scg: scgapi.Client, value: str) -> None:
    message = Message("Hi {name} $5 #1")
    fields = {"name": value}
    body = message.request_body(fields)
    assert body is not None
    request = scg.message_requests.create(from_="155528999", to=["+15552461234"], body=body)
    (sent,) = scg.message_requests.list_messages(request)
    assert sent.body == message.shown_text(fields)


def test_a_template_is_filled_by_the_fields_of_its_names(scg: scgapi.Client) -> None:
    template_id = scg.message_templates.create(name="welcome", pattern=WELCOME.pattern)
    message = Message(template=scg.message_templates.get(template_id), variables={"name": "{First Name}"})
    assert message.fields == ("table", "First Name") or message.fields == ("First Name", "table")
    fields = {"First Name": "$table", "table": "7"}
    body = message.request_body(fields)
    assert body is not None
    request = scg.message_requests.create(from_="155528999", to=["+15552461234"], body=body)
    (sent,) = scg.message_requests.list_messages(request)
    assert sent.body == message.shown_text(fields) == "Hello $table, table 7!"


@pytest.mark.parametrize(
    "pattern", ["#if($a)x#end", "${a|'none'}", "${a.b}", "$a.length()", "$a[0]", "$a \\$b", None]
)
def test_a_text_that_only_the_gateway_can_make_is_not_guessed(pattern: str | None) -> None:
    message = Message(
        template=scgapi.MessageTemplate(name="t", pattern=pattern),
        variables={} if pattern is None else {"a": "{a}"},
    )
    assert message.shown_text({"a": "x"}) is None
    assert Message(template="t", variables={"a": "{a}"}).shown_text({"a": "x"}) is None


def test_a_template_with_other_variables_is_refused_at_once() -> None:
    with pytest.raises(InvalidArgumentError, match="did you mean 'name'"):
        Message(template=WELCOME, variables={"nmae": "{name}"})


def test_attachments_may_be_fields_and_empty_ones_are_left_out() -> None:
    message = Message(attachments=["fixed", "{picture}"])
    assert message.is_mms
    assert message.request_body({"picture": ""}) is None
    assert message.attachments({"picture": ""}) == ["fixed"]
    assert message.attachments({"picture": "a"}) == ["fixed", "a"]


def test_a_message_of_nothing_is_refused() -> None:
    makes: list[Callable[[], Message]] = [
        Message,
        lambda: Message(" "),
        lambda: Message("x", template="t"),
        lambda: Message("x", variables={"a": "b"}),
        lambda: Message("x", attachments="id"),
    ]
    for make in makes:
        with pytest.raises(InvalidArgumentError):
            make()


def test_another_text_has_other_settings() -> None:
    messages = [
        Message("a"), Message("b"), Message("a", attachments=["x"]), Message(template="a"),
        Message(template=WELCOME), Message(template=WELCOME, variables={"name": "{x}"}),
    ]  # fmt: skip
    assert len({tuple(sorted(message.settings.items())) for message in messages}) == len(messages)


def test_the_repr_shows_no_text() -> None:
    assert "secret" not in repr(Message("secret {a}"))
