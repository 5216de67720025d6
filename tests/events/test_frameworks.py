"""Receivers in applications of the frameworks that they fit into, each behind a real server."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import threading
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING

import django
import fastapi
import flask
import pytest
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.urls import URLPattern, clear_url_caches, path, set_urlconf
from starlette.applications import Starlette
from starlette.routing import Mount
from werkzeug.serving import WSGIRequestHandler, make_server

from scgapi import events
from tests.events.samples import AUTHORIZED, JSON, PUBLISHED, USER, body
from tests.events.serving import asgi_served, chunked, connection, raw, send, wsgi_served

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

EVENT = body(PUBLISHED["E2"])

urlpatterns: list[URLPattern] = []
"""Django reads its routes from a module, which is this one."""


def starlette_app(receiver: events.Receiver) -> contextlib.AbstractContextManager[int]:
    return asgi_served(Starlette(routes=[events.starlette_route("/scg", receiver)]))


def starlette_mount(receiver: events.Receiver) -> contextlib.AbstractContextManager[int]:
    return asgi_served(Starlette(routes=[Mount("/", events.asgi_app(receiver))]))


def fastapi_app(receiver: events.Receiver) -> contextlib.AbstractContextManager[int]:
    app = fastapi.FastAPI()
    app.router.routes.append(events.starlette_route("/scg", receiver))
    return asgi_served(app)


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        pass


@contextlib.contextmanager
def flask_app(receiver: events.Receiver) -> Generator[int, None, None]:
    app = flask.Flask("tests")
    app.add_url_rule("/scg", view_func=events.flask_view(receiver), methods=["POST"])
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.port
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()


def django_ready() -> None:
    if not settings.configured:
        settings.configure(
            ROOT_URLCONF=__name__,
            ALLOWED_HOSTS=["127.0.0.1"],
            MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"],
            LOGGING_CONFIG=None,
        )
        django.setup()
    clear_url_caches()
    set_urlconf(None)


def django_wsgi(
    receiver: events.Receiver, *, decodes_chunks: bool = False
) -> contextlib.AbstractContextManager[int]:
    django_ready()
    urlpatterns[:] = [path("scg", events.django_view(receiver))]
    app: WSGIApplication = get_wsgi_application()
    return wsgi_served(app, decodes_chunks=decodes_chunks)


def django_asgi(receiver: events.Receiver) -> contextlib.AbstractContextManager[int]:
    django_ready()
    urlpatterns[:] = [path("scg", events.django_async_view(receiver))]
    return asgi_served(get_asgi_application())


@pytest.mark.parametrize(
    "served", [starlette_app, starlette_mount, fastapi_app, flask_app, django_wsgi, django_asgi]
)
def test_an_event_reaches_its_handlers_through_the_framework(
    served: Callable[[events.Receiver], contextlib.AbstractContextManager[int]],
) -> None:
    receiver = events.Receiver(basic=USER, max_body=10_000)
    seen: list[str] = []

    @receiver.on(events.MessageReceived)
    def sync_handler(event: events.MessageReceived) -> None:
        seen.append(event.message_body)

    @receiver.on(events.MessageReceived)
    async def async_handler(event: events.MessageReceived) -> None:
        seen.append(event.message_id)

    with served(receiver) as port, connection(port) as gateway:
        for _ in range(2):
            assert send(gateway, "/scg", EVENT, AUTHORIZED) == 200
        assert send(gateway, "/scg", EVENT, JSON) == 401
        assert send(gateway, "/scg", b"no", AUTHORIZED) == 400
        assert send(gateway, "/scg", EVENT, {**AUTHORIZED, "content-type": "text/xml"}) == 415
    # On connections of their own: a server may close one whose body nobody wanted.
    with served(receiver) as port, connection(port) as gateway:
        assert send(gateway, "/scg", b"[" + b" " * 10_000, AUTHORIZED) == 413
    with served(receiver) as port, connection(port) as gateway:
        assert send(gateway, "/scg", b"", AUTHORIZED, "GET") == 405
    assert seen == ["Test MO message", "6QX2csWrr064RzxhwHo0m7"]


HEAD = (
    b"POST /scg HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    b"Authorization: " + AUTHORIZED["authorization"].encode() + b"\r\nConnection: close\r\n"
)
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunked(EVENT[:9], EVENT[9:])


def flask_wsgi(
    receiver: events.Receiver, *, decodes_chunks: bool = False
) -> contextlib.AbstractContextManager[int]:
    app = flask.Flask("tests")
    app.add_url_rule("/scg", view_func=events.flask_view(receiver), methods=["POST"])
    return wsgi_served(app, decodes_chunks=decodes_chunks)


wsgi_frameworks = pytest.mark.parametrize("served", [django_wsgi, flask_wsgi])
Wsgi = Callable[..., contextlib.AbstractContextManager[int]]


@wsgi_frameworks
def test_a_chunked_body_is_taken_where_its_end_is_known(served: Wsgi) -> None:
    seen: list[events.BaseEvent] = []
    receiver = events.Receiver(basic=USER)
    receiver.on(events.BaseEvent)(seen.append)
    with served(receiver, decodes_chunks=True) as port:
        assert raw(port, CHUNKED).split()[1] == b"200"
    assert len(seen) == 1
    with served(receiver) as port:
        assert raw(port, CHUNKED).split()[1] == b"411"


def test_a_chunked_body_is_taken_by_django_under_asgi() -> None:
    seen: list[events.BaseEvent] = []
    receiver = events.Receiver(basic=USER)
    receiver.on(events.BaseEvent)(seen.append)
    with django_asgi(receiver) as port:
        assert raw(port, CHUNKED).split()[1] == b"200"
    assert len(seen) == 1


@pytest.mark.parametrize("served", [django_wsgi, flask_wsgi, django_asgi, starlette_app])
def test_a_body_that_ends_early_is_not_handled_in_a_framework(served: Wsgi) -> None:
    seen: list[events.BaseEvent] = []
    receiver = events.Receiver(basic=USER)
    receiver.on(events.BaseEvent)(seen.append)
    with served(receiver) as port:
        head = HEAD + b"Content-Length: %d\r\n\r\n" % (len(EVENT) + 1)
        assert raw(port, head + EVENT, hang_up=True).split()[1:2] in ([b"400"], [])
    assert seen == []


@wsgi_frameworks
def test_a_body_that_comes_too_slowly_is_answered_408_in_a_framework(served: Wsgi) -> None:
    receiver = events.Receiver(basic=USER, body_timeout=5)
    times = itertools.count(0, 6)
    receiver._clock = lambda: next(times)
    with served(receiver) as port:
        assert raw(port, HEAD + b"Content-Length: %d\r\n\r\n" % len(EVENT) + EVENT).split()[1] == b"408"


def test_flask_runs_coroutines_where_an_event_loop_runs_already() -> None:
    seen: list[str] = []
    receiver = events.Receiver(basic=USER)
    app = flask.Flask("tests")
    app.add_url_rule("/scg", view_func=events.flask_view(receiver), methods=["POST"])

    @receiver.on(events.MessageReceived)
    async def handler(event: events.MessageReceived) -> None:
        await asyncio.sleep(0)
        seen.append(flask.request.path)

    async def main() -> int:
        return app.test_client().post("/scg", data=EVENT, headers=AUTHORIZED).status_code

    assert asyncio.run(main()) == 200
    assert seen == ["/scg"]
