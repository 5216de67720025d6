"""Audio for a call or a conference: an attachment or a URL."""

from __future__ import annotations

from scgapi._core.operation import Operation
from scgapi._core.text import encode_path_segment
from scgapi.errors import InvalidArgumentError
from scgapi.models.attachments import AttachmentData


def audio_source(
    operation: Operation,
    attachment: str | AttachmentData | None,
    url: str | None,
    source_type: str | None,
    source: str | None,
) -> dict[str, object]:
    """Return the request fields that name the audio.

    Raises:
        InvalidArgumentError: not exactly one of an attachment, a URL, and a source with its type is given.
    """
    sources = [attachment is not None, url is not None, source_type is not None or source is not None]
    if sources.count(True) != 1:
        raise InvalidArgumentError(
            f"{operation.name} plays one of attachment=, url=, or source_type= with source=. Nothing was sent.",
            operation=operation.name,
        )
    if attachment is not None:
        found = attachment.id if isinstance(attachment, AttachmentData) else attachment
        # Refuses values that cannot be an id.
        encode_path_segment(found, "attachment", operation.name)
        return {"source_type": "ATTACHMENT", "source": found}
    if url is not None:
        return {"source_type": "URL", "source": url}
    fields = {"source_type": source_type, "source": source}
    return {name: value for name, value in fields.items() if value is not None}
