"""What the examples share: credentials from `--config` or the environment, else the embedded gateway."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scgapi.sandbox import Sandbox

# Numbers of the sandbox: with an account of your own you say whom to send to.
SANDBOX_SENDER = "155528999"
SANDBOX_RECIPIENTS = ("+15552461234", "+15552461235")


@dataclass(frozen=True)
class Setting:
    """What an example runs with; `api` is None where the credentials tell it."""

    api: str | None
    config: str | None
    sender: str
    recipients: tuple[str, ...]
    request: str | None


@contextmanager
def setting(description: str, *, sends: bool = False) -> Generator[Setting, None, None]:
    """Read the command line; start the embedded gateway if there are no credentials."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument(
        "--config", metavar="auth.json", help="credentials; without any the sandbox is started"
    )
    parser.add_argument("--api", metavar="URL", help="the gateway, if it is not the public one")
    if sends:
        parser.add_argument("--from", dest="sender", metavar="SENDER", help="sender id to send from")
        parser.add_argument("--to", nargs="+", default=(), metavar="NUMBER", help="phone numbers to send to")
    parser.add_argument(
        "--request", metavar="ID", help=argparse.SUPPRESS if not sends else "request to look at"
    )
    args = parser.parse_args()
    if args.config or any(os.environ.get(name) for name in ("SCG_TOKEN", "SCG_KEY", "SCG_CONFIG")):
        if sends and not (args.request or (args.sender and args.to)):
            parser.error("with your own account, say --from and --to: messages cost money and reach people")
        recipients = tuple(args.to) * 2 if sends else ()
        yield Setting(args.api, args.config, getattr(args, "sender", None) or "", recipients, args.request)
        return
    print("No credentials given: using the embedded gateway, nothing leaves this machine.")
    with Sandbox() as gateway, tempfile.TemporaryDirectory() as folder:
        config = Path(folder, "auth.json")
        config.write_text(json.dumps({"token": gateway.auth.token}))
        yield Setting(gateway.url, str(config), SANDBOX_SENDER, SANDBOX_RECIPIENTS, args.request)
