"""Files that go up and down, with a bar on stderr."""

from __future__ import annotations

import mimetypes
import os
import sys
from collections.abc import Callable
from pathlib import Path

import scgapi
from scgapi.cli.failures import UsageError
from scgapi.cli.inputs import STDIN
from scgapi.cli.output import progress_bar


def check_source(path: Path, name: str = "") -> None:
    """Refuse a path that no file can be read from.

    Raises:
        UsageError: there is no such file, or it cannot be read.
    """
    before = f"{name}: " if name else ""
    if not path.is_file():
        raise UsageError(f"{before}{path} is {'a folder' if path.is_dir() else 'no file'}")
    if not os.access(path, os.R_OK):
        raise UsageError(f"{before}{path} cannot be read")


def check_target(path: Path, *, overwrite: bool) -> None:
    """Refuse a path that no file can be written to.

    Raises:
        UsageError: it exists and is not to be replaced, or is a folder, or lies in none.
    """
    if path.is_dir():
        raise UsageError(f"{path} is a folder: name the file to write")
    if path.exists() and not overwrite:
        raise UsageError(f"{path} exists: add --overwrite to replace it")
    if not path.parent.is_dir():
        raise UsageError(f"{path.parent} is no folder")


def upload_file(
    scg: scgapi.Client, path: Path, media_type: str | None, content: bytes | None = None
) -> scgapi.Attachment:
    """Make an attachment of a file, or of a content under its name, with a bar on stderr.

    The media type is guessed by the name unless given.
    """
    name = path.name
    return scg.attachments.create_and_upload(
        path if content is None else content,
        name=name,
        filename=name,
        type=media_type or mimetypes.guess_type(name)[0] or "application/octet-stream",
        on_progress=_on_progress(name),
    )


def download_file(
    scg: scgapi.Client, attachment_id: str, path: Path, description: str, *, overwrite: bool
) -> None:
    """Write an attachment's content into a file, or to stdout for `-`, with a bar on stderr."""
    progress = _on_progress(description)
    if str(path) == STDIN:
        sys.stdout.buffer.write(scg.attachments.download(attachment_id, on_progress=progress))
        sys.stdout.buffer.flush()
    else:
        scg.attachments.download(attachment_id, path, overwrite=overwrite, on_progress=progress)


def _on_progress(description: str) -> Callable[[scgapi.Transfer], None] | None:
    """Return a callback that draws a bar; None where stderr is no terminal."""
    draw = progress_bar(description)
    if draw is None:
        return None
    update = draw
    return lambda transfer: update(transfer.done, transfer.total)
