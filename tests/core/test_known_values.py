"""Values of open enumerations that this version does not know: sent, with one warning."""

from __future__ import annotations

import logging
from typing import Literal, Required, TypedDict

import pytest

from scgapi._core.known_values import known_values, warn_of_unknown_values
from scgapi._core.operation import Operation
from scgapi._core.schema import check_query
from scgapi.models.contacts import ContactFields
from scgapi.models.messages import MessageFilters


class Fields(TypedDict, total=False):
    state: Required[Literal["ACTIVE", "INACTIVE"] | str]
    kinds: list[Literal["a", "b"] | str] | None
    number: Literal[1, 2]
    name: str


KNOWN = {"state": frozenset({"ACTIVE", "INACTIVE"}), "kinds": frozenset({"a", "b"})}


@pytest.fixture(autouse=True)
def _nothing_warned_of_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scgapi._core.known_values._warned", set[tuple[str, str, str]]())


def warnings_of(caplog: pytest.LogCaptureFixture, operation: str, fields: dict[str, object]) -> list[str]:
    caplog.clear()
    with caplog.at_level(logging.WARNING, logger="scgapi"):
        warn_of_unknown_values(operation, KNOWN, fields)
    return [record.getMessage() for record in caplog.records]


def test_known_values_are_read_from_the_types() -> None:
    assert known_values(Fields.__annotations__ | {"state": Literal["ACTIVE", "INACTIVE"] | str}) == {
        "state": KNOWN["state"]
    }
    assert known_values({"kinds": list[Literal["a", "b"] | str] | None, "number": Literal[1, 2]}) == {
        "kinds": KNOWN["kinds"]
    }


def test_a_near_miss_is_named_once(caplog: pytest.LogCaptureFixture) -> None:
    (warning,) = warnings_of(caplog, "near.list", {"state": "actve"})
    assert warning == "near.list: state='actve' is not a known value; did you mean 'ACTIVE'? Sent as it is."
    assert warnings_of(caplog, "near.list", {"state": "actve"}) == []


def test_known_values_and_other_fields_say_nothing(caplog: pytest.LogCaptureFixture) -> None:
    assert warnings_of(caplog, "quiet.list", {"state": "ACTIVE", "kinds": ["a"], "name": "x"}) == []
    assert warnings_of(caplog, "quiet.list", {"state": None, "kinds": [3]}) == []


def test_each_item_of_a_list_is_checked(caplog: pytest.LogCaptureFixture) -> None:
    (warning,) = warnings_of(caplog, "items.list", {"kinds": ["a", "zebra"]})
    assert warning == "items.list: kinds='zebra' is not a known value; known are a, b. Sent as it is."


def test_a_number_in_a_wrong_place_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    (warning,) = warnings_of(caplog, "masked.list", {"state": "+15552461234"})
    assert "5552461234" not in warning


def test_a_text_in_a_wrong_place_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    (warning,) = warnings_of(caplog, "text.list", {"state": "Dear Ann, hello"})
    assert (
        warning == "text.list: state=a text is not a known value; known are ACTIVE, INACTIVE. Sent as it is."
    )


def test_the_warnings_of_a_process_are_bounded(caplog: pytest.LogCaptureFixture) -> None:
    for number in range(1100):
        warnings_of(caplog, "bounded.list", {"state": f"x{number}"})
    assert warnings_of(caplog, "bounded.list", {"state": "one more"}) == []


def test_the_real_filters_and_fields_know_their_values() -> None:
    operation = Operation("messages.list", "GET", "/messages", query=MessageFilters)
    assert check_query(operation, {"state": ["DELIVERED", "BRAND_NEW"]}) == {
        "state": ["DELIVERED", "BRAND_NEW"]
    }
    assert "voice_preference" in ContactFields.__annotations__
