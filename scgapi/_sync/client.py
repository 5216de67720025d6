# Generated from scgapi/_async/client.py by tools/generate.py: edit that file.
"""The client: what users make, and the resources on it."""

from __future__ import annotations

import logging
from types import TracebackType
from typing import TYPE_CHECKING, Self

from scgapi._core.attempt import TransportName
from scgapi._core.doubt import OnUnknown
from scgapi._core.request import (
    API_PREFIX,
    ATTACHMENT_PREFIX,
    DEFAULT_URL,
    TOKEN_PREFIX,
    Endpoints,
)
from scgapi._core.retry import RetryPolicy
from scgapi._sync.lazy import Lazy
from scgapi._sync.pipeline import Pipeline
from scgapi._sync.transport import Transport
from scgapi.auth import AuthInfo
from scgapi.errors import ConfigurationError

if TYPE_CHECKING:
    import httpx

    from scgapi._sync.resources.access_tokens import AccessTokenResource
    from scgapi._sync.resources.application_instances import ApplicationInstanceResource
    from scgapi._sync.resources.application_scripts import ApplicationScriptResource
    from scgapi._sync.resources.attachments import AttachmentResource
    from scgapi._sync.resources.auto_alias import AutoAlias
    from scgapi._sync.resources.bridges import BridgeResource
    from scgapi._sync.resources.calls import CallResource
    from scgapi._sync.resources.channels import ChannelResource
    from scgapi._sync.resources.conferences import ConferenceResource
    from scgapi._sync.resources.connectors import ConnectorResource
    from scgapi._sync.resources.contact_address_history import ContactAddressHistoryResource
    from scgapi._sync.resources.contact_address_statuses import ContactAddressStatusResource
    from scgapi._sync.resources.contact_exports import ContactExportResource
    from scgapi._sync.resources.contact_groups import ContactGroupResource
    from scgapi._sync.resources.contact_imports import ContactImportResource
    from scgapi._sync.resources.contacts import ContactResource
    from scgapi._sync.resources.ess_deliveries import (
        DeliveryConfigurationResource,
        EventDeliveryAttemptResource,
        EventDeliveryResource,
    )
    from scgapi._sync.resources.ess_topics import EventTopicResource, TopicSubscriptionResource
    from scgapi._sync.resources.fast_access_rules import FastAccessRuleResource
    from scgapi._sync.resources.keywords import KeywordResource
    from scgapi._sync.resources.message_requests import MessageRequestResource
    from scgapi._sync.resources.message_templates import MessageTemplateResource
    from scgapi._sync.resources.messages import MessageResource
    from scgapi._sync.resources.mfa_applications import MfaApplicationResource
    from scgapi._sync.resources.sender_id_classes import SenderIdClassResource
    from scgapi._sync.resources.sender_id_imports import SenderIdImportResource
    from scgapi._sync.resources.sender_id_types import SenderIdTypeResource
    from scgapi._sync.resources.sender_ids import SenderIdResource

log = logging.getLogger("scgapi")


