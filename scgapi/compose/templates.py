"""Bodies that use a message template of the gateway."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scgapi.errors import InvalidArgumentError

if TYPE_CHECKING:
    from scgapi.models.message_templates import MessageTemplateData

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def template_body(template: MessageTemplateData | str, /, **variables: str | int | float) -> str:
    """The body that makes the gateway fill a template: one `#set` for each variable, then `#parse`.

    Values are taken as they are: what Velocity would read as a reference or a directive stays text.

    Args:
        template: the template, or its name (not its id).
        **variables: a value for each `${variable}` of the template's pattern.

    Raises:
        InvalidArgumentError: the template has no name, or a variable's name is none that Velocity takes.
    """
    name = template if isinstance(template, str) else template.name
    if not name:
        raise InvalidArgumentError("template_body: the template has no name", field="template")
    for variable in variables:
        if not _NAME.fullmatch(variable):
            raise InvalidArgumentError(f"template_body: {variable!r} cannot name a variable", field=variable)
    settings = [f"#set(${variable}={_literal(str(value))})" for variable, value in variables.items()]
    return "\n".join([*settings, f"#parse({_literal(name)})"])


def _literal(text: str) -> str:
    """A Velocity string: the documented double quotes, or single ones, in which nothing but they is special."""
    if not re.search(r"[\"$#\\]", text):
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"
