"""The client as the contract sees it: its public methods by name, called against answers that a test gives."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import unquote

import httpx

import scgapi
import scgapi.models
from scgapi._async.lazy import AsyncLazyResource
from scgapi._core.operation import Operation
from scgapi._core.request import API_PREFIX, ATTACHMENT_PREFIX, EVENTS_PREFIX, TOKEN_PREFIX
from scgapi._sync.lazy import LazyResource
from scgapi.auth import REFRESH
from tests.both_clients import ONCE, ClientKind, is_async_iterator, is_iterator
from tests.conformance.contract import shape
from tests.conformance.samples import required

ID = "ID-7"

POSITIONAL: dict[str, dict[str, object]] = {
    "attachments.create_and_upload": {"source": b"content"},
    "attachments.upload": {"source": b"content"},
    "bridges.add_calls": {"calls": [ID]},
    "channels.add_sender_id": {"sender_ids": [ID]},
    "contact_groups.add_contact": {"contacts": [ID]},
    "contact_imports.create_from_csv": {"source": b"content"},
    "sender_id_imports.create_from_csv": {"source": b"content"},
}
"""Positional arguments that are no ids."""

KEYWORDS: dict[str, dict[str, object]] = {
    "calls.play_audio": {"url": "https://example.com/a.wav"},
    "conferences.play_audio": {"url": "https://example.com/a.wav"},
    "sender_ids.delete_many": {"state": "INACTIVE"},
    "contact_address_statuses.set_consent": {"address": "+15552461234", "sender_id": ID, "status": "OPT_IN"},
}
"""Keywords of methods that have no table of fields."""

_PREFIX = re.compile("^(" + "|".join((API_PREFIX, ATTACHMENT_PREFIX, TOKEN_PREFIX, EVENTS_PREFIX)) + ")(?=/)")

Answers = Callable[[str], object]
"""Chooses the JSON to answer with, by method and path."""


@dataclass
class Seen:
    """What a call returned and sent; `asked` are method and path of each request, as the contract has them."""

    value: object = None
    asked: list[str] = field(default_factory=list[str])
    sent: list[httpx.Request] = field(default_factory=list[httpx.Request])


@cache
def operations() -> dict[str, Operation]:
    """Return every operation of the client by its name."""
    found = {REFRESH.name: REFRESH}
    for module in pkgutil.iter_modules(scgapi.models.__path__):
        for value in vars(importlib.import_module(f"scgapi.models.{module.name}")).values():
            if isinstance(value, Operation):
                found[value.name] = value
    return found


def methods(client: object) -> dict[str, Callable[..., object]]:
    """Return every public method of every resource by its name, such as `contacts.access_tokens.get`."""
    found: dict[str, Callable[..., object]] = {}
    for name, value in vars(type(client)).items():
        if isinstance(value, LazyResource | AsyncLazyResource):
            found.update(_methods(name, getattr(client, name)))
    return found


def call(client_kind: ClientKind, name: str, answers: Answers) -> Seen:
    """Call a method with an id for each id it needs, the fields it requires and nothing else."""
    seen = Seen()

    def answer(request: httpx.Request) -> httpx.Response:
        path = _PREFIX.sub("", unquote(request.url.path)).replace(ID, "{}")
        seen.asked.append(shape(request.method, path))
        seen.sent.append(request)
        return httpx.Response(200, json=answers(seen.asked[-1]))

    transport = httpx.MockTransport(answer)
    auth = scgapi.AuthInfo("key", "secret", "token")

    async def run() -> None:
        async with (
            httpx.AsyncClient(transport=transport) as http,
            scgapi.AsyncClient(auth, retry=ONCE, http_client=http) as scg,
        ):
            result = _called(scg, name)
            if inspect.isawaitable(result):
                result = await result
            seen.value = [row async for row in result] if is_async_iterator(result) else result

    if client_kind == "async":
        asyncio.run(run())
        return seen
    with httpx.Client(transport=transport) as http, scgapi.Client(auth, retry=ONCE, http_client=http) as scg:
        result = _called(scg, name)
        seen.value = [*result] if is_iterator(result) else result
    return seen


def _methods(path: str, resource: object) -> Iterator[tuple[str, Callable[..., object]]]:
    for name in dir(resource):
        if name.startswith("_"):
            continue
        found: object = getattr(resource, name)
        if not callable(found):
            yield from _methods(f"{path}.{name}", found)
        elif str(inspect.signature(found).return_annotation).endswith("Resource"):
            yield from _methods(f"{path}.{name}", found(ID))  # a nested resource, of the object with this id
        else:
            yield f"{path}.{name}", found


def _called(scg: object, name: str) -> object:
    found = scg
    for step in name.split("."):
        found = getattr(found(ID) if callable(found) else found, step)
    assert callable(found)
    parameters = inspect.signature(found).parameters.values()
    positional = [one for one in parameters if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)]
    given = POSITIONAL.get(name, {})
    args = [given.get(one.name, ID) for one in positional if one.default is one.empty]
    operation, fields = operations().get(name), KEYWORDS.get(name, {})
    if operation is not None and operation.body is not None:
        keywords = {one.name for one in parameters if one.kind is one.KEYWORD_ONLY}
        takes_any = any(one.kind is one.VAR_KEYWORD for one in parameters)
        needed = required(operation.body)
        fields = fields or {field: needed[field] for field in needed if takes_any or field in keywords}
    return found(*args, **fields)
