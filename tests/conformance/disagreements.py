"""Where the client and the published definition differ, and why: section numbers are those of the wire facts."""

from __future__ import annotations

Reasons = dict[str, str]


def _all(reason: str, *names: str) -> Reasons:
    return dict.fromkeys(names, reason)


def _each(reasons: Reasons, resource: str, *methods: str) -> dict[str, Reasons]:
    return {f"{resource}.{method}": reasons for method in methods}


_SDKS = "2.27: known from first-party SDKs only"
_JOBS = "2.27: paths known from SDKs, fields from definitions that no path refers to"

_EVENTS = "5: the event subscription service has no definition, only pages of examples"

NOT_PUBLISHED: Reasons = {
    **_all(
        _EVENTS,
        "delivery_configurations.create",
        "delivery_configurations.get",
        "delivery_configurations.list",
        "event_deliveries.list",
        "event_deliveries.summary",
        "event_deliveries.tracking",
        "event_delivery_attempts.list",
        "event_topics.list",
        "topic_subscriptions.create",
        "topic_subscriptions.list",
    ),
    **_all(
        _JOBS,
        *(f"contact_{kind}.{verb}" for kind in ("imports", "exports") for verb in ("list", "create", "get")),
    ),
    **_all(
        _SDKS,
        "contacts.access_tokens.list",
        "message_requests.cancel",
        "message_requests.resume",
        "messages.set_state",
        "sender_id_classes.get",
        "sender_id_classes.list",
        "sender_id_types.get",
        "sender_id_types.list",
    ),
}
"""Operations that the definition lacks."""

_SENDER_IDS = _all(
    "Sender ids: fields that SDKs and samples send",
    "billing", "dr_required", "keep_sender_address", "operators", "two_way_required", "use_case",
)  # fmt: skip
_CONTACT_LISTS = _all(
    "Contacts: typed string, in fact arrays",
    "address_list", "account_list", "device_list", "interest_list", "demographic_list",
)  # fmt: skip
_SOCIAL = {
    "voice_preference": "Contacts: typed boolean, by its text and all SDKs an enumeration",
    "social_handles": "Contacts: typed string, in fact an array of strings",
}
_NO_BODY = "the definition gives this PUT no body; it takes what a create takes"
_THIN = "MFA: the texts speak of it, the definition gives no body"

BODIES: dict[str, Reasons] = {
    "application_instances.replace": _all(_NO_BODY, "allow_incoming_call", "script_id", "sender_id", "state"),
    "application_instances.sessions.replace": _all(_NO_BODY, "state", "to_address"),
    **_each(
        {"bridge_audio": "Bridges: sent by all SDKs and samples"}, "bridges", "create", "update", "add_calls"
    ),
    "calls.create": {"recording_enabled": "Calls: writable in SDKs"},
    **_each({"role": "Channels: known from SDKs only"}, "channels", "create", "update", "replace"),
    "contact_address_statuses.create": _all("Consent: sent by SDKs and samples", "address", "sender_id"),
    "contacts.create": {**_CONTACT_LISTS, **_SOCIAL},
    "contacts.update": {**_CONTACT_LISTS, **_SOCIAL},
    "contacts.replace": {
        **_CONTACT_LISTS,
        **_all(
            "Contacts: the PUT of the definition lacks them; a replace without them would drop them",
            "preferred_language",
            "social_handles",
            "social_profile_lookup_override",
            "social_profile_lookup_prefix",
            "voice_preference",
        ),
    },
    "message_requests.create": {
        "contact_delivery_address_priority": "Message requests: typed string, an array in answers and SDKs",
        **_all(
            "Message requests: left out of the create, sent by every SDK",
            "campaign_id",
            "conversation_id",
            "group_mms",
            "message_type",
            "pause_before_transmit",
            "pause_expiry_time",
            "price_threshold",
            "program_id",
            "sender_id_sort_criteria",
            "test_message_flag",
            "verify_sms",
        ),
    },
    "messages.create": _all(
        "Messages: typed string, really a list",
        "contact_delivery_address_priority",
        "sender_id_sort_criteria",
    ),
    "mfa_applications.users.associate": {"user_address": _THIN},
    "mfa_applications.users.validate": {"code": _THIN},
    "mfa_applications.users.login_start": {"validation_method": _THIN},
    **_each(_SENDER_IDS, "sender_ids", "create", "update", "activate", "deactivate", "request_verification"),
}
"""Fields that the client sends though the definition lacks them or types them otherwise."""

BODIES_LEFT_OUT: dict[str, Reasons] = {
    "contact_groups.create": {"version_number": "Contact groups: listed there, and ignored"},
    "message_requests.create": _all(
        "Message requests: counters, which only the gateway can know",
        "canceled_count", "converted_count", "delivered_count", "read_count", "recipient_ count", "sent_count",
    ),
}  # fmt: skip
"""Fields that the definition takes and the client does not send."""

_MESSAGE_FILTERS = _all(
    "2.28: filters of the Java and C++ SDKs",
    "application_id", "application_tracking_id", "body", "campaign_id", "conversation_id", "converted_date",
    "customer_sender_id", "expiry_time", "failure_code", "last_updated_date", "reply_to", "scheduled_delivery_time",
    "subject",
)  # fmt: skip
_SENDER_ID_FILTERS = _all(
    "2.28: filters of the Java and C++ SDKs",
    "dr_required",
    "keep_sender_address",
    "operators",
    "two_way_required",
)
_CONTACT_FILTERS = {"primary_social_handle": "Contacts: a filter of the Java and C++ SDKs"}

FILTERS: dict[str, Reasons] = {
    "bridges.list": _all("2.28: filters of the Java SDK", "bridge_audio", "call_ids"),
    "channels.list_sender_ids": _SENDER_ID_FILTERS,
    "contact_groups.list_contacts": _CONTACT_FILTERS,
    "contacts.list": _CONTACT_FILTERS,
    "message_requests.list": _all(
        "Message requests: filters of the Java and C++ SDKs",
        "application_id",
        "campaign_id",
        "conversation_id",
        "expiry_time",
        "external_id",
        "program_id",
        "scheduled_delivery_time",
        "subject",
    ),
    "message_requests.list_messages": _MESSAGE_FILTERS,
    "messages.list": {
        **_MESSAGE_FILTERS,
        "external_transaction_ids": "2.28: a filter of the Java and C++ SDKs",
    },
    "messages.list_attachments": _all(
        "2.28: filters of all attachments", "application_id", "last_updated_date"
    ),
    "sender_ids.list": {
        **_SENDER_ID_FILTERS,
        **_all(
            "Sender ids: taken by the DELETE of the same path, and used in tests of SDKs",
            "capabilities",
            "check_white_list",
            "class_id",
            "consent_managed_by",
            "last_updated_date",
            "ownership",
            "parent_id",
            "register_number",
            "type_id",
        ),
    },
    "sender_ids.delete_many": _SENDER_ID_FILTERS,
}
"""Filters that the client takes though the definition lacks them."""

_FILTERED_GET = "a GET of one object by its id has nothing to filter"

FILTERS_LEFT_OUT: dict[str, Reasons] = {
    "mfa_applications.get": _all(
        _FILTERED_GET,
        "auth_code_length", "auth_token_delivery_methods", "auth_token_prefix", "auth_token_type",
        "auth_token_validity_duration", "created_date", "id", "last_updated_date", "message_from", "name",
    ),
    "mfa_applications.users.get": _all(_FILTERED_GET, "created_date", "id", "last_updated_date", "status"),
}  # fmt: skip
"""Filters of the definition that the client does not take."""
