"""Models of the event subscription service, which configures the delivery of events.

Only parts of this service are published (docs/api-notes.md, note 20); other fields of its responses are in
`model_extra`. Its hyphenated, abbreviated names are written out here.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, Required

from pydantic import AliasChoices, BeforeValidator, Field
from typing_extensions import TypedDict

from scgapi._core.model.base import Model
from scgapi._core.model.fields import Timestamp, TimestampInput
from scgapi._core.operation import Operation

DeliveryProtocol = Literal["REST"] | str
DeliveryFormat = Literal["JSON", "XML"] | str
DeliveryState = Literal["SUCCESS", "PENDING", "RETRY", "FAILED"] | str


def _text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Id = Annotated[str | None, BeforeValidator(_text)]
"""An id; published responses have it as a string of digits."""


class EventTopicData(Model):
    """A topic that can be subscribed to (GET `/topics`)."""

    name: Final[
        Annotated[
            str | None,
            Field(default=None, validation_alias=AliasChoices("topic-nm", "topic-name", "name", "topic")),
        ]
    ]
    """Such as `SCG-Message`. The published pages do not say what this field is called: see `model_extra`."""


class DeliveryConfigurationData(Model):
    """URL and settings for the delivery of events (GET `/delivery-configurations`)."""

    id: Final[Annotated[Id, Field(default=None, validation_alias=AliasChoices("id", "del-cfg-id"))]]
    """Id, set by the service."""
    name: Annotated[str | None, Field(validation_alias="del-cfg-nm", serialization_alias="del-cfg-nm")] = None
    """Such as `SCG-Message`. The published pages do not say what this field is called: see
    `model_extra`."""
    address: Annotated[str | None, Field(validation_alias="addr", serialization_alias="addr", repr=False)] = (
        None
    )
    """The URL that events are posted to; it may hold a secret."""
    protocol: Annotated[
        DeliveryProtocol | None, Field(validation_alias="del-prtcl-cd", serialization_alias="del-prtcl-cd")
    ] = None
    """Delivery protocol: `REST`."""
    format: Annotated[
        DeliveryFormat | None, Field(validation_alias="del-fmt-cd", serialization_alias="del-fmt-cd")
    ] = None
    """JSON or XML."""
    is_active: Annotated[
        bool | None, Field(validation_alias="is-active", serialization_alias="is-active")
    ] = None
    """True if events are delivered."""


class TopicSubscriptionData(Model):
    """Subscription of a delivery configuration to events (GET `/topic-subscriptions`)."""

    id: Final[Annotated[Id, Field(default=None)]]
    """Id, set by the service."""
    delivery_configuration_id: Final[Annotated[Id, Field(default=None, validation_alias="del-cfg-id")]]
    """Id of the delivery configuration that events go to."""
    delivery_configuration_name: Final[
        Annotated[str | None, Field(default=None, validation_alias="del-cfg-nm")]
    ]
    """Name of the delivery configuration that events go to."""
    topic: Final[Annotated[str | None, Field(default=None, validation_alias="topic-nm")]]
    """Topic of the events."""
    event_type: Final[Annotated[str | None, Field(default=None, validation_alias="evt-tp")]]
    """The type of event; None for all of the topic's."""
    criteria: Final[Annotated[str | None, Field(default=None, validation_alias="match-crt", repr=False)]]
    """Criteria that events must match, such as `number = '+1…'`."""
    start_date: Final[Annotated[Timestamp | None, Field(default=None, validation_alias="start-date")]]
    """Start time, in UTC."""
    end_date: Final[Annotated[Timestamp | None, Field(default=None, validation_alias="end-date")]]
    """End time, in UTC."""


class EventDeliveryData(Model):
    """Delivery of an event to a delivery configuration (GET `/event-deliveries`).

    The published pages name this collection and the states; its fields are in `model_extra`.
    """

    id: Final[Annotated[Id, Field(default=None)]]
    """Id, set by the service."""
    state: Final[Annotated[DeliveryState | None, Field(default=None)]]
    """SUCCESS, PENDING, RETRY or FAILED."""


