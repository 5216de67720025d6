# Generated from scgapi/_async/resources/event_topics.py by tools/generate.py: edit that file.
"""Topics of events, and subscriptions to them."""

from __future__ import annotations

from typing import Unpack

from scgapi._sync.event_service import EventServiceResource
from scgapi._sync.objects import Object
from scgapi._sync.pager import Pager
from scgapi.models import event_service as spec
from scgapi.models.event_service import (
    EventListOptions,
    EventTopicData,
    TopicSubscriptionData,
    TopicSubscriptionFields,
)


class EventTopic(Object, EventTopicData):
    """A topic that can be subscribed to."""


class TopicSubscription(Object, TopicSubscriptionData):
    """The subscription of a delivery configuration to a topic."""


class EventTopicResource(EventServiceResource):
    """Topics, through one client: `client.event_topics`."""

    def list(self, **options: Unpack[EventListOptions]) -> Pager[EventTopic]:
        """List the topics that can be subscribed to (GET `/ess/v1/topics`)."""
        return self._rows(EventTopic, spec.LIST_TOPICS, options)


class TopicSubscriptionResource(EventServiceResource):
    """Subscriptions, through one client: `client.topic_subscriptions`."""

    def list(self, **options: Unpack[EventListOptions]) -> Pager[TopicSubscription]:
        """List all subscriptions of the company, to any topic (GET `/ess/v1/topic-subscriptions`)."""
        return self._rows(TopicSubscription, spec.LIST_SUBSCRIPTIONS, options)

    def create(self, topic: str, **fields: Unpack[TopicSubscriptionFields]) -> str:
        """Subscribe to a topic, such as `SCG-Message` (POST `/ess/v1/topics/{topic}/subscriptions`).

        Returns:
            The id of the subscription.

        Raises:
            InvalidArgumentError: a field is unknown, missing or of a wrong type; nothing was sent.
            UnexpectedResponseError: it was created, and the response has no id: look it up with `list()`.
        """
        return self._made(spec.CREATE_SUBSCRIPTION, topic, fields=fields)
