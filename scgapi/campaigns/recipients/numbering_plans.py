"""Numbering plans of the phonenumbers library, in a form that most numbers are checked against quickly.

The library takes some 45 µs for parsing, checking and typing a number, most of it for cases that are rare in lists.
Here are only the cases without doubt; for all others the functions return None, and the library itself is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Literal, NamedTuple

from phonenumbers import (
    COUNTRY_CODE_TO_REGION_CODE,
    PhoneMetadata,
    PhoneNumberDesc,
    PhoneNumberType,
    is_number_type_geographical,
)

NumberKind = Literal["geographic", "other", "unknown"]
"""`geographic` numbers belong to a place, `other` ones are valid anywhere in their country, `unknown` ones are in no
range that the library knows: merely possible."""

Match = Callable[[str], object]

_MAX_CODE_DIGITS = 3


class _Range(NamedTuple):
    """Numbers of one kind: their pattern and lengths in digits."""

    fullmatch: Match
    lengths: frozenset[int]

    def holds(self, digits: str) -> bool:
        return len(digits) in self.lengths and self.fullmatch(digits) is not None


class _Region(NamedTuple):
    """How numbers are dialled and typed in one country."""

    code: str
    general: _Range
    national_prefix: Match | None
    prefix_end: Callable[[str], int]
    has_transform: bool
    international_prefix: Match | None
    leading_digits: Match | None
    may_be_anywhere: Match
    anywhere: tuple[_Range, ...]
    fixed: _Range | None
    mobile: _Range | None
    is_fixed_mobile: bool
    is_mobile_geographic: bool

    def kind(self, digits: str) -> NumberKind:
        """Return the kind of a national number, as the library's `number_type` tells it."""
        if not self.general.holds(digits):
            return "unknown"
        # One expression for all of them first: most numbers are in none.
        if self.may_be_anywhere(digits) is not None and any(one.holds(digits) for one in self.anywhere):
            return "other"
        if self.fixed is not None and self.fixed.holds(digits):
            return "geographic"
        if not self.is_fixed_mobile and self.mobile is not None and self.mobile.holds(digits):
            return "geographic" if self.is_mobile_geographic else "other"
        return "unknown"


def international(digits: str) -> tuple[str, str] | None:
    """Split what follows a plus into country code and national number; None if the library must decide."""
    if digits[:1] == "0":
        return None
    for length in range(1, _MAX_CODE_DIGITS + 1):
        code = digits[:length]
        if int(code) in COUNTRY_CODE_TO_REGION_CODE:
            national = digits[length:]
            return (code, national) if _is_plain(code, national) else None
    return None


def national(digits: str, region: str) -> tuple[str, str] | None:
    """Return country code and national number of digits dialled in a region; None if the library must decide."""
    plan = _region(region)
    if plan is None or (plan.international_prefix is not None and plan.international_prefix(digits)):
        return None
    if digits.startswith(plan.code):
        if len(digits) <= max(plan.general.lengths):
            return None
        # Too long for a national number: the country code was written without its plus.
        digits = digits[len(plan.code) :]
        return (plan.code, digits) if _is_plain(plan.code, digits) and not _has_prefix(plan, digits) else None
    if _has_prefix(plan, digits):
        rest = digits[plan.prefix_end(digits) :]
        if plan.has_transform or not plan.general.holds(rest):
            return None
        digits = rest
    return (plan.code, digits) if _is_plain(plan.code, digits) else None


def kind_of(code: str, digits: str) -> NumberKind:
    """Return the kind of a national number below a country code."""
    regions = _regions(code)
    if len(regions) == 1:
        return regions[0].kind(digits)
    for plan in regions:
        if plan.leading_digits is None:
            kind = plan.kind(digits)
            if kind != "unknown":
                return kind
        elif plan.leading_digits(digits):
            return plan.kind(digits)
    return "unknown"


def _is_plain(code: str, digits: str) -> bool:
    """Return True if digits are a complete number that no rule of the country would change."""
    regions = _regions(code)
    if not regions or digits[:1] in ("", "0"):
        return False
    main = regions[0]
    return len(digits) in main.general.lengths and not _has_prefix(main, digits)


def _has_prefix(plan: _Region, digits: str) -> bool:
    return plan.national_prefix is not None and plan.national_prefix(digits) is not None


@cache
def _region(name: str) -> _Region | None:
    return _read(PhoneMetadata.metadata_for_region(name, None))


@cache
def _regions(code: str) -> tuple[_Region, ...]:
    """Return the regions below a country code, the main one first."""
    names = COUNTRY_CODE_TO_REGION_CODE.get(int(code), ())
    plans = [_read(PhoneMetadata.metadata_for_region_or_calling_code(int(code), name)) for name in names]
    return tuple(plan for plan in plans if plan is not None)


def _read(metadata: PhoneMetadata | None) -> _Region | None:
    if metadata is None:
        return None
    general = _range(metadata.general_desc)
    if general is None or metadata.country_code is None:
        return None
    prefix = re.compile(metadata.national_prefix_for_parsing or "(?!)")
    anywhere = (
        metadata.premium_rate, metadata.toll_free, metadata.shared_cost, metadata.voip,
        metadata.personal_number, metadata.pager, metadata.uan, metadata.voicemail,
    )  # fmt: skip
    patterns = [f"(?:{one.national_number_pattern})" for one in anywhere if _range(one) and one]

    def prefix_end(digits: str) -> int:
        found = prefix.match(digits)
        return found.end() if found else 0

    return _Region(
        code=str(metadata.country_code),
        general=general,
        national_prefix=prefix.match if metadata.national_prefix_for_parsing else None,
        prefix_end=prefix_end,
        has_transform=bool(metadata.national_prefix_transform_rule),
        international_prefix=_start(metadata.international_prefix),
        leading_digits=_start(metadata.leading_digits),
        may_be_anywhere=re.compile("|".join(patterns) or "(?!)").fullmatch,
        anywhere=tuple(one for one in map(_range, anywhere) if one is not None),
        fixed=_range(metadata.fixed_line),
        mobile=_range(metadata.mobile),
        is_fixed_mobile=bool(metadata.same_mobile_and_fixed_line_pattern),
        is_mobile_geographic=is_number_type_geographical(PhoneNumberType.MOBILE, metadata.country_code),
    )


def _start(pattern: str | None) -> Match | None:
    return re.compile(pattern).match if pattern else None


def _range(desc: PhoneNumberDesc | None) -> _Range | None:
    if desc is None or not desc.national_number_pattern or not desc.possible_length:
        return None
    return _Range(re.compile(desc.national_number_pattern).fullmatch, frozenset(desc.possible_length))
