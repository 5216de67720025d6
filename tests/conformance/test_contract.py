"""The client held against the wire contract: every operation, every field, every member of every union.

Where the client knows better, the disagreement is in a table of `disagreements.py`, with its reason.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Mapping
from functools import cache

import pytest

import scgapi.models
from scgapi._async.objects import AsyncObject
from scgapi._core import waiting
from scgapi._core.json import is_array
from scgapi._core.model.base import ResourceModel, SubModel
from scgapi._core.request import TOKEN_PREFIX
from scgapi._exports import EXPORTS
from scgapi._sync.objects import Object
from tests.both_clients import CLIENT_KINDS, ClientKind
from tests.conformance import contract, disagreements
from tests.conformance.checks import (
    answer_faults,
    body_faults,
    filter_faults,
    hints_of,
    literals,
    value_faults,
)
from tests.conformance.client import ID, call, methods, operations
from tests.conformance.contract import Entry, Fields
from tests.conformance.values import VALUES

OPERATIONS = operations()
CONTRACT = contract.snapshot()
ACCEPTED = "application/json, */*"
AUTH = scgapi.AuthInfo(token="t")
PATHS = {
    name: contract.shape(found.method, TOKEN_PREFIX * (found.service == "token") + found.path)
    for name, found in OPERATIONS.items()
}
SURFACE = CONTRACT.surface.keys() | disagreements.OWN_METHODS.keys()


def entry(name: str) -> Entry:
    """Return the contract's entry for an operation; an empty one if the definition has none."""
    return CONTRACT.wire.get(PATHS[name], Entry())


def kinds(table: Mapping[str, disagreements.Kinds], key: str, published: Fields) -> Fields:
    """Return the contract's kinds with those that are known better."""
    return published | {name: known.kind for name, known in table.get(key, {}).items()}


def answer_kinds(model: type[SubModel], published: Fields) -> Fields:
    """Return the kinds of an answer's fields."""
    common = {name: known.kind for name, known in disagreements.COMMON.items()}
    return kinds(
        disagreements.ANSWERS,
        model.__name__,
        (common if issubclass(model, ResourceModel) else {}) | published,
    )


def base_of(value: SubModel) -> type[SubModel]:
    """Return the model of an object of either kind of client."""
    named = [
        held for held in type(value).__mro__ if issubclass(held, SubModel) and held.__name__.endswith("Data")
    ]
    return named[0] if named else type(value)


def first(value: object) -> object:
    """Return the first row of a listing; anything else as it is."""
    return value[0] if is_array(value) and value else value


@cache
def answered(client_kind: ClientKind, name: str) -> object:
    """Return what a method makes of an answer that holds an id and nothing else."""
    return first(call(client_kind, name, lambda asked: respond(name, asked, {"id": ID})).value)


def respond(name: str, asked: str, row: object) -> object:
    """Answer the operation itself with the row, and what is asked before it with an id."""
    operation = OPERATIONS[name]
    if asked != contract.shape(operation.method, operation.path):
        return {"id": ID, "version_number": 1}
    listed = entry(name).listed or name.rpartition(".")[2].startswith("list")
    return {"list": [row], "total": 1} if listed else row


def test_the_snapshot_is_what_the_definition_says() -> None:
    if not contract.available():
        pytest.skip("the published definition is not beside this checkout")
    assert contract.SNAPSHOT.read_text() == contract.to_json(contract.published())


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_every_operation_is_a_method_and_every_method_is_in_a_table(client_kind: ClientKind) -> None:
    """A method is an operation of the surface, or one of our own with its reason."""
    client = scgapi.Client(AUTH) if client_kind == "sync" else scgapi.AsyncClient(AUTH)
    assert methods(client).keys() == SURFACE


@pytest.mark.parametrize("name", EXPORTS["scgapi"])
def test_every_method_of_an_object_is_one_of_its_resource(name: str) -> None:
    held: object = getattr(scgapi, name)
    if not isinstance(held, type) or not issubclass(held, Object | AsyncObject):
        return
    public = {
        method for part in held.__mro__ if issubclass(part, Object | AsyncObject) for method in vars(part)
    }
    mine = {method for method in public if not method.startswith(("_", "model_")) and method != "Resource"}
    assert mine - set(dir(getattr(held, "Resource", None))) <= disagreements.OBJECTS_ONLY


