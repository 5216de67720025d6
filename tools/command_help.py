"""Write the help of every command into docs/command-line.md.

python tools/command_help.py          write it
python tools/command_help.py --check  fail if it differs from what would be written
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from pathlib import Path

from rich.console import Console

from scgapi.cli.app import build, command_paths, describe_commands

PAGE = Path(__file__).resolve().parent.parent / "docs" / "command-line.md"
BEGIN = "<!-- The rest of this page is written by tools/command_help.py. -->\n"
WIDTH = 100
# The panels of the options that every command has, and the exit statuses.
SHARED = re.compile(r"^╭─ (?:Account|Printing) .*?^╰─+╯\n|^Exit status: .*", re.MULTILINE | re.DOTALL)


def main() -> int:
    """Write or compare the help, and return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    present = PAGE.read_text("utf-8")
    wanted = present.partition(BEGIN)[0] + BEGIN + shared_section() + "".join(map(section, command_paths()))
    if parser.parse_args().check:
        if present != wanted:
            print(f"{PAGE.name} differs: run python tools/command_help.py", file=sys.stderr)
        return int(present != wanted)
    PAGE.write_text(wanted, "utf-8")
    return 0


def section(path: str) -> str:
    """Return the help of one command, under a heading, without what all commands share."""
    return _block(f"`{f'scgapi {path}'.strip()}`", SHARED.sub("", help_of(path)))


def shared_section() -> str:
    """Return the part of the help that all commands share."""
    return _block(
        "Options of every command that calls the gateway", "\n".join(SHARED.findall(help_of("whoami")))
    )


def help_of(path: str) -> str:
    """Return what --help prints for one command."""
    app = build()
    describe_commands(app, path.split())
    text = io.StringIO()
    app.help_print(path.split(), console=Console(file=text, width=WIDTH, color_system=None))
    return "\n".join(line.rstrip() for line in text.getvalue().splitlines())


def _block(title: str, text: str) -> str:
    return f"\n### {title}\n\n```text\n{text.strip()}\n```\n"


if __name__ == "__main__":
    sys.exit(main())
