"""The fields that an update takes and that no answer shows."""

from __future__ import annotations

from scgapi._core.conflicts import VERSION, WRITE_ONLY_FIELDS
from scgapi._core.operation import Operation
from scgapi._core.schema import body_schema
from tests.conformance.client import operations
from tests.conformance.contract import shape, snapshot


def test_what_cannot_be_read_back_is_known() -> None:
    unseen: set[str] = set()
    for operation in operations().values():
        if operation.versioned:
            unseen |= body_schema(operation).names.keys() - shown_by_a_read(operation)
    assert VERSION not in unseen
    assert unseen == WRITE_ONLY_FIELDS


def shown_by_a_read(operation: Operation) -> set[str]:
    """Return the fields in the answer to a GET of the same path; all of the body's where none is published."""
    said = snapshot().wire.get(shape("GET", operation.path))
    return {*body_schema(operation).names} if said is None or said.answer is None else {*said.answer}
