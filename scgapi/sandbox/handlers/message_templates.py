"""Message templates: texts that bodies are made from, and patterns that bodies must match."""

from __future__ import annotations

from scgapi.models import message_templates
from scgapi.sandbox.behaviour.rendering import UnknownTemplateError, matches_pattern, render
from scgapi.sandbox.resources.resource import Resource
from scgapi.sandbox.state.account import Account, OperationHandlers
from scgapi.sandbox.state.store import Document, text, texts


def render_body(account: Account, sender: Document, body: str) -> tuple[str, Document]:
    """Return the text that recipients get, and the failure fields if it cannot be made or may not be sent."""
    try:
        made = render(body, lambda name: _pattern(account, name))
    except UnknownTemplateError as unknown:
        return body, _failure(f"no template is called {unknown}")
    rows = [TEMPLATES.rows(account).find(key) for key in texts(sender.get("message_templates"))]
    patterns = [
        str(row.get("pattern") or "") for row in rows if row and row.get("designation") == "VALIDATOR"
    ]
    if patterns and not any(matches_pattern(made, pattern) for pattern in patterns):
        return made, _failure("the text follows none of the sender id's templates")
    return made, {}


def _pattern(account: Account, name: str) -> str | None:
    rows = TEMPLATES.rows(account)
    row = rows.find(rows.find_id("name", name) or "")
    return text(row.get("pattern")) if row and row.get("designation") != "VALIDATOR" else None


def _failure(reason: str) -> Document:
    return {"failure_code": "1006", "failure_details": f"Message template: {reason}"}


def _defaults(_account: Account, _fields: Document) -> Document:
    return {"designation": "TEMPLATE", "ownership": "PRIVATE"}


TEMPLATES = Resource(
    spec=message_templates,
    model=message_templates.MessageTemplateData,
    unique=("name",),
    defaults=_defaults,
)

HANDLERS: OperationHandlers = TEMPLATES.handlers()
