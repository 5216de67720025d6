"""Endpoints of the API: paths, methods and JSON bodies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from pydantic_core import from_json
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from scgapi._core.operation import Operation
from scgapi._core.request import API_PREFIX, ATTACHMENT_PREFIX, TOKEN_PREFIX
from scgapi.sandbox.errors import GatewayError, invalid_payload
from scgapi.sandbox.gateway import Gateway
from scgapi.sandbox.handlers import HANDLERS
from scgapi.sandbox.http.bodies import CONTENT_BYTES, JSON_BYTES, read_body, uploaded_content
from scgapi.sandbox.http.fault_injection import Exchange, inject
from scgapi.sandbox.http.recorder import recording_of
from scgapi.sandbox.http.responses import http_response
from scgapi.sandbox.state.account import APIRequest, APIResponse

# The token service is also found at two older places.
_PREFIXES = {"api": [API_PREFIX], "attachment": [ATTACHMENT_PREFIX], "token": [TOKEN_PREFIX, "", "/v1"]}


def api_routes(gateway: Gateway) -> list[Route]:
    """Return the routes of the API, for the application in front of the gateway."""
    return [
        Route(path, _Endpoint(gateway, operations), methods=list(operations))
        for path, operations in _by_path(HANDLERS).items()
    ]


class _Endpoint:
    """The operations at one path, by method."""

    def __init__(self, gateway: Gateway, operations: dict[str, Operation]) -> None:
        self._gateway = gateway
        self._operations = operations

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        http = Request(scope, receive)
        operation = self._operations.get(http.method)
        if operation is None:
            raise HTTPException(405)
        content = await read_body(http, JSON_BYTES if operation.service == "api" else CONTENT_BYTES)
        ids = tuple(str(value) for value in http.path_params.values())
        request = APIRequest(operation, ids, dict(http.query_params), content, dict(http.headers))
        injected = self._gateway.rules.evaluate(operation.name)
        recording = recording_of(scope)
        if recording is not None:
            recording.operation = operation.name
            recording.is_secret |= operation.service == "token"
            recording.fault = None if injected is None else type(injected.fault).__name__
        respond = partial(self._respond, request)
        if injected is None:
            await http_response(respond(self._gateway.handle))(scope, receive, send)
        else:
            exchange = Exchange(self._gateway, operation.service, respond, scope, receive, send)
            await inject(exchange, injected)

    def _respond(self, request: APIRequest, execute: Callable[[APIRequest], APIResponse]) -> APIResponse:
        try:
            decoded = _decode(request)
        except GatewayError as error:
            return self._gateway.refuse(request, error)
        return execute(decoded)


def _by_path(operations: Iterable[Operation]) -> dict[str, dict[str, Operation]]:
    """Group operations by path and method. Fixed names come before placeholders; collections may end in a slash."""
    found: defaultdict[str, dict[str, Operation]] = defaultdict(dict)
    for operation in sorted(operations, key=lambda operation: operation.path.replace("{", "\U0010ffff")):
        for prefix in _PREFIXES[operation.service]:
            path = prefix + operation.path
            found[path][operation.method] = operation
            if not path.endswith("}"):
                found[path + "/"][operation.method] = operation
    return dict(found)


def _decode(request: APIRequest) -> APIRequest:
    """Return the request with the body that its operation takes: a JSON value, or the bytes of an attachment."""
    content = request.body
    if not isinstance(content, bytes) or request.operation.service == "token":
        return request
    if request.operation.service == "attachment":
        return replace(request, body=uploaded_content(request.headers.get("content-type", ""), content))
    if not content.strip():
        return replace(request, body=None)
    try:
        value: object = from_json(content, allow_inf_nan=False)
    except ValueError:
        raise invalid_payload("not JSON") from None
    return replace(request, body=value)
