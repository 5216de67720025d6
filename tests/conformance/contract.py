"""The wire contract: what each operation takes and answers, and the kind of every field.

`contract.json` is a compact snapshot of it, so that the tests need nothing beside this checkout. Where the published
definition is there, `python -m tests.conformance.contract` writes the snapshot again, and a test compares the two.

Kinds: `text`, `int`, `number`, `bool`, `time` (a point in time), `day` (a date), `any`, `[kind]` (a list) and
`{name=kind ...}` (an object). The definition calls times and days strings; their names tell them apart.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from scgapi._core.json import is_array, is_object

SNAPSHOT = Path(__file__).with_name("contract.json")
FOLDER = Path(__file__).parents[3] / "shared" / "spec"
DEFINITIONS = ("scg-openapi.yaml", "mfa-openapi.yaml")
SURFACE = FOLDER / "surface.tsv"

Fields = dict[str, str]
"""Kinds by the names of the fields."""

Json = dict[str, object]

_TIME = re.compile(r"(_date|_time|Time|timestamp|valid_from|valid_to| - date)$")
_DAYS = ("birth_date",)


@dataclass(frozen=True)
class Entry:
    """What one operation takes and answers; None for a body that there is not.

    `status` is the published status of success, `has_answer` whether a body is published for it.
    """

    query: Fields = field(default_factory=dict[str, str])
    body: Fields | None = None
    answer: Fields | None = None
    listed: bool = False
    media: tuple[str, str] = ("", "")
    status: str = ""
    has_answer: bool = False


@dataclass(frozen=True)
class Contract:
    """`surface`: method and path of each operation by its name. `wire`: its entry by method and path."""

    surface: dict[str, str]
    wire: dict[str, Entry]


def available() -> bool:
    """Return True if the published definition is beside this checkout."""
    return SURFACE.exists() and all((FOLDER / name).exists() for name in DEFINITIONS)


def shape(method: str, path: str) -> str:
    """Return method and path with nameless placeholders, as the contract keys its entries."""
    return method + " " + re.sub(r"\{[^}]*\}", "{}", path.replace("'", "")).rstrip("/")


@cache
def snapshot() -> Contract:
    """Read the contract from `contract.json`."""
    held: object = json.loads(SNAPSHOT.read_text())
    assert is_object(held)
    surface, wire, shapes = (_object(held, name) for name in ("surface", "wire", "fields"))
    fields = {name: _ungrouped(kinds) for name, kinds in shapes.items()}
    return Contract({name: str(http) for name, http in surface.items()}, dict(_entries(wire, fields)))


def _entries(wire: Json, fields: dict[str, Fields]) -> Iterator[tuple[str, Entry]]:
    for http, held in wire.items():
        assert is_object(held)
        answer = str(held.get("answer", ""))
        yield (
            http,
            Entry(
                query=fields.get(str(held.get("query")), {}),
                body=fields.get(str(held.get("body"))),
                answer=fields.get(answer.removeprefix("list of ")),
                listed=answer.startswith("list of "),
                media=(str(held.get("sends", "")), str(held.get("answers", ""))),
                status=str(held.get("status", "")).removesuffix(" with a body"),
                has_answer=str(held.get("status", "")).endswith(" with a body"),
            ),
        )


def published() -> Contract:
    """Read the contract from the published definition."""
    import yaml  # not needed where the definition is absent

    wire: dict[str, Entry] = {}
    for name in DEFINITIONS:
        document: object = yaml.load((FOLDER / name).read_text(), Loader=yaml.CSafeLoader)
        assert is_object(document)
        for path in _object(document, "paths"):
            for method, operation in _object(_object(document, "paths"), path).items():
                if is_object(operation):
                    wire[shape(method.upper(), path)] = _Reader(document).entry(operation)
    return Contract(_surface(), wire)


def texts() -> str:
    """Return all that the published definition says, in one string."""
    return "\n".join((FOLDER / name).read_text() for name in DEFINITIONS)


def to_json(contract: Contract) -> str:
    """Write a contract in the form of `contract.json`: equal sets of fields once, fields grouped by kind."""
    names: dict[str, str] = {}

    def named(fields: Fields, name: str) -> str:
        return names.setdefault(json.dumps(_grouped(fields)), name)

    wire: dict[str, Json] = {}
    for http, entry in sorted(contract.wire.items()):
        held = wire[http] = dict[str, object]()
        if entry.query:
            held["query"] = named(entry.query, f"query of {http}")
        held["status"] = entry.status + " with a body" * entry.has_answer
        if entry.body is not None:
            held |= {"sends": entry.media[0], "body": named(entry.body, f"body of {http}")}
        if entry.answer is not None:
            answer = named(entry.answer, f"answer to {http}")
            held |= {"answers": entry.media[1], "answer": "list of " * entry.listed + answer}
    fields: dict[str, object] = {name: json.loads(held) for held, name in names.items()}
    parts: dict[str, dict[str, object]] = {
        "surface": {**contract.surface},
        "wire": {**wire},
        "fields": fields,
    }
    lines = {
        part: ",\n".join(f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in held.items())
        for part, held in parts.items()
    }
    return "{" + ",".join(f'\n "{part}": {{\n{text}\n }}' for part, text in lines.items()) + "\n}\n"


class _Reader:
    """Reads operations of one document of the definition."""

    def __init__(self, document: Json) -> None:
        self._document = document

    def entry(self, operation: Json) -> Entry:
        parameters = operation.get("parameters")
        query: Fields = {}
        for parameter in parameters if is_array(parameters) else []:
            if is_object(parameter) and parameter.get("in") == "query":
                name = str(parameter["name"])
                query[name] = self._kind(name, _object(parameter, "schema"))
        responses = _object(operation, "responses")
        success = next((responses[status] for status in ("200", "201") if status in responses), None)
        status = next(status for status in responses if status.startswith("2"))
        sends, body = self._content(operation.get("requestBody"))
        answers, answer = self._content(success)
        rows = None if answer is None else self._properties(answer).get("list")
        if rows is not None:
            answer = _object(self._resolved(rows), "items")
        return Entry(
            query=query,
            body=None if body is None else self._fields(body),
            answer=None if answer is None else self._fields(answer),
            listed=rows is not None,
            media=(sends, answers),
            status=status,
            has_answer=self._content(responses[status])[1] is not None,
        )

    def _content(self, holder: object) -> tuple[str, Json | None]:
        if is_object(holder):
            for media, held in _object(self._resolved(holder), "content").items():
                if is_object(held):
                    return media, _object(held, "schema")
        return "", None

    def _resolved(self, schema: Json) -> Json:
        while isinstance(reference := schema.get("$ref"), str):
            schema = self._document
            for step in reference.removeprefix("#/").split("/"):
                schema = _object(schema, step)
        return schema

    def _properties(self, schema: Json) -> dict[str, Json]:
        found = _object(self._resolved(schema), "properties")
        return {name: item for name, item in found.items() if is_object(item)}

    def _fields(self, schema: Json) -> Fields:
        return {name: self._kind(name, item) for name, item in self._properties(schema).items()}

    def _kind(self, name: str, schema: Json) -> str:
        schema = self._resolved(schema)
        inner = self._fields(schema)
        if inner:
            return "{" + " ".join(f"{key}={kind}" for key, kind in sorted(inner.items())) + "}"
        match schema.get("type"):
            case "array":
                return f"[{self._kind('', _object(schema, 'items'))}]"
            case "string" if name in _DAYS:
                return "day"
            case "string":
                return "time" if _TIME.search(name) else "text"
            case "integer":
                return "int"
            case "boolean":
                return "bool"
            case "number":
                return "number"
            case _:
                return "any"


def _surface() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in SURFACE.read_text().splitlines()[1:]:
        _, resource, method, http, path = line.split("\t")
        path = path.removeprefix("(attachment prefix) ").partition("  ")[0]
        name = f"{resource.partition('(')[0]}.{method}"
        found.setdefault(name, shape(http, path) if path.startswith("/") else "")
    return found


def _grouped(fields: Fields) -> dict[str, str]:
    kinds = sorted(set(fields.values()))
    return {kind: ",".join(sorted(name for name in fields if fields[name] == kind)) for kind in kinds}


def _ungrouped(kinds: object) -> Fields:
    assert is_object(kinds)
    return {name: kind for kind, names in kinds.items() for name in str(names).split(",")}


def _object(value: Json, name: str) -> Json:
    child = value.get(name)
    return child if is_object(child) else {}


if __name__ == "__main__":
    SNAPSHOT.write_text(to_json(published()))
