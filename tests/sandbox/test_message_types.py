"""Message types, recipients and schedules of a sender id, and the codes of refusals."""

from __future__ import annotations

import pytest

from scgapi.models import (
    attachments,
    channels,
    contact_groups,
    contacts,
    message_requests,
    messages,
    sender_ids,
)
from scgapi.sandbox.state.store import Document
from tests.sandbox.calls import MDN, Caller

SMS, MMS, VOICE = "15555551122", "155528999", "+15552223561"
DAY = 24 * 60 * 60


@pytest.fixture
def api() -> Caller:
    return Caller()


def sender(api: Caller, *capabilities: str, **fields: object) -> str:
    """Create an active sender id."""
    key = api.create(sender_ids.CREATE, capabilities=list(capabilities), **fields)
    api.change(sender_ids.ACTIVATE, key, state="ACTIVE", version_number=1)
    return key


def channel(api: Caller, *senders: str) -> str:
    key = api.create(channels.CREATE, name="All")
    api.add(channels.ADD_SENDER_ID, key, sender_ids=list(senders))
    return f"channel:{key}"


def picture(api: Caller) -> str:
    key = api.create(attachments.CREATE, name="picture")
    token = api.create(attachments.CREATE_ACCESS_TOKEN, key)
    assert api.reply(attachments.UPLOAD, token, body=b"x").status == 204
    return key


def sent(api: Caller, from_: str, *to: str, **fields: object) -> list[Document]:
    request = api.create(message_requests.CREATE, from_=from_, to=list(to), body="Hi", **fields)
    return api.rows(message_requests.LIST_MESSAGES, request)


def refused(api: Caller, from_: str, *to: str, **fields: object) -> str:
    body = {"from": from_, "to": list(to), "body": "Hi", **fields}
    status, code, _ = api.refused(message_requests.CREATE, body=body)
    assert status == 400
    assert api.rows(messages.LIST) == []
    return code


@pytest.mark.parametrize("kind", ["WECHAT", "FACEBOOK", "WHATSAPP", "RCS", "VIBER", "EMAIL", "MMS"])
def test_attachments_are_sent_as_a_type_of_the_sender(api: Caller, kind: str) -> None:
    own = sender(api, kind)
    (row,) = sent(api, own, MDN, attachments=[picture(api)])
    assert (row["type"], row["customer_sender_id"]) == (kind, own)
    (row,) = sent(api, channel(api, sender(api, "SMS"), own), MDN, media_urls=["https://example.com/a.png"])
    assert (row["type"], row["customer_sender_id"]) == (kind, own)


def test_attachments_of_a_sender_that_cannot(api: Caller) -> None:
    mine = [picture(api)]
    for own in (SMS, VOICE):
        assert refused(api, own, MDN, attachments=mine) == "SCG_ERROR_40016"
    assert refused(api, channel(api, sender(api, "SMS")), MDN, attachments=mine) == "SCG_ERROR_40012"
    # A type that was asked for is not exchanged for another.
    assert refused(api, sender(api, "MMS"), MDN, attachments=mine, message_type="RCS") == "SCG_ERROR_40012"
    (row,) = sent(api, sender(api, "RCS", "MMS"), MDN, attachments=mine)
    assert row["type"] == "MMS"


@pytest.mark.parametrize(
    ("to", "kind"),
    [
        ("voice:+15550000009", "VOICE"),
        ("wa:+15550000009", "WHATSAPP"),
        ("we:rcpt@sender", "WECHAT"),
        ("fb:rcpt@sender", "FACEBOOK"),
        ("psh:apn@sender@token", "PSH"),
        ("push:token@app@FCM", "PSH"),
    ],
)
def test_the_form_of_a_recipient_needs_a_sender_that_can(api: Caller, to: str, kind: str) -> None:
    assert refused(api, SMS, to) == "SCG_ERROR_40012"
    assert refused(api, SMS, MDN, to) == "SCG_ERROR_40012"
    assert refused(api, channel(api, sender(api, "SMS")), to) == "SCG_ERROR_40012"
    assert api.refused(messages.CREATE, body={"from": SMS, "to": to})[1] == "SCG_ERROR_40012"
    own, texts = sender(api, kind), sender(api, "SMS")
    (row,) = sent(api, own, to)
    assert row["type"] == kind
    first, second = sent(api, channel(api, texts, own), MDN, to)
    assert (first["type"], first["customer_sender_id"]) == ("SMS", texts)
    assert (second["type"], second["customer_sender_id"]) == (kind, own)


def test_a_message_type_that_the_sender_lacks(api: Caller) -> None:
    assert refused(api, SMS, MDN, message_type="RCS") == "SCG_ERROR_40012"
    assert refused(api, SMS, MDN, message_type="MMS") == "SCG_ERROR_40016"


def group(api: Caller, size: int) -> list[str]:
    return [f"+1555000{index:04}" for index in range(size)]


def test_group_mms(api: Caller) -> None:
    own = sender(api, "MMS", type_id="LONGCODE")
    rows = sent(api, own, *group(api, 10), group_mms=True)
    assert {row["type"] for row in rows} == {"MMS"}
    short = sender(api, "MMS", type_id="SHORTCODE")
    assert len(sent(api, channel(api, short, own), *group(api, 2), group_mms=True)) == 2


def test_group_mms_that_is_refused(api: Caller) -> None:
    own = sender(api, "MMS", type_id="LONGCODE")
    assert refused(api, MMS, *group(api, 2), group_mms=True) == "SCG_ERROR_40017"
    assert refused(api, channel(api, sender(api, "MMS", type_id="SHORTCODE")), MDN, group_mms=True) == (
        "SCG_ERROR_40017"
    )
    assert refused(api, sender(api, "SMS", type_id="LONGCODE"), MDN, group_mms=True) == "SCG_ERROR_40016"
    assert refused(api, own, *group(api, 11), group_mms=True) == "SCG_ERROR_40015"
    assert refused(api, own, MDN, "+4790000000", group_mms=True) == "SCG_ERROR_40011"
    friends = api.create(contact_groups.CREATE, name="Friends")
    ids = [api.create(contacts.CREATE, primary_mdn=number) for number in group(api, 11)]
    api.add(contact_groups.ADD_CONTACT, friends, contacts=ids)
    assert refused(api, own, f"group:{friends}", group_mms=True) == "SCG_ERROR_40015"
    assert api.rows(message_requests.LIST) == []


def test_schedules_that_are_too_far_ahead(api: Caller) -> None:
    latest = int((api.clock.now + 365 * DAY) * 1000)
    (row,) = sent(api, SMS, MDN, scheduled_delivery_time=latest)
    assert row["state"] == "SCHEDULED"
    for due in (latest + 1, "2099-01-01T00:00:00Z", "2099-01-01"):
        body = {"from": SMS, "to": [MDN], "body": "Hi", "scheduled_delivery_time": due}
        assert api.refused(message_requests.CREATE, body=body)[:2] == (400, "SCG_ERROR_4008")
        assert api.refused(messages.CREATE, body={**body, "to": MDN})[:2] == (400, "SCG_ERROR_4008")
    assert len(api.rows(messages.LIST)) == 1
