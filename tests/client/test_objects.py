"""Objects send what changed, know their version, and belong to their own resource."""

from __future__ import annotations

import asyncio
import copy
import json
import pickle

import httpx
import pytest
import respx
from hypothesis import given
from hypothesis import strategies as st

import scgapi
from scgapi.sandbox import Sandbox

API = "https://api.syniverse.com/scg-external-api/api/v1"
AUTH = scgapi.AuthInfo(token="t")
LOADED = {
    "id": "c",
    "version_number": 3,
    "first_name": "John",
    "last_name": "Doe",
    "created_date": 1656704873258,
    "address_list": [{"line1": "1 Main St", "floor": 4}],
    "social_handles": ["fb:1@2"],
    "extended_attributes": '{"plan": "gold"}',
    "is_rcs_capable": True,
    "brand_new": {"deep": [1]},
}


def loaded(answer: dict[str, object] | None = None) -> tuple[scgapi.Client, scgapi.Contact, respx.Route]:
    """A contact as the gateway has it, and the route of its updates."""
    respx.get(f"{API}/contacts/c").respond(json=answer or LOADED)
    route = respx.post(f"{API}/contacts/c").respond(204)
    scg = scgapi.Client(AUTH)
    return scg, scg.contacts.get("c"), route


def sent(route: respx.Route) -> object:
    return json.loads(route.calls.last.request.content)


@respx.mock
def test_update_sends_what_changed_and_the_version_and_nothing_else() -> None:
    _, contact, route = loaded()
    contact.last_name = "Anderson"
    contact.update()
    assert sent(route) == {"last_name": "Anderson", "version_number": 3}


@respx.mock
def test_nothing_changed_nothing_sent() -> None:
    _, contact, route = loaded()
    contact.update()
    contact.first_name = "John"
    contact.update()
    assert route.call_count == 0


@respx.mock
def test_a_second_update_carries_the_next_version() -> None:
    _, contact, route = loaded()
    contact.last_name = "Anderson"
    contact.update()
    assert contact.version_number == 4
    contact.last_name = "Doe"
    contact.update()
    assert sent(route) == {"last_name": "Doe", "version_number": 4}
    contact.update()
    assert route.call_count == 2


@respx.mock
def test_edits_in_place_and_cleared_fields_are_changes() -> None:
    _, contact, route = loaded()
    assert contact.address_list is not None
    assert contact.social_handles is not None
    contact.address_list[0].line1 = "2 Main St"
    contact.address_list.append(scgapi.Address(city="Oslo"))
    contact.social_handles.clear()
    contact.first_name = None
    assert isinstance(contact.extended_attributes, dict)
    contact.extended_attributes["plan"] = "silver"
    contact.update()
    assert sent(route) == {
        "address_list": [{"line1": "2 Main St", "floor": 4}, {"city": "Oslo"}],
        "social_handles": [],
        "first_name": None,
        "extended_attributes": '{"plan": "silver"}',
        "version_number": 3,
    }


@respx.mock
def test_unknown_fields_are_kept_and_sent_when_they_change() -> None:
    _, contact, route = loaded()
    extra = contact.model_extra or {}
    assert extra == {"brand_new": {"deep": [1]}}
    new = extra["brand_new"]
    assert isinstance(new, dict)
    deep = new["deep"]
    assert isinstance(deep, list)
    deep.append(2)
    contact.update()
    assert sent(route) == {"brand_new": {"deep": [1, 2]}, "version_number": 3}


@respx.mock
def test_what_is_edited_while_an_update_is_on_its_way_is_not_lost() -> None:
    respx.get(f"{API}/contacts/c").respond(json=LOADED)
    route = respx.post(f"{API}/contacts/c")

    async def main() -> None:
        async with scgapi.AsyncClient(AUTH) as scg:
            contact = await scg.contacts.get("c")

            def meanwhile(_: httpx.Request) -> httpx.Response:
                contact.first_name = "Jane"
                return httpx.Response(204)

            route.mock(side_effect=meanwhile)
            contact.last_name = "Anderson"
            await contact.update()
            route.mock(side_effect=None, return_value=httpx.Response(204))
            await contact.update()

    asyncio.run(main())
    assert sent(route) == {"first_name": "Jane", "version_number": 4}


@respx.mock
def test_a_failed_update_can_be_made_again() -> None:
    _, contact, route = loaded()
    route.mock(side_effect=[httpx.Response(400), httpx.Response(204)])
    contact.last_name = "Anderson"
    with pytest.raises(scgapi.BadRequestError):
        contact.update()
    contact.update()
    assert sent(route) == {"last_name": "Anderson", "version_number": 3}


