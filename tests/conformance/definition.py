"""The published definition, read as far as the conformance test needs it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from scgapi._core.json import is_array, is_object
from scgapi._core.operation import Operation

FOLDER = Path(__file__).parents[3] / "shared" / "spec"
FILES = ("scg-openapi.yaml", "mfa-openapi.yaml")

Schema = dict[str, object]


@dataclass(frozen=True)
class Published:
    """What the definition says of one operation."""

    parameters: dict[str, Schema]
    body: Schema | None
    response: Schema | None
    document: Schema


def available() -> bool:
    """Whether the definition is beside this checkout."""
    return all((FOLDER / name).exists() for name in FILES)


def published(operation: Operation) -> Published | None:
    """The definition's entry for an operation of the client, None if it has none."""
    return _operations().get((operation.method, _shape(operation.path)))


def resolved(schema: Schema, document: Schema) -> Schema:
    """The schema behind a reference."""
    while isinstance(reference := schema.get("$ref"), str):
        schema = document
        for step in reference.removeprefix("#/").split("/"):
            schema = _child(schema, step)
    return schema


def properties(schema: Schema, document: Schema) -> dict[str, Schema]:
    """The properties of an object's schema."""
    found = resolved(schema, document).get("properties")
    return {name: item for name, item in found.items() if is_object(item)} if is_object(found) else {}


def row_schema(schema: Schema, document: Schema) -> Schema:
    """The schema of a row, of a listing's envelope; else the schema itself."""
    rows = properties(schema, document).get("list")
    return _child(resolved(rows, document), "items") if rows else schema


@cache
def _operations() -> dict[tuple[str, str], Published]:
    found: dict[tuple[str, str], Published] = {}
    for name in FILES:
        document: object = yaml.load((FOLDER / name).read_text(), Loader=yaml.CSafeLoader)
        assert is_object(document)
        for path, methods in _child(document, "paths").items():
            assert is_object(methods)
            for method, operation in methods.items():
                if is_object(operation):
                    found[method.upper(), _shape(path)] = _read(operation, document)
    return found


def _read(operation: Schema, document: Schema) -> Published:
    parameters = operation.get("parameters")
    queries: dict[str, Schema] = {}
    for parameter in parameters if is_array(parameters) else []:
        if is_object(parameter) and parameter.get("in") == "query":
            queries[str(parameter["name"])] = _child(parameter, "schema")
    body = operation.get("requestBody")
    responses = _child(operation, "responses")
    success = next((responses[status] for status in ("200", "201") if status in responses), None)
    return Published(queries, _content(body, document), _content(success, document), document)


def _content(holder: object, document: Schema) -> Schema | None:
    if not is_object(holder):
        return None
    for media in _child(resolved(holder, document), "content").values():
        if is_object(media):
            return _child(media, "schema")
    return None


def _child(value: Schema, name: str) -> Schema:
    child = value.get(name)
    return child if is_object(child) else {}


def _shape(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path.strip("'")).rstrip("/")
