"""The `scgapi` command: `pip install "scgapi[cli]"`."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    for part in ("cyclopts", "rich"):
        if importlib.util.find_spec(part) is None:
            print(f'the scgapi command needs {part}: pip install "scgapi[cli]"', file=sys.stderr)
            return 2
    from scgapi.cli.app import run

    return run(sys.argv[1:] if arguments is None else arguments)
