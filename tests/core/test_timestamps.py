"""Points in time as callers give them: a misreading is refused before anything is sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

import scgapi
from scgapi._core.loading import load, load_page
from scgapi._core.operation import Operation
from scgapi._core.schema import body_schema, check_query
from scgapi._core.timestamps import timestamp_problem
from scgapi.errors import InvalidArgumentError
from scgapi.models import (
    access_tokens,
    attachments,
    calls,
    contacts,
    event_service,
    keywords,
    message_requests,
    messages,
)
from scgapi.models.contacts import ContactData
from tests.core.strategies import Json, answer, quick

WEST, EAST = timezone(timedelta(hours=-5)), timezone(timedelta(hours=5))
NO_ZONE = [
    datetime(2030, 1, 1),
    "2030-01-01T12:00:00",
    "2030-01-01T12:00:00.000",
    " 2030-01-01T12:00 ",
    "2030-01-01 12:00:00",
    "2030-01-01t12",
    "20300101T120000",
    "2030-01-01",
    "2030-W01-1T12:00:00",
    "Tue, 01 Jan 2030 12:00:00",
    "1 January 2030 12:00",
]
SECONDS = [1, 1_700_000_000, 1_795_000_000, 999_999_999_999, "1700000000"]
OUT_OF_RANGE = [
    datetime.max.replace(tzinfo=WEST),
    datetime.min.replace(tzinfo=EAST),
    253_402_300_800_000,
    10**30,
    -(10**30),
    "9" * 400,
]
PROBLEMS = [
    *((value, "no time zone") for value in NO_ZONE),
    *((value, "looks like seconds, the API takes milliseconds") for value in SECONDS),
    *((value, "years 1 to 9999") for value in OUT_OF_RANGE),
]
GOOD = [
    datetime(2030, 1, 1, tzinfo=WEST),
    datetime.max.replace(tzinfo=UTC),
    "2030-01-01T12:00:00Z",
    "2030-01-01T12:00:00.000z",
    "2030-01-01T12:00:00+02:00",
    "2030-01-01 12:00-0530",
    "20300101T120000+02",
    "Tue, 01 Jan 2030 12:00:00 GMT",
    "Tuesday, 01 Jan 2030 12:00:00 PST",
    "Tue, 01 Jan 2030 12:00:00 +02:00",
    "1893499200000",
    1_893_499_200_000,
    "tomorrow",
]
BODIES: list[tuple[Operation, str, dict[str, object]]] = [
    (message_requests.CREATE, "scheduled_delivery_time", {"from_": "1", "to": ["+15551234567"]}),
    (message_requests.CREATE, "expiry_time", {"from_": "1", "to": ["+15551234567"]}),
    (message_requests.CREATE, "pause_expiry_time", {"from_": "1", "to": ["+15551234567"]}),
    (messages.CREATE, "scheduled_delivery_time", {"from_": "1", "to": "+15551234567"}),
    (messages.SET_STATE, "converted_date", {"state": "CONVERTED"}),
    (contacts.CREATE, "first_acquisition_date", {}),
    (contacts.UPDATE, "last_acquisition_date", {"version_number": 1}),
    (keywords.CREATE, "valid_from", {"value": "a", "actions": "OPTIN"}),
    (keywords.REPLACE, "valid_to", {"value": "a", "version_number": 1}),
    (attachments.CREATE_ACCESS_TOKEN, "expiry_time", {}),
    (access_tokens.CREATE, "expiry_time", {"resource": "ATTACHMENT", "resource_id": "a"}),
    (
        event_service.CREATE_SUBSCRIPTION,
        "start_date",
        {"delivery_configuration_id": "d", "end_date": None},
    ),
]
FILTERS = [
    (contacts.LIST, "created_date"),
    (messages.LIST, "sent_date"),
    (message_requests.LIST, "scheduled_delivery_time"),
    (keywords.LIST, "valid_from"),
    (calls.LIST, "start_time"),
]


@pytest.mark.parametrize(("value", "reason"), PROBLEMS)
def test_a_moment_that_would_be_misread_has_a_problem(value: datetime | str | int, reason: str) -> None:
    assert reason in (timestamp_problem(value) or "")


@pytest.mark.parametrize("value", GOOD)
def test_a_moment_with_one_meaning_has_none(value: datetime | str | int) -> None:
    assert timestamp_problem(value) is None


@quick
@given(st.datetimes(timezones=st.timezones()), st.booleans())
def test_what_isoformat_writes_is_judged_as_the_datetime(moment: datetime, aware: bool) -> None:
    moment = moment if aware else moment.replace(tzinfo=None)
    problem = timestamp_problem(moment.isoformat())
    assert (problem is None) is aware, (moment, problem)


@pytest.mark.parametrize(("operation", "field", "others"), BODIES)
@pytest.mark.parametrize(("value", "reason"), PROBLEMS)
def test_every_body_refuses_it(
    operation: Operation, field: str, others: dict[str, object], value: object, reason: str
) -> None:
    with pytest.raises(InvalidArgumentError, match=reason) as caught:
        body_schema(operation).encode(operation, {**others, field: value})
    assert caught.value.operation == operation.name
    assert "Nothing was sent" in str(caught.value)


@pytest.mark.parametrize(("operation", "field", "others"), BODIES)
@pytest.mark.parametrize("value", GOOD)
def test_every_body_takes_what_has_one_meaning(
    operation: Operation, field: str, others: dict[str, object], value: object
) -> None:
    assert body_schema(operation).encode(operation, {**others, field: value})


@pytest.mark.parametrize("value", [True, 1.5, 1.7e9, b"2030-01-01T12:00:00Z", [1]])
def test_a_moment_of_another_type_is_refused(value: object) -> None:
    with pytest.raises(InvalidArgumentError, match="aware datetime, text with a time zone, or epoch"):
        body_schema(contacts.CREATE).encode(contacts.CREATE, {"first_acquisition_date": value})


@pytest.mark.parametrize(("operation", "field"), FILTERS)
@pytest.mark.parametrize("value", [*NO_ZONE, *OUT_OF_RANGE, 1_893_499_200_000])
def test_every_filter_refuses_it(operation: Operation, field: str, value: object) -> None:
    for given_value in (value, (value, datetime(2030, 1, 1, tzinfo=UTC))):
        with pytest.raises(InvalidArgumentError, match=field):
            check_query(operation, {field: given_value})


@pytest.mark.parametrize(
    "value", [(), (datetime(2030, 1, 1, tzinfo=UTC),), [datetime(2030, 1, 1, tzinfo=UTC)] * 2]
)
def test_a_range_is_a_pair(value: object) -> None:
    with pytest.raises(InvalidArgumentError, match="a tuple of two datetimes"):
        check_query(contacts.LIST, {"created_date": value})


@pytest.mark.parametrize("value", [*SECONDS, 1.7e9, *NO_ZONE])
def test_an_object_refuses_it_when_it_is_made(value: object) -> None:
    with pytest.raises(scgapi.InvalidArgumentError, match="Contact: first_acquisition_date: it "):
        scgapi.Contact(first_acquisition_date=value)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def test_an_object_takes_milliseconds() -> None:
    made = scgapi.Contact(first_acquisition_date=1_893_499_200_000)
    assert made.first_acquisition_date == datetime(2030, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("broken", [{}, {"version_number": "broken"}])
def test_what_the_gateway_sends_is_read_whatever_its_year(broken: dict[str, Json]) -> None:
    row: Json = {
        "id": "c",
        "created_date": 86_400_000,
        "first_acquisition_date": "1999-12-31T00:00:00",
        **broken,
    }
    contact = load(ContactData, contacts.GET, answer(row))
    assert contact.created_date == datetime(1970, 1, 2, tzinfo=UTC)
    assert contact.first_acquisition_date == datetime(1999, 12, 31, tzinfo=UTC)
    page = load_page(ContactData, contacts.LIST, answer({"list": [row]}), offset=0, limit=1)
    assert page.items[0].created_date == contact.created_date
