"""MFA applications and their users, who confirm an address with a code."""

from __future__ import annotations

from scgapi.models import mfa_applications, mfa_users
from scgapi.sandbox.behaviour.addresses import Recipient
from scgapi.sandbox.behaviour.confirmation_codes import KINDS, ConfirmationCodes
from scgapi.sandbox.behaviour.rendering import fill
from scgapi.sandbox.errors import GatewayError, invalid, missing, not_found
from scgapi.sandbox.handlers.message_templates import TEMPLATES
from scgapi.sandbox.handlers.shared.sending import make_draft
from scgapi.sandbox.resources.body_checks import checked_body
from scgapi.sandbox.resources.resource import Resource
from scgapi.sandbox.state.account import Account, APIRequest, APIResponse, OperationHandlers
from scgapi.sandbox.state.store import Collection, Document, number

_LENGTHS = range(1, 33)
# Default text for applications without a template.
_TEXT = "$display_name: your code is $code"


def code_for(account: Account, application_id: str, user_id: str) -> str:
    """Return the code that was sent to a user last."""
    code = account.component(ConfirmationCodes).last("mfa", application_id, user_id)
    if code is None:
        raise LookupError(f"no code is pending for user {user_id!r} of application {application_id!r}")
    return code


def _list(account: Account, request: APIRequest) -> APIResponse:
    return USERS.page(account, request, _users(account, request).rows())


def _get(account: Account, request: APIRequest) -> APIResponse:
    return APIResponse(200, USERS.show(account, _users(account, request).get(request.ids[1])))


def _delete(account: Account, request: APIRequest) -> APIResponse:
    _users(account, request).remove(request.ids[1])
    account.component(ConfirmationCodes).forget("mfa", *request.ids)
    return APIResponse()


def _associate(account: Account, request: APIRequest) -> APIResponse:
    users, user_id = _users(account, request), request.ids[1]
    fields = checked_body(request.operation, request.body)
    address = str(fields["user_address"])
    if not address:
        raise missing("user_address")
    _send_code(account, request, address, "associate_template", fields)
    if user_id not in users:
        users.add({"status": "INITIAL"}, id=user_id)
    users.change(user_id, {"user_address": address, "status": "VALIDATION PENDING"})
    return APIResponse()


def _dissociate(account: Account, request: APIRequest) -> APIResponse:
    users = _users(account, request)
    row = users.get(request.ids[1])
    kept = {name: value for name, value in row.items() if name != "user_address"}
    users.replace_fields(request.ids[1], {**kept, "status": "INITIAL"})
    account.component(ConfirmationCodes).forget("mfa", *request.ids)
    return APIResponse()


def _validate(account: Account, request: APIRequest) -> APIResponse:
    users = _users(account, request)
    users.get(request.ids[1])
    code = checked_body(request.operation, request.body)["code"]
    if not account.component(ConfirmationCodes).take("mfa", *request.ids, given=code):
        raise GatewayError(400, "400", "Bad Request - the validation code is wrong or has expired")
    users.change(request.ids[1], {"status": "VALIDATED"})
    return APIResponse()


def _login_start(account: Account, request: APIRequest) -> APIResponse:
    row = _users(account, request).get(request.ids[1])
    fields = checked_body(request.operation, request.body)
    if fields.get("validation_method") not in (None, "SMS"):
        raise invalid("validation_method", str(fields["validation_method"]))
    if row["status"] != "VALIDATED":
        raise GatewayError(
            409, "2003", "User MDN not validated - The user's MDN should be validated before login."
        )
    _send_code(account, request, str(row["user_address"]), "login_template", fields)
    return APIResponse()


def _send_code(account: Account, request: APIRequest, address: str, template: str, fields: Document) -> None:
    """Make a code, and send it if the application has a sender."""
    application = APPLICATIONS.rows(account).get(request.ids[0])
    code = account.component(ConfirmationCodes).issue(
        "mfa",
        *request.ids,
        length=number(application.get("auth_code_length")) or 6,
        kind=str(application.get("auth_token_type") or "NUMERIC"),
        prefix=str(application.get("auth_token_prefix") or ""),
        seconds=number(application.get("auth_token_validity_duration")),
    )
    sender = application.get("message_from")
    if not sender:
        return
    given = str(application.get(template) or _TEXT)
    pattern = str((TEMPLATES.rows(account).find(given) or {}).get("pattern") or given)
    shown = fields.get("display_name") or application.get("display_name") or application.get("name")
    text = fill(pattern, {"display_name": str(shown or ""), "code": code})
    draft = make_draft(account, {"from": sender, "body": text})
    draft.add_message(account, Recipient(address, address), "CREATED", {"standalone": True})


def _users(account: Account, request: APIRequest) -> Collection:
    if request.ids[0] not in APPLICATIONS.rows(account):
        raise not_found(request.ids[0])
    return account.collection(f"mfa_users of {request.ids[0]}")


def _prepare(_account: Account, fields: Document, _current: Document | None) -> None:
    kind, length = fields.get("auth_token_type"), fields.get("auth_code_length")
    if kind is not None and kind not in KINDS:
        raise invalid("auth_token_type", str(kind))
    if length is not None and length not in _LENGTHS:
        raise invalid("auth_code_length", str(length))


def _removed(account: Account, row: Document) -> None:
    users = account.collection(f"mfa_users of {row['id']}")
    for user_id in users:
        users.remove(user_id)
        account.component(ConfirmationCodes).forget("mfa", str(row["id"]), user_id)


def _show(_account: Account, row: Document) -> Document:
    return {name: value for name, value in row.items() if name not in ("application_id", "company_id")}


APPLICATIONS = Resource(
    spec=mfa_applications,
    model=mfa_applications.MfaApplicationData,
    prepare=_prepare,
    show=_show,
    removed=_removed,
)
USERS = Resource(spec=mfa_users, model=mfa_users.MfaUserData, show=_show)

HANDLERS: OperationHandlers = {
    **APPLICATIONS.handlers(),
    mfa_users.LIST: _list,
    mfa_users.GET: _get,
    mfa_users.DELETE: _delete,
    mfa_users.ASSOCIATE: _associate,
    mfa_users.DISSOCIATE: _dissociate,
    mfa_users.VALIDATE: _validate,
    mfa_users.LOGIN_START: _login_start,
}
