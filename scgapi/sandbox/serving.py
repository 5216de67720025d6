"""Implementation of `python -m scgapi.sandbox` and `scgapi sandbox`: serve until interrupted."""

from __future__ import annotations

import contextlib
import json
import sys
import time
import webbrowser
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scgapi._core.json import parse_object
from scgapi._io.stop_signals import stop_signals
from scgapi.sandbox import AfterReads, AfterSeconds, EventService, Sandbox, ServedRequest
from scgapi.sandbox.state_file import StateFile
from scgapi.sandbox.storage.private_file import write_private


@dataclass(frozen=True, kw_only=True)
class ServeOptions:
    """Options for serving a sandbox.

    Attributes:
        host: address to listen at.
        port: port to listen at; 0 takes a free one.
        allowed_hosts: names that requests may give for the sandbox's host, beside its address and localhost.
        auth_file: file to write credentials to.
        quiet: True to print no line for each request.
        open_page: True to open the page in a browser.
        state: file that keeps the account.
        events_to: URL that events are posted to. Messages then move each second, not when they are read.
    """

    host: str = "127.0.0.1"
    port: int = 0
    allowed_hosts: Sequence[str] = field(default_factory=tuple)
    auth_file: Path | None = None
    quiet: bool = False
    open_page: bool = False
    state: Path | None = None
    events_to: str | None = None


def serve(options: ServeOptions) -> int:
    """Serve until SIGINT or SIGTERM; return the exit status."""
    sandbox = Sandbox(
        host=options.host,
        port=options.port,
        allowed_hosts=options.allowed_hosts,
        progress=AfterReads(1) if options.events_to is None else AfterSeconds(1),
        on_request=None if options.quiet else _show,
    )
    with stop_signals() as signals, contextlib.ExitStack() as stack:
        failure = _start(sandbox, options, stack)
        if failure is not None:
            print(failure, file=sys.stderr)
            return 1
        print(f"SCG sandbox listening on {sandbox.url}", flush=True)
        print(f"See what it is sent at {sandbox.url}/", flush=True)
        if options.open_page and not webbrowser.open(f"{sandbox.url}/"):
            print("no browser can be opened here: open that address yourself", file=sys.stderr)
        signals.wait()
    return 0


def _start(sandbox: Sandbox, options: ServeOptions, stack: contextlib.ExitStack) -> str | None:
    """Start all services; return an error message, or None."""
    if options.auth_file is not None and not _may_replace(options.auth_file):
        return (
            f"{options.auth_file} was not written by a sandbox and is not replaced: "
            "move it away, or name another --auth-file"
        )
    if options.state is not None:
        try:
            stack.enter_context(StateFile(sandbox.gateway, options.state))
        except BlockingIOError:
            return f"another sandbox keeps its account in {options.state}: stop it, or name another --state"
        except OSError as error:
            return f"cannot keep the account in {options.state}: {error.strerror}"
        except ValueError as error:
            return f"cannot take up {options.state}: {error}. Nothing was changed; move the file away to begin anew."
    if options.events_to is not None:
        try:
            stack.enter_context(EventService(sandbox, options.events_to))
        except ValueError as error:
            return f"cannot post events: {error}"
    try:
        stack.enter_context(sandbox)
    except (OSError, OverflowError) as error:
        return f"cannot listen at {options.host}:{options.port}: {error}"
    if options.auth_file is not None:
        try:
            write_auth(sandbox, options.auth_file)
        except OSError as error:
            return f"cannot write {options.auth_file}: {error.strerror}"
    return None


def write_auth(sandbox: Sandbox, path: Path) -> None:
    """Write auth.json atomically, readable by its owner only."""
    auth = sandbox.auth
    values = {"key": auth.key, "secret": auth.secret, "token": auth.token, "url": auth.url}
    write_private(path, json.dumps(values, indent=2).encode() + b"\n")


def _may_replace(path: Path) -> bool:
    """Return True if the file does not exist, is empty, or was written by a sandbox: its URL begins with `http:`."""
    try:
        content = path.read_bytes()
    except OSError:
        return True
    return not content or str(parse_object(content).get("url")).startswith("http:")


def _show(request: ServedRequest) -> None:
    status = "---" if request.status is None else str(request.status)
    line = f"{time.strftime('%H:%M:%S')} {request.method} {request.path} {status} {request.seconds * 1000:.0f} ms"
    # A closed stderr must not stop the server.
    with contextlib.suppress(OSError):
        print(line, file=sys.stderr, flush=True)
