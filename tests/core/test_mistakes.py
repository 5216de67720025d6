"""Refused keywords: which one, where in it, what it must be, and what was given; never the value."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

import scgapi
from scgapi import models
from scgapi._core.ids import collect_ids
from scgapi._core.operation import Operation
from scgapi._core.schema import Schema, body_schema, get_schema
from scgapi.errors import InvalidArgumentError, NotCreatedError
from scgapi.models import (
    application_instances,
    attachments,
    calls,
    contact_address_statuses,
    contact_groups,
    contacts,
    message_requests,
    messages,
    sender_ids,
)

NUMBER = "+15551234567"
SEND: dict[str, object] = {"from_": "1", "to": [NUMBER]}


def operations() -> Iterator[Operation]:
    for found in pkgutil.iter_modules(models.__path__):
        module = importlib.import_module(f"scgapi.models.{found.name}")
        yield from (value for value in vars(module).values() if isinstance(value, Operation))


def schemas() -> Iterator[tuple[Operation, Schema]]:
    for operation in operations():
        for fields in (operation.body, operation.query):
            if fields is not None:
                yield operation, get_schema(fields)


def refused(operation: Operation, fields: dict[str, object], of: Schema | None = None) -> str:
    with pytest.raises(InvalidArgumentError) as caught:
        (of or body_schema(operation)).check(operation, fields)
    text = str(caught.value)
    assert (caught.value.operation, text[: len(operation.name)]) == (operation.name, operation.name)
    assert text.endswith(" Nothing was sent.")
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    return text


WRONG: list[tuple[Operation, dict[str, object], str]] = [
        (message_requests.CREATE, SEND | {"to": NUMBER}, 'to must be a list, got ***67, a str: write to=["+1…"]'),
        (message_requests.CREATE, SEND | {"to": "contact:c"}, 'to must be a list, got a str: write to=["…"]'),
        (message_requests.CREATE, SEND | {"to": 15551234567}, "to must be a list, got ***67, an int: write to=[…]"),
        (message_requests.CREATE, SEND | {"to": b"x"}, "to must be a list, got a bytes: write to=[…]"),
        (message_requests.CREATE, SEND | {"to": {"a": 1}}, "to must be a list, got a dict: write to=[…]"),
        (message_requests.CREATE, SEND | {"to": {NUMBER}}, "to must be a list, got a set"),
        (message_requests.CREATE, SEND | {"to": None}, "to must be a list, got None: write to=[…]"),
        (
            message_requests.CREATE,
            SEND | {"to": scgapi.Contact(first_name="hunter2")},
            "to must be a list, got a Contact: write to=[…]",
        ),
        (
            message_requests.CREATE,
            SEND | {"to": [NUMBER] * 37 + [15551234567] + [NUMBER] * 262},
            "to[37] must be a str, got ***67, an int",
        ),
        (message_requests.CREATE, SEND | {"to": [["hunter2"]]}, "to[0] must be a str, got a list"),
        (message_requests.CREATE, SEND | {"media_urls": ["a", None]}, "media_urls[1] must be a str, got None"),
        (message_requests.CREATE, SEND | {"body": ["hunter2"]}, "body must be a str, got a list"),
        (message_requests.CREATE, SEND | {"price_threshold": "hunter2"},
         "price_threshold must be an int or a float, got a str"),
        (message_requests.CREATE, SEND | {"message_type": 5}, "message_type must be a str, got an int"),
        (message_requests.CREATE, SEND | {"test_message_flag": "yes"}, "test_message_flag must be a bool, got a str"),
        (message_requests.CREATE, SEND | {"options": 5}, "options must be a dict, got an int"),
        (contacts.CREATE, {"address_list": [{"priority": "hunter2"}]},
         "address_list[0].priority must be an int, got a str"),
        (contacts.CREATE, {"address_list": [{}, "hunter2"]},
         "address_list[1] must be an Address or a dict, got a str"),
        (contacts.CREATE, {"extended_attributes": object()},
         "extended_attributes must be a value that JSON can hold, got an object"),
        (contacts.UPDATE, {"version_number": True}, "version_number must be an int, got a bool"),
]  # fmt: skip


@pytest.mark.parametrize(("operation", "fields", "text"), WRONG, ids=range(20))
def test_a_wrong_type_is_named_with_its_place(
    operation: Operation, fields: dict[str, object], text: str
) -> None:
    assert refused(operation, fields) == f"{operation.name}: {text}. Nothing was sent."


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"state": 5}, "state must be a str or a list, got an int: write state=[…]"),
        ({"state": ["SENT", 5]}, "state[1] must be a str, got an int"),
        ({"limit": "5"}, "limit must be an int, got a str"),
        ({"extra_filters": {"a": 1}}, "extra_filters.a must be a str, got an int"),
        ({"list_parameters": {"limt": 1}}, "list_parameters.limt is not known"),
    ],
)
def test_a_wrong_filter_is_named_like_any_other_keyword(fields: dict[str, object], text: str) -> None:
    assert messages.LIST.query is not None
    found = refused(messages.LIST, fields, get_schema(messages.LIST.query))
    assert found == f"messages.list: {text}. Nothing was sent."


def test_every_list_takes_no_text() -> None:
    seen = 0
    for operation, of in schemas():
        for name in of.api_names:
            error = of_text(operation, of, name)
            if error is not None and " must be a list" in error:
                assert f": {name} must be a list, got ***67, a str: write {name}=" in error
                seen += 1
    assert seen > 30


def of_text(operation: Operation, of: Schema, name: str, value: object = NUMBER) -> str | None:
    """What is told of a value in place of a keyword; None if it is taken."""
    try:
        of.check(operation, {**required(of), name: value})
    except InvalidArgumentError as error:
        return str(error)
    return None


def required(of: Schema) -> dict[str, object]:
    fields: dict[str, object] = {"from": "1", "to": [NUMBER], "version_number": 1, "addresses": [NUMBER]}
    return {name: value for name, value in fields.items() if name in of.names}


def test_every_moment_needs_a_time_zone() -> None:
    naive = datetime(2024, 5, 1)
    seen = 0
    for operation, of in schemas():
        for name in of.api_names:
            error = of_text(operation, of, name, naive)
            if error is not None and " must be " not in error and " needs the keyword" not in error:
                assert error.startswith(f"{operation.name}: {name}")
                assert " time zone: pass an aware datetime such as datetime.now(UTC)" in error
                seen += 1
    assert seen > 50


@pytest.mark.parametrize(
    ("given", "shown"),
    [("OPTOUT", "'OPTOUT'"), ("+15551234567", "***67, a str"), ("not a word", "a str"), (7, "an int")],
)
def test_a_value_that_is_not_one_of_the_known_ones_is_told_with_them(given: object, shown: str) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        body_schema(message_requests.CREATE).check(
            message_requests.CREATE, {"from_": "1", "to": [NUMBER], "consent_requirement": given}
        )
    assert str(caught.value) == (
        f"message_requests.create: consent_requirement must be 'NONE', 'OPT_IN' or 'OPT_OUT', got {shown}. "
        "Nothing was sent."
    )


def test_a_moment_of_an_object_needs_a_time_zone_too() -> None:
    naive = datetime(2024, 5, 1)
    contact = scgapi.Contact()
    calls_: tuple[Callable[[], object], ...] = (
        lambda: scgapi.Contact(first_acquisition_date=naive),
        lambda: setattr(contact, "first_acquisition_date", naive),
    )
    for call in calls_:
        with pytest.raises(
            InvalidArgumentError, match=r"Contact: first_acquisition_date.*datetime\.now\(UTC\)"
        ):
            call()


@pytest.mark.parametrize(
    ("operation", "fields", "missing"),
    [
        (message_requests.CREATE, {}, "keywords from_ and to"),
        (message_requests.CREATE, {"to": [NUMBER]}, "keyword from_"),
        (message_requests.CREATE, {"from": "1", "body": 5}, "keyword to"),
        (contacts.UPDATE, {"first_name": "a"}, "keyword version_number"),
        (contact_address_statuses.OPT_OUT, {}, "keyword addresses"),
    ],
)
def test_all_that_is_missing_is_listed_as_python_spells_it(
    operation: Operation, fields: dict[str, object], missing: str
) -> None:
    assert refused(operation, fields) == f"{operation.name} needs the {missing}. Nothing was sent."


@pytest.mark.parametrize(
    ("operation", "name", "meant"),
    [
        (message_requests.CREATE, "sender", "from_"),
        (message_requests.CREATE, "from_number", "from_"),
        (message_requests.CREATE, "recipient", "to"),
        (message_requests.CREATE, "recipients", "to"),
        (message_requests.CREATE, "to_number", "to"),
        (message_requests.CREATE, "phone", "to"),
        (message_requests.CREATE, "destination", "to"),
        (message_requests.CREATE, "text", "body"),
        (message_requests.CREATE, "message", "body"),
        (message_requests.CREATE, "Content_", "body"),
        (message_requests.CREATE, "media_url", "media_urls"),
        (message_requests.CREATE, "mediaUrls", "media_urls"),
        (message_requests.CREATE, "boddy", "body"),
        (message_requests.CREATE, "send_at", "scheduled_delivery_time"),
        (contacts.CREATE, "phone", "primary_mdn"),
        (contacts.CREATE, "email", "primary_email_addr"),
        (contacts.CREATE, "firstName", "first_name"),
        (sender_ids.CREATE, "phone_number", "address"),
        (application_instances.CREATE, "status", "state"),
        (calls.CREATE, "recipient", "to"),
    ],
)
def test_words_of_other_sdks_and_slips_are_understood(operation: Operation, name: str, meant: str) -> None:
    text = refused(operation, {name: "hunter2"})
    assert text == f"{operation.name} takes no {name!r}; did you mean {meant!r}? Nothing was sent."


def test_a_word_of_other_sdks_is_no_hint_where_nothing_is_called_so() -> None:
    assert "did you mean" not in refused(attachments.CREATE, {"sender": 1})


@pytest.mark.parametrize("name", ["status", "callback", "zzz"])
def test_a_few_names_are_shown_of_many(name: str) -> None:
    text = refused(message_requests.CREATE, {name: 1})
    assert f"takes no {name!r}; the nearest of its 33 are " in text
    assert text.endswith("; help() on the method shows them all. Nothing was sent.")
    assert len(text) < 250


def test_all_names_are_shown_of_few() -> None:
    text = refused(attachments.CREATE, {"zzz": 1})
    assert text == "attachments.create takes no 'zzz'; it takes name, type and filename. Nothing was sent."


@pytest.mark.parametrize(("name", "meant"), [("phone", "primary_mdn"), ("firstname", "first_name")])
def test_objects_understand_the_same_words(name: str, meant: str) -> None:
    fields: dict[str, object] = {name: "hunter2"}
    with pytest.raises(InvalidArgumentError, match=f"Contact has no field '{name}'; did you mean '{meant}'"):
        scgapi.Contact(**fields)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (["a", 15551234567], "contacts[1] must be a str, got int"),
        (["a", ""], "contacts[1] is empty"),
        (["a", "b", ".."], "contacts[2] is no id, but a step in a path"),
        (None, "contacts must be a str, got None"),
    ],
)
def test_a_wrong_id_among_several_is_named_with_its_index(given: object, text: str) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        collect_ids(contact_groups.ADD_CONTACT, "contacts", given)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert str(caught.value) == (
        f"contact_groups.add_contact: {text}: pass the object's id. Nothing was sent."
    )
    assert caught.value.field == "contacts"


@pytest.mark.parametrize(
    ("given", "place"),
    [
        (
            {
                "attachments": [
                    scgapi.Attachment.model_validate({"id": "a"}),
                    scgapi.Attachment(),
                ]
            },
            "attachments[1]",
        ),
        ({"from_": scgapi.SenderId()}, "from_"),
    ],
)
def test_an_object_that_was_not_created_is_named_by_its_place(given: dict[str, object], place: str) -> None:
    fields: dict[str, object] = {"from_": "1", "to": ["+15552461234"], **given}
    with pytest.raises(NotCreatedError) as caught:
        body_schema(message_requests.CREATE).check(message_requests.CREATE, fields)
    assert str(caught.value).startswith(f"message_requests.create: {place}: this ")
    assert str(caught.value).endswith("Nothing was sent.")
    assert caught.value.operation == "message_requests.create"
