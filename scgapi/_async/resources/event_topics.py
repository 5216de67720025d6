"""Topics of events, and subscriptions to them."""

from __future__ import annotations

from typing import Unpack

from scgapi._async.event_service import AsyncEventServiceResource
from scgapi._async.objects import AsyncObject
from scgapi._async.pager import AsyncPager
from scgapi.models import event_service as spec
from scgapi.models.event_service import (
    EventListOptions,
    EventTopicData,
    TopicSubscriptionData,
    TopicSubscriptionFields,
)


class AsyncEventTopic(AsyncObject, EventTopicData):
    """A topic that can be subscribed to."""


class AsyncTopicSubscription(AsyncObject, TopicSubscriptionData):
    """The subscription of a delivery configuration to a topic."""


class AsyncEventTopicResource(AsyncEventServiceResource):
    """Topics, through one client: `client.event_topics`."""

    def list(self, **options: Unpack[EventListOptions]) -> AsyncPager[AsyncEventTopic]:
        """List the topics that can be subscribed to (GET `/ess/v1/topics`)."""
        return self._rows(AsyncEventTopic, spec.LIST_TOPICS, options)


class AsyncTopicSubscriptionResource(AsyncEventServiceResource):
    """Subscriptions, through one client: `client.topic_subscriptions`."""

    def list(self, **options: Unpack[EventListOptions]) -> AsyncPager[AsyncTopicSubscription]:
        """List all subscriptions of the company, to any topic (GET `/ess/v1/topic-subscriptions`)."""
        return self._rows(AsyncTopicSubscription, spec.LIST_SUBSCRIPTIONS, options)

    async def create(self, topic: str, **fields: Unpack[TopicSubscriptionFields]) -> str:
        """Subscribe to a topic, such as `SCG-Message` (POST `/ess/v1/topics/{topic}/subscriptions`).

        Returns:
            The id of the subscription.

        Raises:
            InvalidArgumentError: a field is unknown, missing or of a wrong type; nothing was sent.
            UnexpectedResponseError: it was created, and the response has no id: look it up with `list()`.
        """
        return await self._made(spec.CREATE_SUBSCRIPTION, topic, fields=fields)
