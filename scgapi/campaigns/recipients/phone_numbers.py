"""Phone numbers as people and spreadsheets write them, brought to E.164 form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

try:
    import phonenumbers
except ImportError as _error:
    raise ImportError(
        'campaigns need phonenumbers: pip install "scgapi[campaign]"', name="phonenumbers"
    ) from _error
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

from scgapi.campaigns.recipients import numbering_plans
from scgapi.errors import InvalidArgumentError

if TYPE_CHECKING:
    from scgapi.campaigns.recipients.numbering_plans import NumberKind


class PhoneNumber(NamedTuple):
    """A number that a text can be sent to.

    Attributes:
        e164: the number in E.164 form.
        code: its country code, without a plus.
        kind: `"unknown"` if the number is possible by its length, and in no range that is known to be in use.
    """

    e164: str
    code: str
    kind: NumberKind

    def __repr__(self) -> str:
        return f"<PhoneNumber of country {self.code}, {self.kind}>"


_INVISIBLE = re.compile("[\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_FORMULA = re.compile(r'="(.*)"')
_EXPONENT = re.compile(r"[+-]?\d+(?:[.,]\d+)?[Ee][+-]?\d+")
_DECIMAL = re.compile(r"\+?\d{7,}[.,]\d{1,2}")
_WHOLE = re.compile(r"(\+?\d{7,})\.0+")
_ALLOWED = re.compile(r"[+\uff0b]?[\d(\[][\d().\[\]/~\u2010-\u2015\u2212\uff0d\u30fc\uff08\uff09\uff0e-]*")
# Needs no cleaning: neither a decimal point nor anything that a spreadsheet adds.
_PLAIN = re.compile(r"\+?[0-9(][0-9() -]*")
_SEPARATORS = str.maketrans("", "", "-() .")
_PLUS = ("+", "\uff0b")
_MAX_SHOWN_CHARACTERS = 20

_REASONS = {
    ValidationResult.TOO_SHORT: "too short for a number of its country",
    ValidationResult.TOO_LONG: "too long for a number of its country",
    ValidationResult.INVALID_LENGTH: "of a length that no number of its country has",
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "a local number without its area code",
    ValidationResult.INVALID_COUNTRY_CODE: "without a country code that exists",
}


def check_region(region: str | None) -> str | None:
    """Return a region as the library knows it: an ISO 3166 code in capitals, or None.

    Raises:
        InvalidArgumentError: no country has this code.
    """
    if region is None:
        return None
    if not isinstance(region, str) or region.upper() not in phonenumbers.SUPPORTED_REGIONS:
        hint = "; the United Kingdom is 'GB'" if str(region).upper() == "UK" else ""
        raise InvalidArgumentError(
            f"region {region!r} is no country: write its ISO 3166 code of two letters, such as 'US'{hint}",
            field="region",
        )
    return region.upper()


def read_number(text: str, region: str | None) -> PhoneNumber | str:
    """Return a phone number, or the reason why the text is not one or does not say for certain which one.

    Blanks and characters that are not seen are skipped, and so are the traces that spreadsheets leave: an apostrophe
    before the number, `="…"` around it, `.0` behind it. A number that a spreadsheet has rounded (`1.5552E+10`) is
    refused, for its digits are lost.

    Args:
        text: the number as it stands in a list.
        region: the country of numbers without a country code, such as `"US"`; None if all must have one.
    """
    if _PLAIN.fullmatch(text) is None:
        cleaned = _cleaned(text)
        if isinstance(cleaned, tuple):
            return cleaned[0]
        text = cleaned
    digits = text.translate(_SEPARATORS)
    if digits.isascii():
        found: tuple[str, str] | None = None
        if digits[:1] == "+":
            found = numbering_plans.international(digits[1:]) if digits[1:].isdigit() else None
        elif region is not None and digits.isdigit():
            found = numbering_plans.national(digits, region)
        if found is not None:
            code, national = found
            return PhoneNumber(f"+{code}{national}", code, numbering_plans.kind_of(code, national))
    return ask_library(text, region)


def ask_library(text: str, region: str | None) -> PhoneNumber | str:
    """Return a number as the library reads it, or the reason why it refuses the text."""
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException as error:
        if error.error_type == NumberParseException.INVALID_COUNTRY_CODE:
            if text[:1] in _PLUS:
                return _REASONS[ValidationResult.INVALID_COUNTRY_CODE]
            return "without a country code: write it with +, or give the list's region="
        return "no phone number"
    result = phonenumbers.is_possible_number_with_reason(number)
    if result != ValidationResult.IS_POSSIBLE:
        return _REASONS.get(result, "no possible phone number")
    if number.extension:
        return "a number with an extension, which cannot be texted"
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    code = str(number.country_code)
    digits = "".join(str(int(digit)) for digit in text if digit.isdecimal())
    if text[:1] in _PLUS and not digits.startswith(code):
        # The library takes the plus off a country code that does not exist, and guesses.
        return _REASONS[ValidationResult.INVALID_COUNTRY_CODE]
    if text != e164 and ask_library(e164, None) != PhoneNumber(e164, code, _kind(number)):
        return "a number that can be read in two ways: write it with + and the country code"
    return PhoneNumber(e164, code, _kind(number))


def _kind(number: phonenumbers.PhoneNumber) -> NumberKind:
    kind = phonenumbers.number_type(number)
    if kind == phonenumbers.PhoneNumberType.UNKNOWN:
        return "unknown"
    is_geographic = phonenumbers.is_number_type_geographical(kind, number.country_code or 0)
    return "geographic" if is_geographic else "other"


def _cleaned(text: str) -> str | tuple[str]:
    """Return the text without blanks and separators, or, as a tuple, the reason why it is not a number."""
    text = _INVISIBLE.sub("", text)
    formula = _FORMULA.fullmatch(text)
    text = (formula[1] if formula else text).removeprefix("'").removeprefix("tel:")
    if text[:2] in ("(+", "[+"):
        text = text[1:]
    if not text:
        return ("empty",)
    if _EXPONENT.fullmatch(text):
        return (
            f"rounded by a spreadsheet ({text[:_MAX_SHOWN_CHARACTERS]}): make the column text and export it anew",
        )
    whole = _WHOLE.fullmatch(text)
    if whole:
        return whole[1]
    if _DECIMAL.fullmatch(text):
        return ("a number with decimals",)
    if _ALLOWED.fullmatch(text) is None:
        return ("no phone number: it holds other characters than digits and separators",)
    return text
