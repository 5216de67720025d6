"""Rich messages for RCS: typed content, and the body and content type for a message request."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from pydantic import JsonValue

from scgapi._core.tracebacks import trim_tracebacks
from scgapi.errors import InvalidArgumentError

CONTENT_TYPE = "application/vnd.scg.grcs.raw-message"
"""Content type of a rich message, for `content_type=` beside the body."""

MAX_SUGGESTIONS = 11
MAX_SUGGESTION_CHARACTERS = 25
MAX_BYTES = 250 * 1024


@dataclass(frozen=True, slots=True)
class Reply:
    """A suggested reply; the recipient's reply contains `postback_data`.

    The gateway does not document the shape of a suggestion. This is the shape of Google's RCS business messaging, whose
    raw messages have this content type.
    """

    text: str = field(repr=False)
    postback_data: str = field(repr=False)

    def as_json(self) -> dict[str, JsonValue]:
        """Return the JSON of the suggestion."""
        return {"reply": {"text": self.text, "postbackData": self.postback_data}}


@dataclass(frozen=True, slots=True)
class RichMessage:
    """Content of an RCS message: one of `text`, `media` and `rich_card`, and suggested replies.

    `media` and `rich_card` are sent unchanged, because the gateway does not document their shape. Pass `body()` to a
    message request, together with `content_type=CONTENT_TYPE`.
    """

    text: str | None = field(default=None, repr=False)
    media: dict[str, JsonValue] | None = field(default=None, repr=False)
    rich_card: dict[str, JsonValue] | None = field(default=None, repr=False)
    suggestions: Sequence[Reply | dict[str, JsonValue]] = field(default_factory=tuple, repr=False)

    def body(self) -> str:
        """Return the body for a message request.

        Raises:
            InvalidArgumentError: none or several of text, media and rich_card are set, there are more than 11
                suggestions, a suggestion has more than 25 characters, or the body is larger than 250 KB.
        """
        content = {"text": self.text, "media": self.media, "richCard": self.rich_card}
        content_message: dict[str, JsonValue] = {
            name: value for name, value in content.items() if value is not None
        }
        if len(content_message) != 1:
            raise _invalid_message("exactly one of text, media and rich_card must be given", "text")
        if len(self.suggestions) > MAX_SUGGESTIONS:
            raise _invalid_message(
                f"at most {MAX_SUGGESTIONS} suggestions, got {len(self.suggestions)}", "suggestions"
            )
        for suggestion in self.suggestions:
            if isinstance(suggestion, Reply) and len(suggestion.text) > MAX_SUGGESTION_CHARACTERS:
                raise _invalid_message(
                    f"a suggestion takes at most {MAX_SUGGESTION_CHARACTERS} characters", "suggestions"
                )
        if self.suggestions:
            content_message["suggestions"] = [
                suggestion.as_json() if isinstance(suggestion, Reply) else suggestion
                for suggestion in self.suggestions
            ]
        body = json.dumps({"contentMessage": content_message}, ensure_ascii=False)
        if any("\ud800" <= char <= "\udfff" for char in body):
            raise _invalid_message("half a character cannot be sent", "text")
        if len(body.encode("utf-8", "replace")) > MAX_BYTES:
            raise _invalid_message(f"at most {MAX_BYTES} bytes in all", "text")
        return body


trim_tracebacks(RichMessage)


def _invalid_message(text: str, field: str) -> InvalidArgumentError:
    return InvalidArgumentError(f"RichMessage: {text}", field=field)
