"""Responses of the event subscription service, which have envelopes and names of ids of their own."""

from __future__ import annotations

import pytest

from scgapi._core.event_service import load_event_page, parse_event_service_id, parse_value
from scgapi.errors import UnexpectedResponseError
from scgapi.models import event_service
from scgapi.models.event_service import EventTopicData
from tests.core.strategies import Json, answer

LIST = event_service.LIST_TOPICS
CREATE = event_service.CREATE_CONFIGURATION


@pytest.mark.parametrize(
    ("sent", "names"),
    [
        ({"paged-result": {"offset": 0}, "topics": [{"name": "SCG-Message"}]}, ["SCG-Message"]),
        ({"errors": "none", "rows": [{"name": "SCG-Message"}]}, ["SCG-Message"]),
        (["SCG-Message", "NIS-Events"], ["SCG-Message", "NIS-Events"]),
        ([], []),
    ],
)
def test_a_page_is_read_from_any_envelope(sent: Json, names: list[str]) -> None:
    page = load_event_page(EventTopicData, LIST, answer(sent), offset=0, limit=100)
    assert [topic.name for topic in page] == names
    assert (page.total, page.offset, page.limit) == (None, 0, 100)


def test_an_empty_body_is_an_empty_page() -> None:
    assert load_event_page(EventTopicData, LIST, answer(b""), offset=3, limit=100).items == []


@pytest.mark.parametrize("sent", [{}, {"topics": "x"}, 5])
def test_a_page_without_a_list_is_refused(sent: Json) -> None:
    with pytest.raises(UnexpectedResponseError, match="JSON that is no list"):
        load_event_page(EventTopicData, LIST, answer(sent), offset=0, limit=100)


@pytest.mark.parametrize(
    "sent", [{"id": 676}, {"id": "676"}, {"del-cfg-id": "676"}, {"id": "", "del-cfg-id": 676}]
)
def test_an_id_is_found_under_either_name(sent: Json) -> None:
    assert parse_event_service_id(CREATE, answer(sent)) == "676"


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"id": null}'])
def test_a_create_without_an_id_is_refused(content: bytes) -> None:
    with pytest.raises(UnexpectedResponseError, match=r"no id: look up with list\(\)"):
        parse_event_service_id(CREATE, answer(content))


def test_a_value_is_any_json() -> None:
    assert parse_value(LIST, answer({"SUCCESS": 3})) == {"SUCCESS": 3}
    with pytest.raises(UnexpectedResponseError, match="a body that is not JSON"):
        parse_value(LIST, answer(b"nonsense"))
