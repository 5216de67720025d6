"""The options that every command has."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Group, Parameter
from cyclopts.validators import Number

Format = Literal["table", "json", "jsonl", "csv"]

_ACCOUNT = Group("Account", sort_key=90)
_PRINTING = Group("Printing", sort_key=91)


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Options:
    """Options that every command has."""

    token: Annotated[str | None, Parameter(group=_ACCOUNT)] = None
    """Access token. Other users of this machine may see it: prefer the environment or a profile."""
    key: Annotated[str | None, Parameter(group=_ACCOUNT)] = None
    """Consumer key; with the secret it refreshes an expired token."""
    secret: Annotated[str | None, Parameter(group=_ACCOUNT)] = None
    """Consumer secret."""
    auth_file: Annotated[Path | None, Parameter(group=_ACCOUNT)] = None
    """JSON file with token, key, secret and url."""
    profile: Annotated[str | None, Parameter(group=_ACCOUNT)] = None
    """Profile that `scgapi login` wrote."""
    url: Annotated[str | None, Parameter(group=_ACCOUNT)] = None
    """Scheme and host of the gateway."""
    sandbox: Annotated[bool, Parameter(group=_ACCOUNT, negative="", show_default=False)] = False
    """Use the sandbox that SCG_URL names, or else one that lasts as long as the command."""
    output: Annotated[Format | None, Parameter(name=["--output", "-o"], group=_PRINTING)] = None
    """How to print objects: table on a terminal, jsonl in a pipe unless given. With json or jsonl, messages on \
stderr are JSON, too."""
    debug: Annotated[bool, Parameter(group=_PRINTING, negative="", show_default=False)] = False
    """Show tracebacks, and log calls to stderr (without texts, numbers and secrets)."""


DEFAULTS = Options()

Filters = Annotated[
    list[str] | None,
    Parameter(
        name="--filter",
        negative="",
        help="name=value; repeat it for more. Dates: a day such as created_date=2026-05-01, or from..to.",
    ),
]
Limit = Annotated[int, Parameter(help="How many objects to print at most; 0 for all.")]
Port = Annotated[int, Parameter(validator=Number(gte=0, lte=65535))]
Seconds = Annotated[float, Parameter(validator=Number(gte=0))]