class EventDeliveryAttemptData(Model):
    """One attempt to deliver an event (GET `/event-delivery-attempts`).

    The published pages name this collection; its fields are in `model_extra`.
    """

    id: Final[Annotated[Id, Field(default=None)]]
    """Id, set by the service."""


class DeliveryConfigurationFields(TypedDict, total=False, closed=True):
    """Fields of a delivery configuration to create.

    The credentials that the service presents to your endpoint are set in the portal.
    """

    name: Required[Annotated[str, Field(alias="del-cfg-nm")]]
    """Your own name for it, such as `SCG-Message`."""
    address: Required[Annotated[str, Field(alias="addr")]]
    """URL that events are posted to; it may hold a secret."""
    protocol: Required[Annotated[DeliveryProtocol, Field(alias="del-prtcl-cd")]]
    """Delivery protocol: `REST`."""
    format: Required[Annotated[DeliveryFormat, Field(alias="del-fmt-cd")]]
    """JSON or XML."""
    is_active: Required[Annotated[bool, Field(alias="is-active")]]
    """True to deliver events."""


class TopicSubscriptionFields(TypedDict, total=False, closed=True):
    """Fields of a subscription to create.

    The published example sends a configuration and dates; `event_type` and `criteria`
    are named as in responses.
    """

    delivery_configuration_id: Required[Annotated[str, Field(alias="del-cfg-id")]]
    """Id of the delivery configuration that events go to."""
    start_date: Required[Annotated[TimestampInput, Field(alias="start-date")]]
    """Time at which it begins: an aware `datetime`, ISO 8601 text or epoch milliseconds."""
    end_date: Required[Annotated[TimestampInput | None, Field(alias="end-date")]]
    """Time at which it ends: an aware `datetime`, ISO 8601 text or epoch milliseconds."""
    event_type: Annotated[str, Field(alias="evt-tp")]
    """Type of event; None for all of the topic's."""
    criteria: Annotated[str, Field(alias="match-crt")]
    """Condition that events must meet, such as `number = '+1…'`."""


class EventListOptions(TypedDict, total=False, closed=True):
    """Keywords of the service's listings, a part of `ListOptions`."""

    limit: int
    """Objects a page."""
    offset: int
    """Index of the first object, from 0."""
    prefetch: int
    """Pages fetched ahead while one is consumed: 0 unless given, at most 32."""
    extra_filters: dict[str, str]
    """Filters by the API's own names, sent unchanged."""


LIST_TOPICS = Operation("event_topics.list", "GET", "/topics", query=EventListOptions, service="events")
LIST_CONFIGURATIONS = Operation(
    "delivery_configurations.list",
    "GET",
    "/delivery-configurations",
    query=EventListOptions,
    service="events",
)
CREATE_CONFIGURATION = Operation(
    "delivery_configurations.create",
    "POST",
    "/delivery-configurations",
    body=DeliveryConfigurationFields,
    service="events",
)
GET_CONFIGURATION = Operation(
    "delivery_configurations.get", "GET", "/delivery-configurations/{configuration_id}", service="events"
)
LIST_SUBSCRIPTIONS = Operation(
    "topic_subscriptions.list", "GET", "/topic-subscriptions", query=EventListOptions, service="events"
)
CREATE_SUBSCRIPTION = Operation(
    "topic_subscriptions.create",
    "POST",
    "/topics/{topic}/subscriptions",
    body=TopicSubscriptionFields,
    service="events",
)
LIST_DELIVERIES = Operation(
    "event_deliveries.list", "GET", "/event-deliveries", query=EventListOptions, service="events"
)
SUMMARY = Operation("event_deliveries.summary", "GET", "/event-deliveries/summary", service="events")
TRACKING = Operation(
    "event_deliveries.tracking",
    "GET",
    "/event-deliveries/{event_id}:{configuration_id}/tracking",
    service="events",
)
LIST_ATTEMPTS = Operation(
    "event_delivery_attempts.list",
    "GET",
    "/event-delivery-attempts",
    query=EventListOptions,
    service="events",
)
