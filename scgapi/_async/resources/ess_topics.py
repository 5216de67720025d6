"""Topics of events, and who is subscribed to them."""

from __future__ import annotations

from typing import Unpack

from scgapi._async.ess import AsyncEssResource
from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncObject
from scgapi.models import subscriptions as spec
from scgapi.models.subscriptions import (
    EventListOptions,
    EventTopicData,
    TopicSubscriptionData,
    TopicSubscriptionFields,
)


class AsyncEventTopic(AsyncObject, EventTopicData):
    """A topic that can be subscribed to."""


class AsyncTopicSubscription(AsyncObject, TopicSubscriptionData):
    """Which events go to which delivery configuration."""


class AsyncEventTopicResource(AsyncEssResource):
    """Topics, through one client: `client.event_topics`."""

    def list(self, **options: Unpack[EventListOptions]) -> AsyncPager[AsyncEventTopic]:
        """The topics that can be subscribed to (GET `/ess/v1/topics`)."""
        return self._rows(AsyncEventTopic, spec.LIST_TOPICS, options)


class AsyncTopicSubscriptionResource(AsyncEssResource):
    """Subscriptions, through one client: `client.topic_subscriptions`."""

    def list(self, **options: Unpack[EventListOptions]) -> AsyncPager[AsyncTopicSubscription]:
        """All subscriptions of the company, to whichever topic (GET `/ess/v1/topic-subscriptions`)."""
        return self._rows(AsyncTopicSubscription, spec.LIST_SUBSCRIPTIONS, options)

    async def create(self, topic: str, **fields: Unpack[TopicSubscriptionFields]) -> str:
        """Subscribe to a topic, such as `SCG-Message` (POST `/ess/v1/topics/{topic}/subscriptions`).

        Returns:
            The id of the subscription.

        Raises:
            InvalidArgumentError: a field is unknown, missing or of a wrong type; nothing was sent.
            UnexpectedResponseError: it was created, and the answer has no id: look it up with `list()`.
        """
        return await self._made(spec.CREATE_SUBSCRIPTION, topic, fields=fields)
