"""Access tokens, those of contacts, and the application tokens that push messages go to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

import scgapi
from tests.scenarios.driver import Do, attribute


def the_token_of_the_client(do: Do) -> None:
    old = do.gateway.auth.token
    token = do("auth.refresh")
    assert isinstance(token, scgapi.RefreshedToken)
    assert token.token == do.gateway.auth.token != old
    assert token.validity is None
    assert token.obtained <= datetime.now(UTC)
    assert do.many("contacts.list") == []


def access_tokens(do: Do) -> None:
    attachment = do.text("attachments.create", name="a", type="text/plain")
    later = datetime.now(UTC) + timedelta(hours=1)
    made = do.text("access_tokens.create", resource="ATTACHMENT", resource_id=attachment, expiry_time=later)
    token = do("access_tokens.get", made)
    assert made not in repr(token)
    assert attribute(token, "id") == made
    assert isinstance(attribute(token, "expiry_time"), datetime)
    other = do.text("attachments.create_access_token", attachment)
    listed = {str(attribute(found, "id")) for found in do.many("access_tokens.list")}
    assert listed == {made, other}
    do.on(token, "refresh")
    do.on(token, "delete")
    with pytest.raises(scgapi.NotFoundError):
        do("access_tokens.get", made)

    contact = do.text("contacts.create", first_name="Bob")
    opened = do.text("access_tokens.create", resource="CONTACT", resource_id=contact)
    do("access_tokens.delete", opened)
    with pytest.raises(scgapi.NotFoundError):
        do("access_tokens.create", resource="CONTACT", resource_id="nobody")
    with pytest.raises(scgapi.BadRequestError):
        do("access_tokens.create", resource="BRIDGE", resource_id=contact)


def contact_access_tokens(do: Do) -> None:
    contact = do.text("contacts.create", first_name="Bob")
    made = do.text("contacts.access_tokens.create", contact, duration=6000)
    token = do("contacts.access_tokens.get", contact, made)
    expiry = attribute(token, "expiry_time")
    assert isinstance(expiry, datetime)
    assert timedelta(seconds=5900) < expiry - datetime.now(UTC) <= timedelta(seconds=6000)
    nested = do.on(do("contacts.get", contact), "access_tokens")
    second = do.on(nested, "create", duration="60")
    assert [attribute(found, "id") for found in do.many("contacts.access_tokens.list", contact)] == [
        made,
        second,
    ]
    do("contacts.access_tokens.delete", contact, second)
    do.on(token, "refresh")
    do.on(token, "delete")
    assert do.many("contacts.access_tokens.list", contact) == []
    with pytest.raises(scgapi.NotFoundError):
        do("contacts.access_tokens.create", "nobody", duration=60)


def contact_application_tokens(do: Do) -> None:
    contact = do.text("contacts.create", first_name="Bob")
    made = do.text(
        "contacts.application_tokens.create",
        contact,
        sender_id_address="my.app",
        message_delivery_provider="FCM",
        token="t",
    )
    do("contacts.application_tokens.update", contact, made, token="u", version_number=1)
    token = do("contacts.application_tokens.get", contact, made)
    assert (attribute(token, "token"), attribute(token, "state")) == ("u", "ACTIVE")
    assert isinstance(attribute(token, "last_updated_date"), datetime)
    setattr(token, "token", "v")  # noqa: B010 - the object is of either client
    do.on(token, "update")
    do.on(token, "refresh")
    assert (attribute(token, "token"), attribute(token, "version_number")) == ("v", 3)
    with pytest.raises(scgapi.ConflictError):
        do("contacts.application_tokens.update", contact, made, token="w", version_number=1)
    changed = (datetime(2020, 1, 1, tzinfo=UTC), datetime.now(UTC) + timedelta(seconds=1))
    found = do.many("contacts.application_tokens.list", contact, token="v", last_updated_date=changed)
    assert [attribute(item, "id") for item in found] == [made]
    nested = do.on(do("contacts.get", contact), "application_tokens")
    second = do.on(nested, "create", message_delivery_provider="APN", token="x")
    do("contacts.application_tokens.delete", contact, second)
    do.on(token, "delete")
    assert do.many("contacts.application_tokens.list", contact) == []
