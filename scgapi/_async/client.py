"""The client: what users make, and the resources on it."""

from __future__ import annotations

import logging
from types import TracebackType
from typing import TYPE_CHECKING

from typing_extensions import Self

from scgapi._async.lazy import AsyncLazy
from scgapi._async.pipeline import AsyncPipeline
from scgapi._async.transport import AsyncTransport
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
from scgapi.auth import AuthInfo
from scgapi.errors import ConfigurationError

if TYPE_CHECKING:
    import httpx

    from scgapi._async.resources.access_tokens import AsyncAccessTokenResource
    from scgapi._async.resources.application_instances import AsyncApplicationInstanceResource
    from scgapi._async.resources.application_scripts import AsyncApplicationScriptResource
    from scgapi._async.resources.attachments import AsyncAttachmentResource
    from scgapi._async.resources.auto_alias import AsyncAutoAlias
    from scgapi._async.resources.bridges import AsyncBridgeResource
    from scgapi._async.resources.calls import AsyncCallResource
    from scgapi._async.resources.channels import AsyncChannelResource
    from scgapi._async.resources.conferences import AsyncConferenceResource
    from scgapi._async.resources.connectors import AsyncConnectorResource
    from scgapi._async.resources.contact_address_history import AsyncContactAddressHistoryResource
    from scgapi._async.resources.contact_address_statuses import AsyncContactAddressStatusResource
    from scgapi._async.resources.contact_exports import AsyncContactExportResource
    from scgapi._async.resources.contact_groups import AsyncContactGroupResource
    from scgapi._async.resources.contact_imports import AsyncContactImportResource
    from scgapi._async.resources.contacts import AsyncContactResource
    from scgapi._async.resources.ess_deliveries import (
        AsyncDeliveryConfigurationResource,
        AsyncEventDeliveryAttemptResource,
        AsyncEventDeliveryResource,
    )
    from scgapi._async.resources.ess_topics import AsyncEventTopicResource, AsyncTopicSubscriptionResource
    from scgapi._async.resources.fast_access_rules import AsyncFastAccessRuleResource
    from scgapi._async.resources.keywords import AsyncKeywordResource
    from scgapi._async.resources.message_requests import AsyncMessageRequestResource
    from scgapi._async.resources.message_templates import AsyncMessageTemplateResource
    from scgapi._async.resources.messages import AsyncMessageResource
    from scgapi._async.resources.mfa_applications import AsyncMfaApplicationResource
    from scgapi._async.resources.sender_id_classes import AsyncSenderIdClassResource
    from scgapi._async.resources.sender_id_imports import AsyncSenderIdImportResource
    from scgapi._async.resources.sender_id_types import AsyncSenderIdTypeResource
    from scgapi._async.resources.sender_ids import AsyncSenderIdResource

log = logging.getLogger("scgapi")


