"""Control actions: Python functions that are served below `/sandbox`, with their parameters as JSON fields."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError, create_model
from pydantic_core import from_json, to_json
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from scgapi._core.schema import api_name
from scgapi.sandbox.http.bodies import CONTROL_BYTES, read_body
from scgapi.sandbox.state.store import document

PREFIX = "/sandbox"


@dataclass(frozen=True)
class Action:
    """An entry of the route table.

    `run` is called with the fields of the JSON body, the parameters of the path and, for a GET, the query; they are
    validated against its signature. Its return value is sent as JSON, in an object under the name `result_name` if
    that is set; None is sent as status 204. A coroutine function may wait for a long time, but must not block.
    `max_body_bytes` is the maximum size of the body in bytes.

    ValueError becomes status 400, LookupError 404, TimeoutError 504.
    """

    method: str
    path: str
    run: Callable[..., object]
    status: int = 200
    result_name: str | None = None
    max_body_bytes: int = CONTROL_BYTES

    def route(self) -> Route:
        """Return the route that serves the action."""
        return Route(PREFIX + self.path, _Endpoint(self), methods=[self.method])


class _Endpoint:
    """The endpoint of an action. It is a class, so that Starlette treats it as an ASGI application."""

    def __init__(self, action: Action) -> None:
        self._action = action
        self._fields = fields_of(action.run)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        arguments = await self._arguments(request)
        with _errors_as_statuses():
            # Values in a query are text, numbers included.
            fields = self._fields.model_validate_json(arguments, strict=request.method != "GET")
            value = await self._run({name: getattr(fields, name) for name in fields.model_fields_set})
        await self._response(value)(scope, receive, send)

    async def _arguments(self, request: Request) -> bytes:
        if request.method == "GET":
            return to_json({**request.query_params, **request.path_params})
        content = await read_body(request, self._action.max_body_bytes)
        if not content:
            return to_json(request.path_params)
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise HTTPException(415, "the body must be JSON, with the header Content-Type: application/json")
        if not request.path_params:
            return content
        body = document(_decoded(content))
        if body is None:
            raise HTTPException(400, "the body: Input should be an object")
        return to_json({**body, **request.path_params})

    async def _run(self, arguments: dict[str, object]) -> object:
        run = self._action.run
        if inspect.iscoroutinefunction(run):
            return await run(**arguments)
        # Run in a thread: an action may wait for a lock, for events, or for a connection to end.
        return await run_in_threadpool(run, **arguments)

    def _response(self, value: object) -> Response:
        action = self._action
        if value is None and action.result_name is None:
            return Response(status_code=204)
        body = value if action.result_name is None else {action.result_name: value}
        # Texts of messages may be HTML: a browser that shows the response must not guess its type.
        headers = {"x-content-type-options": "nosniff"}
        return Response(to_json(body), action.status, headers, media_type="application/json")


@contextmanager
def _errors_as_statuses() -> Generator[None, None, None]:
    """Turn the errors of actions into HTTP statuses."""
    try:
        yield
    except ValidationError as error:
        raise HTTPException(400, describe_errors(error)) from None
    except ValueError as error:
        raise HTTPException(400, str(error)) from None
    except LookupError as error:
        raise HTTPException(404, str(error.args[0])) from None
    except TimeoutError as error:
        raise HTTPException(504, str(error)) from None


def describe_errors(error: ValidationError, *within: str) -> str:
    """Return the invalid fields and the reasons as one text."""
    errors = error.errors(include_url=False, include_context=False, include_input=False)
    locations = (".".join(map(str, (*within, *one["loc"]))) for one in errors)
    return "; ".join(
        f"{location or 'the body'}: {one['msg']}" for location, one in zip(locations, errors, strict=True)
    )


def fields_of(run: Callable[..., object]) -> type[BaseModel]:
    """Return a model with the function's parameters as its fields."""
    hints: dict[str, object] = get_type_hints(run, include_extras=True)
    # pydantic's signature asks for Any.
    fields: dict[str, Any] = {
        name: (hints[name], ... if parameter.default is parameter.empty else parameter.default)
        for name, parameter in inspect.signature(run).parameters.items()
    }
    config = ConfigDict(extra="forbid", strict=True, alias_generator=api_name)
    model: type[BaseModel] = create_model("Fields", __config__=config, **fields)
    return model


def _decoded(content: bytes) -> JsonValue:
    try:
        value: JsonValue = from_json(content)
    except ValueError as error:
        raise HTTPException(400, f"the body: Invalid JSON: {error}") from None
    return value
