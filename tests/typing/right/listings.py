"""Listings: filters, pagers and pages."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TypeVar, assert_type

import scgapi

T = TypeVar("T")


def filters(scg: scgapi.Client, since: datetime, states: Sequence[str]) -> None:
    scg.messages.list(state="DELIVERED")
    scg.messages.list(state="A_NEW_ONE")
    scg.messages.list(state=["DELIVERED", "FAILED"])
    scg.messages.list(state=["DELIVERED", "A_NEW_ONE"])
    scg.messages.list(state=("DELIVERED", "FAILED"))
    scg.messages.list(state=states, from_=None)
    scg.messages.list(created_date=(since, datetime.now(UTC)), application_id=[5, 6])
    scg.messages.list(created_date=since, limit=10, offset=20, sort="-created_date", prefetch=4)
    scg.contacts.list(list_parameters={"limit": 10, "sort": "-created_date"})
    scg.contacts.list(list_parameters=scgapi.ListParameters(offset=10))
    scg.contacts.list(extra_filters={"newer_filter": "x"})
    assert_type(scg.sender_ids.delete_many(state="INACTIVE"), scgapi.DeletedSenderIds | None)


def pagers(scg: scgapi.Client) -> None:
    pager = assert_type(scg.sender_ids.list(state=["ACTIVE"], limit=10), scgapi.Pager[scgapi.SenderId])
    assert_type(next(pager), scgapi.SenderId)
    assert_type(next(pager, None), scgapi.SenderId | None)
    assert_type(pager.first(), scgapi.SenderId | None)
    assert_type([*pager], list[scgapi.SenderId])
    for sender_id in pager:
        assert_type(sender_id, scgapi.SenderId)
    for number, contact in enumerate(itertools.islice(scg.contacts.list(), 10)):
        assert_type(contact, scgapi.Contact)
        print(number)
    by_id = {contact.id: contact for contact in scg.contacts.list()}
    assert_type(by_id, dict[str, scgapi.Contact])
    print(sum(1 for message in scg.messages.list() if message.state == "FAILED"))


def pages(scg: scgapi.Client) -> None:
    for page in scg.messages.list().pages():
        assert_type(page, scgapi.Page[scgapi.Message])
        assert_type(page.items, list[scgapi.Message])
        assert_type([*page], list[scgapi.Message])
        assert_type(page.total, int | None)
        for message in page:
            assert_type(message, scgapi.Message)


def mocked() -> None:
    pager = assert_type(scgapi.Pager.from_items([scgapi.Contact()]), scgapi.Pager[scgapi.Contact])
    names: list[str | None] = [contact.first_name for contact in pager]
    several = scgapi.AsyncPager.from_items((scgapi.AsyncMessage(),))
    assert_type(several, scgapi.AsyncPager[scgapi.AsyncMessage])
    print(names)


def first_of(pager: scgapi.Pager[T]) -> T | None:
    return pager.first()


def active(sender_ids: Iterable[scgapi.SenderId]) -> Iterator[scgapi.SenderId]:
    return (sender_id for sender_id in sender_ids if sender_id.state == "ACTIVE")


def passed_on(scg: scgapi.Client) -> None:
    assert_type(first_of(scg.messages.list()), scgapi.Message | None)
    assert_type(next(active(scg.sender_ids.list())), scgapi.SenderId)
