"""Texts with fields carry out nothing that is in them or in the data."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scgapi.campaigns.text.fields import Text, check_fields
from scgapi.errors import InvalidArgumentError, PlanRefusedError

NAMES = st.text(st.characters(exclude_characters="{}", exclude_categories=["Cs"]), min_size=1, max_size=12).map(
    lambda name: unicodedata.normalize("NFC", name).strip()
).filter(bool)  # fmt: skip
VALUES = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    ["{name}", "{0.__class__}", "{{", "}}", "{", "%s", "$name", '#parse("x")', "{name!r:>10}"]
)


@given(st.lists(st.tuples(VALUES, NAMES, VALUES)), VALUES)
def test_each_value_stands_where_its_field_stood(parts: list[tuple[str, str, str]], last: str) -> None:
    fields = {name: value for _, name, value in parts}
    body = "".join(f"{escaped(before)}{{{name}}}" for before, name, _ in parts) + escaped(last)
    expected = "".join(before + fields[name] for before, name, _ in parts) + last
    text = Text(body)
    assert text.render(fields) == (expected if not parts else unicodedata.normalize("NFC", expected))
    assert set(text.fields) == set(fields)


@given(VALUES)
def test_what_a_value_holds_is_not_expanded_again(value: str) -> None:
    assert Text("<{a}>").render({"a": value, "name": "SECRET"}) == unicodedata.normalize("NFC", f"<{value}>")


def test_an_accent_of_its_own_is_composed() -> None:
    assert Text("Caf{a}").render({"a": "e\u0301"}) == "Caf\u00e9"


def escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


@pytest.mark.parametrize("body", ["{a.b}", "{a[0]}", "{a!r}", "{a:>9}", "{0}", "{a.__class__.__mro__}"])
def test_a_field_is_a_name_and_nothing_else(body: str) -> None:
    with pytest.raises(PlanRefusedError, match="has no field"):
        check_fields([Text(body)], ("a",), "guests.csv")
    # A column of just this name is a column like any other.
    assert Text(body).render({body[1:-1]: "x"}) == "x"


@pytest.mark.parametrize(
    ("body", "at"),
    [("Hi {name", 4), ("Hi }", 4), ("{}", 1), ("{ }", 1), ("{a{b}}", 1), ("{{{", 3), ("}}}", 3)],
)
def test_a_brace_without_its_partner_is_refused(body: str, at: int) -> None:
    with pytest.raises(InvalidArgumentError, match=f"body: the brace at character {at} "):
        Text(body)


@pytest.mark.parametrize(
    ("field", "meant"),
    [("frist_name", "first_name"), ("First Name", "first_name"), ("FIRST_NAME", "first_name")],
)
def test_a_misspelt_field_is_told_with_the_one_that_is_meant(field: str, meant: str) -> None:
    with pytest.raises(PlanRefusedError) as caught:
        check_fields([Text(f"Hi {{{field}}}")], ("first_name", "guests"), "guests.csv")
    assert f"body: guests.csv has no field {field!r}; did you mean {meant!r}?" in str(caught.value)
    assert "Nothing was sent" in str(caught.value)


def test_syntax_of_format_is_told_to_be_none() -> None:
    with pytest.raises(PlanRefusedError, match=r"no attribute, index, conversion or format; write \{price\}"):
        check_fields([Text("{price:.2f} and more")], ("price",), "guests.csv")


def test_the_repr_shows_no_text() -> None:
    assert "secret" not in repr(Text("secret {a}"))
