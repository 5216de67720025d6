"""Advice for each error of the gateway: what to do next, by its code or status."""

from __future__ import annotations

import re

from scgapi._core import error_codes
from scgapi._core.operation import Operation
from scgapi.errors import Outcome

_BY_CODE = {
    error_codes.STALE_VERSION: "Load the object again with refresh() or get(), apply the change and update() it",
    error_codes.KEY_TAKEN: "Find the object that has this key already with list(), or choose another key",
    error_codes.MESSAGE_TOO_LARGE: "Shorten the message",
    error_codes.INVALID_GROUP_CRITERIA: "Correct the group's criteria, which must be a JSON expression",
    error_codes.CONTENT_TOO_LARGE: "Send a smaller file, or a link to it in the body",
    error_codes.INVALID_TRACKING_LINK: "Correct the tracking URL",
    error_codes.FIELD_TOO_LONG: "Shorten the value that it names",
    error_codes.PARAMETER_MISSING: "Pass the parameter that it names",
    error_codes.REQUIRED_PARAMETER_MALFORMED: "Correct the parameter that it names",
    error_codes.OPTIONAL_PARAMETER_MALFORMED: "Correct the parameter that it names, or leave it out",
    error_codes.PARAMETER_INVALID: "Correct the parameter that it names, or leave it out",
    error_codes.MESSAGE_LIMIT_EXCEEDED: "Shorten the message",
    error_codes.PARAMETER_TOO_LONG: "Shorten the value that it names",
    error_codes.INVALID_TRACKING_URL: "Correct the tracking URL",
    error_codes.SCHEDULED_TOO_LATE: "Choose an earlier scheduled_delivery_time",
    error_codes.TOO_MANY_MEDIA_URLS: "Pass fewer media_urls, or send several requests",
    error_codes.MEDIA_URLS_WITH_ATTACHMENTS: "Pass either media_urls or attachments",
    error_codes.GROUP_OUTSIDE_US: "Leave group_mms out, or send to numbers of the US only",
    error_codes.NO_SENDER_FOR_TYPE: "Choose a sender that can send this message_type: see capabilities in sender_ids.list()",
    error_codes.NO_SENDER_FOR_VERIFIED_SMS: "Choose another sender, or leave verify_sms out",
    error_codes.FAILOVER_WITH_ATTACHMENTS: "Leave out failover or the attachments",
    error_codes.TOO_MANY_RECIPIENTS: "Split `to` into several requests",
    error_codes.SENDER_WITHOUT_MMS: "Choose a sender with MMS among its capabilities: see sender_ids.list()",
    error_codes.GROUP_NEEDS_LONG_CODE: "Send a group MMS from a sender whose type_id is LONGCODE",
    error_codes.INVALID_SENDER: "Compare from_ with the ids and addresses of sender_ids.list()",
    error_codes.AMBIGUOUS_SENDER: "Pass from_='sender_id:ID' with the id of one of them",
    error_codes.UNKNOWN_OPTIONS: "Leave out the options that it names",
    error_codes.FAILOVER_WITHOUT_SMS_SENDER: "Pass a channel with a sender for SMS as from_",
    error_codes.FAILOVER_WITHOUT_SENDER: "Pass a channel with a sender of that kind as from_",
    error_codes.OUTSIDE_DELIVERY_WINDOW: "Send inside the delivery window, or set scheduled_delivery_time",
    error_codes.INVALID_RECIPIENT: "Check the numbers, contacts and groups in `to`",
    error_codes.INVALID_PAYLOAD: "Compare the body with the content_type",
    error_codes.ATTACHMENT_TOO_LARGE: "Send a smaller file, or a link to it in the body",
    error_codes.NOT_UPLOADED: "Upload the attachment's content first",
    error_codes.TOKEN_NOT_AUTHORIZED: "The token is good, but not for this: use that of an application that may, or ask Syniverse for access",
    error_codes.QUOTA_EXCEEDED: "Wait until the quota is renewed, or ask Syniverse for a larger one",
    error_codes.ATTACHMENT_NOT_FOUND: "Check the attachment's id, and upload its content first",
    error_codes.ATTACHMENT_IN_WRONG_STATE: "Compare the attachment's state: its content may have to be uploaded first",
    error_codes.SENDER_NOT_STARTED: "Wait for the sender id's start date, or choose another sender",
    error_codes.SENDER_ENDED: "The sender id is out of date: choose another sender",
    error_codes.SENDER_IN_WRONG_STATE: "Choose a sender whose state is ACTIVE: see sender_ids.list()",
    error_codes.SENDER_NOT_OWNED: "Choose a sender that belongs to this company: see sender_ids.list()",
    error_codes.FORBIDDEN_IN_ATTACHMENT_STATE: "Compare the attachment's state: its content may have to be uploaded first",
    error_codes.SENDER_WITHOUT_NUMBER: "Choose a sender with a phone number",
    error_codes.UNKNOWN_LANGUAGE: "Choose another dst_language",
    error_codes.SENDER_NOT_A_SHORT_CODE: "Choose a sender with a short code",
    error_codes.NO_SENDER_FOR_COUNTRY: "Choose a sender of the recipient's country: see sender_ids.list()",
    error_codes.TOKEN_EXPIRED: "Take a new token from the portal, or pass key and secret to AuthInfo to have it refreshed",
    error_codes.TOKEN_BUSY: "Try again in a moment",
    error_codes.DOWNLOAD_FAILED: "Check that the URL can be downloaded without a login",
    error_codes.DO_NOT_RETRY: "Do not repeat it: report it to Syniverse",
    error_codes.MESSAGE_TYPE_NOT_IMPLEMENTED: "Choose another message_type",
}
_BY_STATUS = {
    400: "Correct what it names",
    401: "Check the token, or pass key and secret to AuthInfo to have an expired one refreshed",
    402: "Add funds to the account, or ask Syniverse about its quota",
    403: "Use the token of an application that may do this, or ask Syniverse for access",
    404: "Check the id; what was just created may take some seconds to appear",
    407: "Put the proxy's user and password into its URL",
    409: "Load the object again, and compare it with what was sent",
    413: "Send less at once",
    414: "Pass fewer or shorter filters",
    422: "Correct the content of the request",
}
_TLS_WANTED = re.compile(
    rb"to (?:an )?https (?:server|port)|to an SSL-enabled server|port requires TLS", re.IGNORECASE
)


