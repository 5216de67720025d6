"""Differences between the client and the published definition, each with the correct kind and the reason.

A line that is not needed turns a test red, too: the tables say exactly how far the two are apart.
"""

from __future__ import annotations

from typing import NamedTuple

Reasons = dict[str, str]
"""Reasons by the names of fields."""


class Known(NamedTuple):
    """The kind that a field really has (see `contract.py`), and how that is known."""

    kind: str
    reason: str


Kinds = dict[str, Known]


def _all(reason: str, *names: str) -> Reasons:
    return dict.fromkeys(names, reason)


def _known(kind: str, reason: str, *names: str) -> Kinds:
    return {name: Known(kind, reason) for name in names}


def _each(kinds: Kinds, resource: str, *methods: str) -> dict[str, Kinds]:
    return {f"{resource}.{method}": kinds for method in methods}


_SDKS = "known from first-party SDKs only"
_JOBS = "paths known from SDKs, fields from definitions that no path refers to"
_EVENTS = "the event subscription service has no definition, only pages of examples"

NOT_PUBLISHED: Reasons = {
    "auth.refresh": "the token service has a definition of its own",
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

_ADDRESS = (
    "{priority=int designation=text use=text source=text status=text line1=text line2=text city=text state=text "
    "province=text zip=text country=text}"
)
_ACCOUNT = (
    "{priority=int designation=text source=text state=text status=text type=text username=text domain=text "
    "access_token=text}"
)
_DEVICE = (
    "{priority=int designation=text source=text state=text status=text msisdn=text carrier=text mac_address=text "
    "uuid=text imei=text manufacturer=text model=text os=text}"
)
_LISTS = {
    "address_list": f"[{_ADDRESS}]",
    "account_list": f"[{_ACCOUNT}]",
    "device_list": f"[{_DEVICE}]",
    "interest_list": "[{code=text name=text source=text score=text|number}]",
    "demographic_list": "[{name=text source=text score=text|number}]",
    "social_handles": "[text]",
}
_PROMPT = "{sentence=text voice=text gender=text locale=text}"
_FRAGMENT = (
    "{fragment_id=text fragment_state=text charge=number failure_code=text|int failure_details=text "
    "protocol_error=text external_id=text delivery_report_reference=text}"
)
_ARRAYS = "a string in the definition, an array in SDKs and samples"
_JSON = "JSON inside a string, as the text of the definition and the samples say"
_PREFERENCE = "a boolean in the definition, an enumeration in its text and in all SDKs"
_DROPPED = "missing from the PUT of the definition; a replace without it would drop it"
_EVERY_SDK = "left out of the create of the definition, sent by every SDK"
_SDKS_ONLY = "known from SDKs, which read it"
_SENT = "sent by SDKs and samples"

_SENDER_IDS: Kinds = {
    **_known("json", _JSON, "credentials"),
    **_known("any", _SENT, "billing"),
    **_known("text|bool", _SENT, "dr_required", "keep_sender_address", "two_way_required"),
    **_known("text|[text]", _SENT, "operators"),
    **_known("text", _SENT, "use_case"),
}
_CONTACTS: Kinds = {
    **{name: Known(kind, _ARRAYS) for name, kind in _LISTS.items()},
    **_known("json", _JSON, "extended_attributes"),
    **_known("text|bool", _PREFERENCE, "voice_preference"),
}
_PRIORITIES = _known(
    "text|[text]",
    "a string in the definition, a list in answers and SDKs",
    "contact_delivery_address_priority",
    "sender_id_sort_criteria",
)
_OPTIONS = {
    **_known("any", "open: the definition lists some of its keys", "options"),
    **_known("number", "an amount", "price_threshold"),
}
_NO_BODY = "the definition gives this PUT no body; it takes what a create takes"
_THIN = "the text speaks of it, the definition has no body"

BODIES: dict[str, Kinds] = {
    "application_instances.replace": _known(
        "text", _NO_BODY, "allow_incoming_call", "script_id", "sender_id", "state"
    ),
    "application_instances.sessions.replace": _known("text", _NO_BODY, "state", "to_address"),
    "auto_alias.message_requests.create": _known(
        "text|int", "text in the definition, a number everywhere else", "application_id"
    ),
    **_each(_known("bool", _SENT, "bridge_audio"), "bridges", "create", "update", "add_calls"),
    "calls.create": _known("bool", "writable in SDKs", "recording_enabled"),
    "calls.digits_collectors.create": {
        **_known("int|text", "a number in the definition, text in samples", "timeout"),
    },
    **_each(_known("text", _SDKS, "role"), "channels", "create", "update", "replace"),
    **_each(_known("json", _JSON, "credentials"), "connectors", "create", "update"),
    "contact_address_statuses.create": _known("text", _SENT, "address", "sender_id"),
    "contact_exports.create": _known("text", _JOBS, "contact_group_id"),
    "contact_imports.create": _known("text", _JOBS, "contact_group_id", "import_attachment_id"),
    **_each(_CONTACTS, "contacts", "create", "update"),
    "contacts.replace": {
        **_CONTACTS,
        **_known("text", _DROPPED, "preferred_language", "social_profile_lookup_prefix"),
        **_known("bool", _DROPPED, "social_profile_lookup_override"),
    },
    "delivery_configurations.create": {
        **_known("text", _EVENTS, "del-cfg-nm", "addr", "del-prtcl-cd", "del-fmt-cd"),
        **_known("bool", _EVENTS, "is-active"),
    },
    **_each(_known("text", _SDKS, "state"), "message_requests", "cancel", "resume"),
    "message_requests.create": {
        **_PRIORITIES,
        **_OPTIONS,
        **_known("text|int", "text in the definition, a number in SDKs", "application_id"),
        **_known("text", _EVERY_SDK, "campaign_id", "conversation_id", "message_type", "program_id"),
        **_known("bool", _EVERY_SDK, "group_mms", "pause_before_transmit", "test_message_flag", "verify_sms"),
        **_known("time", _EVERY_SDK, "pause_expiry_time"),
    },
    "messages.create": {**_PRIORITIES, **_OPTIONS},
    "messages.set_state": {
        **_known("text", _SDKS, "state", "conversion_info_source"),
        **_known("time", _SDKS, "converted_date"),
    },
    "mfa_applications.users.associate": _known("text", _THIN, "user_address"),
    "mfa_applications.users.login_start": _known("text", _THIN, "validation_method"),
    "mfa_applications.users.validate": _known("text", _THIN, "code"),
    **_each(_SENDER_IDS, "sender_ids", "create", "update", "activate", "deactivate", "request_verification"),
    "topic_subscriptions.create": {
        **_known("text", _EVENTS, "del-cfg-id", "evt-tp", "match-crt"),
        **_known("time", _EVENTS, "start-date", "end-date"),
    },
}
"""Fields that the client sends though the definition lacks them or types them otherwise."""

_COMPANY = _known("int", "live answers and SDKs have it", "company_id")
_UPDATED = _known("time", "the spelling of SDKs", "last_update_date")
_NEWER = _known("time", "the spelling of live answers", "last_updated_date")

COMMON: Kinds = {**_COMPANY, **_UPDATED, **_NEWER}
"""Fields that every resource may answer with, whether its definition has them or not."""

_TOKEN = {
    **_known("int", _SDKS_ONLY, "version_number", "application_id"),
    **_known("time", _SDKS_ONLY, "created_date", "last_updated_date"),
}
_JOB = {
    **_TOKEN,
    **_known("text", _JOBS, "id", "contact_group_id", "state", "failure_details"),
    **_known("text", "the other spelling of state, as in contact groups", "status"),
    **_known("time", _JOBS, "started_date", "last_started_date", "completed_date"),
    **_known("int", _JOBS, "resumed_count"),
}
_LIMIT = _known(
    "text|int",
    "SDKs have text",
    "country_peak_throughput",
    "country_peak_total_throughput",
    "country_daily_throughput",
)

ANSWERS: dict[str, Kinds] = {
    "AccessTokenData": {**_TOKEN, **_known("text", "what it is created from", "resource", "resource_id")},
    "ApplicationInstanceData": {},
    "ApplicationScriptData": _known("text", "what it is created from", "name"),
    "BridgeData": {
        **_known("[text]", _SDKS_ONLY, "call_ids"),
        **_known("bool", _SDKS_ONLY, "bridge_audio"),
        **_known("int", _SDKS_ONLY, "application_id"),
        **_known("time", "the spelling of SDKs", "completed_time", "activated_time"),
    },
    "CallData": {
        **_known("time|only:time", "a list in the definition, milliseconds in SDKs", "end_time"),
        **_known("text|int", "a number in the definition, a string in SDKs", "failure_details"),
        **_known("text|int", "a string in the definition, numbers in practice", "failure_code"),
        **_known("int", _SDKS_ONLY, "application_id"),
    },
    "ChannelData": _known("text", _SDKS_ONLY, "role"),
    "ConferenceMemberData": {
        **_known("text", "a filter in the definition, a field in events", "state"),
        **_known("text", "the spelling of events", "callId"),
    },
    "ConnectorData": _known("json", "what it is created from", "credentials"),
    "ContactAccessTokenData": {**_TOKEN, **_known("text|int", "a number in SDKs", "duration")},
    "ContactData": {
        **{name: Known(f"{kind}|text:{kind}", _ARRAYS) for name, kind in _LISTS.items()},
        **_known("any", "an object of texts in SDKs", "fast_access"),
        **_known("json", _JSON, "extended_attributes"),
        **_known("text|bool", _PREFERENCE, "voice_preference"),
    },
    "ContactExportData": {
        **_JOB,
        **_known("int", _JOBS, "exported_count"),
        **_known("text", _JOBS, "export_attachment_id", "attachment_id"),
    },
    "ContactGroupData": _known("text", "the name of SDKs", "status"),
    "ContactImportData": {
        **_JOB,
        **_known("int", _JOBS, "imported_count", "failed_count"),
        **_known("text", _JOBS, "import_attachment_id", "failures_attachment_id"),
    },
    "DeletedSenderIds": _known("text", "a body that the definition has for a 204", "err_msg")
    | _known("int", "numbers, typed as text", "del_qty", "err_qty"),
    "DeliveryConfigurationData": {
        **_known("text", _EVENTS, "id", "del-cfg-id", "del-cfg-nm", "addr", "del-prtcl-cd", "del-fmt-cd"),
        **_known("bool", _EVENTS, "is-active"),
    },
    "DigitsCollectorData": {
        **_known("text", "untyped in the definition", "state"),
        **_known("text", "what it is created from", "terminating_digits"),
        **_known("text|int", "what it is created from", "max_digits"),
        **_known("int", "what it is created from", "timeout"),
        **_known(_PROMPT, "what it is created from", "prompt"),
    },
    "EventDeliveryAttemptData": _known("text", _EVENTS, "id"),
    "EventDeliveryData": _known("text", _EVENTS, "id", "state"),
    "EventTopicData": _known("text", _EVENTS, "topic-nm", "topic-name", "name", "topic"),
    "KeywordData": _known(
        "[text]|words", "text with commas in the definition, lists in SDKs", "actions", "attachments"
    ),
    "MessageData": {
        **_known(
            "any", "a string in the definition, an object when it is sent", "options", "body_extensions"
        ),
        **_known(f"[{_FRAGMENT}]", "strings in the definition, objects in live answers", "fragments_info"),
        **_known("text|int", "a string in the definition, numbers in practice", "failure_code"),
        **_known(
            "text|[text]",
            "a string in the definition, lists in live answers",
            "contact_delivery_address_priority",
            "sender_id_sort_criteria",
        ),
        **_known("text|[text]", "a string in the definition, a list in requests", "to"),
        **_known("[text]", _SDKS_ONLY, "external_transaction_ids"),
        **_known(
            "text",
            _SDKS_ONLY,
            "application_tracking_id",
            "conversion_info_source",
            "failed_origin_id",
            "failed_translation",
            "message_delivery_provider",
            "provider",
        ),
        **_known("text", "what it is created from", "scheduled_delivery_time_zone"),
    },
    "MessageRequestData": {
        **_known(
            "any", "a string in the definition, an object when it is sent", "options", "body_extensions"
        ),
        **_known("text|int", "a string in the definition, numbers in practice", "failure_code"),
        **_known("int", "a string in the definition, a number in live answers", "application_id"),
        **_known("number", "a whole number in the definition, an amount", "price_threshold"),
        **_known("time", "live answers have it", "request_start_time"),
        **_known(
            "text|[text]",
            "lists in live answers, a string when it is sent",
            "contact_delivery_address_priority",
            "sender_id_sort_criteria",
        ),
        **_known("text", "what it is created from", "criteria", "program_id"),
        **_known("bool", "what it is created from", "verify_number"),
        **_known("int", "spelled with a blank where it is sent", "recipient_ count"),
    },
    "MfaApplicationData": _UPDATED,
    "MfaUserData": _UPDATED,
    "SenderIdClassData": {
        **_TOKEN,
        **_known("text", _SDKS, "id", "name", "description", "designation"),
        **_known("[text]|text", "a list in the definition, text with commas in SDKs", "applicable_countries"),
        **_known("json", _JSON, "delivery_window"),
        **_LIMIT,
    },
    "SenderIdData": {
        **_known("json", _JSON, "credentials"),
        **_known("any", "a string in the definition, an object in samples", "billing"),
        **_known("[any]", "untyped charges", "applied_charges"),
        **_known("text|bool", _SDKS_ONLY, "dr_required", "keep_sender_address", "two_way_required"),
        **_known("text|[text]", "text with commas in SDKs", "operators"),
        **_known("text", _SDKS_ONLY, "use_case"),
        **_known(
            "text", "what it is created from", "register_method", "register_number", "verification_code"
        ),
        **_known("bool", "the spelling of SDKs", "check_whitelist"),
    },
    "SenderIdTypeData": {
        **_TOKEN,
        **_known("text", _SDKS, "id", "name", "description", "gateway_id"),
        **_known("[text]", _SDKS, "capabilities"),
        **_known("[text]|text", "lists, or text with commas", "allowed_mime_types", "blocked_mime_types"),
        **_known("[any]", _SDKS, "credential_parameter_list"),
    },
    "TopicSubscriptionData": {
        **_known("text", _EVENTS, "id", "del-cfg-id", "del-cfg-nm", "topic-nm", "evt-tp", "match-crt"),
        **_known("time", _EVENTS, "start-date", "end-date"),
    },
}
"""Fields that models read though the definition lacks them or types them otherwise."""

BODIES_LEFT_OUT: dict[str, Reasons] = {
    "contact_groups.create": {"version_number": "Contact groups: listed there, and ignored"},
    "message_requests.create": _all(
        "Message requests: counters, which only the gateway can know",
        "canceled_count", "converted_count", "delivered_count", "read_count", "recipient_ count", "sent_count",
    ),
}  # fmt: skip
"""Fields that the definition takes and the client does not send."""

_JAVA = "a filter of the Java and C++ SDKs"
_SELECTION = _known("text", _JAVA, "dr_required", "keep_sender_address", "operators", "two_way_required")
_MESSAGES: Kinds = {
    **_known(
        "text",
        _JAVA,
        "application_tracking_id",
        "body",
        "campaign_id",
        "conversation_id",
        "customer_sender_id",
        "failure_code",
        "reply_to",
        "subject",
    ),
    **_known("int", _JAVA, "application_id"),
    **_known("time", _JAVA, "converted_date", "expiry_time", "last_updated_date", "scheduled_delivery_time"),
}
_CONTACT = _known("text", _JAVA, "primary_social_handle")
_DELETED_BY = "a filter of the DELETE of the same path, used in tests of SDKs"

FILTERS: dict[str, Kinds] = {
    "bridges.list": {**_known("text", _JAVA, "call_ids"), **_known("bool", _JAVA, "bridge_audio")},
    "channels.list_sender_ids": _SELECTION,
    "contact_exports.list": _known("text", _JOBS, "id"),
    "contact_groups.list_contacts": _CONTACT,
    "contact_imports.list": _known("text", _JOBS, "id"),
    "contacts.list": _CONTACT,
    "message_requests.list": {
        **_known("text", _JAVA, "campaign_id", "conversation_id", "external_id", "program_id", "subject"),
        **_known("int", _JAVA, "application_id"),
        **_known("time", _JAVA, "expiry_time", "scheduled_delivery_time"),
    },
    "message_requests.list_messages": _MESSAGES,
    "messages.list": {**_MESSAGES, **_known("text", _JAVA, "external_transaction_ids")},
    "messages.list_attachments": {
        **_known("int", "a filter of all attachments", "application_id"),
        **_known("time", "a filter of all attachments", "last_updated_date"),
    },
    "sender_id_classes.list": _known(
        "text",
        _SDKS,
        "id",
        "name",
        "designation",
        "applicable_countries",
        "country_peak_throughput",
        "country_daily_throughput",
    ),
    "sender_id_types.list": _known(
        "text", _SDKS, "id", "name", "capabilities", "allowed_mime_types", "blocked_mime_types"
    ),
    "sender_ids.delete_many": _SELECTION,
    "sender_ids.list": {
        **_SELECTION,
        **_known(
            "text",
            _DELETED_BY,
            "capabilities",
            "class_id",
            "consent_managed_by",
            "ownership",
            "parent_id",
            "register_number",
            "type_id",
        ),
        **_known("bool", _DELETED_BY, "check_white_list"),
        **_known("time", _DELETED_BY, "last_updated_date"),
    },
}
"""Filters that the client takes though the definition lacks them or types them otherwise."""

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

SANDBOX_ANSWERS: Reasons = {
    "attachments.create_access_token": "Attachments: published as 204, in fact 200 with the token's id",
    "sender_ids.delete_many": "Sender ids: published as 204 with a body, which HTTP does not have",
    "sender_ids.purchase": "Sender ids: published as 204, SDKs expect 200 with the id of the copy",
}
"""Operations that the sandbox answers otherwise than the definition says."""

SAME_ANSWER = {"contacts.access_tokens.list": "contacts.access_tokens.get"}
"""Operations that the definition lacks and that answer with the objects of one that it has."""

RESULTS: dict[str, object] = {
    "attachments.download": b'{"id":"ID-7"}',
    "auth.refresh": None,
    "attachments.create_access_token": "ID-7",
    "channels.add_sender_id": "ID-7",
    "contact_groups.add_contact": "ID-7",
    "event_deliveries.summary": {"id": "ID-7"},
    "event_deliveries.tracking": {"id": "ID-7"},
    "sender_ids.purchase": "ID-7",
}
"""What methods return of the answer `{"id": "ID-7"}`, where that is no object and not the id of something new."""

OWN_METHODS: Reasons = {
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
        "reads until it has ended",
        "attachments.wait",
        "contact_exports.wait",
        "contact_imports.wait",
        "message_requests.wait",
        "sender_id_imports.wait",
    ),
    **_all(
        "an update with one meaning",
        "bridges.add_calls",
        "calls.accept",
        "calls.hang_up",
        "conferences.members.hold",
        "conferences.members.mute",
        "conferences.members.unhold",
        "conferences.members.unmute",
        "sender_ids.request_verification",
    ),
    **_all(
        "several operations in one",
        "contact_address_statuses.set_consent",
        "contact_imports.create_from_csv",
        "contact_imports.failures",
        "sender_id_imports.create_from_csv",
        "sender_id_imports.failures",
    ),
}
"""Methods that the list of all operations lacks."""

