"""scgapi: a typed SDK for the Syniverse Communication Gateway.

    import scgapi

    with scgapi.Client() as scg:
        request_id = scg.message_requests.create(from_="…", to=["+1555…"], body="Hello")

`Client` and `AsyncClient` are the ways in; `scgapi.sandbox.Sandbox` is a gateway to try them on, with no account.
Everything loads on first use: importing this package loads neither httpx nor pydantic nor tenacity.
"""

from __future__ import annotations

TYPE_CHECKING = (
    False  # checkers take it for typing's; importing typing would be most of the cost of this module
)

if TYPE_CHECKING:
    from scgapi import compose as compose
    from scgapi import events as events
    from scgapi import sandbox as sandbox
    from scgapi._async.client import AsyncClient as AsyncClient
    from scgapi._async.pager import AsyncPager as AsyncPager
    from scgapi._async.pager import AsyncPages as AsyncPages
    from scgapi._async.resources.access_tokens import AsyncAccessToken as AsyncAccessToken
    from scgapi._async.resources.application_instances import (
        AsyncApplicationInstance as AsyncApplicationInstance,
    )
    from scgapi._async.resources.application_scripts import AsyncApplicationScript as AsyncApplicationScript
    from scgapi._async.resources.application_sessions import (
        AsyncApplicationSession as AsyncApplicationSession,
    )
    from scgapi._async.resources.attachments import AsyncAttachment as AsyncAttachment
    from scgapi._async.resources.auto_alias import AsyncAutoAliasHistory as AsyncAutoAliasHistory
    from scgapi._async.resources.bridges import AsyncBridge as AsyncBridge
    from scgapi._async.resources.calls import AsyncCall as AsyncCall
    from scgapi._async.resources.channels import AsyncChannel as AsyncChannel
    from scgapi._async.resources.conference_members import AsyncConferenceMember as AsyncConferenceMember
    from scgapi._async.resources.conferences import AsyncConference as AsyncConference
    from scgapi._async.resources.connectors import AsyncConnector as AsyncConnector
    from scgapi._async.resources.contact_access_tokens import (
        AsyncContactAccessToken as AsyncContactAccessToken,
    )
    from scgapi._async.resources.contact_address_history import (
        AsyncContactAddressHistory as AsyncContactAddressHistory,
    )
    from scgapi._async.resources.contact_address_statuses import (
        AsyncContactAddressStatus as AsyncContactAddressStatus,
    )
    from scgapi._async.resources.contact_application_tokens import (
        AsyncContactApplicationToken as AsyncContactApplicationToken,
    )
    from scgapi._async.resources.contact_exports import AsyncContactExport as AsyncContactExport
    from scgapi._async.resources.contact_groups import AsyncContactGroup as AsyncContactGroup
    from scgapi._async.resources.contact_imports import AsyncContactImport as AsyncContactImport
    from scgapi._async.resources.contacts import AsyncContact as AsyncContact
    from scgapi._async.resources.digits_collectors import AsyncDigitsCollector as AsyncDigitsCollector
    from scgapi._async.resources.ess_deliveries import (
        AsyncDeliveryConfiguration as AsyncDeliveryConfiguration,
    )
    from scgapi._async.resources.ess_deliveries import AsyncEventDelivery as AsyncEventDelivery
    from scgapi._async.resources.ess_deliveries import AsyncEventDeliveryAttempt as AsyncEventDeliveryAttempt
    from scgapi._async.resources.ess_topics import AsyncEventTopic as AsyncEventTopic
    from scgapi._async.resources.ess_topics import AsyncTopicSubscription as AsyncTopicSubscription
    from scgapi._async.resources.fast_access_rules import AsyncFastAccessRule as AsyncFastAccessRule
    from scgapi._async.resources.keywords import AsyncKeyword as AsyncKeyword
    from scgapi._async.resources.message_requests import AsyncMessageRequest as AsyncMessageRequest
    from scgapi._async.resources.message_templates import AsyncMessageTemplate as AsyncMessageTemplate
    from scgapi._async.resources.messages import AsyncMessage as AsyncMessage
    from scgapi._async.resources.mfa_applications import AsyncMfaApplication as AsyncMfaApplication
    from scgapi._async.resources.mfa_users import AsyncMfaUser as AsyncMfaUser
    from scgapi._async.resources.sender_id_classes import AsyncSenderIdClass as AsyncSenderIdClass
    from scgapi._async.resources.sender_id_imports import AsyncSenderIdImport as AsyncSenderIdImport
    from scgapi._async.resources.sender_id_types import AsyncSenderIdType as AsyncSenderIdType
    from scgapi._async.resources.sender_ids import AsyncSenderId as AsyncSenderId
    from scgapi._core.paging import Page as Page
    from scgapi._core.progress import Transfer as Transfer
    from scgapi._core.retry import RetryPolicy as RetryPolicy
    from scgapi._sync.client import Client as Client
    from scgapi._sync.pager import Pager as Pager
    from scgapi._sync.pager import Pages as Pages
    from scgapi._sync.resources.access_tokens import AccessToken as AccessToken
    from scgapi._sync.resources.application_instances import ApplicationInstance as ApplicationInstance
    from scgapi._sync.resources.application_scripts import ApplicationScript as ApplicationScript
    from scgapi._sync.resources.application_sessions import ApplicationSession as ApplicationSession
    from scgapi._sync.resources.attachments import Attachment as Attachment
    from scgapi._sync.resources.auto_alias import AutoAliasHistory as AutoAliasHistory
    from scgapi._sync.resources.bridges import Bridge as Bridge
    from scgapi._sync.resources.calls import Call as Call
    from scgapi._sync.resources.channels import Channel as Channel
    from scgapi._sync.resources.conference_members import ConferenceMember as ConferenceMember
    from scgapi._sync.resources.conferences import Conference as Conference
    from scgapi._sync.resources.connectors import Connector as Connector
    from scgapi._sync.resources.contact_access_tokens import ContactAccessToken as ContactAccessToken
    from scgapi._sync.resources.contact_address_history import ContactAddressHistory as ContactAddressHistory
    from scgapi._sync.resources.contact_address_statuses import ContactAddressStatus as ContactAddressStatus
    from scgapi._sync.resources.contact_application_tokens import (
        ContactApplicationToken as ContactApplicationToken,
    )
    from scgapi._sync.resources.contact_exports import ContactExport as ContactExport
    from scgapi._sync.resources.contact_groups import ContactGroup as ContactGroup
    from scgapi._sync.resources.contact_imports import ContactImport as ContactImport
    from scgapi._sync.resources.contacts import Contact as Contact
    from scgapi._sync.resources.digits_collectors import DigitsCollector as DigitsCollector
    from scgapi._sync.resources.ess_deliveries import DeliveryConfiguration as DeliveryConfiguration
    from scgapi._sync.resources.ess_deliveries import EventDelivery as EventDelivery
    from scgapi._sync.resources.ess_deliveries import EventDeliveryAttempt as EventDeliveryAttempt
    from scgapi._sync.resources.ess_topics import EventTopic as EventTopic
    from scgapi._sync.resources.ess_topics import TopicSubscription as TopicSubscription
    from scgapi._sync.resources.fast_access_rules import FastAccessRule as FastAccessRule
    from scgapi._sync.resources.keywords import Keyword as Keyword
    from scgapi._sync.resources.message_requests import MessageRequest as MessageRequest
    from scgapi._sync.resources.message_templates import MessageTemplate as MessageTemplate
    from scgapi._sync.resources.messages import Message as Message
    from scgapi._sync.resources.mfa_applications import MfaApplication as MfaApplication
    from scgapi._sync.resources.mfa_users import MfaUser as MfaUser
    from scgapi._sync.resources.sender_id_classes import SenderIdClass as SenderIdClass
    from scgapi._sync.resources.sender_id_imports import SenderIdImport as SenderIdImport
    from scgapi._sync.resources.sender_id_types import SenderIdType as SenderIdType
    from scgapi._sync.resources.sender_ids import SenderId as SenderId
    from scgapi._version import __version__ as __version__
    from scgapi.auth import AuthInfo as AuthInfo
    from scgapi.compose.segments import Segments as Segments
    from scgapi.compose.segments import count_segments as count_segments
    from scgapi.compose.templates import template_body as template_body
    from scgapi.errors import ApiError as ApiError
    from scgapi.errors import AuthenticationError as AuthenticationError
    from scgapi.errors import BadRequestError as BadRequestError
    from scgapi.errors import ConfigurationError as ConfigurationError
    from scgapi.errors import ConflictError as ConflictError
    from scgapi.errors import ConnectionFailedError as ConnectionFailedError
    from scgapi.errors import EventError as EventError
    from scgapi.errors import InsufficientCreditError as InsufficientCreditError
    from scgapi.errors import InvalidArgumentError as InvalidArgumentError
    from scgapi.errors import NotFoundError as NotFoundError
    from scgapi.errors import OutcomeUnknownError as OutcomeUnknownError
    from scgapi.errors import PartialFailureError as PartialFailureError
    from scgapi.errors import PermissionDeniedError as PermissionDeniedError
    from scgapi.errors import RateLimitError as RateLimitError
    from scgapi.errors import RequestTimeoutError as RequestTimeoutError
    from scgapi.errors import ScgError as ScgError
    from scgapi.errors import ServerError as ServerError
    from scgapi.errors import UnexpectedResponseError as UnexpectedResponseError
    from scgapi.errors import UnknownHostError as UnknownHostError
    from scgapi.errors import UnprocessableError as UnprocessableError
    from scgapi.errors import UnreadableResponseError as UnreadableResponseError
    from scgapi.errors import UntrustedServerError as UntrustedServerError
    from scgapi.errors import WaitTimeoutError as WaitTimeoutError
    from scgapi.models._fields import ListParameters as ListParameters
    from scgapi.models.contacts import Account as Account
    from scgapi.models.contacts import Address as Address
    from scgapi.models.contacts import Demographic as Demographic
    from scgapi.models.contacts import Device as Device
    from scgapi.models.contacts import Interest as Interest
    from scgapi.models.digits_collectors import Prompt as Prompt
    from scgapi.models.messages import Fragment as Fragment
    from scgapi.models.sender_ids import DeletedSenderIds as DeletedSenderIds
    from scgapi.models.sender_ids import SenderIdSummary as SenderIdSummary
    from scgapi.scg import Scg as Scg

