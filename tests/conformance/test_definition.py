"""The client held against the published definition, operation by operation.

Where it knows better, the disagreement is in one of the tables of `disagreements.py`, with its reason in the wire
facts. A line there that is not needed is an error, too: the tables say exactly how far the two are apart.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import pytest
from openapi_schema_validator import OAS30Validator

import scgapi.models
from scgapi._core.json import is_object
from scgapi._core.loading import _keys, lenient
from scgapi._core.operation import Operation
from scgapi._core.schema import body_schema, schema
from scgapi.models._base import Part
from scgapi.models._fields import ListOptions
from scgapi.models.sender_ids import SenderIdSummary
from tests.conformance import definition, disagreements
from tests.conformance.samples import all_fields, answer

pytestmark = pytest.mark.skipif(
    not definition.available(), reason="the published definition is not beside this checkout"
)


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(scgapi.models.__path__):
        yield importlib.import_module(f"scgapi.models.{found.name}")


def operations() -> dict[str, Operation]:
    values = [value for module in modules() for value in vars(module).values()]
    return {value.name: value for value in values if isinstance(value, Operation)}


def models() -> dict[str, type[Part]]:
    """The model that each operation answers with which reads the objects of its own module."""
    found: dict[str, type[Part]] = {"sender_ids.list_summaries": SenderIdSummary}
    for module in modules():
        data = [
            value
            for name, value in vars(module).items()
            if name.endswith("Data") and isinstance(value, type) and value.__module__ == module.__name__
        ]
        for name in ("LIST", "GET"):
            operation: object = vars(module).get(name)
            if isinstance(operation, Operation) and len(data) == 1 and issubclass(data[0], Part):
                found[operation.name] = data[0]
    return found


OPERATIONS = operations()
PUBLISHED = [
    name
    for name, operation in OPERATIONS.items()
    if definition.available() and definition.published(operation)
]
MODELS = {name: model for name, model in models().items() if name in PUBLISHED}


def entry(name: str) -> definition.Published:
    found = definition.published(OPERATIONS[name])
    assert found is not None
    return found


def test_every_operation_is_published_or_known_from_elsewhere() -> None:
    unpublished = {name for name in OPERATIONS if name not in PUBLISHED}
    assert unpublished == set(disagreements.NOT_PUBLISHED)


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_request_is_valid_by_the_definition(name: str) -> None:
    operation, said = OPERATIONS[name], entry(name)
    if operation.body is None:
        return
    fields = all_fields(operation.body)
    sent: object = json.loads(body_schema(operation).encode(operation, fields))
    assert is_object(sent)
    known = definition.properties(said.body or {}, said.document)
    odd = set(sent) - set(known)
    if said.body is not None:
        validator = OAS30Validator({**said.body, "components": said.document["components"]})
        for error in validator.iter_errors(sent):
            odd.add(str(error.path[0]) if error.path else error.message)
    assert odd == set(disagreements.BODIES.get(name, {}))
    assert set(known) - set(sent) == set(disagreements.BODIES_LEFT_OUT.get(name, {}))


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_filters_are_parameters_of_the_definition(name: str) -> None:
    operation = OPERATIONS[name]
    taken = (
        set(schema(operation.query).names) - set(ListOptions.__annotations__)
        if operation.query
        else set[str]()
    )
    assert taken - set(entry(name).parameters) == set(disagreements.FILTERS.get(name, {}))
    assert set(entry(name).parameters) - taken == set(disagreements.FILTERS_LEFT_OUT.get(name, {}))


@pytest.mark.parametrize("name", MODELS)
def test_a_response_with_all_fields_parses_with_no_value_dropped(name: str) -> None:
    model, said = MODELS[name], entry(name)
    assert said.response is not None
    row = definition.row_schema(said.response, said.document)
    published = definition.properties(row, said.document)
    spellings = {spelling: field for field, keys in _keys(model).items() for spelling in keys}
    fields = {key: model.model_fields.get(spellings.get(key, "")) for key in published}
    sent = {
        key: answer(definition.resolved(item, said.document), fields[key]) for key, item in published.items()
    }
    loaded = lenient(model, sent)
    assert not {key for key, field in fields.items() if field is None}
    assert not [key for key in published if getattr(loaded, spellings[key]) in (None, "", [], {})]
