"""The client and its resources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scgapi._async.base_client import AsyncBaseClient
from scgapi._async.lazy import lazy_resources

if TYPE_CHECKING:
    from scgapi._async.resources.access_tokens import AsyncAccessTokenResource
    from scgapi._async.resources.application_instances import AsyncApplicationInstanceResource
    from scgapi._async.resources.application_scripts import AsyncApplicationScriptResource
    from scgapi._async.resources.attachments import AsyncAttachmentResource
    from scgapi._async.resources.auth import AsyncAuth
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
    from scgapi._async.resources.event_deliveries import (
        AsyncDeliveryConfigurationResource,
        AsyncEventDeliveryAttemptResource,
        AsyncEventDeliveryResource,
    )
    from scgapi._async.resources.event_topics import AsyncEventTopicResource, AsyncTopicSubscriptionResource
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


@lazy_resources
class AsyncClient(AsyncBaseClient):
    """A client of the gateway; one serves any number of tasks.

    Use it in `async with`, or call `close()` when done.

    Args:
        auth: credentials; from the environment if left out (see `AuthInfo`).
        url: scheme and host; `auth.url` if left out, else `https://api.syniverse.com`.
        timeout: seconds that a call may take in all, with its retries, its pauses, the refresh of the token and the
            wait for a connection. If left out: 60, for the content of an attachment 3,600, for a send that is looked
            up when it is in doubt 300. Besides, an attempt fails after 10 s without a connection and 30 s of silence,
            or what the `http_client` says.
        retry: how failed calls are repeated (see `RetryPolicy`); `RetryPolicy(attempts=1)` switches it off.
        http_client: a ready `httpx.AsyncClient`, for HTTP/2 or a transport of your own. It stays the caller's to
            close; its own credentials, cookies and default headers are not used. If its transport is not one of
            httpx's, it is trusted: a `ConnectError` must mean that nothing was sent (pyreqwest's does not).
        transport: the transport of the requests if there is no `http_client`: `"httpx"`, or `"fast"`, which takes a fraction
            of the CPU, keeps the same promises and speaks HTTP/1.1 only (`pip install 'scgapi[fast]'`).
        proxy: URL of a proxy to go through, such as `http://user:password@proxy:3128`; `https:` and `socks5:` work, too
            (`pip install 'httpx[socks]'`). Not with `transport="fast"`.
        verify: certificates to trust instead of certifi's: an `ssl.SSLContext` (client certificates, too), or the path
            of a file or folder of CA certificates in PEM.
        trust_env: use the environment's `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`, `SSL_CERT_FILE` and
            `SSL_CERT_DIR`, as httpx does by default. Arguments win over it.
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

    access_tokens: AsyncAccessTokenResource
    """Tokens that open one attachment or contact each, without other credentials."""
    application_instances: AsyncApplicationInstanceResource
    """Communication applications that run a script on a sender id."""
    application_scripts: AsyncApplicationScriptResource
    """Scripts of communication applications."""
    attachments: AsyncAttachmentResource
    """Media that messages carry."""
    auth: AsyncAuth
    """The access token that the client's calls are made with."""
    auto_alias: AsyncAutoAlias
    """Messages sent under an alias that the gateway chooses."""
    bridges: AsyncBridgeResource
    """Calls joined with one another."""
    calls: AsyncCallResource
    """Voice calls."""
    channels: AsyncChannelResource
    """Several sender ids to send from as one."""
    conferences: AsyncConferenceResource
    """Calls joined in a conference."""
    connectors: AsyncConnectorResource
    """Connections to the bots of other platforms."""
    contact_address_history: AsyncContactAddressHistoryResource
    """Changes of recipients' consent."""
    contact_address_statuses: AsyncContactAddressStatusResource
    """The consent of each recipient, for each sender id."""
    contact_exports: AsyncContactExportResource
    """Jobs that write contacts into a file."""
    contact_groups: AsyncContactGroupResource
    """Groups of contacts to send to as one."""
    contact_imports: AsyncContactImportResource
    """Jobs that read contacts from a file."""
    contacts: AsyncContactResource
    """The people and devices that messages go to."""
    delivery_configurations: AsyncDeliveryConfigurationResource
    """The URLs that events are posted to."""
    event_deliveries: AsyncEventDeliveryResource
    """Deliveries of events."""
    event_delivery_attempts: AsyncEventDeliveryAttemptResource
    """Attempts to deliver events."""
    event_topics: AsyncEventTopicResource
    """Topics of events that can be subscribed to."""
    fast_access_rules: AsyncFastAccessRuleResource
    """Attributes of contacts that can be searched fast, and their names."""
    keywords: AsyncKeywordResource
    """Words that the gateway reacts to in incoming messages."""
    message_requests: AsyncMessageRequestResource
    """One text to one or many recipients: the way to send."""
    message_templates: AsyncMessageTemplateResource
    """Texts with variables."""
    messages: AsyncMessageResource
    """One for each recipient of a request, and those that came in."""
    mfa_applications: AsyncMfaApplicationResource
    """Applications that confirm their users by codes."""
    sender_id_classes: AsyncSenderIdClassResource
    """Priorities and throughputs of sender ids."""
    sender_id_imports: AsyncSenderIdImportResource
    """Jobs that read sender ids from a file."""
    sender_id_types: AsyncSenderIdTypeResource
    """Kinds of messages that sender ids can send."""
    sender_ids: AsyncSenderIdResource
    """The addresses that messages are sent from."""
    topic_subscriptions: AsyncTopicSubscriptionResource
    """Subscriptions of delivery configurations to topics."""
