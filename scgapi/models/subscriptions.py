"""The event subscription service, which switches events on: what may be sent, and what comes back.

Only parts of this service are published (wire facts 5, and its pages of examples and resources); what else an answer
holds is in `model_extra`. Its names have hyphens and cut words: here they are written out.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, Required

from pydantic import AliasChoices, BeforeValidator, Field
from typing_extensions import TypedDict

from scgapi._core.operation import Operation
from scgapi.models._base import Model
from scgapi.models._fields import Moment, Timestamp

DeliveryProtocol = Literal["REST"] | str
DeliveryFormat = Literal["JSON", "XML"] | str
DeliveryState = Literal["SUCCESS", "PENDING", "RETRY", "FAILED"] | str


def _text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Id = Annotated[str | None, BeforeValidator(_text)]
"""An id, which samples have as a text of digits."""


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
    """Where and how events are delivered (GET `/delivery-configurations`)."""

    id: Final[Annotated[Id, Field(default=None, validation_alias=AliasChoices("id", "del-cfg-id"))]]
    name: Annotated[str | None, Field(validation_alias="del-cfg-nm", serialization_alias="del-cfg-nm")] = None
    address: Annotated[str | None, Field(validation_alias="addr", serialization_alias="addr", repr=False)] = (
        None
    )
    """The URL that events are posted to; it may hold a secret."""
    protocol: Annotated[
        DeliveryProtocol | None, Field(validation_alias="del-prtcl-cd", serialization_alias="del-prtcl-cd")
    ] = None
    format: Annotated[
        DeliveryFormat | None, Field(validation_alias="del-fmt-cd", serialization_alias="del-fmt-cd")
    ] = None
    is_active: Annotated[
        bool | None, Field(validation_alias="is-active", serialization_alias="is-active")
    ] = None


class TopicSubscriptionData(Model):
    """Which events go to which delivery configuration (GET `/topic-subscriptions`)."""

    id: Final[Annotated[Id, Field(default=None)]]
    delivery_configuration_id: Final[Annotated[Id, Field(default=None, validation_alias="del-cfg-id")]]
    delivery_configuration_name: Final[
        Annotated[str | None, Field(default=None, validation_alias="del-cfg-nm")]
    ]
    topic: Final[Annotated[str | None, Field(default=None, validation_alias="topic-nm")]]
    event_type: Final[Annotated[str | None, Field(default=None, validation_alias="evt-tp")]]
    """The type of event; None for all of the topic's."""
    criteria: Final[Annotated[str | None, Field(default=None, validation_alias="match-crt", repr=False)]]
    """Which of them, such as `number = '+1…'`."""
    start_date: Final[Annotated[Timestamp | None, Field(default=None, validation_alias="start-date")]]
    end_date: Final[Annotated[Timestamp | None, Field(default=None, validation_alias="end-date")]]


class EventDeliveryData(Model):
    """What became of an event on its way to a delivery configuration (GET `/event-deliveries`).

    The published pages name this collection and the states; its fields are in `model_extra`.
    """

    id: Final[Annotated[Id, Field(default=None)]]
    state: Final[Annotated[DeliveryState | None, Field(default=None)]]


class EventDeliveryAttemptData(Model):
    """One attempt to deliver an event (GET `/event-delivery-attempts`).

    The published pages name this collection; its fields are in `model_extra`.
    """

    id: Final[Annotated[Id, Field(default=None)]]


class DeliveryConfigurationFields(TypedDict, total=False):
    """What a delivery configuration is created from; how the service shows itself to you is set in the portal."""

    name: Required[Annotated[str, Field(alias="del-cfg-nm")]]
    address: Required[Annotated[str, Field(alias="addr")]]
    protocol: Required[Annotated[DeliveryProtocol, Field(alias="del-prtcl-cd")]]
    format: Required[Annotated[DeliveryFormat, Field(alias="del-fmt-cd")]]
    is_active: Required[Annotated[bool, Field(alias="is-active")]]


class TopicSubscriptionFields(TypedDict, total=False):
    """What a subscription is created from.

    The published example sends a configuration and dates; `event_type` and `criteria` are called as in answers.
    """

    delivery_configuration_id: Required[Annotated[str, Field(alias="del-cfg-id")]]
    start_date: Required[Annotated[Moment, Field(alias="start-date")]]
    end_date: Required[Annotated[Moment | None, Field(alias="end-date")]]
    event_type: Annotated[str, Field(alias="evt-tp")]
    criteria: Annotated[str, Field(alias="match-crt")]


class EventListOptions(TypedDict, total=False):
    """What the service's listings take: page size, first record, `extra_filters` by their wire names, `prefetch`.

    See `ListOptions` for what they mean.
    """

    limit: int
    offset: int
    prefetch: int
    extra_filters: dict[str, str]


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
