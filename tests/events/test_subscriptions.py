"""The client of the event subscription service, held against its published pages of examples, with both clients."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import httpx
import pytest
import respx

import scgapi
from scgapi._core.json import is_array
from tests.both_clients import CLIENT_KINDS, ClientKind, call, sent

HOST = "https://api.syniverse.com"
ESS = f"{HOST}/ess/v1"
AUTH = scgapi.AuthInfo(token="t0k3n-value")
both_clients = pytest.mark.parametrize("client_kind", CLIENT_KINDS)

SUBSCRIPTIONS = {
    "paged-result": {"offset": 0, "limit": 1000},
    "topic-subscriptions": [
        {
            "id": "16301830",
            "del-cfg-id": "1266",
            "del-cfg-nm": "a-mock-del-cfg",
            "topic-nm": "SCG-Message",
            "evt-tp": "message_state_change",
            "match-crt": "",
            "start-date": "1970-01-01T00:00:00Z",
        },
        {
            "id": "16301810",
            "del-cfg-id": "1266",
            "del-cfg-nm": "a-mock-del-cfg",
            "topic-nm": "NIS-Events",
            "evt-tp": "porting_event",
            "match-crt": "number = '+12345678901'",
            "start-date": "2017-10-18T16:22:37Z",
        },
    ],
}


def paged(*pages: object) -> list[httpx.Response]:
    return [httpx.Response(200, json=page) for page in pages]


@both_clients
@respx.mock
def test_subscriptions_are_listed_as_published(client_kind: ClientKind) -> None:
    empty: dict[str, object] = {"paged-result": {"offset": 2, "limit": 1000}, "topic-subscriptions": []}
    route = respx.get(f"{ESS}/topic-subscriptions").mock(side_effect=paged(SUBSCRIPTIONS, empty))
    found = call(client_kind, AUTH, "topic_subscriptions.list", limit=1000)
    assert is_array(found)
    first, second = found
    assert isinstance(first, scgapi.TopicSubscription | scgapi.AsyncTopicSubscription)
    assert isinstance(second, scgapi.TopicSubscription | scgapi.AsyncTopicSubscription)
    assert (first.id, first.topic, first.event_type) == ("16301830", "SCG-Message", "message_state_change")
    assert (first.delivery_configuration_id, first.delivery_configuration_name) == ("1266", "a-mock-del-cfg")
    assert second.start_date == datetime(2017, 10, 18, 16, 22, 37, tzinfo=UTC)
    assert second.criteria == "number = '+12345678901'"
    assert "2345678901" not in repr(second)
    queries = [dict(request.url.params) for request in sent(route)]
    assert queries == [{"limit": "1000"}, {"limit": "1000", "offset": "2"}]
    assert sent(route)[0].headers["authorization"] == "Bearer t0k3n-value"


@both_clients
@respx.mock
@pytest.mark.parametrize("answer", [{"id": 676}, {"del-cfg-id": "676"}])
def test_a_delivery_configuration_is_created_as_published(
    client_kind: ClientKind, answer: dict[str, object]
) -> None:
    route = respx.post(f"{ESS}/delivery-configurations").respond(201, json=answer)
    fields = {"name": "receipts", "address": "https://example.com/scg", "protocol": "REST", "format": "JSON"}
    assert call(client_kind, AUTH, "delivery_configurations.create", **fields, is_active=True) == "676"
    assert json.loads(sent(route)[0].content) == {
        "del-cfg-nm": "receipts",
        "addr": "https://example.com/scg",
        "del-prtcl-cd": "REST",
        "del-fmt-cd": "JSON",
        "is-active": True,
    }


@both_clients
@respx.mock
def test_a_created_object_without_an_id_must_be_looked_up(client_kind: ClientKind) -> None:
    fields = {"name": "n", "address": "a", "protocol": "REST", "format": "JSON", "is_active": True}
    for answer in (b'{"id": ""}', b"[]", b"made it", b"{made it", b""):
        respx.post(f"{ESS}/delivery-configurations").respond(200, content=answer)
        with pytest.raises(scgapi.UnexpectedResponseError) as caught:
            call(client_kind, AUTH, "delivery_configurations.create", **fields)
        assert caught.value.outcome == "ACCEPTED_UNPARSED"


@both_clients
@respx.mock
def test_a_topic_is_subscribed_to_as_published(client_kind: ClientKind) -> None:
    route = respx.post(f"{ESS}/topics/SCG-Message/subscriptions").respond(json={"id": "16301830"})
    start = datetime(2026, 1, 2, tzinfo=UTC)
    made = call(
        client_kind,
        AUTH,
        "topic_subscriptions.create",
        "SCG-Message",
        delivery_configuration_id="1266",
        start_date=start,
        end_date=None,
        event_type="mo_message_received",
    )
    assert made == "16301830"
    assert json.loads(sent(route)[0].content) == {
        "del-cfg-id": "1266",
        "start-date": "2026-01-02T00:00:00.000Z",
        "end-date": None,
        "evt-tp": "mo_message_received",
    }
    with pytest.raises(scgapi.InvalidArgumentError, match="needs the keyword delivery_configuration_id"):
        call(client_kind, AUTH, "topic_subscriptions.create", "SCG-Message", start_date=start, end_date=None)


@both_clients
@respx.mock
def test_one_delivery_configuration(client_kind: ClientKind) -> None:
    row = {
        "id": "1266",
        "del-cfg-nm": "a",
        "addr": "https://u:secret@example.com",
        "is-active": True,
        "throttle": 60,
    }
    respx.get(f"{ESS}/delivery-configurations/1266").respond(json=row)
    found = call(client_kind, AUTH, "delivery_configurations.get", "1266")
    assert isinstance(found, scgapi.DeliveryConfiguration | scgapi.AsyncDeliveryConfiguration)
    assert (found.id, found.name, found.is_active) == ("1266", "a", True)
    assert found.model_extra == {"throttle": 60}
    assert "secret" not in repr(found)


@both_clients
@respx.mock
@pytest.mark.parametrize(
    "answer",
    [
        {"links": [{"name": "other"}], "topics": [{"topic-nm": "SCG-Message"}], "paged-result": {}},
        {"topic-list": [{"name": "SCG-Message"}]},
        [{"topic-name": "SCG-Message"}],
        ["SCG-Message"],
    ],
)
def test_topics_in_whichever_envelope(client_kind: ClientKind, answer: object) -> None:
    respx.get(f"{ESS}/topics").mock(side_effect=[*paged(answer), httpx.Response(204)])
    found = call(client_kind, AUTH, "event_topics.list")
    assert is_array(found)
    (topic,) = found
    assert isinstance(topic, scgapi.EventTopic | scgapi.AsyncEventTopic)
    assert topic.name == "SCG-Message"


@both_clients
@respx.mock
def test_answers_that_are_no_list(client_kind: ClientKind) -> None:
    for answer in (b'{"paged-result": {}}', b"7", b"[broken", b"<html>"):
        respx.get(f"{ESS}/topics").respond(200, content=answer)
        with pytest.raises(scgapi.UnexpectedResponseError):
            call(client_kind, AUTH, "event_topics.list")


@both_clients
@respx.mock
def test_deliveries_and_attempts(client_kind: ClientKind) -> None:
    row = {"id": 1, "state": "RETRY", "evt-id": "e"}
    route = respx.get(f"{ESS}/event-deliveries").mock(side_effect=paged({"event-deliveries": [row]}, []))
    found = call(client_kind, AUTH, "event_deliveries.list", extra_filters={"topic": "SCG-Message"})
    assert is_array(found)
    (delivery,) = found
    assert isinstance(delivery, scgapi.EventDelivery | scgapi.AsyncEventDelivery)
    assert (delivery.id, delivery.state, delivery.model_extra) == ("1", "RETRY", {"evt-id": "e"})
    assert dict(sent(route)[0].url.params) == {"topic": "SCG-Message", "limit": "100"}
    respx.get(f"{ESS}/event-delivery-attempts").mock(side_effect=paged([{"id": "a"}], []))
    assert is_array(call(client_kind, AUTH, "event_delivery_attempts.list"))


@both_clients
@respx.mock
def test_what_became_of_events(client_kind: ClientKind) -> None:
    summary = respx.get(f"{ESS}/event-deliveries/summary").respond(json={"total": 3})
    assert call(client_kind, AUTH, "event_deliveries.summary") == {"total": 3}
    assert call(client_kind, AUTH, "event_deliveries.summary", {"topic": "SCG Message"}) == {"total": 3}
    assert [request.url.query for request in sent(summary)] == [b"", b"topic=SCG%20Message"]
    tracking = respx.get(url__regex=r".*/tracking").respond(json=[{"attempt": 1}])
    assert call(client_kind, AUTH, "event_deliveries.tracking", "TfE4/x", "1266") == [{"attempt": 1}]
    assert sent(tracking)[0].url.raw_path == b"/ess/v1/event-deliveries/TfE4%2Fx:1266/tracking"
    with pytest.raises(scgapi.InvalidArgumentError, match="event_id"):
        call(client_kind, AUTH, "event_deliveries.tracking", "", "1266")
