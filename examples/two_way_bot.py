"""A two-way text bot: every message that comes in gets an answer. WSGI, on the standard library's server.

python examples/two_way_bot.py
on the embedded gateway: a text comes in, and is answered
python examples/two_way_bot.py --config auth.json --user gateway --password … --port 8080
on your own account, until interrupted: have the gateway's delivery configuration post to it
"""

from __future__ import annotations

import argparse
import threading
from collections.abc import Generator
from contextlib import contextmanager
from wsgiref.simple_server import WSGIRequestHandler, make_server

import scgapi
from scgapi import events
from scgapi.sandbox import EventService, Sandbox

SENDER, HANDSET = "155528999", "+15552461234"  # numbers of the sandbox
DEMO = ("gateway", "demo")


def options(description: str) -> argparse.Namespace:
    """The command line, which all examples that receive events share."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument(
        "--config", metavar="auth.json", help="credentials; without any the sandbox is started"
    )
    parser.add_argument("--user", help="user that the gateway shows")
    parser.add_argument("--password", help="password that the gateway shows")
    parser.add_argument("--port", type=int, default=8080, help="port to listen at (default: %(default)s)")
    parser.add_argument("--store", default="events.db", help="file of the handled events")
    args = parser.parse_args()
    if args.config and not (args.user and args.password):
        parser.error(
            "say --user and --password as your delivery configuration has them: events are not signed"
        )
    return args


def answer_messages(receiver: events.Receiver, scg: scgapi.Client) -> None:
    """Have every incoming message answered."""

    @receiver.on(events.MessageReceived)
    def answer(event: events.MessageReceived) -> None:
        request_id = scg.message_requests.create(
            from_=event.sender_id_id or event.to_address,
            to=[event.from_address],
            body=f"You said: {event.message_body}",
        )
        print(f"Answered message {event.message_id} with request {request_id}")


class Quiet(WSGIRequestHandler):
    """Logs no line for each post."""

    def log_message(self, format: str, *args: object) -> None:
        """Do nothing."""


@contextmanager
def served(receiver: events.Receiver, port: int = 0) -> Generator[str, None, None]:
    """Serve the receiver from a thread; the URL to post to."""
    host = "0.0.0.0" if port else "127.0.0.1"  # noqa: S104 - the gateway comes from outside
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
    """A text comes in on the embedded gateway."""
    receiver = events.Receiver(basic=DEMO)
    with Sandbox() as gateway, scgapi.Client(gateway.auth) as scg:
        answer_messages(receiver, scg)
        with served(receiver) as url, EventService(gateway, url, basic=DEMO) as service:
            gateway.gateway.receive(to=SENDER, from_=HANDSET, body="Is anybody there?")
            service.wait()
        for message in scg.messages.list(direction="MT"):
            print(f"The handset got: {message.body}")


def serve(args: argparse.Namespace) -> None:
    """Answer what comes in on an account of your own."""
    auth = scgapi.AuthInfo(config=args.config)
    with scgapi.Client(auth) as scg, events.SqliteStore(args.store) as store:
        receiver = events.Receiver(basic=(args.user, args.password), store=store)
        answer_messages(receiver, scg)
        with served(receiver, args.port):
            print(f"Listening on port {args.port}", flush=True)
            threading.Event().wait()


if __name__ == "__main__":
    given = options("A two-way text bot.")
    if given.config:
        serve(given)
    else:
        print("No credentials given: using the embedded gateway, nothing leaves this machine.")
        demo()
