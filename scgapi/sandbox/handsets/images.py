"""Detection of images by their first bytes, because a declared type may be wrong."""

from __future__ import annotations


def image_type(content: bytes) -> str | None:
    """Return the media type of a PNG, JPEG, GIF or WebP image; None for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    return None
