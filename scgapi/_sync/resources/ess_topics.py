# Generated from scgapi/_async/resources/ess_topics.py by tools/generate.py: edit that file.
"""Topics of events, and who is subscribed to them."""

from __future__ import annotations

from typing import Unpack

from scgapi._sync.ess import EssResource
from scgapi._sync.pager import Pager
from scgapi._sync.resource import Object
from scgapi.models import subscriptions as spec
from scgapi.models.subscriptions import (
    EventListOptions,
    EventTopicData,
    TopicSubscriptionData,
    TopicSubscriptionFields,
)


class EventTopic(Object, EventTopicData):
    """A topic that can be subscribed to."""


class TopicSubscription(Object, TopicSubscriptionData):
    """Which events go to which delivery configuration."""


class EventTopicResource(EssResource):
    """Topics, through one client: `client.event_topics`."""

    def list(self, **options: Unpack[EventListOptions]) -> Pager[EventTopic]:
        """The topics that can be subscribed to (GET `/ess/v1/topics`)."""
        return self._rows(EventTopic, spec.LIST_TOPICS, options)


class TopicSubscriptionResource(EssResource):
    """Subscriptions, through one client: `client.topic_subscriptions`."""

    def list(self, **options: Unpack[EventListOptions]) -> Pager[TopicSubscription]:
        """All subscriptions of the company, to whichever topic (GET `/ess/v1/topic-subscriptions`)."""
        return self._rows(TopicSubscription, spec.LIST_SUBSCRIPTIONS, options)

    def create(self, topic: str, **fields: Unpack[TopicSubscriptionFields]) -> str:
        """Subscribe to a topic, such as `SCG-Message` (POST `/ess/v1/topics/{topic}/subscriptions`).

        Returns:
            The id of the subscription.

        Raises:
            InvalidArgumentError: a field is unknown, missing or of a wrong type; nothing was sent.
            UnexpectedResponseError: it was created, and the answer has no id: look it up with `list()`.
        """
        return self._made(spec.CREATE_SUBSCRIPTION, topic, fields=fields)