@respx.mock
def test_replace_sends_all_that_can_be_set() -> None:
    _, contact, _ = loaded()
    route = respx.put(f"{API}/contacts/c").respond(204)
    contact.last_name = "Anderson"
    contact.replace()
    assert sent(route) == {
        "first_name": "John",
        "last_name": "Anderson",
        "address_list": [{"line1": "1 Main St", "floor": 4}],
        "social_handles": ["fb:1@2"],
        "extended_attributes": '{"plan": "gold"}',
        "version_number": 3,
        "brand_new": {"deep": [1]},
    }


@respx.mock
def test_a_wrong_type_is_refused_when_it_is_assigned() -> None:
    _, contact, route = loaded()
    with pytest.raises(scgapi.InvalidArgumentError, match="Contact: last_name must be a str, got "):
        contact.last_name = 5  # type: ignore[assignment]  # pyright: ignore[reportAttributeAccessIssue]
    contact.update()
    assert route.call_count == 0


@respx.mock
def test_fields_that_the_gateway_sets_are_read_only() -> None:
    _, contact, _ = loaded()
    for name in ("id", "version_number", "created_date", "application_id", "is_rcs_capable"):
        with pytest.raises(scgapi.InvalidArgumentError, match=rf"Contact\.{name} is read-only: the gateway"):
            setattr(contact, name, None)


@respx.mock
def test_a_copy_is_as_good_as_the_object() -> None:
    _, contact, route = loaded()
    for other in (
        copy.copy(contact),
        copy.deepcopy(contact),
        contact.model_copy(update={"last_name": "Anderson"}),
    ):
        other.last_name = "Anderson"
        other.update()
        assert sent(route) == {"last_name": "Anderson", "version_number": 3}


@respx.mock
def test_a_pickled_object_keeps_its_data_and_says_that_it_has_no_client() -> None:
    _, contact, _ = loaded()
    other: scgapi.Contact = pickle.loads(pickle.dumps(contact))
    assert other == contact
    with pytest.raises(scgapi.ConfigurationError, match=r"this \w+ is not attached to a client"):
        other.update()


def test_an_unsaved_object_says_what_to_do() -> None:
    with pytest.raises(scgapi.ConfigurationError, match="create"):
        scgapi.Contact(first_name="John").update()


@respx.mock
def test_a_saved_object_can_be_created_again_without_what_the_gateway_set() -> None:
    scg, contact, _ = loaded()
    route = respx.post(f"{API}/contacts").respond(json={"id": "d"})
    assert scg.contacts.create(contact) == "d"
    body = json.loads(route.calls.last.request.content)
    assert not {"id", "version_number", "created_date", "is_rcs_capable"} & body.keys()
    assert body["last_name"] == "Doe"


@respx.mock
def test_an_unsaved_object_sends_what_was_set() -> None:
    route = respx.post(f"{API}/contacts").respond(json={"id": "d"})
    contact = scgapi.Contact()
    contact.first_name = "John"
    contact.last_name = None
    with scgapi.Client(AUTH) as scg:
        scg.contacts.create(contact)
        assert sent(route) == {"first_name": "John", "last_name": None}
        assert contact.model_extra is not None
        contact.model_extra["nickname"] = "J"
        with pytest.raises(scgapi.InvalidArgumentError, match="nickname"):
            scg.contacts.create(contact)


def test_a_contact_that_came_from_a_group_updates_the_contact(scg: scgapi.Client) -> None:
    bob = scg.contacts.create(first_name="Bob", primary_mdn="+15552461234")
    group = scg.contact_groups.get(scg.contact_groups.create(name="Friends"))
    group.add_contact(bob)
    (member,) = group.list_contacts()
    member.last_name = "Anderson"
    member.update()
    assert scg.contacts.get(bob).last_name == "Anderson"
    group.delete_contact(bob)
    assert list(group.list_contacts()) == []


def test_a_stale_object_is_a_conflict_until_it_is_refreshed(scg: scgapi.Client) -> None:
    contact = scg.contacts.get(scg.contacts.create(first_name="John"))
    other = scg.contacts.get(contact.id)
    other.last_name = "Doe"
    other.update()
    contact.last_name = "Anderson"
    with pytest.raises(scgapi.ConflictError) as caught:
        contact.update()
    assert caught.value.code == "1001"
    contact.refresh()
    assert contact.last_name == "Doe"
    contact.last_name = "Anderson"
    contact.update()
    assert scg.contacts.get(contact.id).last_name == "Anderson"


def test_some_that_could_not_be_added_are_named(scg: scgapi.Client) -> None:
    bob = scg.contacts.create(first_name="Bob")
    group = scg.contact_groups.get(scg.contact_groups.create(name="Friends"))
    with pytest.raises(scgapi.PartialFailureError) as caught:
        group.add_contact([bob, "nobody"])
    assert set(caught.value.errors) == {"nobody"}
    assert [member.id for member in group.list_contacts()] == [bob]
    for nothing in ((), ""):
        with pytest.raises(scgapi.InvalidArgumentError, match="contacts"):
            group.add_contact(nothing)


