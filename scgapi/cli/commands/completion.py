"""`scgapi completion install`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Literal

from scgapi.cli.failures import UsageError

Shell = Literal["bash", "zsh", "fish", "powershell"]


def install(*, shell: Shell | None = None) -> None:
    """Install completion of commands and options for your shell.

    Args:
        shell: The shell; that of SHELL unless given.
    """
    from scgapi.cli.app import build

    path = build().install_completion(shell=shell or _shell())
    print(f"installed completion in {path}; open a new shell", file=sys.stderr)


def _shell() -> Shell:
    name = Path(os.environ.get("SHELL", "")).name
    known: dict[str, Shell] = {"bash": "bash", "zsh": "zsh", "fish": "fish"}
    if name not in known:
        raise UsageError("SHELL names no shell that is known: add --shell bash, zsh, fish or powershell")
    return known[name]
