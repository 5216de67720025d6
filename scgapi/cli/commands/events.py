"""`scgapi events listen`."""

from __future__ import annotations

import socketserver
import threading
import wsgiref.simple_server
from typing import Annotated

from cyclopts import Parameter

import scgapi
from scgapi.cli.credentials import LOOPBACK
from scgapi.cli.failures import CommandError, UsageError
from scgapi.cli.options import DEFAULTS, Options, Port
from scgapi.cli.output import Printer, Row
from scgapi.cli.stopping import run_until_stopped


def listen(
    *,
    port: Port,
    host: str = "127.0.0.1",
    basic: Annotated[str | None, Parameter(help="user:password that posts must show.")] = None,
    bearer: Annotated[str | None, Parameter(help="Token that posts must show.")] = None,
    options: Options = DEFAULTS,
) -> None:
    """Print the events that are posted to this machine, until stopped. With jsonl, one line for each.

    Ctrl-C, SIGINT or SIGTERM stops it; the exit status is 0 then.

    Without --basic or --bearer it listens at this machine alone: put it behind a tunnel that asks for credentials.

    Args:
        port: Port to listen at; 0 takes a free one.
        host: Address to listen at.
    """
    user, colon, password = (basic or "").partition(":")
    if basic is not None and not (user and colon):
        raise UsageError("--basic is of the form user:password")
    if host not in LOOPBACK and basic is None and bearer is None:
        raise UsageError(f"--host {host} lets others post events: add --basic or --bearer")
    events = scgapi.events
    receiver = events.Receiver(
        basic=(user, password) if basic is not None else (),
        bearer=bearer or (),
        allow_unauthenticated=basic is None and bearer is None,
    )
    printer = Printer(options)
    one_at_a_time = threading.Lock()

    @receiver.on(events.BaseEvent)
    def show(event: scgapi.events.BaseEvent) -> None:
        with one_at_a_time:
            printer.line(event.raw, _shown(event))

    try:
        server = wsgiref.simple_server.make_server(
            host, port, events.wsgi_app(receiver), server_class=_Server, handler_class=_Handler
        )
    except (OSError, OverflowError) as error:
        raise CommandError(f"cannot listen at {host}:{port}: {error}") from None

    def serve(_stopping: threading.Event) -> None:
        printer.notice(f"events are awaited at http://{host}:{server.server_port}/", port=server.server_port)
        server.serve_forever()

    with server:
        run_until_stopped(serve, on_stop=server.shutdown)


def _shown(event: scgapi.events.BaseEvent) -> Row:
    fields = event.model_dump(mode="json", exclude_none=True)
    about = ("topic", "attempt", "application_id", "company_id")
    return {
        "timestamp": fields.pop("timestamp", ""),
        "type": fields.pop("type", ""),
        "fields": {name: value for name, value in fields.items() if name not in about},
    }


class _Server(socketserver.ThreadingMixIn, wsgiref.simple_server.WSGIServer):
    daemon_threads = True


class _Handler(wsgiref.simple_server.WSGIRequestHandler):
    # A caller that says nothing must not hold a thread for ever.
    timeout = 30

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: events are what is printed."""
