"""Listings fetch what is consumed, hold one page, and end."""

from __future__ import annotations

import asyncio
import gc
import weakref

import httpx
import pytest
import respx

import scgapi
from scgapi.sandbox import Sandbox
from tests.both_clients import CLIENT_KINDS, ClientKind, call, contacts_of

CONTACTS = "https://api.syniverse.com/scg-external-api/api/v1/contacts"
AUTH = scgapi.AuthInfo(token="t")


def page(*ids: str, total: object = None) -> httpx.Response:
    body: dict[str, object] = {"list": [{"id": id_} for id_ in ids]}
    return httpx.Response(200, json=body if total is None else body | {"total": total})


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_every_object_comes_once_and_in_order(gateway: Sandbox, client_kind: ClientKind) -> None:
    with scgapi.Client(gateway.auth) as scg:
        made = [scg.contacts.create(external_id=str(number)) for number in range(23)]
    for size in (1, 5, 23, 100):
        listed = call(client_kind, gateway.auth, "contacts.list", limit=size)
        assert [contact.id for contact in contacts_of(listed)] == made


@respx.mock
def test_nothing_is_requested_before_the_first_is_asked_for_and_no_page_too_many() -> None:
    route = respx.get(CONTACTS).mock(side_effect=[page("a", "b", total=4), page("c", "d", total=4)])
    with scgapi.Client(AUTH) as scg:
        pager = scg.contacts.list(limit=2)
        assert route.call_count == 0
        assert next(pager).id == "a"
        assert route.call_count == 1
        assert [contact.id for contact in pager] == ["b", "c", "d"]
        assert route.call_count == 2
        assert next(pager, None) is None


@pytest.mark.parametrize("total", [None, "4", 4, 9])
@respx.mock
def test_a_listing_ends_at_its_total_or_at_an_empty_page(total: object) -> None:
    respx.get(CONTACTS).mock(
        side_effect=[page("a", "b", total=total), page("c", "d", total=total), page(total=total)]
    )
    with scgapi.Client(AUTH) as scg:
        assert [contact.id for contact in scg.contacts.list()] == ["a", "b", "c", "d"]


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_a_gateway_that_repeats_a_page_does_not_trap_the_program(client_kind: ClientKind) -> None:
    route = respx.get(CONTACTS).mock(return_value=page("a", "b", total=1000))
    listed = call(client_kind, AUTH, "contacts.list")
    assert ([contact.id for contact in contacts_of(listed)], route.call_count) == (["a", "b"], 2)


@pytest.mark.parametrize("content", [b'{"list": null}', b"{}", b'{"total": 0}', b"[]", b""])
@respx.mock
def test_a_listing_of_nothing_is_empty_in_every_form(content: bytes) -> None:
    respx.get(CONTACTS).respond(content=content)
    with scgapi.Client(AUTH) as scg:
        assert list(scg.contacts.list()) == []


def test_pages_tell_where_they_are(scg: scgapi.Client) -> None:
    for number in range(5):
        scg.contacts.create(external_id=str(number))
    pages = list(scg.contacts.list(limit=2).pages())
    assert [(found.offset, found.total, found.limit, len(found), found.next_offset) for found in pages] == [
        (0, 5, 2, 2, 2),
        (2, 5, 2, 2, 4),
        (4, 5, 2, 1, None),
    ]
    assert [contact.external_id for found in pages for contact in found] == list("01234")
    assert [contact.external_id for contact in scg.contacts.list(offset=3)] == ["3", "4"]
    (empty,) = scg.contacts.list(first_name="nobody").pages()
    assert (empty.items, empty.total) == ([], 0)


def test_order_and_place_can_come_in_the_guides_way(scg: scgapi.Client) -> None:
    for name in ("b", "a", "c"):
        scg.contacts.create(external_id=name)
    plain = scg.contacts.list(sort="-external_id", limit=1, offset=1)
    guide = scg.contacts.list(list_parameters={"sort": "-external_id", "limit": 1, "offset": 1})
    assert (
        [contact.external_id for contact in plain] == [contact.external_id for contact in guide] == ["b", "a"]
    )
    with pytest.raises(scgapi.InvalidArgumentError, match="limit"):
        scg.contacts.list(limit=5, list_parameters={"limit": 5})


