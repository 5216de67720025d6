"""An update whose answer was lost is made again; the version tells whether it was applied already."""

from __future__ import annotations

import httpx
import pytest
import respx

import scgapi
from tests.client.test_retries import Pauses, client
from tests.colours import sent

API = "https://api.syniverse.com/scg-external-api/api/v1"
CONTACT = f"{API}/contacts/c"
STALE = httpx.Response(409, json={"error_code": "1001", "error_description": "Stale data"})
BEFORE: dict[str, object] = {
    "id": "c",
    "version_number": 3,
    "last_name": "Doe",
    "first_acquisition_date": 1656704873258,
}


def answers(*bodies: dict[str, object]) -> None:
    respx.get(CONTACT).mock(side_effect=[httpx.Response(200, json=body) for body in bodies])


@respx.mock
def test_an_update_whose_answer_was_lost_is_made_again() -> None:
    answers(BEFORE)
    route = respx.post(CONTACT).mock(side_effect=[httpx.ReadTimeout("slow"), httpx.Response(204)])
    with client(Pauses()) as scg:
        contact = scg.contacts.get("c")
        contact.last_name = "Anderson"
        contact.update()
    assert len({request.content for request in sent(route)}) == 1
    assert (route.call_count, contact.version_number) == (2, 4)


@respx.mock
def test_one_that_had_been_applied_is_no_conflict() -> None:
    answers(
        BEFORE,
        {**BEFORE, "version_number": 4, "last_name": "Anderson", "address_list": [{"line1": "1", "x": 2}]},
    )
    route = respx.post(CONTACT).mock(side_effect=[httpx.ReadError("reset"), STALE])
    with client(Pauses()) as scg:
        contact = scg.contacts.get("c")
        contact.last_name = "Anderson"
        contact.address_list = [scgapi.Address(line1="1")]
        contact.update()
        assert contact.version_number == 4
        contact.update()
    assert route.call_count == 2


@pytest.mark.parametrize(
    "theirs",
    [
        {"version_number": 4, "last_name": "Smith"},
        {"version_number": 5, "last_name": "Anderson"},
        {"version_number": 4},
    ],
)
@respx.mock
def test_somebody_elses_change_is_a_conflict_with_both_versions(theirs: dict[str, object]) -> None:
    answers(BEFORE, {"id": "c", **theirs})
    respx.post(CONTACT).mock(side_effect=[httpx.ReadError("reset"), STALE])
    with client(Pauses()) as scg:
        contact = scg.contacts.get("c")
        contact.last_name = "Anderson"
        with pytest.raises(scgapi.ConflictError) as caught:
            contact.update()
    assert (caught.value.version, caught.value.current_version) == (3, theirs["version_number"])
    assert (caught.value.attempts, caught.value.operation) == (2, "contacts.update")


@respx.mock
def test_a_conflict_without_doubt_is_never_taken_for_success() -> None:
    answers({**BEFORE, "version_number": 4, "last_name": "Anderson"})
    respx.post(CONTACT).mock(side_effect=[STALE])
    with client(Pauses()) as scg, pytest.raises(scgapi.ConflictError) as caught:
        scg.contacts.update("c", last_name="Anderson", version_number=3)
    assert (caught.value.version, caught.value.current_version, caught.value.in_doubt) == (3, 4, False)


@respx.mock
def test_times_are_compared_by_what_they_say() -> None:
    answers(BEFORE, {**BEFORE, "version_number": 4, "last_acquisition_date": 1656704873258})
    respx.post(CONTACT).mock(side_effect=[httpx.Response(502), STALE])
    with client(Pauses()) as scg:
        contact = scg.contacts.get("c")
        contact.last_acquisition_date = contact.first_acquisition_date
        contact.update()
        assert contact.version_number == 4


@respx.mock
def test_a_conflict_that_cannot_be_read_back_is_a_conflict_all_the_same() -> None:
    respx.get(CONTACT).mock(return_value=httpx.Response(404))
    respx.put(CONTACT).mock(side_effect=[httpx.ReadError("reset"), STALE])
    with client(Pauses()) as scg, pytest.raises(scgapi.ConflictError) as caught:
        scg.contacts.replace("c", last_name="Anderson", version_number=3)
    assert (caught.value.version, caught.value.current_version) == (3, None)


@respx.mock
def test_other_conflicts_are_not_read_back() -> None:
    route = respx.get(CONTACT)
    respx.post(CONTACT).respond(409, json={"error_code": "1011", "error_description": "Unique key"})
    with client(Pauses()) as scg, pytest.raises(scgapi.ConflictError):
        scg.contacts.update("c", external_id="e", version_number=3)
    assert not route.called


@pytest.mark.parametrize("failure", [httpx.Response(500, json={"error_code": "5001"}), httpx.Response(502)])
@respx.mock
def test_an_update_that_stays_in_doubt_is_read_back(failure: httpx.Response) -> None:
    answers(BEFORE, {**BEFORE, "version_number": 4, "last_name": "Anderson"})
    respx.post(CONTACT).mock(return_value=failure)
    with client(Pauses()) as scg:
        contact = scg.contacts.get("c")
        contact.last_name = "Anderson"
        contact.update()
    assert contact.version_number == 4
    answers(BEFORE, BEFORE)
    with client(Pauses()) as scg:
        contact = scg.contacts.get("c")
        contact.last_name = "Anderson"
        with pytest.raises(scgapi.ServerError) as caught:
            contact.update()
    assert (caught.value.outcome, contact.version_number) == ("UNKNOWN", 3)


@respx.mock
def test_an_update_that_was_applied_before_another_refusal_is_found_out() -> None:
    answers(BEFORE, {**BEFORE, "version_number": 4, "last_name": "Anderson"})
    busy = httpx.Response(409, json={"error_code": "SCG_ERROR_4090"})
    respx.post(CONTACT).mock(side_effect=[httpx.ReadError("reset"), busy])
    with client(Pauses(), scgapi.RetryPolicy(attempts=2)) as scg:
        contact = scg.contacts.get("c")
        contact.last_name = "Anderson"
        contact.update()
    assert contact.version_number == 4
