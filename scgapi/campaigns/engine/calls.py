"""Make the calls of a procedure, with a sync or an async client."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from scgapi._core.look_up import Sighting, read_look_up
from scgapi._core.paging import PAGE_SIZE
from scgapi._core.request import Request, build_request
from scgapi.campaigns.engine.rules import Rules
from scgapi.campaigns.engine.work import Call, CallResult, Cancel, Create, LookUp, Read, Resume, View
from scgapi.models import message_requests as spec
from scgapi.models.message_requests import MessageRequestData, MessageRequestFields
from scgapi.models.messages import MessageData

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scgapi import AsyncClient, Client
    from scgapi._core.request import Endpoints


def perform(scg: Client, rules: Rules, call: Call) -> CallResult:
    """Make a call.

    Raises:
        ScgError: it failed.
    """
    requests = scg.message_requests
    match call:
        case Create():
            body, fields = call.work.content.body, _fields(call, rules)
            if body is None:
                return requests.create(**fields)
            return requests.create(body=body, **fields)
        case LookUp():
            return scg._pipeline.call(_look_up(scg._pipeline.endpoints, call), _reader(call))
        case Resume():
            requests.resume(call.request_id)
            return None
        case Cancel():
            requests.cancel(call.request_id)
            return None
        case Read():
            found = requests.get(call.request_id)
            return _view(found, [*requests.list_messages(call.request_id)] if _is_unclear(found) else [])


async def perform_async(scg: AsyncClient, rules: Rules, call: Call) -> CallResult:
    """Make a call.

    Raises:
        ScgError: it failed.
    """
    requests = scg.message_requests
    match call:
        case Create():
            body, fields = call.work.content.body, _fields(call, rules)
            if body is None:
                return await requests.create(**fields)
            return await requests.create(body=body, **fields)
        case LookUp():
            return await scg._pipeline.call(_look_up(scg._pipeline.endpoints, call), _reader(call))
        case Resume():
            await requests.resume(call.request_id)
            return None
        case Cancel():
            await requests.cancel(call.request_id)
            return None
        case Read():
            found = await requests.get(call.request_id)
            listed = requests.list_messages(call.request_id) if _is_unclear(found) else None
            return _view(found, [] if listed is None else [one async for one in listed])


def _fields(call: Create, rules: Rules) -> MessageRequestFields:
    work = call.work
    fields: MessageRequestFields = {
        **rules.options,
        "to": list(work.addresses),
        "external_id": work.external_id,
    }
    if work.content.attachments:
        fields["attachments"] = list(work.content.attachments)
    if call.paused:
        fields["pause_before_transmit"] = True
    return fields


def _look_up(endpoints: Endpoints, call: LookUp) -> Request:
    return build_request(endpoints, spec.LIST, query={"external_id": call.external_id, "limit": PAGE_SIZE})


def _reader(call: LookUp) -> partial[Sighting]:
    return partial(read_look_up, call.external_id)


def _is_unclear(found: MessageRequestData) -> bool:
    """Return True if the request has ended and sent nothing, so that its messages must be read to know why."""
    return found.state == "COMPLETED" and not found.sent_count


def _view(found: MessageRequestData, messages: Iterable[MessageData]) -> View:
    states = {str(one.state) for one in messages}
    return View(str(found.state or ""), found.sent_count or 0, expired=states == {"EXPIRED"})
