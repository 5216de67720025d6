"""What a call or a conference is to play: an attachment or a URL, told apart by how it is given."""

from __future__ import annotations

from scgapi._core.operation import Operation
from scgapi._core.text import path_segment
from scgapi.errors import InvalidArgumentError
from scgapi.models.attachments import AttachmentData


def audio_source(
    operation: Operation,
    attachment: str | AttachmentData | None,
    url: str | None,
    source_type: str | None,
    source: str | None,
) -> dict[str, object]:
    """The fields that name the audio on the wire.

    Raises:
        InvalidArgumentError: not exactly one of an attachment, a URL, and a source with its type is given.
    """
    given = [attachment is not None, url is not None, source_type is not None or source is not None]
    if given.count(True) != 1:
        raise InvalidArgumentError(
            f"{operation.name} plays one of attachment=, url=, or source_type= with source=. Nothing was sent.",
            operation=operation.name,
        )
    if attachment is not None:
        found = attachment.id if isinstance(attachment, AttachmentData) else attachment
        path_segment(found, "attachment", operation.name)  # an id that no path can hold is no id
        return {"source_type": "ATTACHMENT", "source": found}
    if url is not None:
        return {"source_type": "URL", "source": url}
    wire = {"source_type": source_type, "source": source}
    return {name: value for name, value in wire.items() if value is not None}
