"""Where events are delivered to, and what became of them on their way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Unpack

from pydantic import JsonValue

from scgapi._async.ess import AsyncEssResource
from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncObject
from scgapi.models import subscriptions as spec
from scgapi.models.subscriptions import (
    DeliveryConfigurationData,
    DeliveryConfigurationFields,
    EventDeliveryAttemptData,
    EventDeliveryData,
    EventListOptions,
)


class AsyncDeliveryConfiguration(AsyncObject, DeliveryConfigurationData):
    """Where and how events are delivered."""


class AsyncEventDelivery(AsyncObject, EventDeliveryData):
    """What became of an event on its way."""


class AsyncEventDeliveryAttempt(AsyncObject, EventDeliveryAttemptData):
    """One attempt to deliver an event."""


class AsyncDeliveryConfigurationResource(AsyncEssResource):
    """Delivery configurations, through one client: `client.delivery_configurations`."""

    def list(self, **options: Unpack[EventListOptions]) -> AsyncPager[AsyncDeliveryConfiguration]:
        """All delivery configurations (GET `/ess/v1/delivery-configurations`)."""
        return self._rows(AsyncDeliveryConfiguration, spec.LIST_CONFIGURATIONS, options)

    async def create(self, **fields: Unpack[DeliveryConfigurationFields]) -> str:
        """Have events posted to a URL (POST `/ess/v1/delivery-configurations`).

        The service must have the URL's domain on its list of those allowed, and how it shows itself to you (user and
        password, or OAuth) is set in its portal: the names of those fields are not published.

        Returns:
            The id of the delivery configuration.

        Raises:
            InvalidArgumentError: a field is unknown, missing or of a wrong type; nothing was sent.
            UnexpectedResponseError: it was created, and the answer has no id: look it up with `list()`.
        """
        return await self._made(spec.CREATE_CONFIGURATION, fields=fields)

    async def get(self, configuration_id: str) -> AsyncDeliveryConfiguration:
        """The delivery configuration with this id (GET `/ess/v1/delivery-configurations/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        return await self._get(AsyncDeliveryConfiguration, spec.GET_CONFIGURATION, configuration_id)


class AsyncEventDeliveryResource(AsyncEssResource):
    """Deliveries of events, through one client: `client.event_deliveries`."""

    def list(self, **options: Unpack[EventListOptions]) -> AsyncPager[AsyncEventDelivery]:
        """Deliveries of events (GET `/ess/v1/event-deliveries`); their fields are in `model_extra`."""
        return self._rows(AsyncEventDelivery, spec.LIST_DELIVERIES, options)

    async def summary(self, parameters: Mapping[str, str] | None = None) -> JsonValue:
        """What became of the events of a period (GET `/ess/v1/event-deliveries/summary`), as it is answered.

        The service wants a topic, a delivery configuration and a period; the names of these parameters are not
        published, so they are sent as they are given.
        """
        return await self._value(spec.SUMMARY, parameters=parameters)

    async def tracking(self, event_id: str, configuration_id: str) -> JsonValue:
        """All attempts to deliver one event (GET `/ess/v1/event-deliveries/{event}:{configuration}/tracking`)."""
        return await self._value(spec.TRACKING, event_id, configuration_id)


class AsyncEventDeliveryAttemptResource(AsyncEssResource):
    """Attempts to deliver events, through one client: `client.event_delivery_attempts`."""

    def list(self, **options: Unpack[EventListOptions]) -> AsyncPager[AsyncEventDeliveryAttempt]:
        """Attempts to deliver events (GET `/ess/v1/event-delivery-attempts`); fields are in `model_extra`."""
        return self._rows(AsyncEventDeliveryAttempt, spec.LIST_ATTEMPTS, options)
