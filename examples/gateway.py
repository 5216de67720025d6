"""Shared by the examples: credentials from `--config`, the environment or `auth.json`, else the sandbox."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import scgapi

# Numbers of the sandbox. With an account of your own, name the sender and the recipients yourself.
SANDBOX_SENDER = "155528999"
SANDBOX_RECIPIENTS = ("+15552461234", "+15552461235")
NOTICE = "No credentials given: using the sandbox, nothing leaves this machine."


@dataclass(frozen=True)
class Setting:
    """Account and numbers that an example runs with.

    `api` is the gateway's URL, None if the credentials name it. `config` is the path of a credentials file, None if
    the credentials are in the environment. `is_demo` is True on the sandbox.
    """

    api: str | None
    config: str | None
    sender: str
    recipients: tuple[str, ...]
    request: str | None
    is_demo: bool

    @property
    def auth(self) -> scgapi.AuthInfo:
        """The credentials."""
        return scgapi.AuthInfo(config=self.config)


@contextmanager
def setting(description: str, *, sends: bool = False) -> Generator[Setting, None, None]:
    """Read the command line; start the sandbox if there are no credentials."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument(
        "--config",
        metavar="FILE",
        help="file of credentials (default: the environment, then auth.json in this folder, else the sandbox)",
    )
    parser.add_argument("--api", metavar="URL", help="the gateway, if it is not the public one")
    if sends:
        parser.add_argument("--from", dest="sender", metavar="SENDER", help="sender id to send from")
        parser.add_argument("--to", nargs="+", default=(), metavar="NUMBER", help="phone numbers to send to")
    parser.add_argument(
        "--request", metavar="ID", help=argparse.SUPPRESS if not sends else "request to look at"
    )
    args = parser.parse_args()
    config: str | None = args.config or credentials_file()
    if config or in_environment():
        if sends and not (args.request or (args.sender and args.to)):
            parser.error("with your own account, say --from and --to: messages cost money and reach people")
        recipients = tuple(args.to) if sends else ()
        sender = getattr(args, "sender", None) or ""
        yield Setting(args.api, config, sender, recipients, args.request, is_demo=False)
        return
    try:
        from scgapi.sandbox import Sandbox
    except ImportError as error:
        parser.exit(1, f"No credentials found, and {error}\n")
    print(NOTICE)
    with Sandbox() as gateway, tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "auth.json")
        path.write_text(json.dumps({"token": gateway.auth.token}))
        yield Setting(gateway.url, str(path), SANDBOX_SENDER, SANDBOX_RECIPIENTS, args.request, is_demo=True)


def in_environment() -> bool:
    """Return True if the environment holds credentials."""
    return any(os.environ.get(name) for name in ("SCG_TOKEN", "SCG_KEY", "SCG_CONFIG"))


def credentials_file() -> str | None:
    """Return `auth.json` if it is in the working directory and the environment holds no credentials."""
    return "auth.json" if Path("auth.json").exists() and not in_environment() else None
