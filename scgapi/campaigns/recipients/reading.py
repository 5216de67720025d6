"""From lines of a list to recipients, and to lines that are set aside with the reason."""

from __future__ import annotations

from dataclasses import dataclass

from scgapi.campaigns.recipients.addresses import read_address
from scgapi.campaigns.recipients.csv_files import missing_column
from scgapi.campaigns.recipients.lines import Columns, Line, UnreadableLine
from scgapi.campaigns.recipients.recipient import Recipient, SetAside
from scgapi.campaigns.recipients.time_zones import is_time_zone, time_zones_of, unknown_time_zone
from scgapi.errors import RecipientsError


@dataclass(frozen=True, slots=True)
class Reading:
    """How the lines of a list are read.

    Attributes:
        title: what errors call the list, such as the file's name.
        address: column of the address.
        region: country of numbers without a country code, as an ISO 3166 code.
        time_zone: column of the time zone.
        default_time_zone: zone of recipients whose line and number do not tell one.
        prefix: put before each address, such as `contact:`.
        valid_only: whether numbers are set aside that are merely possible.
        keep: columns that are kept beside those that the text needs.
    """

    title: str
    address: str
    region: str | None = None
    time_zone: str | None = None
    default_time_zone: str | None = None
    prefix: str = ""
    valid_only: bool = False
    keep: tuple[str, ...] = ()

    def check_columns(self, columns: Columns) -> None:
        """Refuse a list that lacks a column which it is read by.

        Raises:
            RecipientsError: naming the column, and those that the list has.
        """
        for name in (self.address, *filter(None, [self.time_zone]), *self.keep):
            if name not in columns.names:
                raise RecipientsError(missing_column(self.title, name, columns.names))

    def recipient(self, line: Line, wanted: tuple[str, ...]) -> tuple[Recipient | SetAside, bool]:
        """Read one line.

        Args:
            line: the line.
            wanted: columns whose values are kept; one that the line lacks is empty.

        Returns:
            The recipient, or the reason why the line has none; and True if its number is possible but not known to exist.
        """
        values = line.values
        written = values.get(self.address, "")
        address = read_address(f"{self.prefix}{written}", self.region)
        if isinstance(address, str):
            return SetAside(written, line.number, "INVALID", f"{self.address}: {address}"), False
        number = address.number
        is_merely_possible = number is not None and number.kind == "unknown"
        if is_merely_possible and self.valid_only:
            reason = f"{self.address}: a possible number in no range that is in use"
            return SetAside(address.text, line.number, "INVALID", reason), True
        zones: tuple[str, ...]
        said = values.get(self.time_zone, "").strip() if self.time_zone else ""
        if said:
            if not is_time_zone(said):
                reason = f"{self.time_zone}: {unknown_time_zone(said)}"
                return SetAside(address.text, line.number, "INVALID", reason), is_merely_possible
            zones = (said,)
        elif self.default_time_zone is not None and (number is None or number.kind != "geographic"):
            zones = (self.default_time_zone,)
        else:
            zones = time_zones_of(number) if number is not None else ()
        fields = {name: values.get(name, "").strip() for name in wanted}
        return Recipient(address.text, fields, zones, line.number), is_merely_possible


def unreadable(line: UnreadableLine) -> SetAside:
    """Set a line aside that cannot be read."""
    return SetAside("", line.number, "INVALID", line.reason)
