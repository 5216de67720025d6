"""Numbers are read as the library reads them, and what a spreadsheet did to them is undone or told."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from scgapi.campaigns.recipients import numbering_plans
from scgapi.campaigns.recipients.phone_numbers import PhoneNumber, ask_library, check_region, read_number
from scgapi.errors import InvalidArgumentError

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
TYPES = (
    PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE, PhoneNumberType.TOLL_FREE, PhoneNumberType.VOIP,
    PhoneNumberType.PREMIUM_RATE, PhoneNumberType.PERSONAL_NUMBER,
)  # fmt: skip
FORMATS = (
    PhoneNumberFormat.E164, PhoneNumberFormat.NATIONAL, PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.RFC3966,
)  # fmt: skip


def e164(text: str, region: str | None = "US") -> str:
    number = read_number(text, region)
    assert isinstance(number, PhoneNumber), number
    return number.e164


def refusal(text: str, region: str | None = "US") -> str:
    number = read_number(text, region)
    assert isinstance(number, str)
    return number


@st.composite
def written_numbers(draw: st.DrawFn) -> tuple[str, str]:
    """A number as somebody in a region may write it: near to a real one, in any form, or any digits at all."""
    region = draw(st.sampled_from(REGIONS))
    if draw(st.integers(0, 4)) == 0:
        return draw(st.from_regex(r"\+?[0-9]{3,16}", fullmatch=True)), region
    number = phonenumbers.example_number_for_type(
        draw(st.sampled_from(REGIONS)), draw(st.sampled_from(TYPES))
    )
    if draw(st.booleans()) or number is None:
        number = phonenumbers.example_number_for_type(region, draw(st.sampled_from(TYPES)))
    if number is None:
        return draw(st.from_regex(r"0?[0-9]{8,11}", fullmatch=True)), region
    text = phonenumbers.format_number(number, draw(st.sampled_from(FORMATS)))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from("0123456789 ()-/")) + text[at + draw(st.integers(0, 1)) :]
    return text.removeprefix(draw(st.sampled_from(["", "+"]))), region


@settings(max_examples=1500)
@given(written_numbers())
@example(("15552461234", "US"))
@example(("07911 123456", "GB"))
@example(("8 (916) 123-45-67", "RU"))
@example(("011 15 2345 6789", "AR"))
def test_a_number_is_read_as_the_library_reads_it(written: tuple[str, str]) -> None:
    text, region = written
    found, library = read_number(text, region), ask_library(text.removeprefix("tel:"), region)
    # Reasons may be told in other words, and a plus in the middle of a number is refused.
    assert found == library or (
        isinstance(found, str) and (isinstance(library, str) or "other characters" in found)
    )


@settings(max_examples=1500)
@given(st.from_regex(r"[1-9][0-9]{5,14}", fullmatch=True))
@example("15552461234")
@example("12125550123")
def test_the_shortcut_for_international_numbers_never_differs(digits: str) -> None:
    found = numbering_plans.international(digits)
    if found is not None:
        number = phonenumbers.parse(f"+{digits}")
        assert phonenumbers.format_number(number, PhoneNumberFormat.E164) == f"+{found[0]}{found[1]}"
        assert phonenumbers.is_possible_number(number)
        kind = phonenumbers.number_type(number)
        geographic = phonenumbers.is_number_type_geographical(kind, number.country_code or 0)
        told = "unknown" if kind == PhoneNumberType.UNKNOWN else "geographic" if geographic else "other"
        assert numbering_plans.kind_of(*found) == told
        assert (told != "unknown") == phonenumbers.is_valid_number(number)


def test_the_shortcuts_take_what_lists_are_made_of() -> None:
    for text, region in [
        ("2125550123", "US"),
        ("15552461234", "US"),
        ("07911123456", "GB"),
        ("0612345678", "FR"),
    ]:
        assert numbering_plans.national(text, region) is not None
    assert numbering_plans.international("15552461234") == ("1", "5552461234")


@settings(max_examples=500)
@given(written_numbers())
def test_reading_again_changes_nothing(written: tuple[str, str]) -> None:
    number = read_number(*written)
    if isinstance(number, PhoneNumber):
        assert read_number(number.e164, None) == number
        assert read_number(number.e164, "AR") == number


@given(st.text(max_size=30), st.sampled_from([None, "US", "GB"]))
def test_any_text_is_a_number_or_refused(text: str, region: str | None) -> None:
    number = read_number(text, region)
    assert isinstance(number, PhoneNumber | str)
    if isinstance(number, PhoneNumber):
        digits = "".join(str(int(char)) for char in text if char.isdecimal())
        # No digit is dropped, but for those that stand for the country or a trunk.
        assert digits.rstrip("0").endswith(number.e164[-4:].rstrip("0"))


@pytest.mark.parametrize(
    "text",
    [
        "+15552461234",
        "15552461234",
        "(555) 246-1234",
        "555.246.1234",
        "(+1) 555 246 1234",
        "'15552461234",
        '="15552461234"',
        "15552461234.0",
        "15552461234.00",
        "\u00a0+1\u00a0555\u00a0246\u00a01234\u00a0",
        "\u202a+1 555 246 1234\u202c",
        "+1 555\u2011246\u20111234",
        "\uff0b\uff11\uff15\uff15\uff15\uff12\uff14\uff16\uff11\uff12\uff13\uff14",
        "tel:+1-555-246-1234",
    ],
)
def test_one_number_is_known_in_every_form(text: str) -> None:
    assert e164(text) == "+15552461234"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \u00a0 ", "empty"),
        ("1.5552E+10", "rounded by a spreadsheet"),
        ("1,5552E+10", "rounded by a spreadsheet"),
        ("15552461234.5", "decimals"),
        ("246-1234", "area code"),
        ("55524612", "too short"),
        ("+1555246123412", "too long"),
        ("+999 555 246 1234", "country code"),
        ("+0 212 555 0123", "country code"),
        ("1-800-FLOWERS", "other characters"),
        ("+15552461234 x12", "other characters"),
        ("+15552461234,+15552461235", "other characters"),
        ("5552461234 or 5552461235", "other characters"),
        ("call 5552461234", "other characters"),
    ],
)
def test_what_may_be_another_number_is_refused_with_the_reason(text: str, reason: str) -> None:
    assert reason in refusal(text)


def test_a_number_without_a_country_needs_a_region() -> None:
    assert "region=" in refusal("5552461234", None)
    assert e164("+15552461234", None) == "+15552461234"


def test_a_number_in_no_range_is_possible_and_told_so() -> None:
    fictional, real = read_number("+15552461234", None), read_number("+12125550123", None)
    assert isinstance(fictional, PhoneNumber)
    assert isinstance(real, PhoneNumber)
    assert (fictional.kind, real.kind) == ("unknown", "geographic")


def test_a_repr_shows_no_number() -> None:
    assert "2461234" not in repr(read_number("+15552461234", None))


@pytest.mark.parametrize("region", ["UK", "XX", "usa", "", 1])
def test_a_region_that_does_not_exist_is_refused(region: str) -> None:
    with pytest.raises(InvalidArgumentError, match="is no country"):
        check_region(region)


def test_a_region_may_be_written_small() -> None:
    assert check_region("gb") == "GB"
