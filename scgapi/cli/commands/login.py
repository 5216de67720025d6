"""`scgapi login`."""

from __future__ import annotations

import getpass
import os
import sys
import tempfile
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

import scgapi
from scgapi._core.request import DEFAULT_URL
from scgapi.cli.credentials import given_url
from scgapi.cli.failures import UsageError
from scgapi.cli.options import DEFAULTS, Options
from scgapi.cli.output import Printer
from scgapi.cli.profiles import DEFAULT, check_name, profiles_file, token_file, write_profile
from scgapi.cli.session import client_for


def login(
    *,
    check: Annotated[bool, Parameter(negative="--no-check", show_default=False)] = True,
    options: Options = DEFAULTS,
) -> None:
    """Save credentials as a profile, in a file that only you can read.

    What the options do not give is asked for. The credentials are tried with one harmless read before they are saved.

    Args:
        check: Do not try the credentials.
    """
    name = options.profile or DEFAULT
    check_name(name)
    given_url(options, {})
    given = {"token": options.token, "key": options.key, "secret": options.secret, "url": options.url}
    if not (options.token or (options.key and options.secret)):
        given = _asked(given)
    values = {field: value for field, value in given.items() if value}
    path, kept_token = profiles_file(os.environ), token_file(os.environ, name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        # The check may refresh the token: then the given one is refused from then on, and the new one must be kept.
        refreshed = Path(folder) / kept_token.name
        if check:
            _try(values, refreshed)
        write_profile(path, name, values)
        # What an earlier login of this name left would win over the new token.
        kept_token.unlink(missing_ok=True)
        if refreshed.exists():
            refreshed.replace(kept_token)
    Printer(options).notice(f"saved the profile {name} in {path}", profile=name, path=str(path))


def _try(values: dict[str, str], refreshed: Path) -> None:
    can_refresh = "key" in values and "secret" in values
    auth = scgapi.AuthInfo(
        values.get("key"),
        values.get("secret"),
        values.get("token"),
        url=values.get("url"),
        token_file=refreshed if can_refresh else None,
    )
    with client_for(auth, auth.url or DEFAULT_URL) as scg:
        scg.sender_ids.list(limit=1).first()


def _asked(given: dict[str, str | None]) -> dict[str, str | None]:
    """Ask for what is missing.

    Raises:
        UsageError: nobody can be asked.
    """
    if not sys.stdin.isatty():
        raise UsageError("give --token, or --key and --secret: there is no terminal to ask at")
    print(
        "Leave empty what you do not have. Key and secret refresh the token when it expires.", file=sys.stderr
    )
    found = dict(given)
    for field, secret in (("key", False), ("secret", True), ("token", True)):
        if not found[field]:
            found[field] = _prompt(f"{field}: ", secret)
    if not (found["token"] or (found["key"] and found["secret"])):
        raise UsageError("a token is needed, or a key and a secret")
    return found


def _prompt(text: str, secret: bool) -> str:
    if secret:
        return getpass.getpass(text, stream=sys.stderr).strip()
    print(text, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()