class AsyncClient:
    """A client of the gateway; one serves any number of tasks.

    Use it in `async with`, or call `close()` when done.

    Args:
        auth: credentials; from the environment if left out (see `AuthInfo`).
        url: scheme and host; `auth.url` if left out, else `https://api.syniverse.com`.
        timeout: seconds that a call may take in all, with its retries, its pauses, the renewal of the token and the
            wait for a connection. If left out: 60, for the content of an attachment 3,600, for a send that is looked
            up when it is in doubt 300. Besides, an attempt fails after 10 s without a connection and 30 s of silence,
            or what the `http_client` says.
        retry: how failed calls are repeated (see `RetryPolicy`); `RetryPolicy(attempts=1)` switches it off.
        http_client: a ready `httpx.AsyncClient`, for proxies, certificates or HTTP/2. It stays the caller's to
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

    access_tokens: AsyncLazy[AsyncAccessTokenResource] = AsyncLazy(
        "access_tokens", "AsyncAccessTokenResource"
    )
    """Tokens that open one attachment or contact to whoever has them."""
    application_instances: AsyncLazy[AsyncApplicationInstanceResource] = AsyncLazy(
        "application_instances", "AsyncApplicationInstanceResource"
    )
    """Communication applications that run a script on a sender id."""
    application_scripts: AsyncLazy[AsyncApplicationScriptResource] = AsyncLazy(
        "application_scripts", "AsyncApplicationScriptResource"
    )
    """Scripts of communication applications."""
    attachments: AsyncLazy[AsyncAttachmentResource] = AsyncLazy("attachments", "AsyncAttachmentResource")
    """Media that messages carry."""
    auto_alias: AsyncLazy[AsyncAutoAlias] = AsyncLazy("auto_alias", "AsyncAutoAlias")
    """Messages sent under an alias that the gateway chooses."""
    bridges: AsyncLazy[AsyncBridgeResource] = AsyncLazy("bridges", "AsyncBridgeResource")
    """Calls joined with one another."""
    calls: AsyncLazy[AsyncCallResource] = AsyncLazy("calls", "AsyncCallResource")
    """Voice calls."""
    channels: AsyncLazy[AsyncChannelResource] = AsyncLazy("channels", "AsyncChannelResource")
    """Several sender ids to send from as one."""
    conferences: AsyncLazy[AsyncConferenceResource] = AsyncLazy("conferences", "AsyncConferenceResource")
    """Calls joined in a conference."""
    connectors: AsyncLazy[AsyncConnectorResource] = AsyncLazy("connectors", "AsyncConnectorResource")
    """Connections to the bots of other platforms."""
    contact_address_history: AsyncLazy[AsyncContactAddressHistoryResource] = AsyncLazy(
        "contact_address_history", "AsyncContactAddressHistoryResource"
    )
    """What recipients consented to, and when."""
    contact_address_statuses: AsyncLazy[AsyncContactAddressStatusResource] = AsyncLazy(
        "contact_address_statuses", "AsyncContactAddressStatusResource"
    )
    """What each recipient consents to, for each sender id."""
    contact_exports: AsyncLazy[AsyncContactExportResource] = AsyncLazy(
        "contact_exports", "AsyncContactExportResource"
    )
    """Jobs that write contacts into a file."""
    contact_groups: AsyncLazy[AsyncContactGroupResource] = AsyncLazy(
        "contact_groups", "AsyncContactGroupResource"
    )
    """Groups of contacts to send to as one."""
    contact_imports: AsyncLazy[AsyncContactImportResource] = AsyncLazy(
        "contact_imports", "AsyncContactImportResource"
    )
    """Jobs that read contacts from a file."""
    contacts: AsyncLazy[AsyncContactResource] = AsyncLazy("contacts", "AsyncContactResource")
    """The people and devices that messages go to."""
    delivery_configurations: AsyncLazy[AsyncDeliveryConfigurationResource] = AsyncLazy(
        "ess_deliveries", "AsyncDeliveryConfigurationResource"
    )
    """Where and how events are delivered."""
    event_deliveries: AsyncLazy[AsyncEventDeliveryResource] = AsyncLazy(
        "ess_deliveries", "AsyncEventDeliveryResource"
    )
    """What became of events on their way."""
    event_delivery_attempts: AsyncLazy[AsyncEventDeliveryAttemptResource] = AsyncLazy(
        "ess_deliveries", "AsyncEventDeliveryAttemptResource"
    )
    """Attempts to deliver events."""
    event_topics: AsyncLazy[AsyncEventTopicResource] = AsyncLazy("ess_topics", "AsyncEventTopicResource")
    """Topics of events that can be subscribed to."""
    fast_access_rules: AsyncLazy[AsyncFastAccessRuleResource] = AsyncLazy(
        "fast_access_rules", "AsyncFastAccessRuleResource"
    )
    """Which attributes of contacts can be found fast, by which names."""
    keywords: AsyncLazy[AsyncKeywordResource] = AsyncLazy("keywords", "AsyncKeywordResource")
    """Words that the gateway reacts to in incoming messages."""
    message_requests: AsyncLazy[AsyncMessageRequestResource] = AsyncLazy(
        "message_requests", "AsyncMessageRequestResource"
    )
    """One text to one or many recipients: the way to send."""
    message_templates: AsyncLazy[AsyncMessageTemplateResource] = AsyncLazy(
        "message_templates", "AsyncMessageTemplateResource"
    )
    """Texts with places for variables."""
    messages: AsyncLazy[AsyncMessageResource] = AsyncLazy("messages", "AsyncMessageResource")
    """One for each recipient of a request, and those that came in."""
    mfa_applications: AsyncLazy[AsyncMfaApplicationResource] = AsyncLazy(
        "mfa_applications", "AsyncMfaApplicationResource"
    )
    """Applications that confirm their users by codes."""
    sender_id_classes: AsyncLazy[AsyncSenderIdClassResource] = AsyncLazy(
        "sender_id_classes", "AsyncSenderIdClassResource"
    )
    """What decides a sender id's priority and throughput."""
    sender_id_imports: AsyncLazy[AsyncSenderIdImportResource] = AsyncLazy(
        "sender_id_imports", "AsyncSenderIdImportResource"
    )
    """Jobs that read sender ids from a file."""
    sender_id_types: AsyncLazy[AsyncSenderIdTypeResource] = AsyncLazy(
        "sender_id_types", "AsyncSenderIdTypeResource"
    )
    """What can be sent from a sender id."""
    sender_ids: AsyncLazy[AsyncSenderIdResource] = AsyncLazy("sender_ids", "AsyncSenderIdResource")
    """The addresses that messages are sent from."""
    topic_subscriptions: AsyncLazy[AsyncTopicSubscriptionResource] = AsyncLazy(
        "ess_topics", "AsyncTopicSubscriptionResource"
    )
    """Which events go to which delivery configuration."""

    def __init__(
        self,
        auth: AuthInfo | None = None,
        *,
        url: str | None = None,
        timeout: float | None = None,
        retry: RetryPolicy | None = None,
        http_client: httpx.AsyncClient | None = None,
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
        self._transport = AsyncTransport(http_client, transport, endpoints.url)
        self._pipeline = AsyncPipeline(self._auth, endpoints, self._transport, retry=retry, timeout=timeout)

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

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections. Closing twice does no harm."""
        await self._transport.close()

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
