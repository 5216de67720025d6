"""Conferences and their members. A conference is active while a call is in it, completed when the last one has left."""

from __future__ import annotations

from scgapi.models import conference_members, conferences
from scgapi.sandbox.behaviour.telephony import ENDED, Telephony
from scgapi.sandbox.errors import GatewayError, invalid
from scgapi.sandbox.handlers.shared.address_lookup import find_sender
from scgapi.sandbox.handlers.shared.media import check_media
from scgapi.sandbox.resources.body_checks import checked_body
from scgapi.sandbox.resources.nested import NestedResource
from scgapi.sandbox.resources.resource import Resource
from scgapi.sandbox.state.account import Account, APIRequest, APIResponse, OperationHandlers
from scgapi.sandbox.state.store import Collection, Document


class _Conferences:
    """All conferences. The state of a conference follows from the calls in it."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._telephony = account.component(Telephony)
        self.rows: Collection = account.collection("conferences")
        self._telephony.watch(self.update_all)

    def current(self, conference_id: str) -> Document:
        """Return the conference, brought up to date."""
        self._telephony.all_calls()
        members = MEMBERS.rows(self._account)
        active = 0
        for row in MEMBERS.owned_by(self._account, conference_id):
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
        """End a conference and the participation of its members."""
        for row in MEMBERS.owned_by(self._account, conference_id):
            if row["state"] == "active":
                MEMBERS.rows(self._account).change(str(row["id"]), {"state": "completed"})
        ended: Document = {
            "state": "completed",
            "completed_time": self._account.now(),
            "active_members": 0,
        }
        self.rows.change(conference_id, ended)

    def update_all(self) -> None:
        """Bring all conferences up to date."""
        for conference_id in self.rows:
            self.current(conference_id)


def _list(account: Account, request: APIRequest) -> APIResponse:
    account.component(_Conferences).update_all()
    return CONFERENCES.list(account, request)


def _get(account: Account, request: APIRequest) -> APIResponse:
    return APIResponse(200, account.component(_Conferences).current(request.ids[0]))


def _set_state(account: Account, request: APIRequest) -> APIResponse:
    row = account.component(_Conferences).current(request.ids[0])
    state = CONFERENCES.body(request)["state"]
    if state != "completed" or row["state"] == "completed":
        raise invalid("state", f"a conference that is {row['state']} cannot become {state}")
    account.component(_Conferences).complete(request.ids[0])
    return APIResponse()


def _play(account: Account, request: APIRequest) -> APIResponse:
    row = account.component(_Conferences).current(request.ids[0])
    body = checked_body(request.operation, request.body)
    if row["state"] != "active":
        raise GatewayError(400, "400", f"Bad Request - the conference is {row['state']}, not active")
    check_media(account, body)
    account.component(Telephony).play(request.ids[0], body)
    return APIResponse()


def _defaults(account: Account, _fields: Document) -> Document:
    return {"state": "created", "created_time": account.now(), "active_members": 0}


def _prepare(account: Account, fields: Document, _current: Document | None) -> None:
    find_sender(account, str(fields["from"]), ("VOICE",))


def _list_members(account: Account, request: APIRequest) -> APIResponse:
    account.component(_Conferences).current(request.ids[0])
    return MEMBERS.list(account, request)


def _create_member(account: Account, request: APIRequest) -> APIResponse:
    response = MEMBERS.create(account, request)
    account.component(_Conferences).current(request.ids[0])
    return response


def _get_member(account: Account, request: APIRequest) -> APIResponse:
    account.component(_Conferences).current(request.ids[0])
    return MEMBERS.get(account, request)


def _delete_member(account: Account, request: APIRequest) -> APIResponse:
    response = MEMBERS.delete(account, request)
    account.component(_Conferences).current(request.ids[0])
    return response


def _member_defaults(_account: Account, _fields: Document) -> Document:
    return {"state": "active", "hold": False, "mute": False}


def _prepare_member(account: Account, fields: Document, current: Document | None) -> None:
    if current is not None:
        return
    conference = account.component(_Conferences).current(str(fields["conference_id"]))
    if conference["state"] == "completed":
        raise invalid("conference_id", "the conference is completed")
    telephony, call_id = account.component(Telephony), str(fields["call_id"])
    if call_id not in telephony.calls:
        raise invalid("call_id", f"no call {call_id}")
    if telephony.current(call_id)["state"] in ENDED:
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

HANDLERS: OperationHandlers = {
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
