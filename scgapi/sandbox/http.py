"""The HTTP front: paths and JSON, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from pydantic_core import from_json
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from scgapi._core.operation import Operation
from scgapi._core.request import API_PREFIX, ATTACHMENT_PREFIX, TOKEN_PREFIX
from scgapi.sandbox.answers import response
from scgapi.sandbox.control import control
from scgapi.sandbox.errors import GatewayError, invalid_payload
from scgapi.sandbox.families import HANDLERS
from scgapi.sandbox.gateway import Gateway
from scgapi.sandbox.misbehaviour import Exchange, misbehave
from scgapi.sandbox.world import Call, Reply

_PREFIXES = {"api": API_PREFIX, "attachment": ATTACHMENT_PREFIX, "token": TOKEN_PREFIX}


def application(gateway: Gateway) -> Starlette:
    """The ASGI application in front of a gateway."""
    routes = [
        Route(path, _Endpoint(gateway, operations), methods=list(operations))
        for path, operations in _by_path(HANDLERS).items()
    ]
    app = Starlette(
        routes=[*routes, *control(gateway)], exception_handlers={HTTPException: _refuse, Exception: _report}
    )
    app.router.redirect_slashes = False
    return app


class _Endpoint:
    """What is at one path: an operation for each method."""

    def __init__(self, gateway: Gateway, operations: dict[str, Operation]) -> None:
        self._gateway = gateway
        self._operations = operations

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        operation = self._operations.get(request.method)
        if operation is None:
            raise HTTPException(405)
        try:
            content = await request.body()
        except ClientDisconnect:
            return
        ids = tuple(str(value) for value in request.path_params.values())
        call = Call(operation, ids, dict(request.query_params), content, dict(request.headers))
        firing = self._gateway.rules.meet(operation.name)
        if firing is None:
            await response(self._answer(call, self._gateway.handle))(scope, receive, send)
        else:
            answer = partial(self._answer, call)
            await misbehave(Exchange(self._gateway, operation.service, answer, scope, receive, send), firing)

    def _answer(self, call: Call, carry_out: Callable[[Call], Reply]) -> Reply:
        refusal = self._gateway.refusal(call)
        if refusal is not None:
            return refusal
        if call.operation.service == "api" and isinstance(call.body, bytes):
            try:
                call = replace(call, body=_decoded(call.body))
            except GatewayError as error:
                return Reply(error.status, error.body)
        return carry_out(call)


def _by_path(operations: Iterable[Operation]) -> dict[str, dict[str, Operation]]:
    """Operations by path and method; fixed names come before placeholders, and collections may end in a slash."""
    found: defaultdict[str, dict[str, Operation]] = defaultdict(dict)
    for operation in sorted(operations, key=lambda operation: operation.path.replace("{", "\U0010ffff")):
        path = _PREFIXES[operation.service] + operation.path
        found[path][operation.method] = operation
        if not path.endswith("}"):
            found[path + "/"][operation.method] = operation
    return dict(found)


def _decoded(content: bytes) -> object:
    if not content.strip():
        return None
    try:
        value: object = from_json(content, allow_inf_nan=False)
    except ValueError:
        raise invalid_payload("not JSON") from None
    return value


async def _refuse(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    text = error.detail if isinstance(error, HTTPException) else "Server Error"
    made = response(Reply(status, GatewayError(status, str(status), text).body))
    if isinstance(error, HTTPException) and error.headers:
        made.headers.update(error.headers)
    return made


async def _report(_request: Request, _error: Exception) -> Response:
    # Starlette raises it again afterwards, so that it is logged.
    return response(Reply(500, GatewayError(500, "SCG_ERROR_5000", "Unexpected Server Error").body))
