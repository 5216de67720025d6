"""Addresses that were seen are known again, and no others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scgapi.campaigns.planning.seen import SeenAddresses

ADDRESSES = st.from_regex(r"\+[1-9][0-9]{5,14}|contact:[a-z0-9]{3}", fullmatch=True) | st.sampled_from(
    ["+1000000", "+1000001", "voice:+1000000"]
)


@given(st.lists(ADDRESSES, max_size=50))
def test_each_address_is_known_by_its_first_line(addresses: list[str]) -> None:
    seen, expected = SeenAddresses(), dict[str, int]()
    for line, address in enumerate(addresses, 2):
        assert seen.first_line(address, line) == expected.get(address)
        expected.setdefault(address, line)


def test_many_addresses_stay_known() -> None:
    seen = SeenAddresses()
    numbers = [f"+1555{number * 7919 % 10_000_000:07d}" for number in range(20_000)]
    assert all(seen.first_line(number, line) is None for line, number in enumerate(numbers, 2))
    assert all(seen.first_line(number, 1) == line for line, number in enumerate(numbers, 2))