__all__ = [
    # The clients
    "AsyncClient",
    "AuthInfo",
    "Client",
    "RetryPolicy",
    "Scg",
    # Listings
    "Page",
    "Pager",
    "AsyncPager",
    "Pages",
    "AsyncPages",
    # Objects, each in both colours
    "AccessToken",
    "AsyncAccessToken",
    "ApplicationInstance",
    "AsyncApplicationInstance",
    "ApplicationScript",
    "AsyncApplicationScript",
    "ApplicationSession",
    "AsyncApplicationSession",
    "Attachment",
    "AsyncAttachment",
    "AutoAliasHistory",
    "AsyncAutoAliasHistory",
    "Bridge",
    "AsyncBridge",
    "Call",
    "AsyncCall",
    "Channel",
    "AsyncChannel",
    "Conference",
    "ConferenceMember",
    "AsyncConferenceMember",
    "AsyncConference",
    "Connector",
    "AsyncConnector",
    "Contact",
    "ContactAccessToken",
    "AsyncContactAccessToken",
    "ContactAddressHistory",
    "AsyncContactAddressHistory",
    "ContactAddressStatus",
    "AsyncContactAddressStatus",
    "ContactApplicationToken",
    "AsyncContactApplicationToken",
    "ContactExport",
    "AsyncContactExport",
    "ContactGroup",
    "AsyncContactGroup",
    "ContactImport",
    "AsyncContactImport",
    "AsyncContact",
    "DigitsCollector",
    "AsyncDigitsCollector",
    "DeliveryConfiguration",
    "AsyncDeliveryConfiguration",
    "EventDelivery",
    "AsyncEventDelivery",
    "EventDeliveryAttempt",
    "AsyncEventDeliveryAttempt",
    "EventTopic",
    "AsyncEventTopic",
    "TopicSubscription",
    "AsyncTopicSubscription",
    "FastAccessRule",
    "AsyncFastAccessRule",
    "Keyword",
    "AsyncKeyword",
    "Message",
    "MessageRequest",
    "AsyncMessageRequest",
    "MessageTemplate",
    "AsyncMessageTemplate",
    "AsyncMessage",
    "MfaApplication",
    "AsyncMfaApplication",
    "MfaUser",
    "AsyncMfaUser",
    "SenderId",
    "SenderIdClass",
    "AsyncSenderIdClass",
    "SenderIdImport",
    "AsyncSenderIdImport",
    "SenderIdType",
    "AsyncSenderIdType",
    "AsyncSenderId",
    # Values inside objects
    "Account",
    "Address",
    "DeletedSenderIds",
    "Demographic",
    "Device",
    "Fragment",
    "Interest",
    "ListParameters",
    "Prompt",
    "SenderIdSummary",
    "Transfer",
    # Composing messages
    "Segments",
    "count_segments",
    "template_body",
    # Errors
    "ApiError",
    "AuthenticationError",
    "BadRequestError",
    "ConfigurationError",
    "ConflictError",
    "ConnectionFailedError",
    "EventError",
    "InsufficientCreditError",
    "InvalidArgumentError",
    "NotFoundError",
    "OutcomeUnknownError",
    "PartialFailureError",
    "PermissionDeniedError",
    "RateLimitError",
    "RequestTimeoutError",
    "ScgError",
    "ServerError",
    "UnexpectedResponseError",
    "UnprocessableError",
    "UnknownHostError",
    "UnreadableResponseError",
    "UntrustedServerError",
    "WaitTimeoutError",
    # Version
    "__version__",
]

