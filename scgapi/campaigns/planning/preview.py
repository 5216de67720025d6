"""The text of single recipients, as they would read it, and tests of it on a phone of your own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from scgapi._core.text import mask_numbers
from scgapi._core.tracebacks import async_trim_traceback, trim_traceback
from scgapi.campaigns.recipients.addresses import read_address
from scgapi.campaigns.recipients.lines import Columns, Item, Line
from scgapi.campaigns.recipients.recipient import Recipient
from scgapi.campaigns.text.fields import check_fields
from scgapi.compose.segments import Segments, count_segments
from scgapi.errors import CampaignError, InvalidArgumentError

if TYPE_CHECKING:
    from scgapi import AsyncClient, Client
    from scgapi.campaigns.planning.planner import Planning
    from scgapi.models.message_requests import MessageRequestFields


@dataclass(frozen=True, slots=True)
class Preview:
    """What one recipient would get. `print(preview)` shows the text; the repr does not.

    Attributes:
        recipient: the recipient.
        text: the text that is read; None if only the gateway can fill in the template.
        request_body: the body of the message request; None if there are attachments only.
        attachments: ids of the attachments.
        segments: what the text costs; None for MMS, and if the text is not known.
    """

    recipient: Recipient
    text: str | None = field(repr=False)
    request_body: str | None = field(repr=False)
    attachments: tuple[str, ...]
    segments: Segments | None

    def __str__(self) -> str:
        size = "" if self.segments is None else f", {self.segments.segments} x {self.segments.encoding}"
        text = "(the gateway fills in the template)" if self.text is None else self.text
        return f"line {self.recipient.line}, {mask_numbers(self.recipient.address)}{size}:\n{text}"


def preview_of(planning: Planning, recipient: Recipient) -> Preview:
    """Return what a recipient would get."""
    message = planning.message
    text = message.shown_text(recipient.fields)
    return Preview(
        recipient,
        text,
        message.request_body(recipient.fields),
        tuple(message.attachments(recipient.fields)),
        None if text is None or message.is_mms else count_segments(text),
    )


def previews(planning: Planning, items: Iterable[Item]) -> Iterator[Preview]:
    """Yield what each recipient of a list would get; lines without an address that can be sent to are left out.

    Raises:
        RecipientsError: the list cannot be read.
        PlanRefusedError: the text has a field that the list lacks.
    """
    reading, texts = planning.recipients.reading, planning.message.texts
    has_columns = False
    for item in items:
        if isinstance(item, Columns):
            has_columns = True
            reading.check_columns(item)
            check_fields(texts, item.names, reading.title)
        elif isinstance(item, Line):
            if not has_columns:
                check_fields(texts, tuple(item.values), reading.title, item.number)
            row, _ = reading.recipient(item, planning.columns)
            if isinstance(row, Recipient):
                yield preview_of(planning, row)


async def previews_async(
    planning: Planning, items: AsyncIterator[Item] | Iterator[Item]
) -> AsyncIterator[Preview]:
    """Yield the same for a program of tasks."""
    if not isinstance(items, AsyncIterator):
        for preview in previews(planning, items):
            yield preview
        return
    known: list[Item] = []
    async for item in items:
        if isinstance(item, Columns):
            known = [item]
        for preview in previews(planning, [*known, item]):
            yield preview


@trim_traceback
def find_preview(planning: Planning, scg: Client, which: str | int) -> Preview:
    """Return what one recipient would get, by address or by position among those that can be sent to, from 1.

    Raises:
        CampaignError: the list does not have the recipient.
        InvalidArgumentError: `which` is neither an address nor a position.
    """
    wanted = _Wanted(which, planning)
    for preview in previews(planning, planning.recipients.items(scg)):
        if wanted.is_it(preview):
            return preview
    raise wanted.missing()


@async_trim_traceback
async def find_preview_async(planning: Planning, scg: AsyncClient, which: str | int) -> Preview:
    """Return the same for a program of tasks."""
    wanted = _Wanted(which, planning)
    async for preview in previews_async(planning, planning.recipients.items_async(scg)):
        if wanted.is_it(preview):
            return preview
    raise wanted.missing()


@trim_traceback
def send_test(planning: Planning, scg: Client, to: str, count: int) -> list[str]:
    """Send the texts of the first recipients to a phone of your own; return the ids of the requests.

    Raises:
        InvalidArgumentError: `to` is no address, or `count` is below 1.
    """
    address = _test_address(planning, to, count)
    found = islice(previews(planning, planning.recipients.items(scg)), count)
    create, sent = scg.message_requests.create, list[str]()
    for preview in found:
        body, request = preview.request_body, _request(planning, preview, address)
        sent.append(create(**request) if body is None else create(body=body, **request))
    return sent


@async_trim_traceback
async def send_test_async(planning: Planning, scg: AsyncClient, to: str, count: int) -> list[str]:
    """Return the same for a program of tasks."""
    address = _test_address(planning, to, count)
    create, sent = scg.message_requests.create, list[str]()
    async for preview in previews_async(planning, planning.recipients.items_async(scg)):
        body, request = preview.request_body, _request(planning, preview, address)
        sent.append(await (create(**request) if body is None else create(body=body, **request)))
        if len(sent) == count:
            break
    return sent


def _test_address(planning: Planning, to: str, count: int) -> str:
    if type(count) is not int or count < 1:
        raise InvalidArgumentError("test_send: rows must be a whole number, 1 or more", field="rows")
    address = read_address(to, planning.recipients.reading.region) if isinstance(to, str) else "no text"
    if isinstance(address, str):
        raise InvalidArgumentError(f"test_send: to is {address}. Nothing was sent.", field="to")
    return address.text


def _request(planning: Planning, preview: Preview, address: str) -> MessageRequestFields:
    request: MessageRequestFields = {"from_": planning.sender, "to": [address]}
    if preview.attachments:
        request["attachments"] = list(preview.attachments)
    return request


class _Wanted:
    """The recipient that a preview is asked for: by address, or by position among those that can be sent to.

    Raises:
        InvalidArgumentError: it is neither.
    """

    def __init__(self, which: str | int, planning: Planning) -> None:
        self._title = planning.recipients.reading.title
        self._left: int | None = None
        self._address = ""
        if isinstance(which, int) and not isinstance(which, bool):
            if which < 1:
                raise InvalidArgumentError("preview: positions begin at 1", field="which")
            self._left = which
            return
        address = (
            read_address(which, planning.recipients.reading.region) if isinstance(which, str) else "no text"
        )
        if isinstance(address, str):
            raise InvalidArgumentError(f"preview: the recipient is {address}", field="which")
        self._address = address.text

    def is_it(self, preview: Preview) -> bool:
        """Return True if this is the recipient; count it otherwise."""
        if self._left is None:
            return preview.recipient.address == self._address
        self._left -= 1
        return not self._left

    def missing(self) -> CampaignError:
        """Return the error for a list that does not have the recipient."""
        which = mask_numbers(self._address) if self._left is None else "so many recipients"
        return CampaignError(f"{self._title} does not have {which} that a text can be sent to")
