"""Objects, numbers and the gateway's own forms as senders and recipients."""

from __future__ import annotations

import json

import pytest
import respx

import scgapi
from scgapi.compose import addresses
from tests.both_clients import sent

API = "https://api.syniverse.com/scg-external-api/api/v1"
AUTH = scgapi.AuthInfo(token="t")


@respx.mock
def test_objects_are_addresses() -> None:
    for path in ("contacts", "contact_groups", "messaging/channels", "messaging/sender_ids"):
        respx.get(f"{API}/{path}/i").respond(json={"id": "i"})
    requests = respx.post(f"{API}/messaging/message_requests").respond(json={"id": "r"})
    messages = respx.post(f"{API}/messaging/messages").respond(json={"id": "m"})
    with scgapi.Client(AUTH) as scg:
        contact, group = scg.contacts.get("i"), scg.contact_groups.get("i")
        channel, sender = scg.channels.get("i"), scg.sender_ids.get("i")
        scg.message_requests.create(
            from_=channel, to=[contact, group, "+15552461234"], body="Hi", external_id="e"
        )
        scg.messages.create(from_=sender, to=contact, body="Hi")
    assert json.loads(sent(requests)[0].content) == {
        "from": "channel:i",
        "to": ["contact:i", "group:i", "+15552461234"],
        "body": "Hi",
        "external_id": "e",
    }
    assert json.loads(sent(messages)[0].content) == {"from": "sender_id:i", "to": "contact:i", "body": "Hi"}


@respx.mock
def test_what_cannot_be_an_address_there_is_refused() -> None:
    respx.get(f"{API}/contact_groups/i").respond(json={"id": "i"})
    with scgapi.Client(AUTH) as scg:
        group = scg.contact_groups.get("i")
        with pytest.raises(scgapi.InvalidArgumentError, match="to must be a str, got a ContactGroup"):
            scg.messages.create(from_="1", to=group, body="Hi")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        unsaved = scgapi.Contact(first_name="unsaved")
        with pytest.raises(scgapi.NotCreatedError, match=r"create: to: this Contact has no id yet"):
            scg.messages.create(from_="1", to=unsaved, body="Hi")
        with pytest.raises(scgapi.NotCreatedError, match=r"create: to\[1\]: this Contact has no id yet"):
            scg.message_requests.create(from_="1", to=["+15551234567", unsaved])


def test_every_form_has_its_function() -> None:
    number = "+15552461234"
    assert [
        addresses.contact("i"),
        addresses.group("i"),
        addresses.channel("i"),
        addresses.sender_id("i"),
        addresses.mdn(number),
        addresses.voice(number),
        addresses.whatsapp(number),
        addresses.wechat("her", "sender"),
        addresses.facebook("her", "sender"),
        addresses.push("tok", "app", "FCM"),
        addresses.push_to_sender("APN", "sender", "tok"),
    ] == [
        "contact:i",
        "group:i",
        "channel:i",
        "sender_id:i",
        f"mdn:{number}",
        f"voice:{number}",
        f"wa:{number}",
        "we:her@sender",
        "fb:her@sender",
        "push:tok@app@FCM",
        "psh:apn@sender@tok",
    ]
    for wrong in ("", " ", " x"):
        with pytest.raises(scgapi.InvalidArgumentError, match="address"):
            addresses.voice(wrong)