_HOME = {
    "_async.client": ["AsyncClient"],
    "_async.pager": ["AsyncPager", "AsyncPages"],
    "_async.resources.access_tokens": ["AsyncAccessToken"],
    "_async.resources.application_instances": ["AsyncApplicationInstance"],
    "_async.resources.application_scripts": ["AsyncApplicationScript"],
    "_async.resources.application_sessions": ["AsyncApplicationSession"],
    "_async.resources.attachments": ["AsyncAttachment"],
    "_async.resources.auto_alias": ["AsyncAutoAliasHistory"],
    "_async.resources.bridges": ["AsyncBridge"],
    "_async.resources.calls": ["AsyncCall"],
    "_async.resources.channels": ["AsyncChannel"],
    "_async.resources.conference_members": ["AsyncConferenceMember"],
    "_async.resources.conferences": ["AsyncConference"],
    "_async.resources.connectors": ["AsyncConnector"],
    "_async.resources.contact_access_tokens": ["AsyncContactAccessToken"],
    "_async.resources.contact_address_history": ["AsyncContactAddressHistory"],
    "_async.resources.contact_address_statuses": ["AsyncContactAddressStatus"],
    "_async.resources.contact_application_tokens": ["AsyncContactApplicationToken"],
    "_async.resources.contact_exports": ["AsyncContactExport"],
    "_async.resources.contact_groups": ["AsyncContactGroup"],
    "_async.resources.contact_imports": ["AsyncContactImport"],
    "_async.resources.contacts": ["AsyncContact"],
    "_async.resources.digits_collectors": ["AsyncDigitsCollector"],
    "_async.resources.ess_deliveries": [
        "AsyncDeliveryConfiguration",
        "AsyncEventDelivery",
        "AsyncEventDeliveryAttempt",
    ],
    "_async.resources.ess_topics": ["AsyncEventTopic", "AsyncTopicSubscription"],
    "_async.resources.fast_access_rules": ["AsyncFastAccessRule"],
    "_async.resources.keywords": ["AsyncKeyword"],
    "_async.resources.message_requests": ["AsyncMessageRequest"],
    "_async.resources.message_templates": ["AsyncMessageTemplate"],
    "_async.resources.messages": ["AsyncMessage"],
    "_async.resources.mfa_applications": ["AsyncMfaApplication"],
    "_async.resources.mfa_users": ["AsyncMfaUser"],
    "_async.resources.sender_id_classes": ["AsyncSenderIdClass"],
    "_async.resources.sender_id_imports": ["AsyncSenderIdImport"],
    "_async.resources.sender_id_types": ["AsyncSenderIdType"],
    "_async.resources.sender_ids": ["AsyncSenderId"],
    "_core.paging": ["Page"],
    "_core.progress": ["Transfer"],
    "_core.retry": ["RetryPolicy"],
    "_sync.client": ["Client"],
    "_sync.pager": ["Pager", "Pages"],
    "_sync.resources.access_tokens": ["AccessToken"],
    "_sync.resources.application_instances": ["ApplicationInstance"],
    "_sync.resources.application_scripts": ["ApplicationScript"],
    "_sync.resources.application_sessions": ["ApplicationSession"],
    "_sync.resources.attachments": ["Attachment"],
    "_sync.resources.auto_alias": ["AutoAliasHistory"],
    "_sync.resources.bridges": ["Bridge"],
    "_sync.resources.calls": ["Call"],
    "_sync.resources.channels": ["Channel"],
    "_sync.resources.conference_members": ["ConferenceMember"],
    "_sync.resources.conferences": ["Conference"],
    "_sync.resources.connectors": ["Connector"],
    "_sync.resources.contact_access_tokens": ["ContactAccessToken"],
    "_sync.resources.contact_address_history": ["ContactAddressHistory"],
    "_sync.resources.contact_address_statuses": ["ContactAddressStatus"],
    "_sync.resources.contact_application_tokens": ["ContactApplicationToken"],
    "_sync.resources.contact_exports": ["ContactExport"],
    "_sync.resources.contact_groups": ["ContactGroup"],
    "_sync.resources.contact_imports": ["ContactImport"],
    "_sync.resources.contacts": ["Contact"],
    "_sync.resources.digits_collectors": ["DigitsCollector"],
    "_sync.resources.ess_deliveries": ["DeliveryConfiguration", "EventDelivery", "EventDeliveryAttempt"],
    "_sync.resources.ess_topics": ["EventTopic", "TopicSubscription"],
    "_sync.resources.fast_access_rules": ["FastAccessRule"],
    "_sync.resources.keywords": ["Keyword"],
    "_sync.resources.message_requests": ["MessageRequest"],
    "_sync.resources.message_templates": ["MessageTemplate"],
    "_sync.resources.messages": ["Message"],
    "_sync.resources.mfa_applications": ["MfaApplication"],
    "_sync.resources.mfa_users": ["MfaUser"],
    "_sync.resources.sender_id_classes": ["SenderIdClass"],
    "_sync.resources.sender_id_imports": ["SenderIdImport"],
    "_sync.resources.sender_id_types": ["SenderIdType"],
    "_sync.resources.sender_ids": ["SenderId"],
    "_version": ["__version__"],
    "auth": ["AuthInfo"],
    "compose.segments": ["Segments", "count_segments"],
    "compose.templates": ["template_body"],
    "errors": [
        "ApiError",
        "AuthenticationError",
        "BadRequestError",
        "ConfigurationError",
        "ConflictError",
        "ConnectionFailedError",
        "EventError",
        "InsufficientCreditError",
        "InvalidArgumentError",
        "NotFoundError",
        "OutcomeUnknownError",
        "PartialFailureError",
        "PermissionDeniedError",
        "RateLimitError",
        "RequestTimeoutError",
        "ScgError",
        "ServerError",
        "UnexpectedResponseError",
        "UnprocessableError",
        "UnknownHostError",
        "UnreadableResponseError",
        "UntrustedServerError",
        "WaitTimeoutError",
    ],
    "models._fields": ["ListParameters"],
    "models.contacts": ["Account", "Address", "Demographic", "Device", "Interest"],
    "models.digits_collectors": ["Prompt"],
    "models.messages": ["Fragment"],
    "models.sender_ids": ["DeletedSenderIds", "SenderIdSummary"],
    "scg": ["Scg"],
}
_MODULES = ("compose", "errors", "events", "models", "sandbox")


def __getattr__(name: str) -> object:
    """Load a public name, or a public module, when it is first asked for."""
    from importlib import import_module

    for module, names in _HOME.items():
        if name in names:
            value: object = getattr(import_module(f"scgapi.{module}"), name)
            break
    else:
        if name not in _MODULES:
            raise AttributeError(f"module 'scgapi' has no attribute {name!r}")
        value = import_module(f"scgapi.{name}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, *_MODULES]
