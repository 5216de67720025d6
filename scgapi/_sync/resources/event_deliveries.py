# Generated from scgapi/_async/resources/event_deliveries.py by tools/generate.py: edit that file.
"""Delivery configurations, and deliveries of events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Unpack

from pydantic import JsonValue

from scgapi._sync.event_service import EventServiceResource
from scgapi._sync.objects import Object
from scgapi._sync.pager import Pager
from scgapi.models import event_service as spec
from scgapi.models.event_service import (
    DeliveryConfigurationData,
    DeliveryConfigurationFields,
    EventDeliveryAttemptData,
    EventDeliveryData,
    EventListOptions,
)


class DeliveryConfiguration(Object, DeliveryConfigurationData):
    """The URL that events are posted to, and the settings of these requests."""


class EventDelivery(Object, EventDeliveryData):
    """The delivery of an event."""


class EventDeliveryAttempt(Object, EventDeliveryAttemptData):
    """One attempt to deliver an event."""


class DeliveryConfigurationResource(EventServiceResource):
    """Delivery configurations, through one client: `client.delivery_configurations`."""

    def list(self, **options: Unpack[EventListOptions]) -> Pager[DeliveryConfiguration]:
        """List all delivery configurations (GET `/ess/v1/delivery-configurations`)."""
        return self._rows(DeliveryConfiguration, spec.LIST_CONFIGURATIONS, options)

    def create(self, **fields: Unpack[DeliveryConfigurationFields]) -> str:
        """Have events posted to a URL (POST `/ess/v1/delivery-configurations`).

        The URL's domain must be on the service's list of allowed domains. The credentials that the service sends to you
        (user and password, or OAuth) are set in its portal, because the names of their fields are not published.

        Returns:
            The id of the delivery configuration.

        Raises:
            InvalidArgumentError: a field is unknown, missing or of a wrong type; nothing was sent.
            UnexpectedResponseError: it was created, and the response has no id: look it up with `list()`.
        """
        return self._made(spec.CREATE_CONFIGURATION, fields=fields)

    def get(self, configuration_id: str) -> DeliveryConfiguration:
        """Get the delivery configuration with this id (GET `/ess/v1/delivery-configurations/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return self._get(DeliveryConfiguration, spec.GET_CONFIGURATION, configuration_id)


class EventDeliveryResource(EventServiceResource):
    """Deliveries of events, through one client: `client.event_deliveries`."""

    def list(self, **options: Unpack[EventListOptions]) -> Pager[EventDelivery]:
        """List deliveries of events (GET `/ess/v1/event-deliveries`); their fields are in `model_extra`."""
        return self._rows(EventDelivery, spec.LIST_DELIVERIES, options)

    def summary(self, parameters: Mapping[str, str] | None = None) -> JsonValue:
        """Get a summary of the deliveries of a period (GET `/ess/v1/event-deliveries/summary`), unchanged.

        The service requires a topic, a delivery configuration and a period. The names of these parameters are not
        published, so yours are sent unchanged.
        """
        return self._value(spec.SUMMARY, parameters=parameters)

    def tracking(self, event_id: str, configuration_id: str) -> JsonValue:
        """Get all attempts to deliver one event (GET `/ess/v1/event-deliveries/{event}:{configuration}/tracking`)."""
        return self._value(spec.TRACKING, event_id, configuration_id)


class EventDeliveryAttemptResource(EventServiceResource):
    """Attempts to deliver events, through one client: `client.event_delivery_attempts`."""

    def list(self, **options: Unpack[EventListOptions]) -> Pager[EventDeliveryAttempt]:
        """List attempts to deliver events (GET `/ess/v1/event-delivery-attempts`); fields are in `model_extra`."""
        return self._rows(EventDeliveryAttempt, spec.LIST_ATTEMPTS, options)
