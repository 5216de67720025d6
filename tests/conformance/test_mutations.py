"""The checks themselves: each kind of mistake that they look for, made on purpose, is found."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import new_class
from typing import Literal

import pytest
import typing_extensions
from pydantic.fields import FieldInfo
from typing_extensions import get_type_hints

from scgapi._core.loading import load_leniently
from scgapi._core.model.base import SubModel
from scgapi._core.model.fields import DateFilter, IntFilter, TextFilter, Timestamp
from scgapi.models.access_tokens import AccessTokenData
from scgapi.models.attachments import AttachmentData
from scgapi.models.messages import Fragment, MessageData
from tests.conformance import disagreements
from tests.conformance.checks import (
    answer_faults,
    body_faults,
    filter_faults,
    hints_of,
    value_faults,
)
from tests.conformance.test_contract import OPERATIONS, answer_kinds, entry, kinds

Types = dict[str, object]
"""Types by names of fields; None leaves the field out."""


def mutant(model: type[SubModel], **types: object) -> type[SubModel]:
    """Return the model with fields of other types, without some, or with more."""
    hints: Types = {name: field.annotation for name, field in model.model_fields.items()} | types
    hints = {name: hint for name, hint in hints.items() if hint is not None}
    fields = {name: model.model_fields.get(name, FieldInfo(default=None)) for name in hints}
    made = new_class(
        model.__name__, (SubModel,), exec_body=lambda held: held.update(fields, __annotations__=hints)
    )
    assert issubclass(made, SubModel)
    return made


def read(operation: str, model: type[SubModel]) -> Iterator[str]:
    """Check a model as what an operation answers with."""
    return answer_faults(
        partial(load_leniently, model), model, answer_kinds(model, COMMON | (entry(operation).answer or {}))
    )


COMMON = {name: known.kind for name, known in disagreements.COMMON.items()}

ANSWERS: dict[str, tuple[str, type[SubModel], type[SubModel]]] = {
    "a number becomes a time": ("messages.get", MessageData, mutant(MessageData, price=Timestamp | None)),
    "a time becomes text": ("messages.get", MessageData, mutant(MessageData, sent_date=str | None)),
    "a number becomes text": ("messages.get", MessageData, mutant(MessageData, fragment_count=str | None)),
    "a list becomes text": ("messages.get", MessageData, mutant(MessageData, media_urls=str | None)),
    "a field is renamed": (
        "access_tokens.get",
        AccessTokenData,
        mutant(AccessTokenData, resource_id=None, resources_id=str | None),
    ),
    "a field is left out": ("attachments.get", AttachmentData, mutant(AttachmentData, size=None)),
    "a field of an object inside is renamed": (
        "messages.get",
        MessageData,
        mutant(
            MessageData,
            fragments_info=list[mutant(Fragment, fragment_state=None, fragments_state=str | None)],  # type: ignore[misc]  # a class from a value
        ),
    ),
    "a field of an object inside has another type": (
        "messages.get",
        MessageData,
        mutant(MessageData, fragments_info=list[mutant(Fragment, charge=Timestamp | None)]),  # type: ignore[misc]  # a class from a value
    ),
}


@pytest.mark.parametrize("mistake", ANSWERS)
def test_a_mistake_in_a_model_is_found(mistake: str) -> None:
    operation, sound, broken = ANSWERS[mistake]
    assert [*read(operation, sound)] == []
    assert [*read(operation, broken)] != []


def changed(fields: type[Mapping[str, object]], **types: object) -> type[Mapping[str, object]]:
    """Return a TypedDict with fields of other types, without some, or with more."""
    hints: dict[str, object] = get_type_hints(fields, include_extras=True) | types
    left = {name: hint for name, hint in hints.items() if hint is not None}
    # Type checkers want the keys of a TypedDict to be literal.
    make: Callable[..., type[Mapping[str, object]]] = vars(typing_extensions)["TypedDict"]
    return make("Fields", left, total=False)


BODIES: dict[str, tuple[str, Types]] = {
    "a time becomes a number": ("messages.create", {"expiry_time": float}),
    "text becomes a number": ("messages.create", {"subject": int}),
    "a list becomes text": ("messages.create", {"attachments": str}),
    "one more member of a union": ("contacts.create", {"first_name": str | int}),
    "a field is renamed": ("access_tokens.create", {"resource_id": None, "resources_id": str}),
    "a field is left out": ("keywords.create", {"valid_to": None}),
}


@pytest.mark.parametrize("mistake", BODIES)
def test_a_mistake_in_a_body_is_found(mistake: str) -> None:
    name, types = BODIES[mistake]
    operation = OPERATIONS[name]
    assert operation.body is not None
    broken = dataclasses.replace(operation, body=changed(operation.body, **types))
    expected = kinds(disagreements.BODIES, name, entry(name).body or {})
    assert [*body_faults(operation, expected)] == []
    assert [*body_faults(broken, expected)] != []


FILTERS: dict[str, tuple[str, Types]] = {
    "a number becomes text": ("contacts.list", {"application_id": TextFilter}),
    "text becomes a number": ("contacts.list", {"last_name": IntFilter}),
    "a time becomes text": ("contacts.list", {"created_date": TextFilter}),
    "text becomes a time": ("contacts.list", {"external_id": DateFilter}),
    "a switch becomes text": ("messages.list", {"pause_before_transmit": TextFilter}),
    "a filter is renamed": ("contacts.list", {"last_name": None, "lost_name": TextFilter}),
    "a filter is left out": ("contacts.list", {"primary_mdn": None}),
}


@pytest.mark.parametrize("mistake", FILTERS)
def test_a_mistake_in_a_filter_is_found(mistake: str) -> None:
    name, types = FILTERS[mistake]
    operation = OPERATIONS[name]
    assert operation.query is not None
    broken = dataclasses.replace(operation, query=changed(operation.query, **types))
    expected = kinds(disagreements.FILTERS, name, entry(name).query)
    assert [*filter_faults(operation, expected)] == []
    assert [*filter_faults(broken, expected)] != []


@pytest.mark.parametrize("values", [Literal["CREATED", "UPLODED"], Literal["CREATED"], str])
def test_a_misspelled_or_missing_state_is_found(values: object) -> None:
    assert [*value_faults("AttachmentData", hints_of(AttachmentData))] == []
    assert [*value_faults("AttachmentData", hints_of(mutant(AttachmentData, state=values)))] != []
