"""Serve the sandbox until interrupted: `python -m scgapi.sandbox`."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

from scgapi.sandbox import Sandbox


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m scgapi.sandbox", description="An embedded SCG gateway.")
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="address to listen at; whoever reaches it controls the sandbox (default: %(default)s)",
    )
    parser.add_argument("--port", type=int, default=0, help="port to listen at (default: a free one)")
    parser.add_argument("--auth-file", type=Path, help="write credentials that work here into this file")
    options = parser.parse_args(arguments)
    interrupted = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: interrupted.set())
    sandbox = Sandbox(host=options.host, port=options.port)
    try:
        sandbox.start()
    except (OSError, OverflowError) as error:
        print(f"cannot listen at {options.host}:{options.port}: {error}", file=sys.stderr)
        return 1
    with sandbox:
        if options.auth_file is not None:
            try:
                write_auth(sandbox, options.auth_file)
            except OSError as error:
                print(f"cannot write {options.auth_file}: {error.strerror}", file=sys.stderr)
                return 1
        print(f"SCG sandbox listening on {sandbox.url}", flush=True)
        interrupted.wait()
    return 0


def write_auth(sandbox: Sandbox, path: Path) -> None:
    """Write auth.json: whole or not at all, and for its owner's eyes only."""
    auth = sandbox.auth
    values = {"key": auth.key, "secret": auth.secret, "token": auth.token, "url": auth.url}
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # its mode is 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(values, file, indent=2)
            file.write("\n")
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink()
        raise


if __name__ == "__main__":
    sys.exit(main())
