"""The base classes of the models: what may be set, what a repr shows, what a copy keeps."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import TypeAdapter, ValidationError

import scgapi
from scgapi._core.changes import changed_fields, mark_clean
from scgapi._core.model.dates import DateFilter
from scgapi.errors import InvalidArgumentError, NotCreatedError

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


class Customer(scgapi.Contact):
    """A program's own subclass, with a property that can be set."""

    @property
    def nickname(self) -> str | None:
        return self.first_name

    @nickname.setter
    def nickname(self, value: str) -> None:
        self.first_name = value


def test_a_field_can_be_set_and_is_checked() -> None:
    contact = scgapi.Contact()
    contact.first_name = "Ada"
    assert contact.first_name == "Ada"
    with pytest.raises(InvalidArgumentError, match=r"Contact: first_name must be a str, got an int"):
        setattr(contact, "first_name", 5)  # noqa: B010 - checkers refuse the plain assignment
    assert contact.first_name == "Ada"


def test_a_field_that_the_gateway_sets_is_read_only() -> None:
    with pytest.raises(InvalidArgumentError, match=r"Contact\.created_date is read-only"):
        setattr(scgapi.Contact(), "created_date", NOON)  # noqa: B010 - checkers refuse the plain assignment


def test_a_misspelt_field_is_named() -> None:
    with pytest.raises(
        InvalidArgumentError, match=r"Contact has no field 'frist_name'; did you mean 'first_name'\?"
    ):
        setattr(scgapi.Contact(), "frist_name", "Ada")  # noqa: B010 - checkers refuse the plain assignment


def test_a_private_attribute_belongs_to_the_program() -> None:
    contact = scgapi.Contact(first_name="Ada")
    setattr(contact, "_mark", 1)  # noqa: B010 - checkers refuse the plain assignment
    assert changed_fields(contact) == ({"first_name": "Ada"}, {})


def test_an_object_can_be_built_with_an_id() -> None:
    fields: dict[str, str] = {"id": "c"}
    assert scgapi.Contact(**fields).id == "c"  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def test_an_unknown_field_of_a_response_can_be_set() -> None:
    contact = scgapi.Contact.model_validate({"id": "c", "shoe_size": 42})
    setattr(contact, "shoe_size", 43)  # noqa: B010 - checkers refuse the plain assignment
    assert contact.model_extra == {"shoe_size": 43}


def test_the_setter_of_a_subclass_is_used() -> None:
    customer = Customer.model_validate({})
    customer.nickname = "Ada"
    assert customer.first_name == "Ada"


def test_no_field_can_be_deleted() -> None:
    contact = scgapi.Contact.model_validate({"first_name": "Ada", "shoe_size": 42})
    for name in ("first_name", "shoe_size"):
        with pytest.raises(InvalidArgumentError, match=rf"Contact\.{name} cannot be deleted"):
            delattr(contact, name)
    with pytest.raises(AttributeError):
        delattr(contact, "nothing")


def test_a_repr_masks_private_values() -> None:
    contact = scgapi.Contact(first_name="Ada", primary_mdn="+15551234567", external_id="crm-7")
    assert str(contact) == repr(contact)
    assert "'***67'" in repr(contact)
    assert "Ada" not in repr(contact)
    assert "crm-7" in repr(contact)


def test_an_object_without_an_id_says_so() -> None:
    with pytest.raises(NotCreatedError, match="this Contact has no id yet"):
        _ = scgapi.Contact().id
    assert scgapi.Contact.model_validate({"id": "c"}).id == "c"
    with pytest.raises(AttributeError, match="nothing"):
        getattr(scgapi.Contact(), "nothing")  # noqa: B009 - checkers refuse the plain access


@pytest.mark.parametrize("make", [copy.copy, copy.deepcopy])
def test_a_copy_knows_what_was_loaded(make: Callable[[scgapi.Contact], scgapi.Contact]) -> None:
    contact = scgapi.Contact.model_validate({"id": "c", "first_name": "Ada"})
    mark_clean(contact)
    other = make(contact)
    other.first_name = "Grace"
    assert changed_fields(other) == ({"first_name": "Grace"}, {})
    assert changed_fields(contact) == ({}, {})


@pytest.mark.parametrize("value", [NOON, "2024-05-01T12:00:00Z", None, (NOON, NOON + timedelta(days=1))])
def test_a_date_filter_takes_a_time_or_a_range(value: object) -> None:
    assert TypeAdapter[object](DateFilter).validate_python(value) == value


@pytest.mark.parametrize(
    "value", [5, "2024-05-01T12:00:00Z,2024-05-02T12:00:00Z", [NOON, NOON], (NOON, "x"), (NOON,)]
)
def test_a_date_filter_refuses_anything_else(value: object) -> None:
    with pytest.raises(ValidationError, match="tuple of two datetimes"):
        TypeAdapter[object](DateFilter).validate_python(value)
