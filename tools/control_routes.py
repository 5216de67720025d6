"""Write docs/reference/sandbox-control.md: each route of the sandbox's control interface, with its fields and answers."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import json
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import get_args, get_origin, get_type_hints

from pydantic import TypeAdapter

from scgapi._core.json import is_array, is_object
from scgapi.sandbox.control.actions import PREFIX, Action, fields_of
from scgapi.sandbox.control.rules import RuleActions
from scgapi.sandbox.control.table import Control
from scgapi.sandbox.gateway import Gateway
from scgapi.sandbox.handsets.views import Media
from scgapi.sandbox.logs.event_log import PostedAttempt

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "sandbox-control.md"
HEAD = """# Sandbox over HTTP

<!-- Written by tools/control_routes.py. -->

Programs in other processes and other languages control a sandbox through the routes below `/sandbox`.
[Testing](../testing.md#the-control-interface) shows how to use them, and
[who may talk to it](../testing.md#who-may-talk-to-it).

- **Fields** of a GET go into the query, those of other methods into a JSON object with the header
  `Content-Type: application/json`. A field with a default may be left out; an unknown one is refused. Names in `{braces}`
  are parts of the path. Write the leading `+` of a number as `%2B` in a query; in a path it may stay as it is.
- **Lists:** `limit` is the number of entries at most; `before` and `after` are ids, and only earlier or later entries are
  returned.
- **Answers** are JSON, with status 200 unless the table says otherwise. 204 has no body.
- **Errors** have the gateway's form, with the reason in `error_description`: 400 for fields that make no sense, 404 for
  what is not there, 413 for more than 1 MiB (16 MiB for a picture), 415 for another content type, 504 for a wait that
  was too long.
- Rules never apply to these routes, and they need no credentials.
"""
GROUPS = {
    "Rules and counts": ("/rules", "/counts"),
    "Messages, phones and codes": (
        "/messages",
        "/phones",
        "/codes",
        "/media",
        "/sender_ids",
        "/mfa_applications",
    ),
    "Calls": ("/calls", "/played"),
    "Logs": ("/requests", "/merged_requests", "/events", "/changes"),
    "Token, clock and settings": ("/token", "/clock", "/progress", "/catch_up", "/reset"),
    "Event services": ("/event_services",),
}
INTRODUCTIONS = {
    "Rules and counts": "The fields of a rule are the arguments of [`Sandbox.inject_fault()`](sandbox.md).",
    "Event services": "The fields are the arguments of [`EventService`](sandbox.md), for which "
    "[Events](../events.md) has programs.",
}
ANSWERS = {
    "POST /rules": "a [rule](#rule)",
    "GET /rules": "list of [rules](#rule)",
    "GET /rules/stopped": "list of [rules](#rule)",
    "GET /rules/{rule_id}": "a [rule](#rule)",
    "GET /counts": "`received` and `executed`: an object of numbers by operation, or a number if `operation` is given",
    "GET /messages/{message_id}": "the message as the API shows it",
    "GET /played/{target_id}": "list of the requests' bodies",
    "GET /requests/{request_id}": "a [LoggedRequest](#loggedrequest) with `request_body` and `response_body`, the first "
    "64 KiB of each",
    "GET /token": "`key`, `secret` and `token`",
    "POST /token/rotate": "`key`, `secret` and `token`",
    "POST /token/expire": "`key`, `secret` and `token`",
    "GET /progress": "`progress`: an object with the `kind`, and its `n` or `seconds`",
    "POST /event_services": "`id`, and `service`, a text for people",
    "GET /event_services": "list of those",
    "GET /event_services/{service_id}": "the same, with `history` (each attempt) and `states` (by event id)",
}
"""What an answer is that its type does not tell."""

OTHERS = (
    (
        "GET /media/{attachment_id}",
        "",
        "the content, with its media type",
        "Return the content of an attachment.",
    ),
    (
        "GET /changes",
        "",
        "a stream of server-sent events",
        (
            "Tell what changes. An event has the name `phones`, `requests`, `events` or `reset`. Its data are the numbers or ids "
            "concerned; an empty list stands for all."
        ),
    ),
)
"""Routes of the sandbox's page, which are no actions: route, fields, answer, description."""

Row = tuple[str, str, str, str]
Schema = Mapping[str, object]


def page() -> str:
    """Return the page."""
    gateway = Gateway()
    actions = Control(gateway).actions
    rows: list[Row] = [
        *((name_of(action), fields(action), answer(action), description(action)) for action in actions),
        *OTHERS,
    ]
    parts = [HEAD]
    for title, paths in GROUPS.items():
        mine = [row for row in rows if "/" + row[0].split("/")[1] in paths]
        rows = [row for row in rows if row not in mine]
        introduction = f"{INTRODUCTIONS[title]}\n\n" if title in INTRODUCTIONS else ""
        parts.append(
            f"\n## {title}\n\n{introduction}| route | fields | answer | what it does |\n|---|---|---|---|\n"
        )
        parts += [
            f"| `{method} {PREFIX}{path}` | {given} | {back} | {text} |\n"
            for (method, path), given, back, text in ((row[0].split(), *row[1:]) for row in mine)
        ]
    if rows:
        raise SystemExit(f"no group has {', '.join(row[0] for row in rows)}")
    example = RuleActions(gateway.rules).add("message_requests.create", {"kind": "Reset", "executed": True})
    shown = json.dumps({**example, "id": "1"}, indent=2)
    parts.append(
        "\n## Objects\n\n### Rule\n\n`fault` has the class of the [fault](sandbox.md) for its `kind`, and the arguments by name. "
        "`executed` may be `true`, `false` or `{\"seconds\": 60}`, which is `Later(60)`.\n\n"
        f"```json\n{shown}\n```\n"
    )  # fmt: skip
    for kind in kinds(actions):
        parts.append(f"\n### {kind.__name__}\n\n{doc_of(kind)}\n\n| field | type | |\n|---|---|---|\n")
        parts += [f"| `{name}` | {shape} | {text} |\n" for name, shape, text in members(kind)]
    return "".join(parts)


def name_of(action: Action) -> str:
    """Return method and path."""
    return f"{action.method} {action.path}"


def fields(action: Action) -> str:
    """Return the fields of a request, without those of the path."""
    schema: dict[str, object] = fields_of(action.run).model_json_schema()
    told = [
        f"`{name}`: {word(prop)}{bounds(prop)}{default(prop)}"
        for name, prop in objects(schema.get("properties")).items()
        if f"{{{name}}}" not in action.path
    ]
    return "<br>".join(told)


def word(schema: Schema) -> str:
    """Return what a JSON schema stands for, in words."""
    reference, kind, form = (str(schema.get(key, "")) for key in ("$ref", "type", "format"))
    if reference:
        name = reference.rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if choices := array(schema.get("anyOf")):
        return " or ".join(word(as_schema(choice)) for choice in choices)
    if values := array(schema.get("enum")):
        return " or ".join(f"`{value}`" for value in values)
    if members := array(schema.get("prefixItems")):
        return f"list of {len(members)} texts"
    if kind == "array":
        each = as_schema(schema.get("items"))
        values = array(each.get("enum"))
        if values:
            return f"list of any of {', '.join(f'`{value}`' for value in values)}"
        return "list of texts" if each.get("type") == "string" else f"list of {word(each)}"
    words = {"string": "text", "integer": "whole number", "boolean": "true or false"}
    return {"date-time": "time", "base64": "base64 text"}.get(form) or words.get(kind, kind)


def bounds(schema: Schema) -> str:
    """Return the bounds of a number."""
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is None and most is None:
        return ""
    return f", {least} or more" if most is None else f", {least} to {most}"


def default(schema: Schema) -> str:
    """Return the default of a field; nothing if it is required."""
    return f" (`{json.dumps(schema['default'])}`)" if "default" in schema else ""


def answer(action: Action) -> str:
    """Return what a route answers."""
    status = "" if action.status == 200 else f"{action.status}: "
    told = ANSWERS.get(name_of(action))
    if told is not None:
        return status + told
    hint = result(action)
    if hint is type(None):
        return "204"
    if action.result_name is not None:
        return f"{status}`{action.result_name}`: {word(schema_of(hint))}"
    if not is_list_of_objects(hint):
        raise SystemExit(f"ANSWERS lacks {name_of(action)}")
    return status + word(schema_of(hint))


def description(action: Action) -> str:
    """Return what a route does."""
    return doc_of(action.run)


def kinds(actions: Sequence[Action]) -> Iterator[type]:
    """Yield the classes of the objects in answers, each once."""
    found: dict[type, None] = {}
    for action in actions:
        for kind in get_args(result(action)):
            if dataclasses.is_dataclass(kind) and isinstance(kind, type):
                found[kind] = None
    yield from found
    yield from (Media, PostedAttempt)


def members(kind: type) -> Iterator[tuple[str, str, str]]:
    """Yield name, type and docstring of each field."""
    properties = objects(as_schema(definition(schema_of(kind), kind.__name__)).get("properties"))
    texts = docstrings(kind)
    for name, prop in properties.items():
        yield name, word(prop), texts.get(name, "")


def docstrings(kind: type) -> dict[str, str]:
    """Return the docstrings of a class's fields."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    assert isinstance(tree, ast.ClassDef)  # noqa: S101 - the source of a class
    found: dict[str, str] = {}
    for node, following in zip(tree.body, tree.body[1:], strict=False):
        match node, following:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                found[name] = " ".join(text.split()).replace("None", "null")
            case _:
                pass
    return found


def doc_of(thing: object) -> str:
    """Return the first paragraph of a docstring as one line, with JSON's words."""
    paragraph = (inspect.getdoc(thing) or "").partition("\n\n")[0]
    return " ".join(paragraph.split()).replace("None", "null")


def result(action: Action) -> type[object]:
    """Return the type of a function's result."""
    hints: dict[str, type[object]] = get_type_hints(action.run, include_extras=True)
    return hints["return"]


def is_list_of_objects(hint: object) -> bool:
    """Return True for a list of objects of one class."""
    return get_origin(hint) is list and all(dataclasses.is_dataclass(kind) for kind in get_args(hint))


def schema_of(hint: type[object]) -> Schema:
    """Return the JSON schema of a type."""
    schema: dict[str, object] = TypeAdapter(hint).json_schema(mode="serialization")
    return schema


def definition(schema: Schema, name: str) -> object:
    """Return the definition of a class in a schema."""
    return objects(schema.get("$defs")).get(name, schema)


def objects(value: object) -> dict[str, Schema]:
    """Return a JSON object of objects."""
    return {name: as_schema(item) for name, item in as_schema(value).items()}


def array(value: object) -> list[object]:
    """Return a JSON array; an empty one if the value is none."""
    return value if is_array(value) else []


def as_schema(value: object) -> Schema:
    """Return a JSON object; an empty one if the value is none."""
    return value if is_object(value) else {}


if __name__ == "__main__":
    if sys.argv[1:] != ["--check"]:
        PAGE.write_text(page())
    elif PAGE.read_text() != page():
        raise SystemExit(f"{PAGE.relative_to(ROOT)} is out of date: run tools/control_routes.py")
