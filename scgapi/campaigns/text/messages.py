"""What a campaign sends: one text, or one template of the gateway, filled in for each recipient."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from scgapi.campaigns.text.fields import Text
from scgapi.compose.templates import fill_pattern, literal_body, template_body, variables_of
from scgapi.errors import InvalidArgumentError

if TYPE_CHECKING:
    from scgapi.models.message_templates import MessageTemplateData


class Message:
    """The text of a campaign, or its template, and its attachments.

    What recipients' data hold reaches them as it is: neither `{braces}` nor the gateway's `$name` and `#parse("…")` in it
    are carried out. The repr shows no text.

    Args:
        body: the text, with `{fields}`.
        template: a template of the gateway, or its name, in place of `body`. Give the template itself to have the
            variables compared with its pattern, and its texts counted.
        variables: texts with `{fields}` for the template's variables. A variable of the template that is not named here
            takes the field of its own name.
        attachments: ids of attachments, which make the texts MMS; an id may be a `{field}`, and an empty one is left out.

    Raises:
        InvalidArgumentError: neither or both of body and template are given, a text has a brace too many, or the
            template has other variables.
    """

    def __init__(
        self,
        body: str | None = None,
        *,
        template: MessageTemplateData | str | None = None,
        variables: Mapping[str, str] | None = None,
        attachments: Sequence[str] = (),
    ) -> None:
        if isinstance(attachments, str):
            raise InvalidArgumentError(
                "attachments must be a list of ids: write attachments=[…]", field="attachments"
            )
        if body is not None and template is not None:
            raise InvalidArgumentError("give body or template, not both", field="template")
        if variables and template is None:
            raise InvalidArgumentError("variables are a template's: give template, too", field="variables")
        if template is None and not attachments and (body is None or not body.strip()):
            raise InvalidArgumentError("body is empty: there is nothing to send", field="body")
        self._body = None if body is None else Text(body)
        self._template = template
        self._variables = {} if template is None else _variables(template, variables or {})
        self._attachments = tuple(Text(one, "attachments") for one in attachments)
        texts = (self._body, *self._variables.values(), *self._attachments)
        self.texts: tuple[Text, ...] = tuple(text for text in texts if text is not None)
        self.fields: tuple[str, ...] = tuple(
            dict.fromkeys(field for text in self.texts for field in text.fields)
        )
        self._identity = {"body": body or "", "attachments": json.dumps(list(attachments))}
        if template is not None:
            self._identity["template"] = _template_identity(template, variables or {})

    def __repr__(self) -> str:
        return f"<Message with fields: {', '.join(self.fields) or 'none'}>"

    @property
    def is_mms(self) -> bool:
        """Whether it carries attachments, so that its length in SMS does not matter."""
        return bool(self._attachments)

    @property
    def literal(self) -> str:
        """The text without its fields; empty for a template."""
        return "" if self._body is None else self._body.literal

    @property
    def settings(self) -> dict[str, str]:
        """What makes it another campaign's message if it changes."""
        return dict(self._identity)

    def request_body(self, fields: Mapping[str, str]) -> str | None:
        """Return the body of a recipient's message request; None if there are attachments only.

        Raises:
            KeyError: the field that is missing.
        """
        if self._template is not None:
            return template_body(self._template, **self._values(fields))
        return None if self._body is None else literal_body(self._body.render(fields))

    def shown_text(self, fields: Mapping[str, str]) -> str | None:
        """Return the text that a recipient reads; None if only the gateway can fill in the template.

        Raises:
            KeyError: the field that is missing.
        """
        if self._template is None:
            return "" if self._body is None else self._body.render(fields)
        pattern = None if isinstance(self._template, str) else self._template.pattern
        return None if pattern is None else fill_pattern(pattern, self._values(fields))

    def attachments(self, fields: Mapping[str, str]) -> list[str]:
        """Return the ids of a recipient's attachments.

        Raises:
            KeyError: the field that is missing.
        """
        return [found for one in self._attachments if (found := one.render(fields).strip())]

    def _values(self, fields: Mapping[str, str]) -> dict[str, str]:
        return {name: text.render(fields) for name, text in self._variables.items()}


def _variables(template: MessageTemplateData | str, given: Mapping[str, str]) -> dict[str, Text]:
    needed = () if isinstance(template, str) else variables_of(template)
    texts = {name: f"{{{name}}}" for name in needed if name not in given} | dict(given)
    found = {name: Text(text, f"variables[{name!r}]") for name, text in texts.items()}
    # Refuses variables that the template does not have, now and not in the middle of a run.
    template_body(template, **dict.fromkeys(found, ""))
    return found


def _template_identity(template: MessageTemplateData | str, variables: Mapping[str, str]) -> str:
    if isinstance(template, str):
        return json.dumps([template, None, dict(variables)], ensure_ascii=False, sort_keys=True)
    return json.dumps([template.name, template.pattern, dict(variables)], ensure_ascii=False, sort_keys=True)
