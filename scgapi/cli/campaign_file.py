"""campaign.toml: a campaign in a file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, ClassVar, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from scgapi.campaigns import AllowedHours, Campaign, Recipients
from scgapi.campaigns.recipients.lines import near_miss
from scgapi.campaigns.recipients.recipients import ReadingOptions
from scgapi.cli.failures import UsageError
from scgapi.cli.inputs import moment

DEFAULT_FILE = Path("campaign.toml")


def _moment(value: object) -> object:
    if isinstance(value, str):
        return moment(value, "time")
    # A TOML time without an offset is one of this machine.
    return value.astimezone() if isinstance(value, datetime) else value


_Moment = Annotated[datetime, BeforeValidator(_moment)]


class _Table(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)


class RecipientsTable(_Table):
    """The table `[recipients]`."""

    csv: str | None = None
    """CSV file, beside campaign.toml."""
    group: str | None = None
    """Id of a contact group, in place of a file."""
    address: str | None = None
    """Column with the number."""
    region: str | None = None
    """Country of numbers without a country code, such as US."""
    time_zone: str | None = None
    """Column with the time zone."""
    default_time_zone: str | None = None
    """Time zone of recipients without one."""
    valid_only: bool = False
    """Set numbers aside that are in no range in use."""
    keep: list[str] = []
    """Further columns to keep."""
    delimiter: str | None = None
    """Character between values of the CSV file."""
    encoding: str | None = None
    """Encoding of the CSV file, such as cp1252."""


class HoursTable(_Table):
    """The table `[allowed_hours]`."""

    start: str
    """First minute, such as 09:00."""
    end: str
    """Minute at which it is over."""
    zone: str | None = None
    """Time zone of recipients whose own is not known."""


class CampaignFile(_Table):
    """A campaign as its file has it; flags take precedence."""

    name: str | None = None
    """Identity of the campaign."""
    journal: str = "campaigns.db"
    """File of the journal, beside campaign.toml, or postgresql://…"""
    sender: str | None = None
    """Sender id, address or channel."""
    body: str | None = None
    """Text, with {fields}."""
    template: str | None = None
    """Name of a template, in place of a text."""
    variables: dict[str, str] | None = None
    """Texts for the template's variables."""
    attachments: list[str] = []
    """Ids of attachments."""
    rate: int | float | None = None
    """Texts a second."""
    mode: Literal["verified", "two_phase"] = "verified"
    """How sends in doubt are settled."""
    start: _Moment | None = None
    """When it begins."""
    end: _Moment | None = None
    """After which nothing new is sent."""
    consent: Literal["NONE", "OPT_IN", "OPT_OUT"] | None = None
    """Consent that the gateway asks of recipients."""
    max_errors: int = 100
    """Refusals and doubts after which it halts; 0 for never."""
    batch: int = 1
    """Recipients of the same text in one request, at most."""
    price: str | int | float | None = None
    """Price of a segment."""
    suppress: str | None = None
    """File of addresses that must not be sent to, beside campaign.toml."""
    check_opt_outs: bool = True
    """Leave out recipients who have opted out at the gateway."""
    in_flight: int | None = None
    """Requests on their way at once."""
    recipients: RecipientsTable = RecipientsTable()
    allowed_hours: HoursTable | None = None


T = TypeVar("T", bound=BaseModel)


def read_file(
    path: Path | None, given: Mapping[str, object], recipients: Mapping[str, object]
) -> CampaignFile:
    """Read a campaign's file, and put flags in place of its values.

    Args:
        path: the file; campaign.toml of this folder, if there is one, for None.
        given: values of flags; None for those that are not given.
        recipients: the same for `[recipients]`.

    Raises:
        UsageError: the file cannot be read, has an unknown key, or a value of a wrong type.
    """
    values: dict[str, object] = {}
    chosen = path or DEFAULT_FILE
    if path is not None or chosen.exists():
        try:
            values = tomllib.loads(chosen.read_text("utf-8"))
        except OSError as error:
            raise UsageError(f"{chosen}: {error.strerror}") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UsageError(f"{chosen} is not TOML: {error}") from None
    found = _checked(CampaignFile, values, str(chosen))
    folder = chosen.parent
    table = found.recipients.model_copy(
        update={"csv": _beside(folder, found.recipients.csv), **_set(recipients)}
    )
    beside = {"suppress": _beside(folder, found.suppress), "recipients": table}
    if "://" not in found.journal:
        beside["journal"] = _beside(folder, found.journal)
    return found.model_copy(update={**beside, **_set(given)})


def campaign_of(file: CampaignFile) -> Campaign:
    """Make the campaign.

    Raises:
        UsageError: something is missing.
        InvalidArgumentError: a value is malformed or out of its range.
    """
    hours = file.allowed_hours
    return Campaign(
        _needed(file.name, "name"),
        sender=_needed(file.sender, "sender"),
        recipients=_recipients(file.recipients),
        rate=_needed(file.rate, "rate"),
        journal=file.journal,
        body=file.body,
        template=file.template,
        variables=file.variables,
        attachments=file.attachments,
        mode=file.mode,
        allowed_hours=None if hours is None else AllowedHours(hours.start, hours.end, hours.zone),
        start=file.start,
        end=file.end,
        consent=file.consent,
        max_errors=file.max_errors or None,
        batch=file.batch,
        price=file.price,
        suppress=file.suppress,
        check_opt_outs=file.check_opt_outs,
        in_flight=file.in_flight,
    )


def _recipients(table: RecipientsTable) -> Recipients:
    options: ReadingOptions = {
        "region": table.region,
        "time_zone": table.time_zone,
        "default_time_zone": table.default_time_zone,
        "valid_only": table.valid_only,
        "keep": table.keep,
    }
    if (table.csv is None) == (table.group is None):
        raise UsageError(
            "give the list: --csv and --address, or csv and address (or group) in [recipients] of campaign.toml"
        )
    if table.group is not None:
        return Recipients.group(table.group, address=table.address or "primary_mdn", **options)
    return Recipients.csv(
        table.csv or "",
        address=_needed(table.address, "address"),
        delimiter=table.delimiter,
        encoding=table.encoding,
        **options,
    )


V = TypeVar("V")


def _needed(value: V | None, name: str) -> V:
    if value is None:
        raise UsageError(f"{name} is missing: give --{name}, or put it into campaign.toml")
    return value


def _beside(folder: Path, path: str | None) -> str | None:
    return None if path is None else str(folder / path)


def _set(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}


def _checked(kind: type[T], values: Mapping[str, object], path: str) -> T:
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        if first["type"] != "extra_forbidden":
            raise UsageError(f"{path}: {where}: {first['msg']}") from None
        *tables, name = first["loc"]
        known: type[BaseModel] = kind
        if tables:
            known = RecipientsTable if tables[0] == "recipients" else HoursTable
        near = near_miss(str(name), tuple(known.model_fields))
        hint = f"did you mean {near}?" if near else f"it takes {', '.join(known.model_fields)}"
        raise UsageError(f"{path}: unknown key {where}: {hint}") from None
