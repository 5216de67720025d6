"""`scgapi send`."""

from __future__ import annotations

import sys
import uuid
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

import scgapi
from scgapi._core import error_codes
from scgapi.cli.delivery import follow
from scgapi.cli.failures import InDoubtError, UsageError
from scgapi.cli.inputs import STDIN, future, text_of, zoned
from scgapi.cli.options import DEFAULTS, Options, Seconds
from scgapi.cli.output import Printer, cell, counted
from scgapi.cli.recipients import check_recipients, named_recipient, refused_recipients
from scgapi.cli.session import connect
from scgapi.cli.transfers import check_source, upload_file

MOST_UNASKED = 10
"""Recipients that are sent to without a question."""


def send(
    text: str | None = None,
    /,
    *,
    to: Annotated[list[str], Parameter(negative="")],
    from_: str,
    attach: Annotated[list[Path] | None, Parameter(negative="")] = None,
    schedule: str | None = None,
    wait: Annotated[bool, Parameter(negative="", show_default=False)] = False,
    timeout: Seconds = 60.0,
    dry_run: Annotated[bool, Parameter(negative="", show_default=False)] = False,
    yes: Annotated[bool, Parameter(name=["--yes", "-y"], negative="", show_default=False)] = False,
    options: Options = DEFAULTS,
) -> int:
    """Send a text, and print the id of the request.

    The segments that it takes, and the characters that force UCS-2, are shown first. A send whose outcome is not known
    is never repeated: the exit status is 3, and the command that looks it up is printed.

    Args:
        text: The text; - reads it from stdin. After -- it may begin with a hyphen.
        to: Recipient: +15551234567, contact:ID or group:ID; repeat it for more.
        from_: Sender: a sender id, its address, sender_id:ID or channel:ID.
        attach: File to attach; repeat it for more.
        schedule: When to send: 2026-05-01T09:30, in the zone of this machine, or 2026-05-01T09:30Z, with a zone.
        wait: Wait until each message is delivered or has failed; show states as they change. The exit status is 5 if \
some failed, or if time ran out, and 1 if all failed.
        timeout: Seconds to wait at most.
        dry_run: Show what would be sent, and send nothing.
        yes: Do not ask before sending to more than 10 recipients.
    """
    body = None if text is None else text_of(text)
    if not body and not attach:
        raise UsageError("nothing to send: give a text, or a file to --attach")
    check_recipients(to)
    when = None if schedule is None else future(schedule, "--schedule")
    for path in attach or ():
        check_source(path, "--attach")
    printer = Printer(options)
    _tell_cost(printer, body or "", len(attach or ()))
    if when is not None:
        printer.notice(f"to be sent at {zoned(when)}", scheduled_delivery_time=when.isoformat())
    if dry_run:
        printer.notice("dry run: nothing was sent")
        shown = {"from": from_, "to": to, "body": body, "attachments": [str(path) for path in attach or ()]}
        if when is not None:
            shown["scheduled_delivery_time"] = when.isoformat()
        printer.answer({name: value for name, value in shown.items() if value})
        return 0
    fields: scgapi.types.MessageRequestFields = {"from_": from_, "to": to}
    if when is not None:
        fields["scheduled_delivery_time"] = when
    with connect(options, printer) as scg:
        if not yes:
            _ask(scg, to, can_ask=text != STDIN and sys.stdin.isatty())
        if attach:
            fields["attachments"] = [upload_file(scg, path, None).id for path in attach]
        request_id = _sent(scg, body, to, fields)
        printer.created(request_id)
        return follow(scg, printer, request_id, timeout) if wait else 0


def _tell_cost(printer: Printer, body: str, attachments: int) -> None:
    if attachments:
        # What carries files is not cut into segments.
        text = f" and {counted(len(body), 'character')} of text" if body else ""
        printer.notice(
            f"{counted(attachments, 'attachment')}{text} for each recipient", attachments=attachments
        )
        return
    cost = scgapi.count_segments(body)
    forced = "".join(cost.forced_by)
    why = f", forced by {cell(' '.join(forced))}" if forced else ""
    printer.notice(
        f"{counted(cost.segments, 'segment')} for each recipient, {cost.encoding}{why}",
        segments=cost.segments,
        encoding=cost.encoding,
        forced_by=list(cost.forced_by),
    )


def _ask(scg: scgapi.Client, to: list[str], *, can_ask: bool) -> None:
    """Ask before a send to many.

    Raises:
        UsageError: the answer is no, or nobody can be asked.
    """
    count = sum(_members(scg, to, position) for position in range(1, len(to) + 1))
    if count <= MOST_UNASKED:
        return
    if not can_ask:
        raise UsageError(
            f"{count} recipients: add --yes to send to more than {MOST_UNASKED} without a question"
        )
    print(f"Send to {count} recipients? [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise UsageError("nothing was sent")


def _members(scg: scgapi.Client, to: list[str], position: int) -> int:
    kind, _, group_id = to[position - 1].partition(":")
    if kind != "group":
        return 1
    try:
        return int(scg.contact_groups.get(group_id).member_count or 0)
    except scgapi.NotFoundError as error:
        error.add_note(f"refused: {named_recipient(to, position)}")
        raise


def _sent(
    scg: scgapi.Client, body: str | None, to: list[str], fields: scgapi.types.MessageRequestFields
) -> str:
    """Send, under an id that is known beforehand: an interrupted send can be looked up, too."""
    external_id = f"scgapi-{uuid.uuid4().hex}"
    fields["external_id"] = external_id
    look_up = f"look it up: scgapi requests list --filter external_id={external_id}"
    try:
        return scg.message_requests.create(body=body, **fields)
    except scgapi.ApiError as error:
        if error.code == error_codes.INVALID_RECIPIENT:
            refused = refused_recipients(to, error.description or "")
            if refused:
                error.add_note(f"refused: {refused}")
        raise
    except scgapi.OutcomeUnknownError as error:
        raise InDoubtError(error, f"It may have been sent, and was not sent again; {look_up}") from error
    except KeyboardInterrupt as error:
        raise InDoubtError(error, f"It may have been sent; {look_up}") from error
