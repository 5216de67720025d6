# Generated from scgapi/_async/client.py by tools/generate.py: edit that file.
"""The client and its resources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scgapi._sync.base_client import BaseClient
from scgapi._sync.lazy import lazy_resources

if TYPE_CHECKING:
    from scgapi._sync.resources.access_tokens import AccessTokenResource
    from scgapi._sync.resources.application_instances import ApplicationInstanceResource
    from scgapi._sync.resources.application_scripts import ApplicationScriptResource
    from scgapi._sync.resources.attachments import AttachmentResource
    from scgapi._sync.resources.auth import Auth
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
    from scgapi._sync.resources.event_deliveries import (
        DeliveryConfigurationResource,
        EventDeliveryAttemptResource,
        EventDeliveryResource,
    )
    from scgapi._sync.resources.event_topics import EventTopicResource, TopicSubscriptionResource
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


@lazy_resources
class Client(BaseClient):
    """A client of the gateway; one serves any number of threads.

    Use it in `with`, or call `close()` when done.

    Args:
        auth: credentials; from the environment if left out (see `AuthInfo`).
        url: scheme and host; `auth.url` if left out, else `https://api.syniverse.com`.
        timeout: seconds that a call may take in all, with its retries, its pauses, the refresh of the token and the
            wait for a connection. If left out: 60, for the content of an attachment 3,600, for a send that is looked
            up when it is in doubt 300. Besides, an attempt fails after 10 s without a connection and 30 s of silence,
            or what the `http_client` says.
        retry: how failed calls are repeated (see `RetryPolicy`); `RetryPolicy(attempts=1)` switches it off.
        http_client: a ready `httpx.Client`, for HTTP/2 or a transport of your own. It stays the caller's to
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

    access_tokens: AccessTokenResource
    """Tokens that open one attachment or contact each, without other credentials."""
    application_instances: ApplicationInstanceResource
    """Communication applications that run a script on a sender id."""
    application_scripts: ApplicationScriptResource
    """Scripts of communication applications."""
    attachments: AttachmentResource
    """Media that messages carry."""
    auth: Auth
    """The access token that the client's calls are made with."""
    auto_alias: AutoAlias
    """Messages sent under an alias that the gateway chooses."""
    bridges: BridgeResource
    """Calls joined with one another."""
    calls: CallResource
    """Voice calls."""
    channels: ChannelResource
    """Several sender ids to send from as one."""
    conferences: ConferenceResource
    """Calls joined in a conference."""
    connectors: ConnectorResource
    """Connections to the bots of other platforms."""
    contact_address_history: ContactAddressHistoryResource
    """Changes of recipients' consent."""
    contact_address_statuses: ContactAddressStatusResource
    """The consent of each recipient, for each sender id."""
    contact_exports: ContactExportResource
    """Jobs that write contacts into a file."""
    contact_groups: ContactGroupResource
    """Groups of contacts to send to as one."""
    contact_imports: ContactImportResource
    """Jobs that read contacts from a file."""
    contacts: ContactResource
    """The people and devices that messages go to."""
    delivery_configurations: DeliveryConfigurationResource
    """The URLs that events are posted to."""
    event_deliveries: EventDeliveryResource
    """Deliveries of events."""
    event_delivery_attempts: EventDeliveryAttemptResource
    """Attempts to deliver events."""
    event_topics: EventTopicResource
    """Topics of events that can be subscribed to."""
    fast_access_rules: FastAccessRuleResource
    """Attributes of contacts that can be searched fast, and their names."""
    keywords: KeywordResource
    """Words that the gateway reacts to in incoming messages."""
    message_requests: MessageRequestResource
    """One text to one or many recipients: the way to send."""
    message_templates: MessageTemplateResource
    """Texts with variables."""
    messages: MessageResource
    """One for each recipient of a request, and those that came in."""
    mfa_applications: MfaApplicationResource
    """Applications that confirm their users by codes."""
    sender_id_classes: SenderIdClassResource
    """Priorities and throughputs of sender ids."""
    sender_id_imports: SenderIdImportResource
    """Jobs that read sender ids from a file."""
    sender_id_types: SenderIdTypeResource
    """Kinds of messages that sender ids can send."""
    sender_ids: SenderIdResource
    """The addresses that messages are sent from."""
    topic_subscriptions: TopicSubscriptionResource
    """Subscriptions of delivery configurations to topics."""
