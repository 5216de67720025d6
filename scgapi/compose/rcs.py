"""Rich messages for RCS: typed parts, and the body and content type that a message request takes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from pydantic import JsonValue

from scgapi.errors import InvalidArgumentError

CONTENT_TYPE = "application/vnd.scg.grcs.raw-message"
"""Pass it as `content_type=` beside the body."""

MAX_SUGGESTIONS = 11
MAX_SUGGESTION_TEXT = 25
MAX_BYTES = 250 * 1024


@dataclass(frozen=True, slots=True)
class Reply:
    """A suggested reply; the answer to it comes with `postback_data`.

    The gateway's own texts do not give the shape of a suggestion: this is the one of Google's RCS business messaging,
    whose raw messages this content type carries.
    """

    text: str
    postback_data: str

    def as_json(self) -> dict[str, JsonValue]:
        """The suggestion as the message holds it."""
        return {"reply": {"text": self.text, "postbackData": self.postback_data}}


@dataclass(frozen=True, slots=True)
class RichMessage:
    """The content of an RCS message: exactly one of `text`, `media` and `rich_card`, and suggestions to it.

    `media` and `rich_card` are passed on as they are: the gateway's texts name them and do not give their shape.
    `body()` is what a message request takes, together with `CONTENT_TYPE`.
    """

    text: str | None = None
    media: dict[str, JsonValue] | None = None
    rich_card: dict[str, JsonValue] | None = None
    suggestions: Sequence[Reply | dict[str, JsonValue]] = field(default_factory=tuple)

    def body(self) -> str:
        """The body of the message request.

        Raises:
            InvalidArgumentError: not exactly one kind of content, more than 11 suggestions, a suggestion of more
                than 25 characters, or more than 250 KB in all.
        """
        content = {"text": self.text, "media": self.media, "richCard": self.rich_card}
        given: dict[str, JsonValue] = {name: value for name, value in content.items() if value is not None}
        if len(given) != 1:
            raise _refused("exactly one of text, media and rich_card must be given", "text")
        if len(self.suggestions) > MAX_SUGGESTIONS:
            raise _refused(
                f"at most {MAX_SUGGESTIONS} suggestions, got {len(self.suggestions)}", "suggestions"
            )
        for suggestion in self.suggestions:
            if isinstance(suggestion, Reply) and len(suggestion.text) > MAX_SUGGESTION_TEXT:
                raise _refused(f"a suggestion takes at most {MAX_SUGGESTION_TEXT} characters", "suggestions")
        if self.suggestions:
            given["suggestions"] = [
                suggestion.as_json() if isinstance(suggestion, Reply) else suggestion
                for suggestion in self.suggestions
            ]
        body = json.dumps({"contentMessage": given}, ensure_ascii=False)
        if any("\ud800" <= char <= "\udfff" for char in body):
            raise _refused("half a character cannot be sent", "text")
        if len(body.encode("utf-8", "replace")) > MAX_BYTES:
            raise _refused(f"at most {MAX_BYTES} bytes in all", "text")
        return body


def _refused(text: str, field: str) -> InvalidArgumentError:
    return InvalidArgumentError(f"RichMessage: {text}", field=field)