def advice_for_code(code: str) -> str | None:
    """Return the advice for an error code; None if it has none of its own."""
    return _BY_CODE.get(code)


def get_advice(
    operation: Operation,
    status: int,
    code: str | None,
    *,
    outcome: Outcome,
    retry_after: float | None,
    content: bytes,
) -> str:
    """Return the sentence that tells the caller what to do next, without its full stop."""
    if status == 400 and _TLS_WANTED.search(content):
        return "Begin the url with https://"
    if status == 404 and code is None and "{" not in operation.path:
        return "Check the client's url and prefixes"
    if code == error_codes.TOKEN_EXPIRED and operation.service == "attachment":
        return "Try again: each call opens the content anew"
    known = _BY_CODE.get(code or "") or _BY_STATUS.get(status)
    if known:
        return known
    if status == 429 or (status == 503 and retry_after is not None):
        return (
            "Send fewer calls at a time"
            if retry_after is None
            else f"Wait {retry_after:g} s before the next call"
        )
    if 300 <= status < 400:
        return "Check the client's url and prefixes: redirects are not followed"
    if outcome == "UNKNOWN" and not operation.repeatable:
        return "It may have been done: check before you repeat it"
    if status >= 500:
        return "Try again later; if it lasts, report it to Syniverse"
    return "Check the client's url and prefixes, and what was sent"
