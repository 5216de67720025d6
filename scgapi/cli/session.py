"""A client for one command."""

from __future__ import annotations

import contextlib
import logging
import os
import warnings
from collections.abc import Generator
from pathlib import Path
from typing import TextIO

import scgapi
from scgapi.cli.credentials import find_credentials, is_loopback, start_a_sandbox
from scgapi.cli.options import Options
from scgapi.cli.output import Printer
from scgapi.cli.profiles import is_readable_by_others, profiles_file


@contextlib.contextmanager
def connect(options: Options, printer: Printer) -> Generator[scgapi.Client, None, None]:
    """Open a client with the credentials that win, or of a sandbox of the command's own.

    Raises:
        ConfigurationError: there are no credentials.
        UsageError: the gateway's URL is not a URL.
        CommandError: nothing answers where a sandbox is to be.
    """
    _tell_warnings(printer)
    log = logging.getLogger("scgapi")
    log.addHandler(_Notices(printer))
    log.setLevel(logging.DEBUG if options.debug else logging.WARNING)
    with contextlib.ExitStack() as stack:
        if options.sandbox and not (options.url or os.environ.get("SCG_URL")):
            printer.notice("a sandbox for this command alone: nothing leaves this machine")
            auth = stack.enter_context(scgapi.sandbox.Sandbox()).auth
            yield stack.enter_context(scgapi.Client(auth))
            return
        found = find_credentials(options, os.environ, Path.cwd())
        if found.source == "profile" and is_readable_by_others(profiles_file(os.environ)):
            printer.notice(f"others can read {profiles_file(os.environ)}: chmod 600 it")
        client = stack.enter_context(client_for(found.auth, found.url))
        try:
            yield client
        except scgapi.ConnectionFailedError as error:
            if error.outcome == "NOT_SENT" and is_loopback(found.url):
                error.add_note(start_a_sandbox(found.url))
            raise


def client_for(auth: scgapi.AuthInfo, url: str) -> scgapi.Client:
    """Return a client that goes through the proxy of the environment, but for this machine."""
    return scgapi.Client(auth, url=url, trust_env=not is_loopback(url))


class _Notices(logging.Handler):
    """Prints what the package logs."""

    def __init__(self, printer: Printer) -> None:
        super().__init__()
        self._printer = printer

    def emit(self, record: logging.LogRecord) -> None:
        """Print one record."""
        self._printer.notice(f"{record.levelname.lower()}: {self.format(record)}")


def _tell_warnings(printer: Printer) -> None:
    def tell(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        printer.notice(f"warning: {message}")

    warnings.showwarning = tell
