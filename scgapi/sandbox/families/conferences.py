"""Conferences and their members: active while a call is in them, completed when the last one has left."""

from __future__ import annotations

from scgapi.models import conference_members, conferences
from scgapi.sandbox.addresses import find_sender
from scgapi.sandbox.checks import checked_body
from scgapi.sandbox.errors import GatewayError, invalid
from scgapi.sandbox.nested import NestedResource
from scgapi.sandbox.resource import Resource
from scgapi.sandbox.store import Collection, Document
from scgapi.sandbox.telephony import ENDED, Telephony
from scgapi.sandbox.world import Call, Handlers, Reply, World


class _Rooms:
    """Conferences that follow what becomes of the calls in them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._telephony = world.part(Telephony)
        self.rows: Collection = world.collection("conferences")
        self._telephony.watch(self.settle_all)

    def settle(self, conference_id: str) -> Document:
        """The conference as it is now."""
        self._telephony.all_calls()
        members = MEMBERS.rows(self._world)
        active = 0
        for row in MEMBERS.of(self._world, conference_id):
            call = self._telephony.calls.find(str(row["call_id"]))
            if row["state"] == "active" and (call is None or call["state"] in ENDED):
                members.change(str(row["id"]), {"state": "completed"})
            elif row["state"] == "active":
                active += 1
        row = self.rows.get(conference_id)
        if row["state"] == "created" and active:
            self.rows.change(conference_id, {"state": "active"})
        elif row["state"] == "active" and not active:
            self.complete(conference_id)
        if self.rows.get(conference_id)["active_members"] != active:
            self.rows.complete(conference_id, {"active_members": active})
        return self.rows.get(conference_id)

    def complete(self, conference_id: str) -> None:
        """End a conference: nobody is in it any more."""
        for row in MEMBERS.of(self._world, conference_id):
            if row["state"] == "active":
                MEMBERS.rows(self._world).change(str(row["id"]), {"state": "completed"})
        ended: Document = {
            "state": "completed",
            "completed_time": self._world.now(),
            "active_members": 0,
        }
        self.rows.change(conference_id, ended)

    def settle_all(self) -> None:
        """Catch up with all calls."""
        for conference_id in self.rows:
            self.settle(conference_id)


def _list(world: World, call: Call) -> Reply:
    world.part(_Rooms).settle_all()
    return CONFERENCES.list(world, call)


def _get(world: World, call: Call) -> Reply:
    return Reply(200, world.part(_Rooms).settle(call.ids[0]))


def _set_state(world: World, call: Call) -> Reply:
    row = world.part(_Rooms).settle(call.ids[0])
    state = checked_body(call.operation, call.body)["state"]
    if state != "completed" or row["state"] == "completed":
        raise invalid("state", f"a conference that is {row['state']} cannot become {state}")
    world.part(_Rooms).complete(call.ids[0])
    return Reply()


def _play(world: World, call: Call) -> Reply:
    row = world.part(_Rooms).settle(call.ids[0])
    body = checked_body(call.operation, call.body)
    if row["state"] != "active":
        raise GatewayError(400, "400", f"Bad Request - the conference is {row['state']}, not active")
    world.part(Telephony).play(call.ids[0], body)
    return Reply()


def _defaults(world: World, _fields: Document) -> Document:
    return {"state": "created", "created_time": world.now(), "active_members": 0}


def _prepare(world: World, fields: Document, _current: Document | None) -> None:
    find_sender(world, str(fields["from"]), "VOICE")


def _list_members(world: World, call: Call) -> Reply:
    world.part(_Rooms).settle(call.ids[0])
    return MEMBERS.list(world, call)


def _create_member(world: World, call: Call) -> Reply:
    reply = MEMBERS.create(world, call)
    world.part(_Rooms).settle(call.ids[0])
    return reply


def _get_member(world: World, call: Call) -> Reply:
    world.part(_Rooms).settle(call.ids[0])
    return MEMBERS.get(world, call)


def _delete_member(world: World, call: Call) -> Reply:
    reply = MEMBERS.delete(world, call)
    world.part(_Rooms).settle(call.ids[0])
    return reply


def _member_defaults(_world: World, _fields: Document) -> Document:
    return {"state": "active", "hold": False, "mute": False}


def _prepare_member(world: World, fields: Document, current: Document | None) -> None:
    if current is not None:
        return
    room = world.part(_Rooms).settle(str(fields["conference_id"]))
    if room["state"] == "completed":
        raise invalid("conference_id", "the conference is completed")
    telephony, call_id = world.part(Telephony), str(fields["call_id"])
    if call_id not in telephony.calls:
        raise invalid("call_id", f"no call {call_id}")
    if telephony.settle(call_id)["state"] in ENDED:
        raise invalid("call_id", f"call {call_id} has ended")


CONFERENCES = Resource(
    spec=conferences, model=conferences.ConferenceData, defaults=_defaults, prepare=_prepare
)
MEMBERS = NestedResource(
    spec=conference_members,
    model=conference_members.ConferenceMemberData,
    owner=CONFERENCES,
    link="conference_id",
    defaults=_member_defaults,
    prepare=_prepare_member,
)

HANDLERS: Handlers = {
    **CONFERENCES.handlers(),
    conferences.LIST: _list,
    conferences.GET: _get,
    conferences.UPDATE: _set_state,
    conferences.PLAY_TTS: _play,
    conferences.PLAY_AUDIO: _play,
    **MEMBERS.handlers(),
    conference_members.LIST: _list_members,
    conference_members.CREATE: _create_member,
    conference_members.GET: _get_member,
    conference_members.DELETE: _delete_member,
}