def test_asynchronous_objects_do_the_same(gateway: Sandbox) -> None:
    async def main() -> None:
        async with scgapi.AsyncClient(gateway.auth) as scg:
            channel = await scg.channels.get(await scg.channels.create(name="Alerts", priority="high"))
            sender = await anext(scg.sender_ids.list(state="ACTIVE"))
            await channel.add_sender_id(sender)
            assert [found.id async for found in channel.list_sender_ids()] == [sender.id]
            await channel.delete_sender_id(sender.id)
            channel.description = "For alerts"
            await channel.update()
            channel.name = "Warnings"
            await channel.replace()
            await channel.refresh()
            assert (channel.name, channel.description, channel.version_number) == (
                "Warnings",
                "For alerts",
                3,
            )
            await channel.delete()
            with pytest.raises(scgapi.NotFoundError):
                await channel.refresh()
            await sender.deactivate()
            assert sender.state == "INACTIVE"
            await sender.activate()
            assert sender.state == "ACTIVE"

    asyncio.run(main())


def test_sender_ids_are_never_deleted_without_a_filter(scg: scgapi.Client) -> None:
    before = len(list(scg.sender_ids.list()))
    with pytest.raises(scgapi.InvalidArgumentError, match="every sender id"):
        scg.sender_ids.delete_many()
    with pytest.raises(scgapi.InvalidArgumentError, match="every sender id"):
        scg.sender_ids.delete_many(name="")
    for nothing in ("", None, "  "):
        with pytest.raises(scgapi.InvalidArgumentError, match="sender_id"):
            scg.sender_ids.delete(nothing)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert len(list(scg.sender_ids.list())) == before
    result = scg.sender_ids.delete_many(state="INACTIVE")
    assert result is not None
    assert result.del_qty is not None
    assert result.del_qty > 0
    assert not list(scg.sender_ids.list(state="INACTIVE"))


def test_a_preprovisioned_sender_id_is_bought_and_given_back(scg: scgapi.Client) -> None:
    offered = next(scg.sender_ids.list(ownership="PREPROVISIONED"))
    bought = scg.sender_ids.purchase(offered.id)
    assert bought is not None
    assert scg.sender_ids.get(bought).parent_id == offered.id
    offered.refresh()
    assert offered.ownership == "PURCHASED"
    scg.sender_ids.delete(bought)
    offered.refresh()
    assert offered.ownership == "PREPROVISIONED"
    assert offered.name is not None
    assert offered.id in {found.id for found in scg.sender_ids.list_summaries(name=offered.name[:4])}


def test_paused_requests_are_resumed_and_cancelled(scg: scgapi.Client) -> None:
    def paused() -> scgapi.MessageRequest:
        request_id = scg.message_requests.create(
            from_="155528999", to=["+15552461234"], body="Hi", pause_before_transmit=True
        )
        request = scg.message_requests.get(request_id)
        assert request.state == "PAUSED"
        return request

    request = paused()
    request.resume()
    assert scg.message_requests.get(request.id).state == "COMPLETED"
    request = paused()
    request.cancel()
    after = scg.message_requests.get(request.id)
    assert (after.state, after.canceled_count) == ("CANCELED", 1)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(min_size=1), inner, max_size=3),
    max_leaves=5,
)


@given(
    extra=st.dictionaries(st.text("abcxyz", min_size=3, max_size=8), json_values, max_size=4),
    name=st.text() | st.none(),
)
def test_what_this_version_does_not_know_survives_a_round_trip(
    extra: dict[str, object], name: str | None
) -> None:
    with respx.mock:
        _, contact, _ = loaded({**extra, "id": "c", "version_number": 1, "first_name": name})
        route = respx.put(f"{API}/contacts/c").respond(204)
        contact.replace()
        assert sent(route) == {**extra, "first_name": name, "version_number": 1}


@pytest.mark.parametrize("version", ["one", "007", True, 7.5, [1], {"a": 1}])
@respx.mock
def test_a_malformed_version_stops_a_versioned_update_and_spoils_no_other(version: object) -> None:
    scg, contact, route = loaded(LOADED | {"version_number": version})
    contact.last_name = "Anderson"
    with pytest.raises(scgapi.InvalidArgumentError, match="version_number"):
        contact.update()
    assert route.call_count == 0
    respx.get(f"{API}/calling/calls/c").respond(
        json={"id": "c", "version_number": version, "state": "ACTIVE"}
    )
    hang_up = respx.post(f"{API}/calling/calls/c").respond(204)
    held = scg.calls.get("c")
    held.state = "COMPLETED"
    held.update()
    assert hang_up.call_count == 1
    assert vars(held)["version_number"] == version
    held.update()
    assert hang_up.call_count == 1
    scg.close()
