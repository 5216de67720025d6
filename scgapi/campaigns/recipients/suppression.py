"""Who must not be sent to: opt-outs that the gateway knows of, and lists of your own."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from scgapi.campaigns.recipients.addresses import read_address
from scgapi.campaigns.recipients.lines import Columns, Item, UnreadableLine
from scgapi.campaigns.recipients.reading import Reading
from scgapi.campaigns.recipients.recipients import Recipients
from scgapi.campaigns.recipients.sources import AddressFile
from scgapi.errors import RecipientsError

if TYPE_CHECKING:
    from scgapi import AsyncClient, Client
    from scgapi.models.contact_address_statuses import ContactAddressStatusData

Suppressed = Recipients | str | PathLike[str] | Iterable[str]
"""Addresses that must not be sent to: a list like that of the recipients, the path of a file with one address a line,
or addresses."""

_ADDRESS = "address"

_OUT: list[Literal["OPTOUT", "BLACKLIST"]] = ["OPTOUT", "BLACKLIST"]
# The most that a page may hold.
_ROWS_PER_PAGE = 100
_REASONS = {
    "OPTOUT": "opted out at the gateway",
    "BLACKLIST": "on the gateway's blacklist",
}


class Suppression:
    """Addresses that must not be sent to, with the reason of each."""

    def __init__(self) -> None:
        # Numbers as integers: a set of a million texts would take 100 MB.
        self._numbers: dict[int, str] = {}
        self._others: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._numbers) + len(self._others)

    def reason(self, address: str) -> str | None:
        """Return why an address must not be sent to, or None."""
        if not self._numbers and not self._others:
            return None
        digits = address[address.find("+") + 1 :]
        if digits.isdigit():
            return self._numbers.get(int(digits))
        return self._others.get(address)

    def add(self, address: str, reason: str) -> None:
        """Note an address in normal form; the first reason stays."""
        digits = address[address.find("+") + 1 :]
        if digits.isdigit():
            self._numbers.setdefault(int(digits), reason)
        else:
            self._others.setdefault(address, reason)

    def add_status(self, status: ContactAddressStatusData, sender: str) -> None:
        """Note an address that opted out of this sender, or of one that the status does not tell."""
        reason = _REASONS.get(status.consent_status or "")
        if reason is None or not status.address or not _concerns(status, sender):
            return
        digits = status.address.lstrip("+")
        self.add(f"+{digits}" if digits.isdigit() else status.address, reason)

    def add_items(self, items: Iterable[Item], suppressed: Recipients) -> None:
        """Note the addresses of a list of your own.

        Raises:
            RecipientsError: a line has no address that can be read, so the person it names would be sent to.
        """
        reading = suppressed.reading
        for item in items:
            if isinstance(item, Columns):
                reading.check_columns(item)
                continue
            if isinstance(item, UnreadableLine):
                raise RecipientsError(_unreadable(reading.title, item.number, item.reason))
            written = item.values.get(reading.address, "")
            if not written.strip():
                continue
            address = read_address(f"{reading.prefix}{written}", reading.region)
            if isinstance(address, str):
                raise RecipientsError(_unreadable(reading.title, item.number, address))
            self.add(address.text, f"on the suppression list {reading.title}")


def read_opt_outs(scg: Client, sender: str, into: Suppression) -> None:
    """Read all opt-outs that the gateway knows of for a sender, in one listing."""
    for status in scg.contact_address_statuses.list(consent_status=_OUT, limit=_ROWS_PER_PAGE):
        into.add_status(status, sender)


async def read_opt_outs_async(scg: AsyncClient, sender: str, into: Suppression) -> None:
    """Read all opt-outs that the gateway knows of for a sender, in one listing."""
    async for status in scg.contact_address_statuses.list(consent_status=_OUT, limit=_ROWS_PER_PAGE):
        into.add_status(status, sender)


def suppression_list(suppress: Suppressed, region: str | None) -> Recipients:
    """Return a list of your own as it is read: a file with one address a line, addresses, or a list as it is."""
    if isinstance(suppress, Recipients):
        return suppress
    if isinstance(suppress, str | PathLike):
        source = AddressFile(Path(suppress), _ADDRESS)
        return Recipients(source, Reading(source.title, _ADDRESS, region))
    return Recipients.rows(list(suppress), address=_ADDRESS, region=region)


def _concerns(status: ContactAddressStatusData, sender: str) -> bool:
    kind, _, sender_id = sender.rpartition(":")
    if kind == "channel":
        # Which of its senders sends is the gateway's choice.
        return True
    said = {one.lstrip("+") for one in (status.sender_id, status.from_address) if one}
    return not said or sender_id.lstrip("+") in said


def _unreadable(title: str, number: int, reason: str) -> str:
    return f"line {number} of {title} holds no address to suppress: {reason}. Nobody may be missed: mend the line"
