"""Fast access rules: what they make of contacts."""

from __future__ import annotations

import json
import re

from scgapi.models import fast_access_rules
from scgapi.sandbox.errors import invalid, missing
from scgapi.sandbox.query import filter_text
from scgapi.sandbox.resource import Resource
from scgapi.sandbox.store import Document, document, items
from scgapi.sandbox.world import Handlers, World

_TARGETS = frozenset(f"fast_access_{index}" for index in range(1, 21))
_STEP = re.compile(r"(\.\.?)([A-Za-z_][\w-]*)|\[(?:'([^']*)'|\"([^\"]*)\"|(\d+))\]")


def fast_access(world: World, contact: Document) -> Document:
    """The contact with the attributes that the rules work out, by their numbers and by their friendly names."""
    rules = RULES.rows(world).rows()
    if not rules:
        return contact
    found: Document = {}
    named: Document = {}
    for rule in rules:
        value = first_at(str(rule.get("value_derivation_script") or ""), contact)
        if value is not None:
            found[str(rule["target_attribute"])] = filter_text(value)
            if rule.get("target_attribute_name"):
                named[str(rule["target_attribute_name"])] = filter_text(value)
    return {**contact, **found, "fast_access": named}


def first_at(path: str, contact: Document) -> object:
    """What a JSON path finds first: names behind `.` or at any depth behind `..`, and `[...]`; else None."""
    if not path.startswith("$"):
        return None
    found: list[object] = [contact]
    position = 1
    while position < len(path):
        step = _STEP.match(path, position)
        if step is None:
            return None
        name = next(text for text in step.groups()[1:] if text is not None)
        places = [inner for value in found for inner in _deep(value)] if step[1] == ".." else found
        found = [value for place in places for value in _named(place, name)]
        position = step.end()
    return next((value for value in found if value is not None), None)


def _named(value: object, name: str) -> list[object]:
    value = _parsed(value)
    rows = items(value)
    if rows:
        return [rows[int(name)]] if name.isdecimal() and int(name) < len(rows) else []
    fields = document(value) or {}
    return [fields[name]] if name in fields else []


def _deep(value: object) -> list[object]:
    value = _parsed(value)
    inner = items(value) or list((document(value) or {}).values())
    return [value, *(found for item in inner for found in _deep(item))]


def _parsed(value: object) -> object:
    # The contact's own attributes are JSON inside a string.
    if not isinstance(value, str) or value[:1] not in ("{", "["):
        return value
    try:
        parsed: object = json.loads(value)
    except (ValueError, RecursionError):
        return value
    return parsed


def _prepare(_world: World, fields: Document, current: Document | None) -> None:
    wanted = {**(current or {}), **fields}
    if not wanted.get("target_attribute"):
        raise missing("target_attribute")
    if wanted["target_attribute"] not in _TARGETS:
        raise invalid("target_attribute", str(wanted["target_attribute"]))
    script = wanted.get("value_derivation_script")
    if script and not str(script).startswith("$"):
        raise invalid("value_derivation_script", "no JSON path")


RULES = Resource(
    spec=fast_access_rules,
    model=fast_access_rules.FastAccessRuleData,
    unique=("target_attribute", "target_attribute_name"),
    prepare=_prepare,
)

HANDLERS: Handlers = RULES.handlers()
