"""The options of `scgapi campaign`, and what its commands share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Group, Parameter

from scgapi.campaigns import Campaign, Status
from scgapi.campaigns.journal.journal import Journal
from scgapi.cli.campaign_file import CampaignFile, campaign_of, read_file
from scgapi.cli.failures import DONE, FAILED, IN_DOUBT, IN_PART, UsageError
from scgapi.cli.output import Printer

_CAMPAIGN = Group("Campaign", sort_key=80)


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Options that choose a campaign."""

    file: Annotated[Path | None, Parameter(name=["--file", "-f"], group=_CAMPAIGN)] = None
    """The campaign's file; campaign.toml of this folder if there is one. Flags take precedence."""
    name: Annotated[str | None, Parameter(group=_CAMPAIGN)] = None
    """Identity of the campaign."""
    journal: Annotated[str | None, Parameter(group=_CAMPAIGN)] = None
    """File of the journal, or postgresql://…; campaigns.db if left out."""


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Described(Chosen):
    """Options that describe a campaign."""

    sender: Annotated[str | None, Parameter(group=_CAMPAIGN)] = None
    """Sender id, address or channel."""
    body: Annotated[str | None, Parameter(group=_CAMPAIGN)] = None
    """Text, with {fields} that the list fills in."""
    csv: Annotated[str | None, Parameter(group=_CAMPAIGN)] = None
    """CSV file with the recipients."""
    address: Annotated[str | None, Parameter(group=_CAMPAIGN)] = None
    """Column with the number."""
    region: Annotated[str | None, Parameter(group=_CAMPAIGN)] = None
    """Country of numbers without a country code, such as US."""
    rate: Annotated[float | None, Parameter(group=_CAMPAIGN)] = None
    """Texts a second."""
    mode: Annotated[Literal["verified", "two_phase"] | None, Parameter(group=_CAMPAIGN)] = None
    """How sends in doubt are settled."""
    max_errors: Annotated[int | None, Parameter(group=_CAMPAIGN)] = None
    """Refusals and doubts after which it halts; 0 for never."""


CHOSEN = Chosen()
DESCRIBED = Described()


def described(options: Described) -> Campaign:
    """Make the campaign that a file and flags describe.

    Raises:
        UsageError: something is missing or unknown.
    """
    names = ("name", "journal", "sender", "body", "rate", "mode", "max_errors")
    given = {name: getattr(options, name) for name in names}
    return campaign_of(
        read_file(
            options.file,
            given,
            {"csv": options.csv, "address": options.address, "region": options.region},
        )
    )


def opened(options: Chosen) -> Journal:
    """Open the journal of a campaign and choose the campaign: its only one if no name is given.

    Raises:
        UsageError: there is no journal, or several campaigns to choose from.
    """
    file: CampaignFile = read_file(options.file, {"name": options.name, "journal": options.journal}, {})
    if "://" not in file.journal and not Path(file.journal).exists():
        raise UsageError(f"there is no journal {file.journal}: plan the campaign first, or give --journal")
    journal = Journal(file.journal)
    names = journal.names()
    name = file.name or (names[0] if len(names) == 1 else None)
    if name is None or name not in names:
        journal.close()
        known = ", ".join(names) or "none"
        wrong = "give --name" if name is None else f"there is no campaign {name!r}"
        raise UsageError(f"{wrong}; campaigns of {file.journal.partition('@')[2] or file.journal}: {known}")
    journal.select(name)
    return journal


def how_to_name(options: Chosen) -> str:
    """Return the options that name the same campaign again, for a command that is to be copied."""
    import shlex

    given = (("--file", options.file), ("--name", options.name), ("--journal", options.journal))
    # A DSN may hold a password.
    return "".join(
        f" {flag} {shlex.quote(str(value)) if '://' not in str(value) else '…'}"
        for flag, value in given
        if value
    )


def tell_status(printer: Printer, status: Status, *, is_table: bool) -> None:
    """Print where a campaign stands: for people, or as an object."""
    if is_table:
        print(status, flush=True)
        return
    printer.one(
        {
            "name": status.name,
            "control": status.control,
            "reason": status.reason,
            "states": dict(status.states),
            "failed_by_code": dict(status.failed_by_code),
            "rate": round(status.rate, 2),
            "time_left": status.time_left,
            "must_decide": [row.address for row in status.must_decide],
        }
    )


def exit_status(status: Status) -> int:
    """Return the exit status that a campaign's run ends with."""
    if status.in_doubt:
        return IN_DOUBT
    if status.control == "HALTED":
        return FAILED
    if status.failed or status.planned or status.sending or status.cancelled:
        return IN_PART if status.accepted else FAILED
    return DONE
