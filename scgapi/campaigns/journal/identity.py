"""The `external_id` of a send, derived from the campaign and its recipients."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

_PREFIX = "sc"
"""Begins with letters, so that no gateway takes the id for a number."""

_HASH_BYTES = 13
"""Length of the hash, which is written as 26 characters: a campaign of a billion recipients has no two alike."""


def external_id(campaign: str, addresses: Iterable[str], again: int = 0) -> str:
    """Return the id that a send is made and looked up under: 28 characters.

    It depends on the campaign and the recipients alone, so that it can be derived anew if the journal is lost, and it
    holds small letters and digits alone, so that a filter can express it.

    Args:
        campaign: the campaign's name.
        addresses: the recipients of the request.
        again: how often the gateway has taken a request of theirs whose text failed: each has an id of its own, or a
            look-up would take the failed one for its successor.
    """
    content = "\0".join((campaign, *addresses, *(("again", str(again)) if again else ()))).encode()
    return _PREFIX + blake2b(content, digest_size=_HASH_BYTES).hexdigest()


def is_external_id(text: str) -> bool:
    """Return True if a text has the form of the ids that campaigns send under."""
    return len(text) == len(_PREFIX) + 2 * _HASH_BYTES and text.startswith(_PREFIX)
