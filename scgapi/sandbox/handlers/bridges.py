"""Bridges: ACTIVE once two of their calls are, COMPLETED once all have ended."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from scgapi.models import bridges, calls
from scgapi.sandbox.behaviour.messaging import read_page
from scgapi.sandbox.behaviour.telephony import ENDED, Telephony
from scgapi.sandbox.errors import invalid
from scgapi.sandbox.resources.query import Query
from scgapi.sandbox.resources.resource import Resource
from scgapi.sandbox.state.account import Account, APIRequest, APIResponse, OperationHandlers
from scgapi.sandbox.state.store import Collection, Document, number, texts

# The published definition has these names for the two fields.
ACTIVATED = "activated_time - date"
COMPLETED = "completed_time - date"


class Bridges:
    """All bridges. A call holds the id of its bridge; the state of a bridge follows from its calls."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._telephony = account.component(Telephony)
        self.rows: Collection = account.collection("bridges")
        self._telephony.watch(self._update_all)

    def current(self, bridge_id: str) -> Document:
        """Return the bridge, brought up to date."""
        row, found = self.rows.get(bridge_id), self._telephony.calls_of(bridge_id)
        answered = sorted(number(call.get("answer_time")) or 0 for call in found if call["state"] == "ACTIVE")
        if row["state"] == "CREATED" and len(answered) > 1:
            # The second call made it active: when it was answered, or when it joined.
            when = max(answered[1], number(row["last_updated_date"]) or 0)
            self.rows.change(bridge_id, {"state": "ACTIVE", ACTIVATED: when})
        elif row["state"] == "ACTIVE" and found and all(call["state"] in ENDED for call in found):
            when = max(number(call.get("end_time")) or 0 for call in found)
            self.rows.change(bridge_id, {"state": "COMPLETED", COMPLETED: when})
        return self.rows.get(bridge_id)

    def read(self, bridge_id: str) -> Document:
        """Return the bridge for a GET, which counts as a read of all its calls."""
        for call in self._telephony.calls_of(bridge_id):
            self._telephony.read(str(call["id"]))
        return self.current(bridge_id)

    def all_bridges(self, *, update: bool = True) -> Sequence[Document]:
        """Return all bridges, brought up to date if `update` is true."""
        if update:
            self._update_all()
        return self.rows.rows()

    def check_open(self, bridge_id: str) -> None:
        """Raise if calls cannot join the bridge.

        Raises:
            GatewayError: the bridge does not exist or has ended.
        """
        if bridge_id not in self.rows or self.current(bridge_id)["state"] == "COMPLETED":
            raise invalid("bridge_id", f"no bridge {bridge_id} that a call can join")

    def check_calls(self, call_ids: list[str]) -> None:
        """Raise if one of the calls cannot be joined.

        Raises:
            GatewayError: a call does not exist or has ended.
        """
        for call_id in call_ids:
            if call_id not in self._telephony.calls:
                raise invalid("call_ids", f"no call {call_id}")
            if self._telephony.current(call_id)["state"] in ENDED:
                raise invalid("call_ids", f"call {call_id} has ended")

    def set_calls(self, bridge_id: str, call_ids: list[str]) -> None:
        """Set the calls in the bridge. Calls that have ended stay."""
        for call in self._telephony.calls_of(bridge_id):
            if call["id"] not in call_ids and call["state"] not in ENDED:
                self._telephony.calls.change(str(call["id"]), {"bridge_id": None})
        for call_id in call_ids:
            if self._telephony.calls.get(call_id).get("bridge_id") != bridge_id:
                self._telephony.calls.change(call_id, {"bridge_id": bridge_id})
        self.current(bridge_id)

    def remove(self, bridge_id: str) -> None:
        """End a bridge and remove it. Its calls continue."""
        self.set_calls(bridge_id, [])
        self.rows.remove(bridge_id)

    def _update_all(self) -> None:
        for bridge_id in self.rows:
            self.current(bridge_id)


def _list(account: Account, request: APIRequest) -> APIResponse:
    bridging = account.component(Bridges)
    return APIResponse(200, read_page(BRIDGES.query(account, request), bridging.all_bridges, bridging.read))


def _create(account: Account, request: APIRequest) -> APIResponse:
    bridging = account.component(Bridges)
    body = BRIDGES.body(request)
    call_ids = texts(body.pop("call_ids", None))
    bridging.check_calls(call_ids)
    bridge_id = bridging.rows.add({**body, "state": "CREATED"})
    bridging.set_calls(bridge_id, call_ids)
    return APIResponse(200, {"id": bridge_id})


def _get(account: Account, request: APIRequest) -> APIResponse:
    return APIResponse(200, account.component(Bridges).read(request.ids[0]))


def _update(account: Account, request: APIRequest) -> APIResponse:
    bridging = account.component(Bridges)
    row = bridging.current(request.ids[0])
    body = BRIDGES.body(request)
    call_ids = texts(body.pop("call_ids"))
    if row["state"] == "COMPLETED":
        raise invalid("call_ids", "the bridge is COMPLETED")
    bridging.check_calls(call_ids)
    bridging.rows.change(request.ids[0], body)
    bridging.set_calls(request.ids[0], call_ids)
    return APIResponse()


def _delete(account: Account, request: APIRequest) -> APIResponse:
    bridging = account.component(Bridges)
    bridging.current(request.ids[0])
    bridging.remove(request.ids[0])
    return APIResponse()


def _list_calls(account: Account, request: APIRequest) -> APIResponse:
    account.component(Bridges).current(request.ids[0])
    telephony = account.component(Telephony)
    query = Query(request.operation, request.query, sortable=calls.CallData.model_fields)
    return APIResponse(200, read_page(query, partial(telephony.calls_of, request.ids[0]), telephony.read))


BRIDGES = Resource(spec=bridges, model=bridges.BridgeData)

HANDLERS: OperationHandlers = {
    bridges.LIST: _list,
    bridges.CREATE: _create,
    bridges.GET: _get,
    bridges.UPDATE: _update,
    bridges.DELETE: _delete,
    bridges.LIST_CALLS: _list_calls,
}
