"""Calls that work when they run, and that type checkers refuse all the same."""

from __future__ import annotations

import scgapi


def objects_where_keywords_are_required(scg: scgapi.Client) -> None:
    # create() has one signature, so that a wrong keyword is named. With it, the required keywords are asked for even
    # where an object holds them. Keywords beside the object are accepted.
    scg.message_requests.create(scgapi.MessageRequest(from_="1", to=["2"]))  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.messages.create(scgapi.Message(from_="1", to="2"))  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.calls.create(scgapi.Call(from_="1", to="2"))  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.calls.digits_collectors("id").create(scgapi.DigitsCollector(prompt={"sentence": "Press"}))  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.conferences.create(scgapi.Conference(from_="1"))  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.conferences.members("id").create(scgapi.ConferenceMember(call_id="id"))  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.contact_imports.create(scgapi.ContactImport(import_attachment_id="id"))  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.message_requests.create(scgapi.MessageRequest(body="Hello"), from_="1", to=["2"])


def padded_keywords(scg: scgapi.Client) -> None:
    # Any keyword may end in an underscore, as the older SDK's could; checkers know `from_` and the like only.
    scg.contacts.create(first_name_="John")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.sender_ids.list(state_="ACTIVE")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def new_fields(scg: scgapi.Client, contact: scgapi.Contact) -> None:
    # Fields that the gateway has added are in `model_extra`, which checkers know.
    contact.newer_field  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    contact.model_extra
