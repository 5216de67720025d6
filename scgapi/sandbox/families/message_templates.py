"""Message templates: texts that bodies are made from, and patterns that they must follow."""

from __future__ import annotations

from scgapi.models import message_templates
from scgapi.sandbox.rendering import UnknownTemplateError, follows, render
from scgapi.sandbox.resource import Resource
from scgapi.sandbox.store import Document, text, texts
from scgapi.sandbox.world import Handlers, World


def rendered(world: World, sender: Document, body: str) -> tuple[str, Document]:
    """The text that recipients get, and how the messages fail if it cannot be made or may not be sent."""
    try:
        made = render(body, lambda name: _pattern(world, name))
    except UnknownTemplateError as unknown:
        return body, _failure(f"no template is called {unknown}")
    rows = [TEMPLATES.rows(world).find(key) for key in texts(sender.get("message_templates"))]
    patterns = [
        str(row.get("pattern") or "") for row in rows if row and row.get("designation") == "VALIDATOR"
    ]
    if patterns and not any(follows(made, pattern) for pattern in patterns):
        return made, _failure("the text follows none of the sender id's templates")
    return made, {}


def _pattern(world: World, name: str) -> str | None:
    rows = TEMPLATES.rows(world)
    row = rows.find(rows.holder("name", name) or "")
    return text(row.get("pattern")) if row and row.get("designation") != "VALIDATOR" else None


def _failure(reason: str) -> Document:
    return {"failure_code": "1006", "failure_details": f"Message template: {reason}"}


def _defaults(_world: World, _fields: Document) -> Document:
    return {"designation": "TEMPLATE", "ownership": "PRIVATE"}


TEMPLATES = Resource(
    spec=message_templates,
    model=message_templates.MessageTemplateData,
    unique=("name",),
    defaults=_defaults,
)

HANDLERS: Handlers = TEMPLATES.handlers()
