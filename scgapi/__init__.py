"""scgapi: a typed SDK for the Syniverse Communication Gateway.

    import scgapi

    with scgapi.Client() as scg:
        request_id = scg.message_requests.create(from_="…", to=["+1555…"], body="Hello")

`Client` and `AsyncClient` are the ways in; `scgapi.sandbox.Sandbox` is a gateway to try them on, with no account.
Everything loads on first use: importing this package loads neither httpx nor pydantic nor tenacity.
"""

from __future__ import annotations

# Annotated, because Jedi evaluates a bare False. Importing it from typing would be most of this module's cost.
TYPE_CHECKING: bool = False

if TYPE_CHECKING:
    from scgapi import compose as compose
    from scgapi import errors as errors
    from scgapi import events as events
    from scgapi import models as models
    from scgapi import opentelemetry as opentelemetry
    from scgapi import sandbox as sandbox
    from scgapi import types as types
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
    from scgapi._async.resources.event_deliveries import (
        AsyncDeliveryConfiguration as AsyncDeliveryConfiguration,
    )
    from scgapi._async.resources.event_deliveries import AsyncEventDelivery as AsyncEventDelivery
    from scgapi._async.resources.event_deliveries import (
        AsyncEventDeliveryAttempt as AsyncEventDeliveryAttempt,
    )
    from scgapi._async.resources.event_topics import AsyncEventTopic as AsyncEventTopic
    from scgapi._async.resources.event_topics import AsyncTopicSubscription as AsyncTopicSubscription
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
    from scgapi._core.model.fields import ListParameters as ListParameters
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
    from scgapi._sync.resources.event_deliveries import DeliveryConfiguration as DeliveryConfiguration
    from scgapi._sync.resources.event_deliveries import EventDelivery as EventDelivery
    from scgapi._sync.resources.event_deliveries import EventDeliveryAttempt as EventDeliveryAttempt
    from scgapi._sync.resources.event_topics import EventTopic as EventTopic
    from scgapi._sync.resources.event_topics import TopicSubscription as TopicSubscription
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
    from scgapi.auth import RefreshedToken as RefreshedToken
    from scgapi.compose.segments import Segments as Segments
    from scgapi.compose.segments import count_segments as count_segments
    from scgapi.compose.templates import literal_body as literal_body
    from scgapi.compose.templates import template_body as template_body
    from scgapi.errors import ApiError as ApiError
    from scgapi.errors import AuthenticationError as AuthenticationError
    from scgapi.errors import BadRequestError as BadRequestError
    from scgapi.errors import CampaignError as CampaignError
    from scgapi.errors import CampaignHaltedError as CampaignHaltedError
    from scgapi.errors import ConfigurationError as ConfigurationError
    from scgapi.errors import ConflictError as ConflictError
    from scgapi.errors import ConnectionFailedError as ConnectionFailedError
    from scgapi.errors import EventError as EventError
    from scgapi.errors import InsufficientCreditError as InsufficientCreditError
    from scgapi.errors import InvalidArgumentError as InvalidArgumentError
    from scgapi.errors import JournalError as JournalError
    from scgapi.errors import NotCreatedError as NotCreatedError
    from scgapi.errors import NotFoundError as NotFoundError
    from scgapi.errors import OutcomeUnknownError as OutcomeUnknownError
    from scgapi.errors import PartialFailureError as PartialFailureError
    from scgapi.errors import PermissionDeniedError as PermissionDeniedError
    from scgapi.errors import PlanRefusedError as PlanRefusedError
    from scgapi.errors import ProxyRefusedError as ProxyRefusedError
    from scgapi.errors import RateLimitError as RateLimitError
    from scgapi.errors import RecipientsError as RecipientsError
    from scgapi.errors import RequestTimeoutError as RequestTimeoutError
    from scgapi.errors import ScgError as ScgError
    from scgapi.errors import ServerError as ServerError
    from scgapi.errors import UnexpectedResponseError as UnexpectedResponseError
    from scgapi.errors import UnknownHostError as UnknownHostError
    from scgapi.errors import UnprocessableError as UnprocessableError
    from scgapi.errors import UnreadableResponseError as UnreadableResponseError
    from scgapi.errors import UntrustedServerError as UntrustedServerError
    from scgapi.errors import WaitTimeoutError as WaitTimeoutError
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
else:
    import sys

    from scgapi._exports import EXPORTS
    from scgapi._lazy import OldImports, attach

    if OldImports not in sys.meta_path:
        sys.meta_path.append(OldImports)
    del sys
    __getattr__, __dir__, __all__ = attach(__name__, EXPORTS[__name__])
