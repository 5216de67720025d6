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
    from scgapi import sandbox as sandbox
    from scgapi._async.client import AsyncClient as AsyncClient
    from scgapi._async.pager import AsyncPager as AsyncPager
    from scgapi._async.pager import AsyncPages as AsyncPages
    from scgapi._async.resources.attachments import AsyncAttachment as AsyncAttachment
    from scgapi._async.resources.channels import AsyncChannel as AsyncChannel
    from scgapi._async.resources.contact_groups import AsyncContactGroup as AsyncContactGroup
    from scgapi._async.resources.contacts import AsyncContact as AsyncContact
    from scgapi._async.resources.message_requests import AsyncMessageRequest as AsyncMessageRequest
    from scgapi._async.resources.messages import AsyncMessage as AsyncMessage
    from scgapi._async.resources.sender_id_classes import AsyncSenderIdClass as AsyncSenderIdClass
    from scgapi._async.resources.sender_id_types import AsyncSenderIdType as AsyncSenderIdType
    from scgapi._async.resources.sender_ids import AsyncSenderId as AsyncSenderId
    from scgapi._core.paging import Page as Page
    from scgapi._core.retry import RetryPolicy as RetryPolicy
    from scgapi._sync.client import Client as Client
    from scgapi._sync.pager import Pager as Pager
    from scgapi._sync.pager import Pages as Pages
    from scgapi._sync.resources.attachments import Attachment as Attachment
    from scgapi._sync.resources.channels import Channel as Channel
    from scgapi._sync.resources.contact_groups import ContactGroup as ContactGroup
    from scgapi._sync.resources.contacts import Contact as Contact
    from scgapi._sync.resources.message_requests import MessageRequest as MessageRequest
    from scgapi._sync.resources.messages import Message as Message
    from scgapi._sync.resources.sender_id_classes import SenderIdClass as SenderIdClass
    from scgapi._sync.resources.sender_id_types import SenderIdType as SenderIdType
    from scgapi._sync.resources.sender_ids import SenderId as SenderId
    from scgapi._version import __version__ as __version__
    from scgapi.auth import AuthInfo as AuthInfo
    from scgapi.errors import ApiError as ApiError
    from scgapi.errors import AuthenticationError as AuthenticationError
    from scgapi.errors import BadRequestError as BadRequestError
    from scgapi.errors import ConfigurationError as ConfigurationError
    from scgapi.errors import ConflictError as ConflictError
    from scgapi.errors import ConnectionFailedError as ConnectionFailedError
    from scgapi.errors import InsufficientCreditError as InsufficientCreditError
    from scgapi.errors import InvalidArgumentError as InvalidArgumentError
    from scgapi.errors import NotFoundError as NotFoundError
    from scgapi.errors import PartialFailureError as PartialFailureError
    from scgapi.errors import PermissionDeniedError as PermissionDeniedError
    from scgapi.errors import RateLimitError as RateLimitError
    from scgapi.errors import RequestTimeoutError as RequestTimeoutError
    from scgapi.errors import ScgError as ScgError
    from scgapi.errors import ServerError as ServerError
    from scgapi.errors import UnexpectedResponseError as UnexpectedResponseError
    from scgapi.errors import UnprocessableError as UnprocessableError
    from scgapi.errors import UntrustedServerError as UntrustedServerError
    from scgapi.models._fields import ListParameters as ListParameters
    from scgapi.models.contacts import Account as Account
    from scgapi.models.contacts import Address as Address
    from scgapi.models.contacts import Demographic as Demographic
    from scgapi.models.contacts import Device as Device
    from scgapi.models.contacts import Interest as Interest
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
    "AsyncPager",
    "AsyncPages",
    "Page",
    "Pager",
    "Pages",
    # Objects, each in both colours
    "AsyncAttachment",
    "Attachment",
    "AsyncChannel",
    "Channel",
    "AsyncContact",
    "Contact",
    "AsyncContactGroup",
    "ContactGroup",
    "AsyncMessage",
    "Message",
    "AsyncMessageRequest",
    "MessageRequest",
    "AsyncSenderId",
    "SenderId",
    "AsyncSenderIdClass",
    "SenderIdClass",
    "AsyncSenderIdType",
    "SenderIdType",
    # Values inside objects
    "Account",
    "Address",
    "Demographic",
    "Device",
    "Interest",
    "Fragment",
    "DeletedSenderIds",
    "SenderIdSummary",
    "ListParameters",
    # Errors
    "ApiError",
    "AuthenticationError",
    "BadRequestError",
    "ConfigurationError",
    "ConflictError",
    "ConnectionFailedError",
    "InsufficientCreditError",
    "InvalidArgumentError",
    "NotFoundError",
    "PartialFailureError",
    "PermissionDeniedError",
    "RateLimitError",
    "RequestTimeoutError",
    "ScgError",
    "ServerError",
    "UnexpectedResponseError",
    "UnprocessableError",
    "UntrustedServerError",
    # Version
    "__version__",
]

_HOME = {
    "_async.client": ["AsyncClient"],
    "_async.pager": ["AsyncPager", "AsyncPages"],
    "_async.resources.attachments": ["AsyncAttachment"],
    "_async.resources.channels": ["AsyncChannel"],
    "_async.resources.contact_groups": ["AsyncContactGroup"],
    "_async.resources.contacts": ["AsyncContact"],
    "_async.resources.message_requests": ["AsyncMessageRequest"],
    "_async.resources.messages": ["AsyncMessage"],
    "_async.resources.sender_id_classes": ["AsyncSenderIdClass"],
    "_async.resources.sender_id_types": ["AsyncSenderIdType"],
    "_async.resources.sender_ids": ["AsyncSenderId"],
    "_core.paging": ["Page"],
    "_core.retry": ["RetryPolicy"],
    "_sync.client": ["Client"],
    "_sync.pager": ["Pager", "Pages"],
    "_sync.resources.attachments": ["Attachment"],
    "_sync.resources.channels": ["Channel"],
    "_sync.resources.contact_groups": ["ContactGroup"],
    "_sync.resources.contacts": ["Contact"],
    "_sync.resources.message_requests": ["MessageRequest"],
    "_sync.resources.messages": ["Message"],
    "_sync.resources.sender_id_classes": ["SenderIdClass"],
    "_sync.resources.sender_id_types": ["SenderIdType"],
    "_sync.resources.sender_ids": ["SenderId"],
    "_version": ["__version__"],
    "auth": ["AuthInfo"],
    "errors": [
        "ApiError",
        "AuthenticationError",
        "BadRequestError",
        "ConfigurationError",
        "ConflictError",
        "ConnectionFailedError",
        "InsufficientCreditError",
        "InvalidArgumentError",
        "NotFoundError",
        "PartialFailureError",
        "PermissionDeniedError",
        "RateLimitError",
        "RequestTimeoutError",
        "ScgError",
        "ServerError",
        "UnexpectedResponseError",
        "UnprocessableError",
        "UntrustedServerError",
    ],
    "models._fields": ["ListParameters"],
    "models.contacts": ["Account", "Address", "Demographic", "Device", "Interest"],
    "models.messages": ["Fragment"],
    "models.sender_ids": ["DeletedSenderIds", "SenderIdSummary"],
    "scg": ["Scg"],
}
_MODULES = ("errors", "models", "sandbox")


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
