"""Time zones of numbers."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers.timezone import time_zones_for_number
from phonenumbers.tzdata import TIMEZONE_DATA

from scgapi.campaigns.recipients.phone_numbers import PhoneNumber, read_number
from scgapi.campaigns.recipients.time_zones import is_time_zone, time_zones_of, unknown_time_zone


def zones(text: str) -> tuple[str, ...]:
    number = read_number(text, None)
    assert isinstance(number, PhoneNumber)
    return time_zones_of(number)


def offsets(names: tuple[str, ...], moment: datetime) -> set[object]:
    return {moment.astimezone(ZoneInfo(name)).utcoffset() for name in names}


@given(st.sampled_from(sorted(phonenumbers.SUPPORTED_REGIONS)), st.integers(0, 9999), st.integers(0, 300))
def test_the_clocks_are_those_that_the_library_tells(region: str, last: int, day: int) -> None:
    base = phonenumbers.example_number(region)
    assert base is not None
    text = phonenumbers.format_number(base, phonenumbers.PhoneNumberFormat.E164)[:-4] + f"{last:04d}"
    number = phonenumbers.parse(text)
    if phonenumbers.is_valid_number(number):
        moment = datetime.fromtimestamp(datetime.now(UTC).timestamp() + 86400 * day, UTC)
        assert offsets(zones(text), moment) == offsets(tuple(time_zones_for_number(number)), moment)


def test_a_number_of_a_place_has_its_zone_and_others_all_of_the_country() -> None:
    assert zones("+12125550123") == ("America/New_York",)
    assert len(zones("+61412345678")) > 3
    assert {"America/Los_Angeles", "Pacific/Honolulu"} <= set(zones("+18005550123"))
    assert zones("+15552461234") == zones("+18005550123")


def test_zones_with_the_same_clock_are_one() -> None:
    assert len(zones("+18005550123")) < len(TIMEZONE_DATA["1"]) / 2
    assert len(zones("+447911123456")) == 1


def test_every_zone_of_the_library_exists() -> None:
    assert {name for names in TIMEZONE_DATA.values() for name in names} <= available_timezones()


@pytest.mark.parametrize(
    ("name", "meant"),
    [("europe/paris", "Europe/Paris"), ("Europe/Pari", "Europe/Paris"), ("new york", "America/New_York")],
)
def test_a_zone_that_does_not_exist_is_told_with_the_one_that_is_meant(name: str, meant: str) -> None:
    assert not is_time_zone(name)
    assert f"did you mean {meant!r}?" in unknown_time_zone(name)
