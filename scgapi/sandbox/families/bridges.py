"""Bridges: ACTIVE when two of their calls are, COMPLETED when all have ended."""

from __future__ import annotations

from functools import partial

from scgapi.models import bridges, calls
from scgapi.sandbox.checks import checked_body
from scgapi.sandbox.errors import invalid
from scgapi.sandbox.query import Query
from scgapi.sandbox.resource import Resource
from scgapi.sandbox.store import Collection, Document, number, texts
from scgapi.sandbox.telephony import ENDED, Telephony
from scgapi.sandbox.traffic import observed_page
from scgapi.sandbox.world import Call, Handlers, Reply, World

# The names that the published definition has for them.
ACTIVATED = "activated_time - date"
COMPLETED = "completed_time - date"


class Bridges:
    """All bridges. Calls know which one they are in; a bridge follows what becomes of them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._telephony = world.part(Telephony)
        self.rows: Collection = world.collection("bridges")
        self._telephony.watch(self._settle_all)

    def settle(self, bridge_id: str) -> Document:
        """The bridge as it is now."""
        row, found = self.rows.get(bridge_id), self._telephony.calls_of(bridge_id)
        answered = sorted(number(call.get("answer_time")) or 0 for call in found if call["state"] == "ACTIVE")
        if row["state"] == "CREATED" and len(answered) > 1:
            # With its second call: when that was answered, or joined.
            when = max(answered[1], number(row["last_updated_date"]) or 0)
            self.rows.change(bridge_id, {"state": "ACTIVE", ACTIVATED: when})
        elif row["state"] == "ACTIVE" and found and all(call["state"] in ENDED for call in found):
            when = max(number(call.get("end_time")) or 0 for call in found)
            self.rows.change(bridge_id, {"state": "COMPLETED", COMPLETED: when})
        return self.rows.get(bridge_id)

    def look(self, bridge_id: str) -> Document:
        """The bridge as a reader sees it: that it is read counts for all its calls."""
        for call in self._telephony.calls_of(bridge_id):
            self._telephony.look(str(call["id"]))
        return self.settle(bridge_id)

    def all_bridges(self, *, settled: bool = True) -> list[Document]:
        """All bridges as they are now, or as they were last seen."""
        if settled:
            self._settle_all()
        return self.rows.rows()

    def must_be_open(self, bridge_id: str) -> None:
        """Refuse a bridge that calls cannot join.

        Raises:
            GatewayError: there is no such bridge, or it has ended.
        """
        if bridge_id not in self.rows or self.settle(bridge_id)["state"] == "COMPLETED":
            raise invalid("bridge_id", f"no bridge {bridge_id} that a call can join")

    def check(self, call_ids: list[str]) -> None:
        """Refuse calls that cannot be joined.

        Raises:
            GatewayError: one of them has ended, or never was.
        """
        for call_id in call_ids:
            if call_id not in self._telephony.calls:
                raise invalid("call_ids", f"no call {call_id}")
            if self._telephony.settle(call_id)["state"] in ENDED:
                raise invalid("call_ids", f"call {call_id} has ended")

    def hold(self, bridge_id: str, call_ids: list[str]) -> None:
        """Have these calls in the bridge, and no others; those that have ended stay."""
        for call in self._telephony.calls_of(bridge_id):
            if call["id"] not in call_ids and call["state"] not in ENDED:
                self._telephony.calls.change(str(call["id"]), {"bridge_id": None})
        for call_id in call_ids:
            if self._telephony.calls.get(call_id).get("bridge_id") != bridge_id:
                self._telephony.calls.change(call_id, {"bridge_id": bridge_id})
        self.settle(bridge_id)

    def forget(self, bridge_id: str) -> None:
        """End a bridge and remove it; its calls go on by themselves."""
        self.hold(bridge_id, [])
        self.rows.remove(bridge_id)

    def _settle_all(self) -> None:
        for bridge_id in self.rows:
            self.settle(bridge_id)


def _list(world: World, call: Call) -> Reply:
    known = world.part(Bridges)
    return Reply(200, observed_page(BRIDGES.query(call), known.all_bridges, known.look))


def _create(world: World, call: Call) -> Reply:
    known = world.part(Bridges)
    body = checked_body(call.operation, call.body)
    call_ids = texts(body.pop("call_ids", None))
    known.check(call_ids)
    bridge_id = known.rows.add({**body, "state": "CREATED"})
    known.hold(bridge_id, call_ids)
    return Reply(200, {"id": bridge_id})


def _get(world: World, call: Call) -> Reply:
    return Reply(200, world.part(Bridges).look(call.ids[0]))


def _update(world: World, call: Call) -> Reply:
    known = world.part(Bridges)
    row = known.settle(call.ids[0])
    # Older clients send a version, which the definition does not have here.
    body = checked_body(call.operation, call.body, ignored=("version_number",))
    call_ids = texts(body.pop("call_ids"))
    if row["state"] == "COMPLETED":
        raise invalid("call_ids", "the bridge is COMPLETED")
    known.check(call_ids)
    known.rows.change(call.ids[0], body)
    known.hold(call.ids[0], call_ids)
    return Reply()


def _delete(world: World, call: Call) -> Reply:
    known = world.part(Bridges)
    known.settle(call.ids[0])
    known.forget(call.ids[0])
    return Reply()


def _list_calls(world: World, call: Call) -> Reply:
    world.part(Bridges).settle(call.ids[0])
    telephony = world.part(Telephony)
    query = Query(call.operation, call.query, sortable=calls.CallData.model_fields)
    return Reply(200, observed_page(query, partial(telephony.calls_of, call.ids[0]), telephony.look))


BRIDGES = Resource(spec=bridges, model=bridges.BridgeData)

HANDLERS: Handlers = {
    bridges.LIST: _list,
    bridges.CREATE: _create,
    bridges.GET: _get,
    bridges.UPDATE: _update,
    bridges.DELETE: _delete,
    bridges.LIST_CALLS: _list_calls,
}
