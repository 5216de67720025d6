"""Names for annotations: keywords, values, addresses and resources.

    from typing import Unpack
    from scgapi.types import MessageRequestFields, MessageRequestResource

    def notify(requests: MessageRequestResource, text: str, **fields: Unpack[MessageRequestFields]) -> str:
        return requests.create(body=text, **fields)

    notify(scg.message_requests, "Ready", from_="155528999", to=["+15552461234"])

`…Create`, `…Update`, `…Fields` and `…Filters` are the keywords of `create()`, `update()` and `list()`. `…State`,
`…Type` and the like are the known values of a field; the gateway may add others, so they admit any `str`. `…Data`
are the fields that an object has in both clients, `…Resource` and `Async…Resource` what a client's attributes are.
"""

from __future__ import annotations

# Annotated, because Jedi evaluates a bare False.
TYPE_CHECKING: bool = False

if TYPE_CHECKING:
    from scgapi._async.resources.access_tokens import AsyncAccessTokenResource as AsyncAccessTokenResource
    from scgapi._async.resources.application_instances import (
        AsyncApplicationInstanceResource as AsyncApplicationInstanceResource,
    )
    from scgapi._async.resources.application_scripts import (
        AsyncApplicationScriptResource as AsyncApplicationScriptResource,
    )
    from scgapi._async.resources.application_sessions import (
        AsyncApplicationSessionResource as AsyncApplicationSessionResource,
    )
    from scgapi._async.resources.attachments import AsyncAttachmentResource as AsyncAttachmentResource
    from scgapi._async.resources.auth import AsyncAuth as AsyncAuth
    from scgapi._async.resources.auto_alias import AsyncAutoAlias as AsyncAutoAlias
    from scgapi._async.resources.auto_alias import (
        AsyncAutoAliasHistoryResource as AsyncAutoAliasHistoryResource,
    )
    from scgapi._async.resources.auto_alias import (
        AsyncAutoAliasMessageRequestResource as AsyncAutoAliasMessageRequestResource,
    )
    from scgapi._async.resources.bridges import AsyncBridgeResource as AsyncBridgeResource
    from scgapi._async.resources.calls import AsyncCallResource as AsyncCallResource
    from scgapi._async.resources.channels import AsyncChannelResource as AsyncChannelResource
    from scgapi._async.resources.conference_members import (
        AsyncConferenceMemberResource as AsyncConferenceMemberResource,
    )
    from scgapi._async.resources.conferences import AsyncConferenceResource as AsyncConferenceResource
    from scgapi._async.resources.connectors import AsyncConnectorResource as AsyncConnectorResource
    from scgapi._async.resources.contact_access_tokens import (
        AsyncContactAccessTokenResource as AsyncContactAccessTokenResource,
    )
    from scgapi._async.resources.contact_address_history import (
        AsyncContactAddressHistoryResource as AsyncContactAddressHistoryResource,
    )
    from scgapi._async.resources.contact_address_statuses import (
        AsyncContactAddressStatusResource as AsyncContactAddressStatusResource,
    )
    from scgapi._async.resources.contact_application_tokens import (
        AsyncContactApplicationTokenResource as AsyncContactApplicationTokenResource,
    )
    from scgapi._async.resources.contact_exports import (
        AsyncContactExportResource as AsyncContactExportResource,
    )
    from scgapi._async.resources.contact_groups import AsyncContactGroupResource as AsyncContactGroupResource
    from scgapi._async.resources.contact_imports import (
        AsyncContactImportResource as AsyncContactImportResource,
    )
    from scgapi._async.resources.contacts import AsyncContactResource as AsyncContactResource
    from scgapi._async.resources.digits_collectors import (
        AsyncDigitsCollectorResource as AsyncDigitsCollectorResource,
    )
    from scgapi._async.resources.event_deliveries import (
        AsyncDeliveryConfigurationResource as AsyncDeliveryConfigurationResource,
    )
    from scgapi._async.resources.event_deliveries import (
        AsyncEventDeliveryAttemptResource as AsyncEventDeliveryAttemptResource,
    )
    from scgapi._async.resources.event_deliveries import (
        AsyncEventDeliveryResource as AsyncEventDeliveryResource,
    )
    from scgapi._async.resources.event_topics import AsyncEventTopicResource as AsyncEventTopicResource
    from scgapi._async.resources.event_topics import (
        AsyncTopicSubscriptionResource as AsyncTopicSubscriptionResource,
    )
    from scgapi._async.resources.fast_access_rules import (
        AsyncFastAccessRuleResource as AsyncFastAccessRuleResource,
    )
    from scgapi._async.resources.keywords import AsyncKeywordResource as AsyncKeywordResource
    from scgapi._async.resources.message_requests import (
        AsyncMessageRequestResource as AsyncMessageRequestResource,
    )
    from scgapi._async.resources.message_templates import (
        AsyncMessageTemplateResource as AsyncMessageTemplateResource,
    )
    from scgapi._async.resources.messages import AsyncMessageResource as AsyncMessageResource
    from scgapi._async.resources.mfa_applications import (
        AsyncMfaApplicationResource as AsyncMfaApplicationResource,
    )
    from scgapi._async.resources.mfa_users import AsyncMfaUserResource as AsyncMfaUserResource
    from scgapi._async.resources.sender_id_classes import (
        AsyncSenderIdClassResource as AsyncSenderIdClassResource,
    )
    from scgapi._async.resources.sender_id_imports import (
        AsyncSenderIdImportResource as AsyncSenderIdImportResource,
    )
    from scgapi._async.resources.sender_id_types import AsyncSenderIdTypeResource as AsyncSenderIdTypeResource
    from scgapi._async.resources.sender_ids import AsyncSenderIdResource as AsyncSenderIdResource
    from scgapi._core.doubt import OnUnknown as OnUnknown
    from scgapi._core.model.fields import AttachmentFilters as AttachmentFilters
    from scgapi._core.model.fields import AttachmentState as AttachmentState
    from scgapi._core.model.fields import Capability as Capability
    from scgapi._core.model.fields import ChoiceFilter as ChoiceFilter
    from scgapi._core.model.fields import ConsentRequirement as ConsentRequirement
    from scgapi._core.model.fields import DateFilter as DateFilter
    from scgapi._core.model.fields import IntFilter as IntFilter
    from scgapi._core.model.fields import Items as Items
    from scgapi._core.model.fields import JsonText as JsonText
    from scgapi._core.model.fields import ListOptions as ListOptions
    from scgapi._core.model.fields import MessageType as MessageType
    from scgapi._core.model.fields import NumberText as NumberText
    from scgapi._core.model.fields import RequiredConsent as RequiredConsent
    from scgapi._core.model.fields import T_co as T_co
    from scgapi._core.model.fields import TextFilter as TextFilter
    from scgapi._core.model.fields import Timestamp as Timestamp
    from scgapi._core.model.fields import TimestampInput as TimestampInput
    from scgapi._core.model.fields import TrueOrFalse as TrueOrFalse
    from scgapi._http.attempt import TransportName as TransportName
    from scgapi._io.network import Verify as Verify
    from scgapi._sync.resources.access_tokens import AccessTokenResource as AccessTokenResource
    from scgapi._sync.resources.application_instances import (
        ApplicationInstanceResource as ApplicationInstanceResource,
    )
    from scgapi._sync.resources.application_scripts import (
        ApplicationScriptResource as ApplicationScriptResource,
    )
    from scgapi._sync.resources.application_sessions import (
        ApplicationSessionResource as ApplicationSessionResource,
    )
    from scgapi._sync.resources.attachments import AttachmentResource as AttachmentResource
    from scgapi._sync.resources.auth import Auth as Auth
    from scgapi._sync.resources.auto_alias import AutoAlias as AutoAlias
    from scgapi._sync.resources.auto_alias import AutoAliasHistoryResource as AutoAliasHistoryResource
    from scgapi._sync.resources.auto_alias import (
        AutoAliasMessageRequestResource as AutoAliasMessageRequestResource,
    )
    from scgapi._sync.resources.bridges import BridgeResource as BridgeResource
    from scgapi._sync.resources.calls import CallResource as CallResource
    from scgapi._sync.resources.channels import ChannelResource as ChannelResource
    from scgapi._sync.resources.conference_members import ConferenceMemberResource as ConferenceMemberResource
    from scgapi._sync.resources.conferences import ConferenceResource as ConferenceResource
    from scgapi._sync.resources.connectors import ConnectorResource as ConnectorResource
    from scgapi._sync.resources.contact_access_tokens import (
        ContactAccessTokenResource as ContactAccessTokenResource,
    )
    from scgapi._sync.resources.contact_address_history import (
        ContactAddressHistoryResource as ContactAddressHistoryResource,
    )
    from scgapi._sync.resources.contact_address_statuses import (
        ContactAddressStatusResource as ContactAddressStatusResource,
    )
    from scgapi._sync.resources.contact_application_tokens import (
        ContactApplicationTokenResource as ContactApplicationTokenResource,
    )
    from scgapi._sync.resources.contact_exports import ContactExportResource as ContactExportResource
    from scgapi._sync.resources.contact_groups import ContactGroupResource as ContactGroupResource
    from scgapi._sync.resources.contact_imports import ContactImportResource as ContactImportResource
    from scgapi._sync.resources.contacts import ContactResource as ContactResource
    from scgapi._sync.resources.digits_collectors import DigitsCollectorResource as DigitsCollectorResource
    from scgapi._sync.resources.event_deliveries import (
        DeliveryConfigurationResource as DeliveryConfigurationResource,
    )
    from scgapi._sync.resources.event_deliveries import (
        EventDeliveryAttemptResource as EventDeliveryAttemptResource,
    )
    from scgapi._sync.resources.event_deliveries import EventDeliveryResource as EventDeliveryResource
    from scgapi._sync.resources.event_topics import EventTopicResource as EventTopicResource
    from scgapi._sync.resources.event_topics import TopicSubscriptionResource as TopicSubscriptionResource
    from scgapi._sync.resources.fast_access_rules import FastAccessRuleResource as FastAccessRuleResource
    from scgapi._sync.resources.keywords import KeywordResource as KeywordResource
    from scgapi._sync.resources.message_requests import MessageRequestResource as MessageRequestResource
    from scgapi._sync.resources.message_templates import MessageTemplateResource as MessageTemplateResource
    from scgapi._sync.resources.messages import MessageResource as MessageResource
    from scgapi._sync.resources.mfa_applications import MfaApplicationResource as MfaApplicationResource
    from scgapi._sync.resources.mfa_users import MfaUserResource as MfaUserResource
    from scgapi._sync.resources.sender_id_classes import SenderIdClassResource as SenderIdClassResource
    from scgapi._sync.resources.sender_id_imports import SenderIdImportResource as SenderIdImportResource
    from scgapi._sync.resources.sender_id_types import SenderIdTypeResource as SenderIdTypeResource
    from scgapi._sync.resources.sender_ids import SenderIdResource as SenderIdResource
    from scgapi.compose.addresses import PushProvider as PushProvider
    from scgapi.errors import Outcome as Outcome
    from scgapi.models._addresses import AddressOfContact as AddressOfContact
    from scgapi.models._addresses import AddressOfRecipient as AddressOfRecipient
    from scgapi.models._addresses import AddressOfSender as AddressOfSender
    from scgapi.models._addresses import AttachmentRef as AttachmentRef
    from scgapi.models._addresses import CallRef as CallRef
    from scgapi.models._addresses import ContactGroupRef as ContactGroupRef
    from scgapi.models._addresses import IdOfAttachment as IdOfAttachment
    from scgapi.models._addresses import IdOfCall as IdOfCall
    from scgapi.models._addresses import IdOfContactGroup as IdOfContactGroup
    from scgapi.models._addresses import IdOfScript as IdOfScript
    from scgapi.models._addresses import IdOfSenderId as IdOfSenderId
    from scgapi.models._addresses import IdOfTokenResource as IdOfTokenResource
    from scgapi.models._addresses import Recipient as Recipient
    from scgapi.models._addresses import ScriptRef as ScriptRef
    from scgapi.models._addresses import Sender as Sender
    from scgapi.models._addresses import SenderIdRef as SenderIdRef
    from scgapi.models._addresses import SingleRecipient as SingleRecipient
    from scgapi.models._addresses import TokenResourceRef as TokenResourceRef
    from scgapi.models._ownership import SenderIdOwnership as SenderIdOwnership
    from scgapi.models._template_reference import IdOfTemplate as IdOfTemplate
    from scgapi.models._template_reference import TemplateRef as TemplateRef
    from scgapi.models.access_tokens import AccessTokenData as AccessTokenData
    from scgapi.models.access_tokens import AccessTokenFields as AccessTokenFields
    from scgapi.models.access_tokens import AccessTokenFilters as AccessTokenFilters
    from scgapi.models.access_tokens import TokenData as TokenData
    from scgapi.models.access_tokens import TokenResource as TokenResource
    from scgapi.models.application_instances import ApplicationInstanceData as ApplicationInstanceData
    from scgapi.models.application_instances import ApplicationInstanceFields as ApplicationInstanceFields
    from scgapi.models.application_instances import ApplicationInstanceFilters as ApplicationInstanceFilters
    from scgapi.models.application_instances import ApplicationInstanceState as ApplicationInstanceState
    from scgapi.models.application_scripts import ApplicationScriptData as ApplicationScriptData
    from scgapi.models.application_scripts import ApplicationScriptFields as ApplicationScriptFields
    from scgapi.models.application_scripts import ApplicationScriptFilters as ApplicationScriptFilters
    from scgapi.models.application_sessions import ApplicationSessionData as ApplicationSessionData
    from scgapi.models.application_sessions import ApplicationSessionDirection as ApplicationSessionDirection
    from scgapi.models.application_sessions import ApplicationSessionFields as ApplicationSessionFields
    from scgapi.models.application_sessions import ApplicationSessionFilters as ApplicationSessionFilters
    from scgapi.models.application_sessions import ApplicationSessionState as ApplicationSessionState
    from scgapi.models.application_sessions import ApplicationSessionType as ApplicationSessionType
    from scgapi.models.application_sessions import ProcessorResult as ProcessorResult
    from scgapi.models.attachments import AttachmentData as AttachmentData
    from scgapi.models.attachments import AttachmentFields as AttachmentFields
    from scgapi.models.attachments import AttachmentTokenFields as AttachmentTokenFields
    from scgapi.models.attachments import AttachmentUpdate as AttachmentUpdate
    from scgapi.models.auto_alias import AutoAliasHistoryData as AutoAliasHistoryData
    from scgapi.models.auto_alias import AutoAliasHistoryFilters as AutoAliasHistoryFilters
    from scgapi.models.auto_alias import AutoAliasMessageRequestFields as AutoAliasMessageRequestFields
    from scgapi.models.bridges import BridgeAudio as BridgeAudio
    from scgapi.models.bridges import BridgeData as BridgeData
    from scgapi.models.bridges import BridgeFields as BridgeFields
    from scgapi.models.bridges import BridgeFilters as BridgeFilters
    from scgapi.models.bridges import BridgeState as BridgeState
    from scgapi.models.bridges import BridgeUpdate as BridgeUpdate
    from scgapi.models.calls import Audio as Audio
    from scgapi.models.calls import AudioSource as AudioSource
    from scgapi.models.calls import CallCreate as CallCreate
    from scgapi.models.calls import CallData as CallData
    from scgapi.models.calls import CallDirection as CallDirection
    from scgapi.models.calls import CallFields as CallFields
    from scgapi.models.calls import CallFilters as CallFilters
    from scgapi.models.calls import CallOptions as CallOptions
    from scgapi.models.calls import CallState as CallState
    from scgapi.models.calls import CallUpdate as CallUpdate
    from scgapi.models.calls import Gender as Gender
    from scgapi.models.calls import LoopedSpeech as LoopedSpeech
    from scgapi.models.calls import Speech as Speech
    from scgapi.models.calls import Tones as Tones
    from scgapi.models.channels import ChannelData as ChannelData
    from scgapi.models.channels import ChannelFields as ChannelFields
    from scgapi.models.channels import ChannelFilters as ChannelFilters
    from scgapi.models.channels import ChannelMembers as ChannelMembers
    from scgapi.models.channels import ChannelOwnership as ChannelOwnership
    from scgapi.models.channels import ChannelPriority as ChannelPriority
    from scgapi.models.channels import ChannelUpdate as ChannelUpdate
    from scgapi.models.conference_members import ConferenceMemberCreate as ConferenceMemberCreate
    from scgapi.models.conference_members import ConferenceMemberData as ConferenceMemberData
    from scgapi.models.conference_members import ConferenceMemberFields as ConferenceMemberFields
    from scgapi.models.conference_members import ConferenceMemberFilters as ConferenceMemberFilters
    from scgapi.models.conference_members import ConferenceMemberUpdate as ConferenceMemberUpdate
    from scgapi.models.conference_members import MemberState as MemberState
    from scgapi.models.conference_members import MemberStatus as MemberStatus
    from scgapi.models.conferences import ConferenceCreate as ConferenceCreate
    from scgapi.models.conferences import ConferenceData as ConferenceData
    from scgapi.models.conferences import ConferenceFields as ConferenceFields
    from scgapi.models.conferences import ConferenceFilters as ConferenceFilters
    from scgapi.models.conferences import ConferenceState as ConferenceState
    from scgapi.models.conferences import ConferenceUpdate as ConferenceUpdate
    from scgapi.models.connectors import ConnectorData as ConnectorData
    from scgapi.models.connectors import ConnectorFields as ConnectorFields
    from scgapi.models.connectors import ConnectorFilters as ConnectorFilters
    from scgapi.models.connectors import ConnectorType as ConnectorType
    from scgapi.models.connectors import ConnectorUpdate as ConnectorUpdate
    from scgapi.models.contact_access_tokens import ContactAccessTokenData as ContactAccessTokenData
    from scgapi.models.contact_access_tokens import ContactAccessTokenFields as ContactAccessTokenFields
    from scgapi.models.contact_access_tokens import ContactAccessTokenFilters as ContactAccessTokenFilters
    from scgapi.models.contact_address_history import ConsentSource as ConsentSource
    from scgapi.models.contact_address_history import ContactAddressHistoryData as ContactAddressHistoryData
    from scgapi.models.contact_address_history import (
        ContactAddressHistoryFilters as ContactAddressHistoryFilters,
    )
    from scgapi.models.contact_address_statuses import AddressType as AddressType
    from scgapi.models.contact_address_statuses import Consent as Consent
    from scgapi.models.contact_address_statuses import ConsentChannel as ConsentChannel
    from scgapi.models.contact_address_statuses import ConsentStatus as ConsentStatus
    from scgapi.models.contact_address_statuses import ContactAddressOptOut as ContactAddressOptOut
    from scgapi.models.contact_address_statuses import ContactAddressStatusData as ContactAddressStatusData
    from scgapi.models.contact_address_statuses import (
        ContactAddressStatusFields as ContactAddressStatusFields,
    )
    from scgapi.models.contact_address_statuses import (
        ContactAddressStatusFilters as ContactAddressStatusFilters,
    )
    from scgapi.models.contact_address_statuses import (
        ContactAddressStatusUpdate as ContactAddressStatusUpdate,
    )
    from scgapi.models.contact_application_tokens import ApplicationTokenState as ApplicationTokenState
    from scgapi.models.contact_application_tokens import (
        ContactApplicationTokenData as ContactApplicationTokenData,
    )
    from scgapi.models.contact_application_tokens import (
        ContactApplicationTokenFields as ContactApplicationTokenFields,
    )
    from scgapi.models.contact_application_tokens import (
        ContactApplicationTokenFilters as ContactApplicationTokenFilters,
    )
    from scgapi.models.contact_application_tokens import (
        ContactApplicationTokenUpdate as ContactApplicationTokenUpdate,
    )
    from scgapi.models.contact_application_tokens import DeliveryProvider as DeliveryProvider
    from scgapi.models.contact_exports import ContactExportData as ContactExportData
    from scgapi.models.contact_exports import ContactExportFields as ContactExportFields
    from scgapi.models.contact_exports import ContactExportFilters as ContactExportFilters
    from scgapi.models.contact_groups import ContactGroupData as ContactGroupData
    from scgapi.models.contact_groups import ContactGroupFields as ContactGroupFields
    from scgapi.models.contact_groups import ContactGroupFilters as ContactGroupFilters
    from scgapi.models.contact_groups import ContactGroupMembers as ContactGroupMembers
    from scgapi.models.contact_groups import ContactGroupUpdate as ContactGroupUpdate
    from scgapi.models.contact_groups import GroupState as GroupState
    from scgapi.models.contact_groups import GroupType as GroupType
    from scgapi.models.contact_imports import ContactImportCreate as ContactImportCreate
    from scgapi.models.contact_imports import ContactImportData as ContactImportData
    from scgapi.models.contact_imports import ContactImportFields as ContactImportFields
    from scgapi.models.contact_imports import ContactImportFilters as ContactImportFilters
    from scgapi.models.contacts import AccountFields as AccountFields
    from scgapi.models.contacts import AddressFields as AddressFields
    from scgapi.models.contacts import ContactData as ContactData
    from scgapi.models.contacts import ContactFields as ContactFields
    from scgapi.models.contacts import ContactFilters as ContactFilters
    from scgapi.models.contacts import ContactUpdate as ContactUpdate
    from scgapi.models.contacts import DemographicFields as DemographicFields
    from scgapi.models.contacts import DeviceFields as DeviceFields
    from scgapi.models.contacts import EntryStatus as EntryStatus
    from scgapi.models.contacts import InterestFields as InterestFields
    from scgapi.models.contacts import VoicePreference as VoicePreference
    from scgapi.models.digits_collectors import CollectorReason as CollectorReason
    from scgapi.models.digits_collectors import DigitsCollectorCreate as DigitsCollectorCreate
    from scgapi.models.digits_collectors import DigitsCollectorData as DigitsCollectorData
    from scgapi.models.digits_collectors import DigitsCollectorFields as DigitsCollectorFields
    from scgapi.models.digits_collectors import DigitsCollectorFilters as DigitsCollectorFilters
    from scgapi.models.digits_collectors import DigitsCollectorOptions as DigitsCollectorOptions
    from scgapi.models.digits_collectors import PromptFields as PromptFields
    from scgapi.models.event_service import DeliveryConfigurationData as DeliveryConfigurationData
    from scgapi.models.event_service import DeliveryConfigurationFields as DeliveryConfigurationFields
    from scgapi.models.event_service import DeliveryFormat as DeliveryFormat
    from scgapi.models.event_service import DeliveryProtocol as DeliveryProtocol
    from scgapi.models.event_service import DeliveryState as DeliveryState
    from scgapi.models.event_service import EventDeliveryAttemptData as EventDeliveryAttemptData
    from scgapi.models.event_service import EventDeliveryData as EventDeliveryData
    from scgapi.models.event_service import EventListOptions as EventListOptions
    from scgapi.models.event_service import EventTopicData as EventTopicData
    from scgapi.models.event_service import TopicSubscriptionData as TopicSubscriptionData
    from scgapi.models.event_service import TopicSubscriptionFields as TopicSubscriptionFields
    from scgapi.models.fast_access_rules import FastAccessRuleData as FastAccessRuleData
    from scgapi.models.fast_access_rules import FastAccessRuleFields as FastAccessRuleFields
    from scgapi.models.fast_access_rules import FastAccessRuleFilters as FastAccessRuleFilters
    from scgapi.models.fast_access_rules import FastAccessRuleUpdate as FastAccessRuleUpdate
    from scgapi.models.keywords import KeywordAction as KeywordAction
    from scgapi.models.keywords import KeywordCase as KeywordCase
    from scgapi.models.keywords import KeywordData as KeywordData
    from scgapi.models.keywords import KeywordFields as KeywordFields
    from scgapi.models.keywords import KeywordFilters as KeywordFilters
    from scgapi.models.keywords import KeywordReplace as KeywordReplace
    from scgapi.models.keywords import KeywordReplacement as KeywordReplacement
    from scgapi.models.keywords import KeywordType as KeywordType
    from scgapi.models.keywords import KeywordUpdate as KeywordUpdate
    from scgapi.models.message_requests import MessageRequestCreate as MessageRequestCreate
    from scgapi.models.message_requests import MessageRequestData as MessageRequestData
    from scgapi.models.message_requests import MessageRequestFields as MessageRequestFields
    from scgapi.models.message_requests import MessageRequestFilters as MessageRequestFilters
    from scgapi.models.message_requests import MessageRequestInit as MessageRequestInit
    from scgapi.models.message_requests import RequestOptions as RequestOptions
    from scgapi.models.message_requests import RequestState as RequestState
    from scgapi.models.message_requests import RequestStateChange as RequestStateChange
    from scgapi.models.message_templates import MessageTemplateData as MessageTemplateData
    from scgapi.models.message_templates import MessageTemplateFields as MessageTemplateFields
    from scgapi.models.message_templates import MessageTemplateFilters as MessageTemplateFilters
    from scgapi.models.message_templates import MessageTemplateUpdate as MessageTemplateUpdate
    from scgapi.models.message_templates import TemplateDesignation as TemplateDesignation
    from scgapi.models.messages import BodyExtension as BodyExtension
    from scgapi.models.messages import Direction as Direction
    from scgapi.models.messages import MessageCreate as MessageCreate
    from scgapi.models.messages import MessageData as MessageData
    from scgapi.models.messages import MessageFields as MessageFields
    from scgapi.models.messages import MessageFilters as MessageFilters
    from scgapi.models.messages import MessageInit as MessageInit
    from scgapi.models.messages import MessageState as MessageState
    from scgapi.models.messages import MessageStateChange as MessageStateChange
    from scgapi.models.messages import SendOptions as SendOptions
    from scgapi.models.mfa_applications import AuthTokenType as AuthTokenType
    from scgapi.models.mfa_applications import CodeDelivery as CodeDelivery
    from scgapi.models.mfa_applications import MfaApplicationData as MfaApplicationData
    from scgapi.models.mfa_applications import MfaApplicationFields as MfaApplicationFields
    from scgapi.models.mfa_applications import MfaApplicationFilters as MfaApplicationFilters
    from scgapi.models.mfa_users import MfaAssociation as MfaAssociation
    from scgapi.models.mfa_users import MfaLogin as MfaLogin
    from scgapi.models.mfa_users import MfaUserData as MfaUserData
    from scgapi.models.mfa_users import MfaUserFilters as MfaUserFilters
    from scgapi.models.mfa_users import MfaUserStatus as MfaUserStatus
    from scgapi.models.mfa_users import MfaValidation as MfaValidation
    from scgapi.models.sender_id_classes import SenderIdClassData as SenderIdClassData
    from scgapi.models.sender_id_classes import SenderIdClassFilters as SenderIdClassFilters
    from scgapi.models.sender_id_imports import ApprovalState as ApprovalState
    from scgapi.models.sender_id_imports import JobState as JobState
    from scgapi.models.sender_id_imports import RegisterProvider as RegisterProvider
    from scgapi.models.sender_id_imports import SenderIdCharges as SenderIdCharges
    from scgapi.models.sender_id_imports import SenderIdImportData as SenderIdImportData
    from scgapi.models.sender_id_imports import SenderIdImportDefaults as SenderIdImportDefaults
    from scgapi.models.sender_id_imports import SenderIdImportFields as SenderIdImportFields
    from scgapi.models.sender_id_imports import SenderIdImportFilters as SenderIdImportFilters
    from scgapi.models.sender_id_imports import SenderIdImportUpdate as SenderIdImportUpdate
    from scgapi.models.sender_id_types import SenderIdTypeData as SenderIdTypeData
    from scgapi.models.sender_id_types import SenderIdTypeFilters as SenderIdTypeFilters
    from scgapi.models.sender_ids import ConsentManagedBy as ConsentManagedBy
    from scgapi.models.sender_ids import RegisterMethod as RegisterMethod
    from scgapi.models.sender_ids import SenderIdClassName as SenderIdClassName
    from scgapi.models.sender_ids import SenderIdData as SenderIdData
    from scgapi.models.sender_ids import SenderIdFields as SenderIdFields
    from scgapi.models.sender_ids import SenderIdFilters as SenderIdFilters
    from scgapi.models.sender_ids import SenderIdPurchase as SenderIdPurchase
    from scgapi.models.sender_ids import SenderIdSearch as SenderIdSearch
    from scgapi.models.sender_ids import SenderIdSelection as SenderIdSelection
    from scgapi.models.sender_ids import SenderIdState as SenderIdState
    from scgapi.models.sender_ids import SenderIdTypeName as SenderIdTypeName
    from scgapi.models.sender_ids import SenderIdUpdate as SenderIdUpdate
else:
    from scgapi._exports import EXPORTS
    from scgapi._lazy import attach

    __getattr__, __dir__, __all__ = attach(__name__, EXPORTS[__name__])
