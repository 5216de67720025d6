"""Serve the sandbox until interrupted: `python -m scgapi.sandbox`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from scgapi.sandbox.serving import ServeOptions, serve


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m scgapi.sandbox",
        description="A sandbox: an SCG gateway on this machine, until SIGINT (Ctrl-C) or SIGTERM. Exit status: 0 then, "
        "1 if it cannot start, 2 for wrong usage.",
    )
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="address to listen at; all who can reach it control the sandbox (default: %(default)s)",
    )
    parser.add_argument("--port", type=_port, default=0, help="port to listen at (default: a free one)")
    parser.add_argument(
        "--allowed-host",
        action="append",
        default=[],
        metavar="NAME[:PORT]",
        help="name that requests may give for the sandbox's host, beside its address and localhost; can be repeated",
    )
    parser.add_argument(
        "--auth-file",
        type=Path,
        help="write credentials that work here into this file; it replaces only a file that a sandbox wrote",
    )
    parser.add_argument("--quiet", action="store_true", help="print no line for each request")
    parser.add_argument("--open", action="store_true", help="open the sandbox's page in a browser")
    parser.add_argument("--state", type=Path, help="keep the account in this file: it survives a restart")
    parser.add_argument(
        "--events-to",
        metavar="URL",
        help="post events to this URL (http://USER:PASSWORD@…); messages then move on by the second",
    )
    options = parser.parse_args(arguments)
    return serve(
        ServeOptions(
            host=options.host,
            port=options.port,
            allowed_hosts=options.allowed_host,
            auth_file=options.auth_file,
            quiet=options.quiet,
            open_page=options.open,
            state=options.state,
            events_to=options.events_to,
        )
    )


def _port(word: str) -> int:
    number = int(word)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"{number} is no port: 0 to 65535")
    return number


if __name__ == "__main__":
    sys.exit(main())
