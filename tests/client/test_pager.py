"""A pager's repr, and its errors where it is used like a list."""

from __future__ import annotations

import asyncio

import pytest

import scgapi
from scgapi.sandbox import Sandbox


def test_it_says_what_it_lists_and_how_far_it_is(scg: scgapi.Client) -> None:
    for name in "ab":
        scg.contacts.create(external_id=name)
    pager = scg.contacts.list()
    assert repr(pager) == "<Pager of contacts.list(): nothing read yet>"
    next(pager)
    assert repr(pager) == "<Pager of contacts.list(): 1 read>"
    assert [contact.external_id for contact in pager] == ["b"]
    assert repr(pager) == "<Pager of contacts.list(): 2 read, ended>"
    assert bool(pager) is True


def test_first_is_an_object_or_none_and_moves_nothing(scg: scgapi.Client) -> None:
    pager = scg.contacts.list()
    assert pager.first() is None
    for name in "ab":
        scg.contacts.create(external_id=name)
    first = pager.first()
    assert first is not None
    assert first.external_id == "a"
    assert [contact.external_id for contact in pager] == ["a", "b"]


def test_a_second_loop_requests_everything_anew(scg: scgapi.Client) -> None:
    scg.contacts.create(external_id="a")
    pager = scg.contacts.list()
    assert len(list(pager)) == 1
    scg.contacts.create(external_id="b")
    assert next(pager, None) is None
    assert [contact.external_id for contact in pager] == ["a", "b"]


def test_a_loop_goes_on_where_another_was_left(scg: scgapi.Client) -> None:
    for name in "abc":
        scg.contacts.create(external_id=name)
    pager = scg.contacts.list()
    for contact in pager:
        assert contact.external_id == "a"
        break
    assert [contact.external_id for contact in pager] == ["b", "c"]


def test_what_lists_can_do_says_what_to_do_instead(scg: scgapi.Client) -> None:
    pager = scg.contacts.list()
    with pytest.raises(TypeError, match=r"`total` of its first page, next\(pager.pages\(\)\)$"):
        len(pager)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    with pytest.raises(TypeError, match=r"with `for`. For its first object, use pager.first\(\)"):
        pager[0]  # type: ignore[index]  # pyright: ignore[reportIndexIssue]
    with pytest.raises(TypeError, match="islice"):
        pager[:3]  # type: ignore[index]  # pyright: ignore[reportIndexIssue]


def test_a_pager_can_be_made_of_objects() -> None:
    contacts = [scgapi.Contact(first_name=name) for name in "abc"]
    pager = scgapi.Pager.from_items(contacts)
    assert pager.first() is contacts[0]
    assert list(pager) == contacts
    assert [len(page) for page in pager.pages()] == [3]
    assert list(scgapi.Pager.from_items(list[scgapi.Contact]())) == []


def test_async_pagers_do_the_same(gateway: Sandbox) -> None:
    async def main() -> None:
        async with scgapi.AsyncClient(gateway.auth) as scg:
            pager = scg.contacts.list()
            assert await pager.first() is None
            await scg.contacts.create(external_id="a")
            assert [contact.external_id async for contact in pager] == ["a"]
            assert [contact.external_id async for contact in pager] == ["a"]
            assert repr(pager) == "<AsyncPager of contacts.list(): 1 read, ended>"
        made = scgapi.AsyncPager.from_items(["x", "y"])
        assert [item async for item in made] == ["x", "y"]
        with pytest.raises(TypeError, match=r"its first page, await anext\(pager.pages\(\)\)$"):
            len(made)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        with pytest.raises(
            TypeError, match=r"with `async for`. .* use await pager.first.*break out of the loop$"
        ):
            for _ in made:  # type: ignore[attr-defined]  # pyright: ignore[reportGeneralTypeIssues, reportUnknownVariableType]
                pass

    asyncio.run(main())