OBJECTS_ONLY = {"refresh", "set_hold", "set_mute"}
"""Methods that objects have and resources do not: they read the object again, or set a switch of it."""

OWN_PATHS: dict[str, str] = {
    "bridges.add_calls": "POST /calling/bridges/{}",
    "calls.accept": "POST /calling/calls/{}",
    "calls.hang_up": "POST /calling/calls/{}",
    "delivery_configurations.create": "POST /delivery-configurations",
    "delivery_configurations.get": "GET /delivery-configurations/{}",
    "delivery_configurations.list": "GET /delivery-configurations",
    "event_deliveries.list": "GET /event-deliveries",
    "event_deliveries.summary": "GET /event-deliveries/summary",
    "event_deliveries.tracking": "GET /event-deliveries/{}:{}/tracking",
    "event_delivery_attempts.list": "GET /event-delivery-attempts",
    "event_topics.list": "GET /topics",
    "sender_ids.request_verification": "POST /messaging/sender_ids/{}",
    "topic_subscriptions.create": "POST /topics/{}/subscriptions",
    "topic_subscriptions.list": "GET /topic-subscriptions",
}
"""Where operations go that the list of all operations lacks."""

_JSON_BODY = (
    "application_instances.replace",
    "application_instances.sessions.replace",
    "contact_exports.create",
    "contact_imports.create",
    "delivery_configurations.create",
    "message_requests.cancel",
    "message_requests.resume",
    "messages.set_state",
    "mfa_applications.users.login_start",
    "mfa_applications.users.validate",
    "topic_subscriptions.create",
)

MEDIA: dict[str, str] = {
    **dict.fromkeys(_JSON_BODY, "application/json"),
    "attachments.upload": "application/octet-stream",
}
"""Content types of bodies where the definition has none, or JSON for what all SDKs send as bytes."""

OTHER_VALUES: Reasons = {
    **_all("seen in live answers", "CLICKTHROUGH", "CLICKTHRU", "MEDIA_REQUESTED"),
    **_all("a page of the help centre", "TERMINATING_DIGIT"),
    **_all("push providers of SDKs and samples", "FCM", "GCM"),
    **_all("samples and tests of SDKs", "COMMERCIAL", "SHORTCODE", "TOLLFREE"),
    **_all(_EVENTS, "REST", "RETRY", "SUCCESS"),
}
"""Known values that the definition does not mention."""