def test_async_pages_tell_the_same(gateway: Sandbox) -> None:
    async def main() -> list[tuple[int, int]]:
        async with scgapi.AsyncClient(gateway.auth) as scg:
            for number in range(3):
                await scg.contacts.create(external_id=str(number))
            return [(found.offset, len(found.items)) async for found in scg.contacts.list(limit=2).pages()]

    assert asyncio.run(main()) == [(0, 2), (2, 1)]


@respx.mock
def test_one_page_is_in_memory_at_a_time() -> None:
    respx.get(CONTACTS).mock(
        side_effect=[page(f"{number}-a", f"{number}-b", total=20) for number in range(10)]
    )
    with scgapi.Client(AUTH) as scg:
        seen = [weakref.ref(contact) for contact in scg.contacts.list()]
        gc.collect()
        assert len(seen) == 20
        assert sum(reference() is not None for reference in seen) <= 4


@pytest.mark.parametrize("rows", [[{"name": "a"}], [{"id": "1"}, {"id": None}]])
@respx.mock
def test_rows_without_ids_do_not_trap_the_program_either(rows: list[dict[str, object]]) -> None:
    route = respx.get(CONTACTS).respond(json={"list": rows})
    with scgapi.Client(AUTH) as scg:
        assert len(list(scg.contacts.list())) == len(rows)
    assert route.call_count == 2


@pytest.mark.parametrize("text", [b"broken \\ud83d", b"caf\xe9"])
@respx.mock
def test_half_a_character_does_not_cost_a_listing(text: bytes) -> None:
    content = (
        b'\xef\xbb\xbf{"list": [{"id": "1"}, {"id": "2", "first_name": "'
        + text
        + b'"}, {"id": "3"}], "total": 3}'
    )
    respx.get(CONTACTS).respond(content=content)
    with scgapi.Client(AUTH) as scg:
        assert [contact.id for contact in scg.contacts.list()] == ["1", "2", "3"]


@respx.mock
def test_a_page_that_failed_is_asked_for_again() -> None:
    respx.get(CONTACTS).mock(side_effect=[page("a", total=2), httpx.Response(400), page("b", total=2)])
    with scgapi.Client(AUTH) as scg:
        pager = scg.contacts.list()
        assert next(pager).id == "a"
        with pytest.raises(scgapi.BadRequestError):
            next(pager)
        assert [contact.id for contact in pager] == ["b"]


@respx.mock
def test_one_malformed_field_does_not_stop_a_listing(caplog: pytest.LogCaptureFixture) -> None:
    from scgapi._core import loading

    loading._report.cache_clear()
    rows = [{"id": str(number), "is_rcs_capable": "perhaps", "first_name": "J"} for number in range(100)]
    respx.get(CONTACTS).respond(json={"list": rows, "total": 100})
    with scgapi.Client(AUTH) as scg:
        contacts = list(scg.contacts.list())
    assert {(str(contact.is_rcs_capable), contact.first_name) for contact in contacts} == {("perhaps", "J")}
    assert [record.getMessage() for record in caplog.records if record.name == "scgapi.responses"] == [
        "Contact.is_rcs_capable was malformed; its raw value is kept (logged once)"
    ]


@pytest.mark.parametrize(
    "content", [b"<html>proxy</html>", b'"text"', b"5", b'{"list": 5}', b"\xff\xfe", b"[" * 100_000]
)
@respx.mock
def test_what_is_no_listing_raises_with_status_headers_and_start_of_body(content: bytes) -> None:
    respx.get(CONTACTS).respond(200, content=content, headers={"x-proxy": "yes"})
    with scgapi.Client(AUTH) as scg, pytest.raises(scgapi.UnexpectedResponseError) as caught:
        list(scg.contacts.list())
    assert caught.value.status == 200
    assert caught.value.headers["x-proxy"] == "yes"
    assert caught.value.body == content[:500].decode("utf-8", "replace")
