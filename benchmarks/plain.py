"""The pydantic models that a program without an SDK would define."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field, JsonValue


class Message(BaseModel):
    """A message, as the server of these benchmarks sends it."""

    id: str
    version_number: int | None = None
    application_id: int | None = None
    company_id: int | None = None
    created_date: datetime | None = None
    last_updated_date: datetime | None = None
    conversation_id: str | None = None
    campaign_id: str | None = None
    subject: str | None = None
    body: str | None = None
    attachments: list[str] | None = None
    scheduled_delivery_time: datetime | None = None
    scheduled_delivery_time_zone: str | None = None
    options: JsonValue = None
    body_extensions: JsonValue = None
    expiry_time: datetime | None = None
    external_id: str | None = None
    contact_delivery_address_priority: list[str] | str | None = None
    failover: str | None = None
    verify_number: bool | None = None
    verify_sms: bool | None = None
    from_: str | None = Field(default=None, alias="from")
    price_threshold: float | None = None
    to: str | list[str] | None = None
    src_language: str | None = None
    dst_language: str | None = None
    translate: bool | None = None
    consent_requirement: str | None = None
    message_request_id: str | None = None
    external_message_request_id: str | None = None
    external_transaction_ids: list[str] | None = None
    application_tracking_id: str | None = None
    direction: str | None = None
    customer_sender_id: str | None = None
    from_address: str | None = None
    to_address: str | None = None
    state: str | None = None
    failure_code: str | int | None = None
    failure_details: str | None = None
    failed_origin_id: str | None = None
    sent_date: datetime | None = None
    delivered_date: datetime | None = None
    converted_date: datetime | None = None
    conversion_info_source: str | None = None
    reply_to: str | None = None
    type: str | None = None
    contact_id: str | None = None
    price: float | None = None
    language: str | None = None
    request_body: str | None = None
    pause_before_transmit: bool | None = None
    pause_expiry_time: datetime | None = None
    channel_id: str | None = None
    destination_country: str | None = None
    content_type: str | None = None
    sender_id_alias: str | None = None
    protocol_error: str | None = None
    fragment_count: int | None = None
    fragments_info: list[dict[str, JsonValue]] | None = None
    media_urls: list[str] | None = None
    number_type: str | None = None
    shortcode_address_type: str | None = None
    test_message_flag: bool | None = None


class Page(BaseModel):
    """A page of messages."""

    list: list[Message]
    total: int
    offset: int


class Created(BaseModel):
    """The response to a POST."""

    id: str
