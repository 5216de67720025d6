"""Addresses that a list has given so far, in little memory."""

from __future__ import annotations

from array import array

_FIRST_SLOTS = 1 << 12
"""Number of slots of a new table; it must be a power of 2."""

_MAX_LOAD = 0.6
"""Share of used slots above which the table doubles."""

_MULTIPLIER = 0x9E3779B97F4A7C15
"""Factor that spreads consecutive numbers over the table (Fibonacci hashing)."""

_MASK = (1 << 64) - 1
"""Mask of the lowest 64 bits."""


class SeenAddresses:
    """The line of each address: 12 bytes a slot for numbers, where a dict would take 200 bytes for each."""

    def __init__(self) -> None:
        self._bits = _FIRST_SLOTS.bit_length() - 1
        self._numbers = array("Q", bytes(8 * _FIRST_SLOTS))
        self._lines = array("I", bytes(4 * _FIRST_SLOTS))
        self._count = 0
        self._others: dict[str, int] = {}

    def first_line(self, address: str, line: int) -> int | None:
        """Return the line that gave this address before; None, and note this line, if there is none."""
        if address[:1] != "+":
            first = self._others.setdefault(address, line)
            return None if first == line else first
        number = int(address)
        numbers = self._numbers
        mask = len(numbers) - 1
        slot = (number * _MULTIPLIER & _MASK) >> (64 - self._bits)
        while found := numbers[slot]:
            if found == number:
                return self._lines[slot]
            slot = slot + 1 & mask
        numbers[slot] = number
        self._lines[slot] = line
        self._count += 1
        if self._count > _MAX_LOAD * len(numbers):
            self._grow()
        return None

    def _grow(self) -> None:
        old_numbers, old_lines = self._numbers, self._lines
        size = 2 * len(old_numbers)
        self._bits += 1
        numbers, lines = array("Q", bytes(8 * size)), array("I", bytes(4 * size))
        shift = 64 - self._bits
        for number, line in zip(old_numbers, old_lines, strict=True):
            if number:
                slot = (number * _MULTIPLIER & _MASK) >> shift
                while numbers[slot]:
                    slot = slot + 1 & size - 1
                numbers[slot] = number
                lines[slot] = line
        self._numbers, self._lines = numbers, lines
