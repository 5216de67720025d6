"""A receiver in a Django project, served over WSGI or ASGI. Django is imported when a view is created."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from typing import TYPE_CHECKING

from scgapi.events.core import Response
from scgapi.events.receiver import Receiver
from scgapi.events.wsgi import is_chunked, read_body

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_CHUNK_BYTES = 64 * 1024


def django_view(receiver: Receiver) -> Callable[[HttpRequest], HttpResponse]:
    """Return a view for a receiver.

    Add it to `urlpatterns`: `path("scg", django_view(receiver))`.
    """
    from django.views.decorators.csrf import csrf_exempt

    @csrf_exempt
    def scgapi_events(request: HttpRequest) -> HttpResponse:
        return _response(receiver.handle(str(request.method), _headers(request), _body(request)))

    return scgapi_events


def django_async_view(receiver: Receiver) -> Callable[[HttpRequest], Coroutine[object, object, HttpResponse]]:
    """Return an async view for a receiver, whose async handlers run in the server's event loop."""
    from django.views.decorators.csrf import csrf_exempt

    @csrf_exempt
    async def scgapi_events(request: HttpRequest) -> HttpResponse:
        return _response(
            await receiver.handle_async(str(request.method), _headers(request), _chunks(request))
        )

    return scgapi_events


def _body(request: HttpRequest) -> Iterator[bytes]:
    from django.core.handlers.wsgi import WSGIRequest

    if isinstance(request, WSGIRequest) and is_chunked(request.environ):
        # Django itself reads no body without a length.
        return read_body(request.environ)
    return iter(lambda: request.read(_CHUNK_BYTES), b"")


async def _chunks(request: HttpRequest) -> AsyncIterator[bytes]:
    # Django has read the body already, so that this does not block.
    while chunk := request.read(_CHUNK_BYTES):
        yield chunk


def _headers(request: HttpRequest) -> dict[str, str]:
    return {name.lower(): value for name, value in request.headers.items()}


def _response(response: Response) -> HttpResponse:
    from django.http import HttpResponse

    return HttpResponse(response.body, status=response.status, headers=dict(response.all_headers))
