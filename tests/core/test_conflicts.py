"""Whether an update that met another version had been applied itself."""

from __future__ import annotations

import json
import time

import pytest

from scgapi._core.conflicts import conflict, reading_of, was_applied, worth_reading_back
from scgapi._core.request import Endpoints, build_request
from scgapi.errors import ConflictError, ScgError
from scgapi.models import contacts


@pytest.mark.parametrize(
    ("sent", "current", "applied"),
    [
        ({"a": 1, "version_number": 3}, {"a": 1, "version_number": 4}, True),
        ({"a": 1, "version_number": "3"}, {"a": 1, "b": 2, "version_number": "4"}, True),
        ({"version_number": 3}, {"version_number": 4}, True),
        ({"a": None, "version_number": 3}, {"version_number": 4}, True),
        ({"a": 1, "version_number": 3}, {"a": 2, "version_number": 4}, False),
        ({"a": 1, "version_number": 3}, {"a": 1, "version_number": 3}, False),
        ({"a": 1, "version_number": 3}, {"a": 1, "version_number": 5}, False),
        ({"a": 1}, {"a": 1, "version_number": 4}, False),
        ({"a": 1, "version_number": 3}, {}, False),
        ({"a": [{"x": 1}], "version_number": 3}, {"a": [{"x": 1, "y": 2}], "version_number": 4}, True),
        ({"a": [{"x": 1}], "version_number": 3}, {"a": [], "version_number": 4}, False),
        ({"a": "1970-01-01T00:00:01.500Z", "version_number": 3}, {"a": 1500, "version_number": 4}, True),
        ({"a": "1970-01-01T00:00:01", "version_number": 3}, {"a": 1000, "version_number": 4}, True),
        ({"a": "soon", "version_number": 3}, {"a": 1000, "version_number": 4}, False),
        ({"version_number": True}, {"version_number": 2}, False),
    ],
)
def test_the_next_version_with_all_that_was_sent_is_ours(
    sent: dict[str, object], current: dict[str, object], applied: bool
) -> None:
    request = build_request(Endpoints(), contacts.UPDATE, ["c"], content=json.dumps(sent).encode())
    assert was_applied(request, json.dumps(current).encode()) is applied


def test_nothing_is_concluded_from_what_cannot_be_read() -> None:
    request = build_request(Endpoints(), contacts.UPDATE, ["c"], content=b'{"version_number": 3}')
    assert not was_applied(request, b"<html>")
    assert not was_applied(build_request(Endpoints(), contacts.DELETE, ["c"]), b'{"version_number": 4}')


def test_a_conflict_tells_both_versions_as_far_as_they_are_known() -> None:
    request = build_request(Endpoints(), contacts.UPDATE, ["c"], content=b'{"version_number": 3}')
    found = conflict(request, b'{"version_number": 7}', ConflictError("stale", status=409))
    assert (found.version, found.current_version) == (3, 7)
    assert conflict(request, b"", ConflictError("stale", status=409)).current_version is None


def test_it_is_read_back_where_it_was_changed() -> None:
    request = build_request(Endpoints(), contacts.UPDATE, ["c"], content=b"{}")
    reading = reading_of(request)
    assert (reading.operation.method, reading.url, reading.content) == ("GET", request.url, None)


def test_an_update_is_read_back_if_it_is_in_doubt_or_stale() -> None:
    assert worth_reading_back(ScgError("", outcome="UNKNOWN"))
    assert worth_reading_back(ScgError("", outcome="ACCEPTED_UNPARSED"))
    assert worth_reading_back(ConflictError("", status=409, code="1001", outcome="REJECTED"))
    assert not worth_reading_back(ConflictError("", status=409, code="1011", outcome="REJECTED"))
    assert not worth_reading_back(ScgError("", outcome="NOT_SENT"))


@pytest.mark.parametrize(
    ("sent", "current", "applied"),
    [
        # Times that name their zone, and objects and lists met by what is neither.
        ({"a": "1970-01-01T01:00:01+01:00", "version_number": 3}, {"a": 1000, "version_number": 4}, True),
        ({"a": {"x": 1}, "version_number": 3}, {"a": "x", "version_number": 4}, False),
        ({"a": "x", "version_number": 3}, {"a": {"x": 1}, "version_number": 4}, False),
        ({"a": [1], "version_number": 3}, {"a": 1, "version_number": 4}, False),
        ({"a": 1, "version_number": 3}, {"a": [1], "version_number": 4}, False),
        # No version is longer than 19 digits, and none is anything but a number.
        ({"version_number": 10**18}, {"version_number": 10**18 + 1}, True),
        ({"version_number": 10**19 - 2}, {"version_number": 10**19 - 1}, True),
        ({"version_number": 10**19}, {"version_number": 10**19 + 1}, False),
        ({"version_number": 10**20}, {"version_number": 10**20 + 1}, False),
        ({"version_number": 3.0}, {"version_number": 4.0}, False),
        ({"version_number": [3]}, {"version_number": 4}, False),
    ],
)
def test_what_is_compared_is_of_one_kind(
    sent: dict[str, object], current: dict[str, object], applied: bool
) -> None:
    request = build_request(Endpoints(), contacts.UPDATE, ["c"], content=json.dumps(sent).encode())
    assert was_applied(request, json.dumps(current).encode()) is applied


def test_a_naive_time_is_in_utc_wherever_it_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        sent = b'{"a": "1970-01-01T00:00:01", "version_number": 3}'
        request = build_request(Endpoints(), contacts.UPDATE, ["c"], content=sent)
        assert was_applied(request, b'{"a": 1000, "version_number": 4}')
    finally:
        monkeypatch.undo()
        time.tzset()


def test_reading_back_has_a_name_of_its_own_and_may_be_repeated() -> None:
    operation = reading_of(build_request(Endpoints(), contacts.UPDATE, ["c"], content=b"{}")).operation
    assert operation.name == "contacts.update (reading back)"
    assert (operation.body, operation.repeatable) == (None, True)
