"""The control interface: what tests in other processes, and in other languages, tell the sandbox by HTTP.

It hangs below /sandbox, needs no credentials, and answers errors as the API does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import get_args

from pydantic import BaseModel, ConfigDict, JsonValue, TypeAdapter, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from scgapi.sandbox.faults import Fault
from scgapi.sandbox.gateway import Gateway
from scgapi.sandbox.rules import Rule

_FAULT: TypeAdapter[Fault] = TypeAdapter(Fault)
_KINDS: dict[str, TypeAdapter[Fault]] = {kind.__name__: TypeAdapter(kind) for kind in get_args(Fault)}


def control(gateway: Gateway) -> list[Route]:
    """The routes that control a gateway."""
    desk = _Desk(gateway)
    return [
        Route("/sandbox/rules", desk.add, methods=["POST"]),
        Route("/sandbox/rules", desk.rules, methods=["GET"]),
        Route("/sandbox/rules", desk.stop_all, methods=["DELETE"]),
        Route("/sandbox/rules/{id}", desk.rule, methods=["GET"]),
        Route("/sandbox/rules/{id}", desk.stop, methods=["DELETE"]),
        Route("/sandbox/counts", desk.counts, methods=["GET"]),
        Route("/sandbox/reset", desk.reset, methods=["POST"]),
        Route("/sandbox/token", desk.credentials, methods=["GET"]),
        Route("/sandbox/token/{action}", desk.change_token, methods=["POST"]),
    ]


class _Given(BaseModel):
    """A rule as it is asked for; the rule itself checks its numbers."""

    model_config = ConfigDict(extra="forbid", strict=True)

    operation: str
    fault: dict[str, JsonValue]
    times: int | None = None
    after: int = 0
    probability: float = 1.0
    seed: int = 0


class _Desk:
    """Takes what is asked for to the gateway."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def add(self, request: Request) -> Response:
        content = await request.body()
        try:
            given = _Given.model_validate_json(content)
            rule = self._gateway.rules.add(
                given.operation,
                _fault(given.fault),
                times=given.times,
                after=given.after,
                probability=given.probability,
                seed=given.seed,
            )
        except ValidationError as error:
            raise HTTPException(400, _complaint(error)) from None
        except ValueError as error:
            raise HTTPException(400, str(error)) from None
        return JSONResponse(_shown(rule), 201)

    async def rules(self, _request: Request) -> Response:
        return JSONResponse([_shown(rule) for rule in self._gateway.rules.in_force()])

    async def rule(self, request: Request) -> Response:
        return JSONResponse(_shown(self._found(request)))

    async def stop(self, request: Request) -> Response:
        self._found(request).stop()
        return Response(status_code=204)

    async def stop_all(self, _request: Request) -> Response:
        self._gateway.rules.stop()
        return Response(status_code=204)

    async def counts(self, _request: Request) -> Response:
        return JSONResponse(
            {"received": self._gateway.rules.received.all(), "executed": self._gateway.executed.all()}
        )

    async def reset(self, _request: Request) -> Response:
        self._gateway.reset()
        return Response(status_code=204)

    async def credentials(self, _request: Request) -> Response:
        gateway = self._gateway
        return JSONResponse({"key": gateway.key, "secret": gateway.secret, "token": gateway.token})

    async def change_token(self, request: Request) -> Response:
        actions: Mapping[object, Callable[[], object]] = {
            "rotate": self._gateway.rotate_token,
            "expire": self._gateway.expire_token,
        }
        action = actions.get(request.path_params["action"])
        if action is None:
            raise HTTPException(404, f"a token can be told to {' or '.join(map(str, actions))}")
        action()
        return await self.credentials(request)

    def _found(self, request: Request) -> Rule:
        wanted = request.path_params["id"]
        for rule in self._gateway.rules.in_force():
            if rule.id == wanted:
                return rule
        raise HTTPException(404, f"no rule {wanted} is in force")


def _fault(given: Mapping[str, JsonValue]) -> Fault:
    kind = given.get("kind")
    if not isinstance(kind, str) or kind not in _KINDS:
        raise ValueError(f"fault.kind: {kind!r} is none of {', '.join(_KINDS)}")
    arguments = {name: value for name, value in given.items() if name != "kind"}
    try:
        return _KINDS[kind].validate_python(arguments)
    except ValidationError as error:
        raise ValueError(_complaint(error, "fault")) from None


def _shown(rule: Rule) -> dict[str, object]:
    arguments: dict[str, object] = _FAULT.dump_python(rule.fault, mode="json")
    return {
        "id": rule.id,
        "operation": rule.operation,
        "fault": {"kind": type(rule.fault).__name__, **arguments},
        "times": rule.times,
        "after": rule.after,
        "probability": rule.probability,
        "seed": rule.seed,
        "fired": rule.fired,
    }


def _complaint(error: ValidationError, *within: str) -> str:
    found = error.errors(include_url=False, include_context=False, include_input=False)
    places = (".".join(map(str, (*within, *one["loc"]))) for one in found)
    return "; ".join(f"{place or 'the body'}: {one['msg']}" for place, one in zip(places, found, strict=True))
