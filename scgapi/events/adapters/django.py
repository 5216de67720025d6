"""A receiver in a Django project, served over WSGI or ASGI."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from scgapi.events.core import Answer
from scgapi.events.receiver import Receiver

_CHUNK = 64 * 1024


def django_view(receiver: Receiver) -> Callable[[HttpRequest], HttpResponse]:
    """A view that answers what is posted to it.

    Its place in `urlpatterns`: `path("scg", django_view(receiver))`.
    """

    @csrf_exempt
    def scgapi_events(request: HttpRequest) -> HttpResponse:
        chunks = iter(lambda: request.read(_CHUNK), b"")
        return _response(receiver.handle(str(request.method), _headers(request), chunks))

    return scgapi_events


def django_async_view(receiver: Receiver) -> Callable[[HttpRequest], Coroutine[object, object, HttpResponse]]:
    """An asynchronous view for a receiver, whose async handlers run in the server's loop."""

    @csrf_exempt
    async def scgapi_events(request: HttpRequest) -> HttpResponse:
        return _response(
            await receiver.handle_async(str(request.method), _headers(request), _chunks(request))
        )

    return scgapi_events


async def _chunks(request: HttpRequest) -> AsyncIterator[bytes]:
    while chunk := request.read(_CHUNK):  # Django has the body by now: this waits for nothing
        yield chunk


def _headers(request: HttpRequest) -> dict[str, str]:
    return {name.lower(): value for name, value in request.headers.items()}


def _response(answer: Answer) -> HttpResponse:
    return HttpResponse(answer.body, status=answer.status, headers=dict(answer.all_headers))
