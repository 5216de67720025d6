"""MFA applications and their users; and sender ids that are registered by a code."""

from __future__ import annotations

import pytest

import scgapi
from scgapi._sync.resources.mfa_applications import MfaApplication
from tests.scenarios.driver import Do, attribute

NUMBER = "+15552461234"


def mfa_applications_and_users(do: Do) -> None:
    made = do.text(
        "mfa_applications.create",
        name="Bank",
        display_name="The bank",
        auth_code_length=8,
        auth_token_type="ALPHA",
        auth_token_prefix="B-",
        message_from="155528999",
        associate_template="${display_name} says $code",
    )
    assert attribute(do("mfa_applications.get", made), "auth_code_length") == 8
    assert [attribute(row, "id") for row in do.many("mfa_applications.list", name="Bank")] == [made]

    do("mfa_applications.users.associate", made, "ann", user_address=NUMBER, display_name="We")
    assert _status(do, made) == "VALIDATION PENDING"
    code = do.gateway.gateway.mfa_code(made, "ann")
    assert (len(code), code[:2], code[2:].isalpha()) == (10, "B-", True)
    assert [attribute(row, "body") for row in do.many("messages.list")] == [f"We says {code}"]
    with pytest.raises(scgapi.ConflictError) as early:
        do("mfa_applications.users.login_start", made, "ann")
    assert early.value.code == "2003"
    with pytest.raises(scgapi.BadRequestError):
        do("mfa_applications.users.validate", made, "ann", "wrong")
    do("mfa_applications.users.validate", made, "ann", code)
    assert _status(do, made) == "VALIDATED"
    with pytest.raises(scgapi.BadRequestError):
        do("mfa_applications.users.validate", made, "ann", code)

    do("mfa_applications.users.login_start", made, "ann", validation_method="SMS")
    do("mfa_applications.users.validate", made, "ann", code=do.gateway.gateway.mfa_code(made, "ann"))
    listed = do.many("mfa_applications.users.list", made, status="VALIDATED")
    assert [attribute(row, "user_address") for row in listed] == [NUMBER]
    do("mfa_applications.users.dissociate", made, "ann")
    assert _status(do, made) == "INITIAL"
    do("mfa_applications.users.delete", made, "ann")
    with pytest.raises(scgapi.NotFoundError):
        do("mfa_applications.users.get", made, "ann")
    do("mfa_applications.delete", made)
    with pytest.raises(scgapi.NotFoundError):
        do("mfa_applications.users.list", made)


def mfa_objects(do: Do) -> None:
    application = do("mfa_applications.get", do("mfa_applications.create", MfaApplication(name="Bank")))
    users = do.on(application, "users")
    do.on(users, "associate", "bob", user_address=NUMBER)
    user = do.on(users, "get", "bob")
    made = str(attribute(application, "id"))
    code = do.gateway.gateway.mfa_code(made, "bob")
    assert (len(code), code.isdecimal()) == (6, True)
    do.on(user, "validate", code)
    do.on(user, "refresh")
    assert attribute(user, "status") == "VALIDATED"
    do.on(user, "login_start")
    do.on(user, "validate", do.gateway.gateway.mfa_code(made, "bob"))
    do.on(user, "dissociate")
    do.on(user, "associate", user_address="+15550000000")
    do.on(user, "refresh")
    assert attribute(user, "user_address") == "+15550000000"
    assert "5550000000" not in repr(user)
    do.on(user, "delete")
    with pytest.raises(LookupError):
        do.gateway.gateway.mfa_code(made, "bob")
    do.on(application, "delete")
    assert do.many("mfa_applications.list") == []


def number_registration(do: Do) -> None:
    made = do.text("sender_ids.create", name="Chat", address="+15550001111", type_id="WHATSAPP")
    do("sender_ids.request_verification", made, method="voice")
    found = do("sender_ids.get", made)
    assert (attribute(found, "state"), attribute(found, "register_method")) == (
        "PENDING_CONFIRMATION",
        "voice",
    )
    for wrong in (None, "no code"):
        with pytest.raises(scgapi.BadRequestError):
            do("sender_ids.activate", made, verification_code=wrong)
    do("sender_ids.activate", made, verification_code=do.gateway.gateway.verification_code(made))
    do.on(found, "refresh")
    assert (attribute(found, "state"), attribute(found, "verification_code")) == ("ACTIVE", None)

    do.on(found, "request_verification", "sms")
    assert attribute(found, "state") == "PENDING_CONFIRMATION"
    do.on(found, "activate", verification_code=do.gateway.gateway.verification_code(made))
    assert attribute(found, "state") == "ACTIVE"
    with pytest.raises(LookupError):
        do.gateway.gateway.verification_code(made)


def _status(do: Do, application_id: str) -> object:
    return attribute(do("mfa_applications.users.get", application_id, "ann"), "status")
