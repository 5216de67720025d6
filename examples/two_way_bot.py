"""Answer every text that comes in. WSGI, on the server of the standard library.

On the sandbox, where one text comes in and is answered:

    python examples/two_way_bot.py

On your own account, until interrupted. Make a delivery configuration that posts to this address, with this user and
password (docs/events.md says how):

    python examples/two_way_bot.py --config auth.json --user gateway --password … --port 8080
"""

from __future__ import annotations

import argparse
import threading
from collections.abc import Generator
from contextlib import contextmanager
from wsgiref.simple_server import WSGIRequestHandler, make_server

from gateway import credentials_file

import scgapi
from scgapi import events

# Numbers of the sandbox, and the credentials with which it posts events.
SENDER, HANDSET = "155528999", "+15552461234"
DEMO = ("gateway", "demo")
NOTICE = "No --user and --password given: using the sandbox, nothing leaves this machine."


def options(description: str) -> argparse.Namespace:
    """Read the command line. All examples that receive events share it."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument(
        "--config", metavar="FILE", help="credentials (default: the environment, or auth.json in this folder)"
    )
    parser.add_argument("--user", help="user name that the gateway sends with each event")
    parser.add_argument("--password", help="password that the gateway sends with each event")
    parser.add_argument("--port", type=int, default=8080, help="port to listen at (default: %(default)s)")
    parser.add_argument("--store", default="events.db", help="file that remembers the handled events")
    args = parser.parse_args()
    if (args.config or args.user or args.password) and not (args.user and args.password):
        parser.error(
            "say --user and --password as your delivery configuration has them: events are not signed"
        )
    args.config = args.config or credentials_file()
    return args


def answer_messages(receiver: events.Receiver, scg: scgapi.Client) -> None:
    """Answer every incoming message."""

    @receiver.on(events.MessageReceived)
    def answer(event: events.MessageReceived) -> None:
        request_id = scg.message_requests.create(
            from_=event.sender_id_id or event.to_address,
            to=[event.from_address],
            body=scgapi.literal_body(f"You said: {event.message_body}"),
        )
        print(f"Answered message {event.message_id} with request {request_id}")


class Quiet(WSGIRequestHandler):
    """A request handler that does not log each post."""

    def log_message(self, format: str, *args: object) -> None:
        """Do nothing."""


@contextmanager
def served(receiver: events.Receiver, port: int = 0) -> Generator[str, None, None]:
    """Serve the receiver from a thread; yield the URL to post to."""
    # The gateway posts from outside, the sandbox from this machine.
    host = "0.0.0.0" if port else "127.0.0.1"  # noqa: S104
    server = make_server(host, port, events.wsgi_app(receiver), handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def demo() -> None:
    """Receive and answer a text on the sandbox."""
    from scgapi.sandbox import EventService, Sandbox

    receiver = events.Receiver(basic=DEMO)
    with Sandbox() as gateway, scgapi.Client(gateway.auth) as scg:
        answer_messages(receiver, scg)
        with served(receiver) as url, EventService(gateway, url, basic=DEMO) as service:
            gateway.gateway.receive(to=SENDER, from_=HANDSET, body="Is anybody there?")
            service.wait()
        for message in scg.messages.list(direction="MT"):
            print(f"The handset got: {message.body}")


def serve(args: argparse.Namespace) -> None:
    """Answer the texts that come in on your own account, until interrupted."""
    auth = scgapi.AuthInfo(config=args.config)
    with scgapi.Client(auth) as scg, events.SqliteStore(args.store) as store:
        receiver = events.Receiver(basic=(args.user, args.password), store=store)
        answer_messages(receiver, scg)
        with served(receiver, args.port):
            print(f"Listening on port {args.port}", flush=True)
            threading.Event().wait()


if __name__ == "__main__":
    given = options("Answer every text that comes in.")
    if given.user:
        serve(given)
    else:
        print(NOTICE)
        demo()
