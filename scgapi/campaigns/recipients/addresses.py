"""Addresses of recipients: phone numbers, and the gateway's other kinds."""

from __future__ import annotations

import re
from typing import NamedTuple

from scgapi.campaigns.recipients.phone_numbers import PhoneNumber, read_number

_PREFIX = re.compile(r"([a-z_]{2,10}):(.*)", re.DOTALL)
_OF_NUMBERS = frozenset({"mdn", "voice", "wa"})
_OTHERS = frozenset({"contact", "we", "fb", "push", "psh"})
_MAX_CHARACTERS = 4096


class Address(NamedTuple):
    """An address that a text can be sent to, and the phone number in it if there is one."""

    text: str
    number: PhoneNumber | None

    def __repr__(self) -> str:
        return "<Address>"


def read_address(text: str, region: str | None) -> Address | str:
    """Return an address in its normal form, or the reason why the text is not an address.

    `mdn:` before a number is taken off; `voice:` and `wa:` stay before its E.164 form. `contact:ID` and the
    forms for WeChat, Facebook and push are taken as they are. A group is refused: it is many recipients.
    """
    found = _PREFIX.fullmatch(text.strip()) if ":" in text else None
    if found is None or found[1] == "tel":
        number = read_number(text, region)
        return number if isinstance(number, str) else Address(number.e164, number)
    kind, rest = found[1], found[2].strip()
    if kind == "group":
        return "a group, which is many recipients: read it by Recipients.group()"
    if kind in _OF_NUMBERS:
        number = read_number(rest, region)
        if isinstance(number, str):
            return number
        return Address(number.e164 if kind == "mdn" else f"{kind}:{number.e164}", number)
    if kind not in _OTHERS:
        return "an address of no kind that the gateway sends to"
    if not rest or not rest.isprintable() or len(rest) > _MAX_CHARACTERS:
        return "an address that is empty or cannot be printed"
    return Address(f"{kind}:{rest}", None)
