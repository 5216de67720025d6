"""Recognise a stale update that had been applied itself."""

from __future__ import annotations

import json
import time

import pytest

from scgapi._core.conflicts import add_versions, build_read_back, needs_read_back, was_applied
from scgapi._core.request import Endpoints, build_request
from scgapi.errors import ConflictError, ScgError
from scgapi.models import contacts, sender_ids


@pytest.mark.parametrize(
    ("sent", "current", "applied"),
    [
        ({"a": 1, "version_number": 3}, {"a": 1, "version_number": 4}, True),
        ({"a": 1, "version_number": "3"}, {"a": 1, "b": 2, "version_number": "4"}, True),
        ({"version_number": 3}, {"version_number": 4}, False),
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
        ({"a": 1, "version_number": True}, {"a": 1, "version_number": 2}, False),
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
    found = add_versions(request, b'{"version_number": 7}', ConflictError("stale", status=409))
    assert (found.version, found.current_version) == (3, 7)
    assert add_versions(request, b"", ConflictError("stale", status=409)).current_version is None


def test_it_is_read_back_where_it_was_changed() -> None:
    request = build_request(Endpoints(), contacts.UPDATE, ["c"], content=b"{}")
    reading = build_read_back(request)
    assert (reading.operation.method, reading.url, reading.content) == ("GET", request.url, None)


def test_an_update_is_read_back_if_it_is_in_doubt_or_stale() -> None:
    assert needs_read_back(ScgError("", outcome="UNKNOWN"))
    assert needs_read_back(ScgError("", outcome="ACCEPTED_UNPARSED"))
    assert needs_read_back(ConflictError("", status=409, code="1001", outcome="REJECTED"))
    assert not needs_read_back(ConflictError("", status=409, code="1011", outcome="REJECTED"))
    assert not needs_read_back(ScgError("", outcome="NOT_SENT"))


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
        ({"a": 1, "version_number": 10**18}, {"a": 1, "version_number": 10**18 + 1}, True),
        ({"a": 1, "version_number": 10**19 - 2}, {"a": 1, "version_number": 10**19 - 1}, True),
        ({"a": 1, "version_number": 10**19}, {"a": 1, "version_number": 10**19 + 1}, False),
        ({"a": 1, "version_number": 10**20}, {"a": 1, "version_number": 10**20 + 1}, False),
        ({"a": 1, "version_number": 3.0}, {"a": 1, "version_number": 4.0}, False),
        ({"a": 1, "version_number": [3]}, {"a": 1, "version_number": 4}, False),
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
    operation = build_read_back(build_request(Endpoints(), contacts.UPDATE, ["c"], content=b"{}")).operation
    assert operation.name == "contacts.update (reading back)"
    assert (operation.body, operation.repeatable) == (None, True)


@pytest.mark.parametrize(
    ("sent", "current", "applied"),
    [
        ({"state": "ACTIVE", "verification_code": "1"}, {"state": "ACTIVE"}, True),
        ({"state": "ACTIVE", "verification_code": "1"}, {"state": "ACTIVE", "verification_code": None}, True),
        ({"state": "ACTIVE", "verification_code": "1"}, {"state": "ACTIVE", "verification_code": "2"}, False),
        ({"state": "ACTIVE", "verification_code": "1"}, {"state": "INACTIVE"}, False),
        ({"name": "x", "verification_code": "1"}, {}, False),
        ({"verification_code": "1"}, {"state": "ACTIVE"}, False),
        ({"verification_code": None}, {}, False),
        ({}, {"state": "ACTIVE"}, False),
    ],
)
def test_only_what_can_be_read_back_is_compared(
    sent: dict[str, object], current: dict[str, object], applied: bool
) -> None:
    content = json.dumps({**sent, "version_number": 3}).encode()
    request = build_request(Endpoints(), sender_ids.ACTIVATE, ["s"], content=content)
    assert was_applied(request, json.dumps({**current, "version_number": 4}).encode()) is applied


@pytest.mark.parametrize(
    ("sent", "found", "same"),
    [
        ("5", 5, True),
        ("5", 6, False),
        (1, True, False),
        (True, 1, False),
        (True, True, True),
        ("1", True, False),
    ],
)
def test_a_number_may_come_as_a_number_that_went_as_a_text(sent: str | int, found: int, same: bool) -> None:
    content = json.dumps({"price": sent, "version_number": 3}).encode()
    request = build_request(Endpoints(), sender_ids.ACTIVATE, ["s"], content=content)
    assert was_applied(request, json.dumps({"price": found, "version_number": 4}).encode()) is same
