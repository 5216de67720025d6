"""The values that are known of each field, spelled as the gateway spells them; unknown ones are accepted, too."""

from __future__ import annotations

VALUES: dict[str, str] = {
    "AccessTokenData.resource": "ATTACHMENT|CONTACT",
    "Account.state Account.status Address.status Device.state Device.status": "VALID_NEW|VALID_CONF|INVALID|EXPIRED",
    "Account.type": "email|social|web|loyalty",
    "Address.use": "billing|shipping",
    "ApplicationInstanceData.allow_incoming_call SenderIdData.register_number": "true|false",
    "ApplicationInstanceData.state": "ENABLED|DISABLED",
    "ApplicationSessionData.direction CallData.direction": "IN|OUT",
    "ApplicationSessionData.state": "NOTSTARTED|ACTIVE|PAUSED|COMPLETED",
    "ApplicationSessionData.type": "SMS|FB|VOICE",
    "AttachmentData.state": "CREATED|UPLOADED",
    "Audio.source_type": "ATTACHMENT|URL",
    "BridgeData.state": "CREATED|ACTIVE|HOLD|COMPLETED|ERROR",
    "CallData.state": "STARTED|ACTIVE|REJECTED|COMPLETED",
    "ChannelData.ownership": "SHARED|PRIVATE|PUBLIC",
    "ChannelData.priority": "high|normal|low",
    "ConferenceData.state": "created|active|completed",
    "ConferenceMemberData.state": "active|completed",
    "ConnectorData.type": "AZURE_BOT_DIRECT_LINE",
    "ContactAddressHistoryData.source": "MESSAGE|CARRIER|COMPANY",
    "ContactAddressHistoryData.status ContactAddressStatusData.consent_status": "NONE|OPTIN|OPTOUT|BLACKLIST|WHITELIST",
    "ContactAddressStatusData.address_type": "MDN|EMAIL|SOCIAL|PUSH|LONGCODE",
    "ContactAddressStatusData.opt_in_type ContactAddressStatusData.opt_out_type": "WEB|IVR|APP|EMAIL|POS|SMS|SINGLE|MIGRATION",
    "ContactApplicationTokenData.message_delivery_provider": "APN|GCM|FCM",
    "ContactApplicationTokenData.state": "ACTIVE|INVALID",
    "ContactData.gender": "female|male",
    "ContactData.voice_preference": "NONE|PREFER_VOICE|REQUIRE_VOICE",
    "ContactExportData.state ContactImportData.state SenderIdImportData.register_state SenderIdImportData.state": "CREATED|RUNNING|COMPLETED|FAILED|RESUMED|WAIT",
    "ContactGroupData.state ContactGroupFilters.status": "Processing|Ready",
    "ContactGroupData.type": "STATIC|DYNAMIC",
    "DeliveryConfigurationData.format": "JSON|XML",
    "DeliveryConfigurationData.protocol": "REST",
    "DigitsCollectorData.reason": "TERMINATING_DIGIT",
    "EventDeliveryData.state": "SUCCESS|PENDING|RETRY|FAILED",
    "Fragment.fragment_state MessageData.state": (
        "CREATED|SENT|DELIVERED|READ|CONVERTED|FAILED|EXPIRED|SCHEDULED|TEST|PAUSED|DELETED|"
        "CLICKTHRU|CLICKTHROUGH|MEDIA_REQUESTED|RECEIVED|PROCESSED"
    ),
    "KeywordData.actions": "OPTOUT|OPTIN|STORE",
    "KeywordData.case": "SENSITIVE|INSENSITIVE",
    "KeywordData.type": "RESERVED|COMPANY",
    "MessageData.consent_requirement MessageRequestData.consent_requirement": "NONE|OPT_IN|OPT_OUT",
    "MessageData.contact_delivery_address_priority MessageRequestData.contact_delivery_address_priority": "MDN|PUSH",
    "MessageData.failover MessageRequestData.failover MfaApplicationData.auth_token_delivery_methods MfaLogin.validation_method": "SMS",
    "MessageData.scheduled_delivery_time_zone MessageRequestData.scheduled_delivery_time_zone": "UTC|LOCAL",
    "MessageData.sender_id_sort_criteria MessageRequestData.sender_id_sort_criteria": "DELIVERY_ADDRESS|PRICE",
    "MessageData.direction": "MO|MT",
    "MessageData.shortcode_address_type SenderIdData.shortcode_address_type": "STANDARD|FTEU",
    "MessageData.type MessageRequestData.message_type": "SMS|MMS|PSH|VOICE|FACEBOOK|WECHAT|WHATSAPP|RCS|EMAIL|VIBER",
    "MessageRequestData.state": (
        "SUBMITTED|ACCEPTED|REJECTED|PREPARING|TRANSMITTING|COMPLETED|PAUSED|CANCELED|CREATED|"
        "SENT|DELIVERED|READ|CONVERTED|FAILED|EXPIRED|SCHEDULED|TEST|DELETED|CLICKTHRU|"
        "CLICKTHROUGH|MEDIA_REQUESTED|RECEIVED|PROCESSED"
    ),
    "MessageStateChange.state": "PROCESSED|CONVERTED",
    "MessageTemplateData.designation": "TEMPLATE|VALIDATOR",
    "MessageTemplateData.ownership SenderIdData.ownership SenderIdImportData.ownership": "PRIVATE|SHARED|PREPROVISIONED|PURCHASED",
    "MfaApplicationData.auth_token_type": "NUMERIC|ALPHANUMERIC|ALPHA|COMPLEX",
    "MfaUserData.status": "INITIAL|VALIDATION PENDING|VALIDATED",
    "RequestStateChange.state": "TRANSMITTING|CANCELED",
    "SenderIdData.capabilities": "SMS|MMS|VOICE|PSH|WECHAT|FACEBOOK|WHATSAPP",
    "SenderIdData.class_id": "COMMERCIAL",
    "SenderIdData.consent_managed_by": "USER|SCG|SCG_UNSOLICITED_OPT_OUT",
    "SenderIdData.register_method": "sms|voice",
    "SenderIdData.register_provider SenderIdImportData.register_provider": "NETNUMBERS|NONE|ZIPWHIP",
    "SenderIdData.state SenderIdSummary.state": (
        "PENDING_IMPLEMENTATION|IMPLEMENTED|ACTIVE|INACTIVE|BROKEN|PENDING_DELETE|PENDING_CONFIRMATION"
    ),
    "SenderIdData.suspend_reason": "MANUAL|INSUFFICIENT_FUNDS|PORTED_OUT",
    "SenderIdData.type_id": "SHORTCODE|LONGCODE|TOLLFREE|EMAIL|PUSH|FACEBOOK|WECHAT|WHATSAPP",
    "SenderIdImportData.approval_state": "WAITING|APPROVED|REJECTED|AUTO",
    "SenderIdImportData.charges": "PROCESSING|SETUP|INITIAL|RECURRING|CONSENT_INITIAL|CONSENT_RECURRING|IMPLEMENTATION",
}
"""The known values by the fields that have them; keywords of the same names take the same values."""
