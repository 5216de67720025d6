"""Keywords that are misspelt, missing, or of a wrong type."""

from __future__ import annotations

import scgapi
from scgapi.types import MessageRequestFields


def misspelt(scg: scgapi.Client, contact_id: str) -> None:
    scg.message_requests.create(from_="1", to=["2"], boddy="Hello")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.message_requests.create(from_="1", to=["2"], text="Hello")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.message_requests.create(sender="1", from_="1", to=["2"])  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.messages.create(from_="1", to="2", boddy="Hello")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.contacts.create(frist_name="John")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.contacts.create(email="john@example.com")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.contacts.update(contact_id, version_number=1, lastname="Doe")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.contacts.replace(contact_id, version_number=1, lastname="Doe")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.contacts.list(frist_name="John")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.messages.list(status="DELIVERED")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.messages.list(page_size=10)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.attachments.create_and_upload("photo.png", content_type="image/png")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.contact_address_statuses.opt_out(address=["1"], addresses=["1"])  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.message_requests.wait("id", timout=5)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scgapi.Contact(frist_name="John")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scgapi.MessageRequest(from_="1", too=["2"])  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scgapi.Address(line1=["1 Main St"])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    MessageRequestFields(from_="1", to=["2"], boddy="Hello")  # type: ignore[typeddict-unknown-key]  # pyright: ignore[reportCallIssue]


async def misspelt_async(scg: scgapi.AsyncClient) -> None:
    await scg.message_requests.create(from_="1", to=["2"], boddy="Hello")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.contacts.list(frist_name="John")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scgapi.AsyncContact(frist_name="John")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def missing(scg: scgapi.Client, contact_id: str, call: scgapi.Call) -> None:
    scg.message_requests.create(from_="1", body="Hello")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.message_requests.create(to=["2"], body="Hello")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.messages.create(from_="1", body="Hello")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.contacts.update(contact_id, first_name="John")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.contacts.replace(contact_id, first_name="John")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.contacts.get()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.calls.create(from_="1")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.contact_imports.create()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.contact_address_statuses.set_consent(address="1", status="OPTOUT")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.conferences.members("id").create(mute=True)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    call.play_tts(language="en-US")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    call.play_audio()  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]


def of_a_wrong_type(scg: scgapi.Client, contact_id: str, call: scgapi.Call) -> None:
    scg.contacts.create(first_name=5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.contacts.create(social_handles="@john")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.contacts.create(address_list=[{"line1": 5}])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    scg.contacts.create(address_list=["1 Main St"])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    scg.contacts.update(contact_id, version_number="1")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.contacts.update(contact_id, version_number=None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.contacts.update(5, version_number=1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.contacts.get(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.contacts.get(None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.contacts.delete(["id"])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.contact_groups.add_contact("id", [5])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    scg.keywords.create(search_words_count="3")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.calls.create(from_="1", to=["2"])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    call.play_dtmf(dtmf_text=5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.attachments.upload("id", 5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scgapi.Contact(first_name=5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def in_a_wrong_place(scg: scgapi.Client, contact: scgapi.Contact) -> None:
    scg.contacts.create("John", "Doe")  # type: ignore[arg-type, call-arg]  # pyright: ignore[reportCallIssue]
    scg.contacts.update(contact, first_name="John", version_number=1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.contacts.create({"first_name": "John"})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.message_requests.create("1", ["2"], "Hello")  # type: ignore[arg-type, call-arg]  # pyright: ignore[reportCallIssue]
    scg.mfa_applications.users("id").validate("user", code=1234)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    contact.update(first_name="John")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scgapi.Contact("John")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