class Client:
    """A client of the gateway; one serves any number of threads.

    Use it in `with`, or call `close()` when done.

    Args:
        auth: credentials; from the environment if left out (see `AuthInfo`).
        url: scheme and host; `auth.url` if left out, else `https://api.syniverse.com`.
        timeout: seconds that a call may take in all, with its retries, its pauses, the renewal of the token and the
            wait for a connection. If left out: 60, for the content of an attachment 3,600, for a send that is looked
            up when it is in doubt 300. Besides, an attempt fails after 10 s without a connection and 30 s of silence,
            or what the `http_client` says.
        retry: how failed calls are repeated (see `RetryPolicy`); `RetryPolicy(attempts=1)` switches it off.
        http_client: a ready `httpx.Client`, for proxies, certificates or HTTP/2. It stays the caller's to
            close; its own credentials, cookies and default headers are not used. If its transport is not one of
            httpx's, its word is taken: a `ConnectError` must mean that nothing was sent (pyreqwest's does not).
        transport: what carries the requests if no `http_client` does: `"httpx"`, or `"fast"`, which takes a fraction
            of the CPU, keeps the same promises and speaks HTTP/1.1 only (`pip install 'scgapi[fast]'`).
        api_prefix: path of the API below the host.
        attachment_prefix: path of the attachments' content below the host.
        token_prefix: path of the token service below the host.
        on_unknown: what `message_requests.create()` does when it cannot know whether a message was sent: `"raise"`
            an `OutcomeUnknownError` and never send a second time, or `"verify"`: wait half a minute, look the send up
            by its `external_id`, adopt it if it is there, and send again only if it provably is not.

    Raises:
        ConfigurationError: there are no credentials, the URL, a prefix or the timeout is malformed, or what the
            transport needs is not installed.
    """

    access_tokens: Lazy[AccessTokenResource] = Lazy("access_tokens", "AccessTokenResource")
    """Tokens that open one attachment or contact to whoever has them."""
    application_instances: Lazy[ApplicationInstanceResource] = Lazy(
        "application_instances", "ApplicationInstanceResource"
    )
    """Communication applications that run a script on a sender id."""
    application_scripts: Lazy[ApplicationScriptResource] = Lazy(
        "application_scripts", "ApplicationScriptResource"
    )
    """Scripts of communication applications."""
    attachments: Lazy[AttachmentResource] = Lazy("attachments", "AttachmentResource")
    """Media that messages carry."""
    auto_alias: Lazy[AutoAlias] = Lazy("auto_alias", "AutoAlias")
    """Messages sent under an alias that the gateway chooses."""
    bridges: Lazy[BridgeResource] = Lazy("bridges", "BridgeResource")
    """Calls joined with one another."""
    calls: Lazy[CallResource] = Lazy("calls", "CallResource")
    """Voice calls."""
    channels: Lazy[ChannelResource] = Lazy("channels", "ChannelResource")
    """Several sender ids to send from as one."""
    conferences: Lazy[ConferenceResource] = Lazy("conferences", "ConferenceResource")
    """Calls joined in a conference."""
    connectors: Lazy[ConnectorResource] = Lazy("connectors", "ConnectorResource")
    """Connections to the bots of other platforms."""
    contact_address_history: Lazy[ContactAddressHistoryResource] = Lazy(
        "contact_address_history", "ContactAddressHistoryResource"
    )
    """What recipients consented to, and when."""
    contact_address_statuses: Lazy[ContactAddressStatusResource] = Lazy(
        "contact_address_statuses", "ContactAddressStatusResource"
    )
    """What each recipient consents to, for each sender id."""
    contact_exports: Lazy[ContactExportResource] = Lazy("contact_exports", "ContactExportResource")
    """Jobs that write contacts into a file."""
    contact_groups: Lazy[ContactGroupResource] = Lazy("contact_groups", "ContactGroupResource")
    """Groups of contacts to send to as one."""
    contact_imports: Lazy[ContactImportResource] = Lazy("contact_imports", "ContactImportResource")
    """Jobs that read contacts from a file."""
    contacts: Lazy[ContactResource] = Lazy("contacts", "ContactResource")
    """The people and devices that messages go to."""
    delivery_configurations: Lazy[DeliveryConfigurationResource] = Lazy(
        "ess_deliveries", "DeliveryConfigurationResource"
    )
    """Where and how events are delivered."""
    event_deliveries: Lazy[EventDeliveryResource] = Lazy("ess_deliveries", "EventDeliveryResource")
    """What became of events on their way."""
    event_delivery_attempts: Lazy[EventDeliveryAttemptResource] = Lazy(
        "ess_deliveries", "EventDeliveryAttemptResource"
    )
    """Attempts to deliver events."""
    event_topics: Lazy[EventTopicResource] = Lazy("ess_topics", "EventTopicResource")
    """Topics of events that can be subscribed to."""
    fast_access_rules: Lazy[FastAccessRuleResource] = Lazy("fast_access_rules", "FastAccessRuleResource")
    """Which attributes of contacts can be found fast, by which names."""
    keywords: Lazy[KeywordResource] = Lazy("keywords", "KeywordResource")
    """Words that the gateway reacts to in incoming messages."""
    message_requests: Lazy[MessageRequestResource] = Lazy("message_requests", "MessageRequestResource")
    """One text to one or many recipients: the way to send."""
    message_templates: Lazy[MessageTemplateResource] = Lazy("message_templates", "MessageTemplateResource")
    """Texts with places for variables."""
    messages: Lazy[MessageResource] = Lazy("messages", "MessageResource")
    """One for each recipient of a request, and those that came in."""
    mfa_applications: Lazy[MfaApplicationResource] = Lazy("mfa_applications", "MfaApplicationResource")
    """Applications that confirm their users by codes."""
    sender_id_classes: Lazy[SenderIdClassResource] = Lazy("sender_id_classes", "SenderIdClassResource")
    """What decides a sender id's priority and throughput."""
    sender_id_imports: Lazy[SenderIdImportResource] = Lazy("sender_id_imports", "SenderIdImportResource")
    """Jobs that read sender ids from a file."""
    sender_id_types: Lazy[SenderIdTypeResource] = Lazy("sender_id_types", "SenderIdTypeResource")
    """What can be sent from a sender id."""
    sender_ids: Lazy[SenderIdResource] = Lazy("sender_ids", "SenderIdResource")
    """The addresses that messages are sent from."""
    topic_subscriptions: Lazy[TopicSubscriptionResource] = Lazy("ess_topics", "TopicSubscriptionResource")
    """Which events go to which delivery configuration."""

    def __init__(
        self,
        auth: AuthInfo | None = None,
        *,
        url: str | None = None,
        timeout: float | None = None,
        retry: RetryPolicy | None = None,
        http_client: httpx.Client | None = None,
        transport: TransportName = "httpx",
        api_prefix: str = API_PREFIX,
        attachment_prefix: str = ATTACHMENT_PREFIX,
        token_prefix: str = TOKEN_PREFIX,
        on_unknown: OnUnknown = "raise",
    ) -> None:
        self._auth = AuthInfo() if auth is None else auth
        if not isinstance(self._auth, AuthInfo):
            raise ConfigurationError(f"auth must be an AuthInfo, got {type(self._auth).__name__}")
        _check_options(timeout, retry, on_unknown)
        self.on_unknown: OnUnknown = on_unknown
        host = url or self._auth.url or DEFAULT_URL
        endpoints = Endpoints(host, api_prefix, attachment_prefix, token_prefix)
        if retry is None:
            tries = self._auth.retries
            retry = RetryPolicy() if tries is None else RetryPolicy(attempts=tries + 1)
        self._transport = Transport(http_client, transport, endpoints.url)
        self._pipeline = Pipeline(self._auth, endpoints, self._transport, retry=retry, timeout=timeout)

    def with_options(
        self,
        *,
        timeout: float | None = None,
        retry: RetryPolicy | None = None,
        on_unknown: OnUnknown | None = None,
    ) -> Self:
        """A client that differs in what is given, and shares connections, token and retry budget with this one.

        For a single call: `client.with_options(timeout=5).messages.get(message_id)`. Closing either closes both.

        Raises:
            ConfigurationError: a value is out of its range.
        """
        _check_options(timeout, retry, self.on_unknown if on_unknown is None else on_unknown)
        other = object.__new__(type(self))
        other._auth = self._auth
        other._transport = self._transport
        other._pipeline = self._pipeline.with_options(retry, timeout)
        other.on_unknown = on_unknown or self.on_unknown
        return other

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections. Closing twice does no harm."""
        self._transport.close()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(url={self._pipeline.endpoints.url!r})"


def _check_options(timeout: float | None, retry: RetryPolicy | None, on_unknown: OnUnknown) -> None:
    if not isinstance(timeout, int | float | None) or (
        timeout is not None and not 0 < timeout < float("inf")
    ):
        raise ConfigurationError(f"timeout must be more than 0 seconds, got {timeout}")
    if not isinstance(retry, RetryPolicy | None):
        raise ConfigurationError(f"retry must be a RetryPolicy, got {type(retry).__name__}")
    if on_unknown not in ("raise", "verify"):
        raise ConfigurationError(f"on_unknown must be 'raise' or 'verify', got {on_unknown!r}")
