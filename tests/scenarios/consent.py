"""Consent: statuses and their history, keywords, and what both do to messages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

import scgapi
from scgapi._sync.resources.keywords import Keyword
from tests.scenarios.driver import Do, attribute

ANN = "+15552461234"
BOB = "+15552465678"
SENDER = "155528999"


def consent_statuses(do: Do) -> None:
    sender = _sender(do)
    made = do.text("contact_address_statuses.create", address_type="MDN", address=ANN, sender_id=sender)
    with pytest.raises(scgapi.ConflictError):
        do("contact_address_statuses.create", address_type="MDN", address=ANN, sender_id=sender)
    for wrong in ({"sender_id": sender}, {"address": ANN}, {"address": ANN, "sender_id": "none"}):
        with pytest.raises(scgapi.BadRequestError):
            do("contact_address_statuses.create", address_type="MDN", **wrong)
    found = do("contact_address_statuses.get", made)
    assert (attribute(found, "consent_status"), attribute(found, "from_address")) == ("NONE", SENDER)
    assert ANN not in repr(found)
    assert _states(do, consent_requirement="OPT_IN") == [("FAILED", "1005")]
    assert _states(do, consent_requirement="OPT_OUT") == [("CREATED", None)]

    do("contact_address_statuses.update", made, consent_status="OPTIN", version_number=1)
    assert _states(do, consent_requirement="OPT_IN") == [("CREATED", None)]
    with pytest.raises(scgapi.ConflictError):
        do("contact_address_statuses.update", made, consent_status="OPTOUT", version_number=1)
    with pytest.raises(scgapi.InvalidArgumentError):
        do("contact_address_statuses.update", made, consent_status="MAYBE", version_number=2)
    do("contact_address_statuses.update", made, consent_status="OPTOUT", version_number=2)
    assert _states(do, consent_requirement="OPT_OUT") == [("FAILED", "1005")]
    assert _states(do) == [("CREATED", None)]
    do("contact_address_statuses.update", made, consent_status="BLACKLIST", version_number=3)
    assert _states(do) == [("FAILED", "1005")]
    do("contact_address_statuses.opt_out", addresses=[ANN], sender_id=sender)
    listed = do.many("contact_address_statuses.list", address=ANN, sender_id=sender)
    assert [attribute(row, "consent_status") for row in listed] == ["BLACKLIST"]
    told = do.many("contact_address_history.list", msisdn=ANN)
    assert [(attribute(row, "status"), attribute(row, "source")) for row in told] == [
        ("OPTIN", "COMPANY"),
        ("OPTOUT", "COMPANY"),
        ("BLACKLIST", "COMPANY"),
    ]
    do("contact_address_statuses.delete", made)
    assert _states(do) == [("CREATED", None)]
    with pytest.raises(scgapi.NotFoundError):
        do("contact_address_statuses.get", made)


def consent_of_objects(do: Do) -> None:
    sender = _sender(do)
    made = do("contact_address_statuses.set_consent", address=BOB, sender_id=sender, status="OPTIN")
    again = do("contact_address_statuses.set_consent", address=BOB, sender_id=sender, status="WHITELIST")
    assert made == again
    status = do("contact_address_statuses.get", made)
    assert attribute(status, "consent_status") == "WHITELIST"
    do.on(status, "set_consent", "OPTIN")
    do.on(status, "opt_out")
    assert attribute(status, "consent_status") == "OPTOUT"
    setattr(status, "consent_status", "NONE")  # noqa: B010 - of either client
    do.on(status, "update")
    assert attribute(status, "version_number") == 6
    assert len(do.many("contact_address_history.list", sender_id=sender, status=["OPTIN", "OPTOUT"])) == 3

    do("contact_address_statuses.opt_out", addresses=[ANN, BOB])
    everywhere = do.many("contact_address_statuses.list", consent_status="OPTOUT")
    assert len(everywhere) == 2 * len(do.many("sender_ids.list"))
    do.on(status, "delete")
    assert len(do.many("contact_address_statuses.list", address=BOB)) == len(everywhere) / 2 - 1


def keywords(do: Do) -> None:
    sender = _sender(do)
    do("message_templates.create", name="Welcome", pattern="Welcome!")
    made = do.text(
        "keywords.create",
        name="Join",
        value="JOIN( NOW)?",
        sender_id=sender,
        actions=["OPTIN", "STORE"],
        reply_template="Welcome",
        search_words_count=2,
    )
    found = do("keywords.get", made)
    assert (attribute(found, "case"), attribute(found, "type")) == ("INSENSITIVE", "COMPANY")
    assert attribute(found, "actions") == ["OPTIN", "STORE"]
    assert [attribute(row, "id") for row in do.many("keywords.list", value="JOIN( NOW)?")] == [made]
    for wrong in ({"value": "("}, {"type": "RESERVED"}, {"sender_id": "none"}, {"actions": "DANCE"}):
        with pytest.raises(scgapi.BadRequestError):
            do("keywords.create", name="No", **wrong)

    heard = _hears(do, "please join now")
    assert _consent(do) == "OPTIN"
    (told,) = do.many("contact_address_history.list", keyword="JOIN( NOW)?")
    assert (attribute(told, "source"), attribute(told, "message")) == ("MESSAGE", "please join now")
    (reply,) = do.many("messages.list", reply_to=heard)
    assert (attribute(reply, "body"), attribute(reply, "to_address")) == ("Welcome!", ANN)
    _hears(do, "I will not join", "joiner")
    assert len(do.many("messages.list", direction="MT")) == 1

    do("keywords.update", made, actions="OPTOUT", case="SENSITIVE", version_number=1)
    _hears(do, "join")
    assert _consent(do) == "OPTIN"
    _hears(do, "JOIN")
    assert _consent(do) == "OPTOUT"
    # The reply to who has just opted out is sent all the same.
    assert {attribute(row, "state") for row in do.many("messages.list", body="Welcome!")} <= {
        "CREATED",
        "SENT",
        "DELIVERED",
    }
    past = datetime.now(UTC) - timedelta(days=1)
    do("keywords.replace", made, value="join", actions="OPTIN", valid_to=past, version_number=2)
    replaced = do("keywords.get", made)
    assert (attribute(replaced, "valid_to"), attribute(replaced, "search_words_count")) == (
        past.replace(microsecond=past.microsecond // 1000 * 1000),
        2,
    )
    _hears(do, "join")
    assert _consent(do) == "OPTOUT"
    do("keywords.delete", made)
    assert do.many("keywords.list", type="COMPANY") == []


def keyword_objects(do: Do) -> None:
    picture = attribute(do("attachments.create_and_upload", b"picture", type="image/png", name="p"), "id")
    do("message_templates.create", name="See", pattern="See")
    unsaved = Keyword(value="[[:digit:]]{3}", reply_template="See", attachments=str(picture))
    keyword = do("keywords.get", do("keywords.create", unsaved))
    heard = _hears(do, "123 go")
    (reply,) = do.many("messages.list", reply_to=heard)
    assert (attribute(reply, "type"), attribute(reply, "attachments")) == ("MMS", [picture])
    setattr(keyword, "actions", ["OPTOUT"])  # noqa: B010 - of either client
    do.on(keyword, "update")
    _hears(do, "456")
    assert _consent(do) == "OPTOUT"
    do.on(keyword, "replace")
    do.on(keyword, "refresh")
    assert attribute(keyword, "actions") == ["OPTOUT"]
    do.on(keyword, "delete")
    assert do.many("keywords.list", type="COMPANY") == []


def reserved_keywords(do: Do) -> None:
    reserved = do.many("keywords.list", type="RESERVED", sort="value")
    assert [attribute(row, "value") for row in reserved] == ["START", "STOP"]
    with pytest.raises(scgapi.PermissionDeniedError):
        do("keywords.delete", attribute(reserved[0], "id"))
    with pytest.raises(scgapi.PermissionDeniedError):
        do("keywords.update", attribute(reserved[0], "id"), value="GO", version_number=1)
    sender = _sender(do)
    _hears(do, "Stop!")
    assert do.many("contact_address_statuses.list") == []  # you manage the consent of this sender id
    version = attribute(do("sender_ids.get", sender), "version_number")
    do("sender_ids.update", sender, consent_managed_by="SCG", version_number=version)
    with pytest.raises(scgapi.BadRequestError):
        do("keywords.create", value="stop", sender_id=sender)
    _hears(do, "Stop!")
    assert (_consent(do), _states(do)) == ("OPTOUT", [("FAILED", "1005")])
    _hears(do, "start")
    assert (_consent(do), _states(do)) == ("OPTIN", [("CREATED", None)])
    (status,) = do.many("contact_address_statuses.list")
    assert (attribute(status, "opt_in_type"), attribute(status, "opt_out_type")) == ("SMS", "SMS")


def _sender(do: Do) -> str:
    rows = do.many("sender_ids.list")
    return str(next(attribute(row, "id") for row in rows if attribute(row, "address") == SENDER))


def _hears(do: Do, *bodies: str) -> str:
    return [do.gateway.gateway.receive(to=SENDER, from_=ANN, body=body) for body in bodies][-1]


def _consent(do: Do) -> object:
    (status,) = do.many("contact_address_statuses.list", address=ANN, sender_id=_sender(do))
    return attribute(status, "consent_status")


def _states(do: Do, **options: object) -> list[tuple[object, object]]:
    """How a message to Ann fares, seen before anything moves it on."""
    request = do.text("message_requests.create", from_=SENDER, to=[ANN], body="Hi", **options)
    found = do.many("message_requests.list_messages", request)
    return [
        ("FAILED" if attribute(row, "state") == "FAILED" else "CREATED", attribute(row, "failure_code"))
        for row in found
    ]
