"""Shared Hypothesis strategies: JSON values, headers and responses as a gateway may send them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TypeAlias

from hypothesis import settings
from hypothesis import strategies as st

from scgapi._core.response import Response

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

NOW = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)

# No deadline: the first example of a test builds schemas, which takes longer than all others.
quick = settings(max_examples=60, deadline=None)

# What a header may hold: a transport refuses control characters before anybody sees them.
header_values = st.text(st.characters(exclude_categories=["Cc", "Cs"]))

scalars: st.SearchStrategy[Json] = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.sampled_from(["", "0", "2024-05-01T12:00:00", "2024-05-01", '{"a": 1}', "[]", '[{"city": 1}]', "{"])
)


def json_values(keys: st.SearchStrategy[str]) -> st.SearchStrategy[Json]:
    """Any JSON value, its objects with keys of this kind."""
    return st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
        max_leaves=8,
    )


def answer(content: bytes | Json = b"", status: int = 200, **headers: str) -> Response:
    """A response with these bytes, or with this value as JSON."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return Response(status, {name.replace("_", "-"): value for name, value in headers.items()}, body)
