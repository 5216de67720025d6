"""`scgapi whoami`."""

from __future__ import annotations

import os
from pathlib import Path

from scgapi.cli.credentials import find_credentials
from scgapi.cli.options import DEFAULTS, Options
from scgapi.cli.output import Printer


def whoami(*, options: Options = DEFAULTS) -> None:
    """Tell which credentials the other commands use, and where they come from. Nothing is sent to the gateway.

    The first of these wins: options, --profile, the environment, a sandbox on this machine that SCG_URL names,
    auth.json in this folder, the profile "default".
    """
    found = find_credentials(options, os.environ, Path.cwd())
    auth = found.auth
    row: dict[str, object] = {
        "source": found.source,
        "place": found.place,
        "url": found.url,
        "token": _masked(auth.token),
        "key": _masked(auth.key),
        "secret": _masked(auth.secret),
        "can_refresh": auth.can_refresh,
        "token_file": auth.token_file,
    }
    Printer(options).one({name: value for name, value in row.items() if value is not None})


def _masked(secret: str | None) -> str | None:
    if secret is None:
        return None
    return f"…{secret[-4:]}" if len(secret) >= 16 else "…"
