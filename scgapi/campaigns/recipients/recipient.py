"""What a list of recipients is read into: a recipient, or a line that is set aside with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

SetAsideState = Literal["INVALID", "DUPLICATE", "OPTED_OUT"]


@dataclass(frozen=True, slots=True)
class Recipient:
    """One line of a list, read and checked. Its repr shows neither the address nor the fields.

    Attributes:
        address: where the text goes: a number in E.164 form (`+15552461234`), or another address of the gateway
            such as `contact:ID`.
        fields: the values for the `{fields}` of the text, by column name.
        time_zones: IANA names; a text may be sent when all of them allow it. Empty if they are not known.
        line: where the recipient stood in the list; the first line is 1, a header counts.
    """

    address: str = field(repr=False)
    fields: Mapping[str, str] = field(repr=False)
    time_zones: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """A line of a list to which nothing is sent, and why. Its repr does not show the address.

    Attributes:
        address: what the line gives as address, normalised where that is possible; may be empty.
        line: where it stood in the list; the first line is 1, a header counts.
        state: INVALID (no address that can be sent to), DUPLICATE (an earlier line has it) or OPTED_OUT.
        reason: one line for people.
    """

    address: str = field(repr=False)
    line: int
    state: SetAsideState
    reason: str
