"""Fast access rules, which derive attributes of contacts."""

from __future__ import annotations

import json
import re

from scgapi.models import fast_access_rules
from scgapi.sandbox.errors import invalid, missing
from scgapi.sandbox.resources.query import filter_text
from scgapi.sandbox.resources.resource import Resource
from scgapi.sandbox.state.account import Account, OperationHandlers
from scgapi.sandbox.state.store import Document, document, items

TARGETS = frozenset(f"fast_access_{index}" for index in range(1, 21))
_STEP = re.compile(r"(\.\.?)([A-Za-z_][\w-]*)|\[(?:'([^']*)'|\"([^\"]*)\"|(\d+))\]")


def fast_access(account: Account, contact: Document) -> Document:
    """Return the contact with the derived attributes, by number and by friendly name."""
    rules = RULES.rows(account).rows()
    if not rules:
        return contact
    found: Document = {}
    named: Document = {}
    for rule in rules:
        value = first_match(str(rule.get("value_derivation_script") or ""), contact)
        if value is not None:
            found[str(rule["target_attribute"])] = filter_text(value)
            if rule.get("target_attribute_name"):
                named[str(rule["target_attribute_name"])] = filter_text(value)
    return {**contact, **found, "fast_access": named}


def first_match(path: str, contact: Document) -> object:
    """Return the first match of a JSON path: names behind `.` or `..`, and `[...]`; None without a match."""
    if not path.startswith("$"):
        return None
    found: list[object] = [contact]
    position = 1
    while position < len(path):
        step = _STEP.match(path, position)
        if step is None:
            return None
        name = next(text for text in step.groups()[1:] if text is not None)
        parents = [inner for value in found for inner in _descendants(value)] if step[1] == ".." else found
        found = [value for parent in parents for value in _children(parent, name)]
        position = step.end()
    return next((value for value in found if value is not None), None)


def _children(value: object, name: str) -> list[object]:
    value = _parsed(value)
    rows = items(value)
    if rows:
        return [rows[int(name)]] if name.isdecimal() and int(name) < len(rows) else []
    fields = document(value) or {}
    return [fields[name]] if name in fields else []


def _descendants(value: object) -> list[object]:
    value = _parsed(value)
    inner = items(value) or list((document(value) or {}).values())
    return [value, *(found for item in inner for found in _descendants(item))]


def _parsed(value: object) -> object:
    # The contact's own attributes are JSON inside a string.
    if not isinstance(value, str) or value[:1] not in ("{", "["):
        return value
    try:
        parsed: object = json.loads(value)
    except (ValueError, RecursionError):
        return value
    return parsed


def _prepare(_account: Account, fields: Document, current: Document | None) -> None:
    wanted = {**(current or {}), **fields}
    if not wanted.get("target_attribute"):
        raise missing("target_attribute")
    if wanted["target_attribute"] not in TARGETS:
        raise invalid("target_attribute", str(wanted["target_attribute"]))
    script = wanted.get("value_derivation_script")
    if script and not str(script).startswith("$"):
        raise invalid("value_derivation_script", "not a JSON path")


RULES = Resource(
    spec=fast_access_rules,
    model=fast_access_rules.FastAccessRuleData,
    unique=("target_attribute", "target_attribute_name"),
    prepare=_prepare,
)

HANDLERS: OperationHandlers = RULES.handlers()
