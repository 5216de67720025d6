"""`scgapi attachments upload|download`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from scgapi.cli.inputs import STDIN
from scgapi.cli.options import DEFAULTS, Options
from scgapi.cli.output import Printer
from scgapi.cli.session import connect
from scgapi.cli.transfers import check_source, check_target, download_file, upload_file


def upload(file: Path, /, *, type_: str | None = None, options: Options = DEFAULTS) -> None:
    """Make an attachment of a file, and print its id.

    Args:
        file: The file.
        type_: Media type, such as image/png; guessed by the file's name unless given.
    """
    check_source(file)
    printer = Printer(options)
    with connect(options, printer) as scg:
        printer.created(upload_file(scg, file, type_).id)


def download(
    attachment_id: str,
    file: Path,
    /,
    *,
    overwrite: Annotated[bool, Parameter(negative="", show_default=False)] = False,
    options: Options = DEFAULTS,
) -> None:
    """Write the content of an attachment into a file.

    Args:
        attachment_id: Id of the attachment.
        file: The file to write; - writes to stdout.
        overwrite: Replace the file if it exists.
    """
    if str(file) != STDIN:
        check_target(file, overwrite=overwrite)
    printer = Printer(options)
    with connect(options, printer) as scg:
        download_file(scg, attachment_id, file, attachment_id, overwrite=overwrite)
