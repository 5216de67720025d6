"""MFA applications and their users, who show by a code that they are reached at an address."""

from __future__ import annotations

from scgapi.models import mfa_applications, mfa_users
from scgapi.sandbox.addresses import Recipient
from scgapi.sandbox.checks import checked_body
from scgapi.sandbox.codes import KINDS, Codes
from scgapi.sandbox.errors import GatewayError, invalid, missing, not_found
from scgapi.sandbox.families.message_templates import TEMPLATES
from scgapi.sandbox.rendering import fill
from scgapi.sandbox.resource import Resource
from scgapi.sandbox.sending import draft
from scgapi.sandbox.store import Collection, Document, number
from scgapi.sandbox.world import Call, Handlers, Reply, World

_LENGTHS = range(1, 33)
# What is sent where an application has no template of its own.
_TEXT = "$display_name: your code is $code"


def code_for(world: World, application_id: str, user_id: str) -> str:
    """The code that was sent to a user last."""
    code = world.part(Codes).last("mfa", application_id, user_id)
    if code is None:
        raise LookupError(f"no code waits for user {user_id!r} of application {application_id!r}")
    return code


def _list(world: World, call: Call) -> Reply:
    return USERS.page(world, call, _users(world, call).rows())


def _get(world: World, call: Call) -> Reply:
    return Reply(200, USERS.show(world, _users(world, call).get(call.ids[1])))


def _delete(world: World, call: Call) -> Reply:
    _users(world, call).remove(call.ids[1])
    world.part(Codes).forget("mfa", *call.ids)
    return Reply()


def _associate(world: World, call: Call) -> Reply:
    users, user_id = _users(world, call), call.ids[1]
    fields = checked_body(call.operation, call.body)
    address = str(fields["user_address"])
    if not address:
        raise missing("user_address")
    _send_code(world, call, address, "associate_template", fields)
    if user_id not in users:
        users.add({"status": "INITIAL"}, id=user_id)
    users.change(user_id, {"user_address": address, "status": "VALIDATION PENDING"})
    return Reply()


def _dissociate(world: World, call: Call) -> Reply:
    users = _users(world, call)
    row = users.get(call.ids[1])
    kept = {name: value for name, value in row.items() if name != "user_address"}
    users.put(call.ids[1], {**kept, "status": "INITIAL"})
    world.part(Codes).forget("mfa", *call.ids)
    return Reply()


def _validate(world: World, call: Call) -> Reply:
    users = _users(world, call)
    users.get(call.ids[1])
    code = checked_body(call.operation, call.body)["code"]
    if not world.part(Codes).take("mfa", *call.ids, given=code):
        raise GatewayError(400, "400", "Bad Request - the validation code is wrong or has expired")
    users.change(call.ids[1], {"status": "VALIDATED"})
    return Reply()


def _login_start(world: World, call: Call) -> Reply:
    row = _users(world, call).get(call.ids[1])
    fields = checked_body(call.operation, call.body)
    if fields.get("validation_method") not in (None, "SMS"):
        raise invalid("validation_method", str(fields["validation_method"]))
    if row["status"] != "VALIDATED":
        raise GatewayError(
            409, "2003", "User MDN not validated - The user's MDN should be validated before login."
        )
    _send_code(world, call, str(row["user_address"]), "login_template", fields)
    return Reply()


def _send_code(world: World, call: Call, address: str, template: str, fields: Document) -> None:
    """Make a code, and send it if the application says from where."""
    application = APPLICATIONS.rows(world).get(call.ids[0])
    code = world.part(Codes).issue(
        "mfa",
        *call.ids,
        length=number(application.get("auth_code_length")) or 6,
        kind=str(application.get("auth_token_type") or "NUMERIC"),
        prefix=str(application.get("auth_token_prefix") or ""),
        seconds=number(application.get("auth_token_validity_duration")),
    )
    sender = application.get("message_from")
    if not sender:
        return
    given = str(application.get(template) or _TEXT)
    pattern = str((TEMPLATES.rows(world).find(given) or {}).get("pattern") or given)
    shown = fields.get("display_name") or application.get("display_name") or application.get("name")
    text = fill(pattern, {"display_name": str(shown or ""), "code": code})
    made = draft(world, {"from": sender, "body": text})
    made.post(world, Recipient(address, address), "CREATED", {"standalone": True})


def _users(world: World, call: Call) -> Collection:
    if call.ids[0] not in APPLICATIONS.rows(world):
        raise not_found(call.ids[0])
    return world.collection(f"mfa_users of {call.ids[0]}")


def _prepare(_world: World, fields: Document, _current: Document | None) -> None:
    kind, length = fields.get("auth_token_type"), fields.get("auth_code_length")
    if kind is not None and kind not in KINDS:
        raise invalid("auth_token_type", str(kind))
    if length is not None and length not in _LENGTHS:
        raise invalid("auth_code_length", str(length))


def _removed(world: World, row: Document) -> None:
    users = world.collection(f"mfa_users of {row['id']}")
    for user_id in users:
        users.remove(user_id)
        world.part(Codes).forget("mfa", str(row["id"]), user_id)


def _show(_world: World, row: Document) -> Document:
    return {name: value for name, value in row.items() if name not in ("application_id", "company_id")}


APPLICATIONS = Resource(
    spec=mfa_applications,
    model=mfa_applications.MfaApplicationData,
    prepare=_prepare,
    show=_show,
    removed=_removed,
)
USERS = Resource(spec=mfa_users, model=mfa_users.MfaUserData, show=_show)

HANDLERS: Handlers = {
    **APPLICATIONS.handlers(),
    mfa_users.LIST: _list,
    mfa_users.GET: _get,
    mfa_users.DELETE: _delete,
    mfa_users.ASSOCIATE: _associate,
    mfa_users.DISSOCIATE: _dissociate,
    mfa_users.VALIDATE: _validate,
    mfa_users.LOGIN_START: _login_start,
}
