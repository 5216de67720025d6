"""The tree of commands. Each command's module loads when the command runs, or its help is shown."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Sequence

from cyclopts import App, CycloptsError, MissingArgumentError

from scgapi._version import __version__
from scgapi.cli.failures import FAILED, USAGE, CommandError, report, report_usage
from scgapi.cli.inputs import STDIN
from scgapi.cli.tables import PipeConsole

_EPILOGUE = """Exit status: 0 done, 1 failed, 2 wrong usage, 3 in doubt (it may have been done), 4 no or wrong \
credentials, 5 done in part, 130 interrupted."""

_GROUPS = {
    "messages": "Messages: one for each recipient, and those that came in.",
    "requests": "Message requests: one text to one or many recipients.",
    "sender-ids": "Sender ids: the addresses that messages are sent from.",
    "contacts": "Contacts: the people and devices that messages go to.",
    "groups": "Contact groups.",
    "keywords": "Keywords that the gateway reacts to.",
    "attachments": "Attachments: media that messages carry.",
    "events": "Events that the gateway posts.",
    "campaign": "Campaigns: a text to everybody on a list, once.",
    "completion": "Completion of commands by the shell.",
}

_COMMANDS = {
    "send": "send:send",
    "messages list": "messages:list_messages",
    "messages get": "messages:get",
    "messages tail": "tail:tail",
    "requests list": "requests:list_requests",
    "requests get": "requests:get",
    "requests cancel": "requests:cancel",
    "requests resume": "requests:resume",
    "sender-ids list": "senders:list_senders",
    "contacts list": "contacts:list_contacts",
    "contacts get": "contacts:get",
    "contacts create": "contacts:create",
    "contacts update": "contacts:update",
    "contacts delete": "contacts:delete",
    "contacts import": "contact_files:import_contacts",
    "contacts export": "contact_files:export_contacts",
    "groups list": "groups:list_groups",
    "groups get": "groups:get",
    "groups create": "groups:create",
    "groups update": "groups:update",
    "groups delete": "groups:delete",
    "groups members": "groups:members",
    "groups add": "groups:add",
    "groups remove": "groups:remove",
    "keywords list": "keywords:list_keywords",
    "attachments upload": "attachments:upload",
    "attachments download": "attachments:download",
    "events listen": "events:listen",
    "campaign plan": "campaign:plan",
    "campaign test": "campaign:send_test",
    "campaign run": "campaign:run",
    "campaign work": "campaign:work",
    "campaign status": "campaign:status",
    "campaign pause": "campaign:pause",
    "campaign resume": "campaign:resume",
    "campaign cancel": "campaign:cancel",
    "campaign report": "campaign:report",
    "campaign retry": "campaign:retry",
    "api": "api:api",
    "login": "login:login",
    "whoami": "whoami:whoami",
    "sandbox": "sandbox:sandbox",
    "doctor": "doctor:doctor",
    "completion install": "completion:install",
}


def build() -> App:
    """Return the tree of commands."""
    app = App(
        name="scgapi",
        help="Send and read messages through the Syniverse Communication Gateway.",
        help_epilogue=_EPILOGUE,
        help_format="plaintext",
        version=__version__,
        result_action="return_value",
        suppress_keyboard_interrupt=False,
        console=PipeConsole(),
        error_console=PipeConsole(stderr=True),
    )
    groups = {name: App(name=name, help=text) for name, text in _GROUPS.items()}
    for group in groups.values():
        app.command(group)
    for path, target in _COMMANDS.items():
        group_name, _, name = path.rpartition(" ")
        parent = groups[group_name] if group_name else app
        parent.command(f"scgapi.cli.commands.{target}", name=name)
    return app


def command_paths() -> tuple[str, ...]:
    """Return the words of each command and each group."""
    return "", *sorted([*_GROUPS, *_COMMANDS])


def run(arguments: Sequence[str]) -> int:
    """Run one command; return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        # A text may hold what the terminal's encoding, or none, can say.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    status = _run(arguments)
    try:
        sys.stdout.flush()
    except OSError as error:
        _discard_output()
        # The reader of a pipe has seen enough, such as `head`: no failure.
        return status if isinstance(error, BrokenPipeError) else status or _cannot_write(error, arguments)
    return status


def _run(arguments: Sequence[str]) -> int:
    tokens = [STDIN if word == "-" else word for word in arguments]
    app = build()
    try:
        describe_commands(app, tokens)
        status: object = app(tokens, exit_on_error=False, print_error=False)
    except MissingArgumentError as error:
        report_usage(_missing(error), arguments)
        return USAGE
    except CycloptsError as error:
        report_usage(str(error).replace(STDIN, "-"), arguments)
        return USAGE
    except BrokenPipeError:
        _discard_output()
        return 0
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - whatever it is, people get no traceback
        if isinstance(error, OSError) and error.errno == errno.ENOSPC and error.filename is None:
            _discard_output()
            return _cannot_write(error, arguments)
        return report(error, arguments)
    return status if isinstance(status, int) else 0


def _missing(error: MissingArgumentError) -> str:
    """Return what is missing: an option, the value of one that is there, or an argument."""
    argument = error.argument
    if error.keyword is not None or argument is None:
        return f"{error.keyword or 'an option'} needs a value"
    return f"{argument.name} is missing"


def _cannot_write(error: OSError, arguments: Sequence[str]) -> int:
    report(CommandError(f"cannot write the output: {error.strerror}"), arguments)
    return FAILED


def _discard_output() -> None:
    """Throw away what was not written: Python would complain of it when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def describe_commands(app: App, tokens: Sequence[str]) -> None:
    """Load the commands of a group whose help will be shown, so that it tells what each does."""
    words = [word for word in tokens if word not in app.help_flags]
    group = app.parse_commands(words)[1][-1]
    if group.default_command is None:
        group.resolved_commands()
