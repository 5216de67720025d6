"""Sends: senders, recipients, contents, and what becomes of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import assert_type

import scgapi
from scgapi.compose import addresses, rcs


def recipients(scg: scgapi.Client, numbers: Sequence[str], contacts: list[scgapi.Contact]) -> None:
    assert_type(scg.message_requests.create(from_="1", to=["+15551230001"], body="Hello"), str)
    scg.message_requests.create(from_="1", to=("+15551230001",), body="Hello")
    scg.message_requests.create(from_="1", to=numbers, body="Hello")
    scg.message_requests.create(from_="1", to=contacts, body="Hello")
    scg.message_requests.create(from_="1", to=[contacts[0], "+15551230001"], body="Hello")
    scg.message_requests.create(from_="1", to=[scg.contact_groups.get("id")], body="Hello")
    scg.message_requests.create(from_=scg.sender_ids.get("id"), to=numbers, body="Hello")
    scg.message_requests.create(from_=scg.channels.get("id"), to=[*numbers], body="Hello")
    scg.message_requests.create(from_="1", to=[f"contact:{n}" for n in numbers], body="Hello")
    scg.message_requests.create(from_="1", to=[addresses.contact("id"), addresses.group("id")])
    assert_type(scg.messages.create(from_="1", to="+15551230001", body="Hello"), str)
    scg.messages.create(from_="1", to=contacts[0], body="Hello")


def contents(scg: scgapi.Client) -> None:
    scg.message_requests.create(from_="1", to=["2"], attachments=["id"], media_urls=("https://a.example/b",))
    scg.message_requests.create(from_="1", to=["2"], attachments=[scg.attachments.get("id"), "id"])
    scg.bridges.create(call_ids=[scg.calls.get("id"), "id"])
    scg.keywords.create(sender_id=scg.sender_ids.get("id"))
    scg.message_requests.create(from_="1", to=["2"], body=None, subject="Hello", external_id=None)
    scg.message_requests.create(from_="1", to=["2"], expiry_time=datetime.now(UTC) + timedelta(hours=1))
    scg.message_requests.create(from_="1", to=["2"], scheduled_delivery_time="2030-01-01T00:00:00.000Z")
    scg.message_requests.create(from_="1", to=["2"], message_type="SMS", price_threshold=0.1)
    scg.message_requests.create(from_="1", to=["2"], message_type="A_NEW_ONE")
    body = scgapi.template_body("id", name="John", count=3)
    scg.message_requests.create(from_="1", to=["2"], body=assert_type(body, str))
    rich = rcs.RichMessage("Hello", suggestions=[rcs.Reply("Yes", "yes"), rcs.Reply("No", "no")])
    scg.message_requests.create(from_="1", to=["2"], body=rich.body(), content_type=rcs.CONTENT_TYPE)
    assert_type(scgapi.count_segments("Hello"), scgapi.Segments)


def followed(scg: scgapi.Client, request_id: str) -> None:
    request = assert_type(scg.message_requests.get(request_id), scgapi.MessageRequest)
    assert_type(request.wait(timeout=60), scgapi.MessageRequest)
    scg.message_requests.wait(request_id, timeout=5, on_progress=lambda seen: print(seen.sent_count))
    for message in request.list_messages(state=["DELIVERED", "FAILED"]):
        assert_type(message, scgapi.Message)
    request.resume()
    request.cancel()
    scg.message_requests.create(from_="1", to=["2"], body="Hello", on_unknown="verify")


def attachments(scg: scgapi.Client, path: Path) -> None:
    attachment = assert_type(scg.attachments.create_and_upload(path), scgapi.Attachment)
    attachment.upload(b"content", on_progress=lambda transfer: print(assert_type(transfer.total, int | None)))
    assert_type(attachment.download(), bytes)
    assert_type(attachment.download(path, overwrite=True), Path)
    with path.open("rb") as content:
        scg.attachments.upload("id", content)
    assert_type(scg.attachments.wait("id"), scgapi.Attachment)


def voice(scg: scgapi.Client, call: scgapi.Call) -> None:
    assert_type(scg.calls.create(from_="1", to="2", recording_enabled=True), str)
    call.play_tts(text="Hello", loop_count=2)
    call.play_audio(url="https://a.example/b.wav")
    call.play_audio(attachment="id")
    call.digits_collectors().create(prompt={"sentence": "Press a key"}, max_digits=1)
    conference = scg.conferences.get(scg.conferences.create(from_="1"))
    assert_type(conference.members().create(call_id="id", mute=True), str)


def consent(scg: scgapi.Client) -> None:
    scg.contact_address_statuses.opt_out(addresses=["+15551230001"], sender_id="id")
    scg.contact_address_statuses.set_consent(address="+15551230001", sender_id="id", status="OPTIN")
    next(scg.contact_address_statuses.list(consent_status="OPTOUT")).set_consent("OPTIN")


def codes(scg: scgapi.Client) -> None:
    application = scg.mfa_applications.get("id")
    application.users().associate("user", user_address="+15551230001")
    application.users().get("user").login_start(validation_method="SMS")
    application.users().validate("user", "123456")
