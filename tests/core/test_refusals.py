"""A resource that refused a new token does not have it refreshed again at once."""

from __future__ import annotations

from scgapi._core.operation import Operation
from scgapi._core.refusals import REFUSAL_MEMORY_SECONDS, Refusals
from scgapi._core.request import Endpoints, Request, build_request
from scgapi.models import attachments, contacts


def request(operation: Operation, *ids: str, **query: object) -> Request:
    return build_request(Endpoints(), operation, ids, query=query)


def test_a_resource_is_remembered_for_a_while_and_others_are_not_touched() -> None:
    refusals = Refusals()
    refusals.note(request(contacts.GET, "a"), 100.0)
    assert refusals.include(request(contacts.GET, "a"), 100.0)
    assert refusals.include(request(contacts.GET, "a", offset=5), 99.9 + REFUSAL_MEMORY_SECONDS)
    assert not refusals.include(request(contacts.GET, "a"), 100.0 + REFUSAL_MEMORY_SECONDS)
    assert not refusals.include(request(contacts.GET, "b"), 100.0)
    assert not refusals.include(request(contacts.DELETE, "a"), 100.0)


def test_three_resources_stand_for_their_operation() -> None:
    refusals = Refusals()
    for moment, key in enumerate("abc"):
        assert not refusals.include(request(contacts.GET, "d"), moment)
        refusals.note(request(contacts.GET, key), moment)
    assert refusals.include(request(contacts.GET, "d"), 2.0)
    assert not refusals.include(request(contacts.DELETE, "d"), 2.0)
    assert not refusals.include(request(contacts.GET, "d"), REFUSAL_MEMORY_SECONDS)  # the first is forgotten


def test_contents_are_one_resource() -> None:
    refusals = Refusals()
    refusals.note(request(attachments.DOWNLOAD, "token-1"), 0.0)
    assert refusals.include(request(attachments.DOWNLOAD, "token-2"), 1.0)


def test_what_is_over_is_forgotten() -> None:
    refusals = Refusals()
    for moment in range(100):
        refusals.note(request(contacts.GET, str(moment)), moment * REFUSAL_MEMORY_SECONDS)
    assert len(refusals._until) == 1