def test_every_operation_goes_where_the_contract_says() -> None:
    published = {name: http for name, http in CONTRACT.surface.items() if http}
    others = {name: http for name, http in PATHS.items() if name not in published}
    assert {name: PATHS.get(name) for name in published} == published
    assert others == disagreements.OWN_PATHS
    assert CONTRACT.wire.keys() <= set(PATHS.values())
    unpublished = {name for name, http in PATHS.items() if http not in CONTRACT.wire}
    assert unpublished == disagreements.NOT_PUBLISHED.keys()


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("name", [name for name in OPERATIONS if name != "auth.refresh"])
def test_every_method_makes_its_request_with_the_content_types_of_the_contract(
    name: str, client_kind: ClientKind
) -> None:
    seen = call(client_kind, name, lambda asked: respond(name, asked, {"id": ID, "version_number": 1}))
    request = seen.sent[-1]
    assert seen.asked[-1] == PATHS[name]
    published = entry(name).media[0] if OPERATIONS[name].body else ""
    expected = disagreements.MEDIA.get(name, published)
    assert (request.headers.get("content-type", ""), request.headers["accept"]) == (expected, ACCEPTED)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("name", [name for name in OPERATIONS if name != "auth.refresh"])
def test_every_form_of_every_field_of_an_answer_is_read(name: str, client_kind: ClientKind) -> None:
    value = answered(client_kind, name)
    if not isinstance(value, SubModel):
        assert value == disagreements.RESULTS.get(name, ID if name.endswith(".create") else None)
        return
    model = base_of(value)

    def load(row: dict[str, object]) -> object:
        return first(call(client_kind, name, lambda asked: respond(name, asked, row)).value)

    expected = answer_kinds(model, entry(disagreements.SAME_ANSWER.get(name, name)).answer or {})
    assert [*answer_faults(load, model, expected)] == []


@pytest.mark.parametrize("name", [name for name, operation in OPERATIONS.items() if operation.body])
def test_every_member_of_every_field_is_sent_in_its_documented_form(name: str) -> None:
    expected = kinds(disagreements.BODIES, name, entry(name).body or {})
    left_out = disagreements.BODIES_LEFT_OUT.get(name, {})
    assert left_out.keys() <= expected.keys()
    assert [
        *body_faults(OPERATIONS[name], {key: expected[key] for key in expected if key not in left_out})
    ] == []


@pytest.mark.parametrize("name", [name for name, operation in OPERATIONS.items() if operation.query])
def test_every_member_of_every_filter_is_sent_in_its_documented_form(name: str) -> None:
    expected = kinds(disagreements.FILTERS, name, entry(name).query)
    left_out = disagreements.FILTERS_LEFT_OUT.get(name, {})
    assert left_out.keys() <= expected.keys()
    assert [
        *filter_faults(OPERATIONS[name], {key: expected[key] for key in expected if key not in left_out})
    ] == []


def models() -> dict[str, object]:
    """Return every class of the models' modules by its name."""
    found: dict[str, object] = {}
    for module in pkgutil.iter_modules(scgapi.models.__path__):
        loaded = importlib.import_module(f"scgapi.models.{module.name}")
        for name, value in vars(loaded).items():
            if isinstance(value, type) and value.__module__ == loaded.__name__:
                found[name] = value
    return found


@pytest.mark.parametrize("name", models())
def test_known_values_are_those_of_the_gateway(name: str) -> None:
    assert [*value_faults(name, hints_of(models()[name]))] == []


def test_every_line_of_the_values_is_of_a_field_that_exists() -> None:
    lines = {place for places in VALUES for place in places.split()}
    fields = {f"{name}.{field}" for name, held in models().items() for field in hints_of(held)}
    assert lines <= fields


def test_the_definition_knows_the_values() -> None:
    if not contract.available():
        pytest.skip("the published definition is not beside this checkout")
    words = set(re.findall(r"\w+", contract.texts()))
    known = {value for values in VALUES.values() for value in values.split("|")}
    unknown = {value for value in known if not words.issuperset(value.split())}
    assert unknown == disagreements.OTHER_VALUES.keys()


def test_what_is_waited_for_are_states() -> None:
    states = {
        "MessageRequestData.state": waiting.REQUEST_FINAL_STATES,
        "MessageData.state": waiting.MESSAGE_FINAL_STATES,
        "AttachmentData.state": waiting.ATTACHMENT_FINAL_STATES,
        "SenderIdImportData.state": waiting.JOB_FINAL_STATES,
    }
    for place, ends in states.items():
        model, _, field = place.partition(".")
        assert ends <= set(literals(hints_of(models()[model])[field]))


def test_no_disagreement_is_told_that_there_is_not() -> None:
    """Each line of the tables differs from the definition, or from that of some operation that answers so."""
    for table, published in ((disagreements.BODIES, "body"), (disagreements.FILTERS, "query")):
        for name, known in table.items():
            held: Fields = getattr(entry(name), published) or {}
            assert not [field for field in known if held.get(field) == known[field].kind], name
    answers: dict[str, list[Fields]] = {}
    for name in OPERATIONS:
        value = None if name == "auth.refresh" else answered("sync", name)
        if isinstance(value, SubModel) and (answer := entry(name).answer):
            answers.setdefault(base_of(value).__name__, []).append(answer)
    for model, known in disagreements.ANSWERS.items():
        for field, (kind, _) in known.items():
            assert not answers.get(model) or any(held.get(field) != kind for held in answers[model]), field
