"""Events that the gateway posts: receipts, incoming messages, calls, digits.

    from scgapi import events

    receiver = events.Receiver(basic=("gateway", "its password"))

    @receiver.on(events.MessageReceived)
    def answer(event: events.MessageReceived) -> None: ...

    app = events.asgi_app(receiver)

Everything loads on first use: `parse()` needs no more than pydantic, and an adapter loads its framework.
"""

from __future__ import annotations

# Annotated, because Jedi evaluates a bare False.
TYPE_CHECKING: bool = False

if TYPE_CHECKING:
    from scgapi.errors import EventError as EventError
    from scgapi.events.adapters.django import django_async_view as django_async_view
    from scgapi.events.adapters.django import django_view as django_view
    from scgapi.events.adapters.flask import flask_view as flask_view
    from scgapi.events.adapters.starlette import starlette_route as starlette_route
    from scgapi.events.asgi import asgi_app as asgi_app
    from scgapi.events.models import BaseEvent as BaseEvent
    from scgapi.events.models import MessageReceived as MessageReceived
    from scgapi.events.models import MessageRequestStateChanged as MessageRequestStateChanged
    from scgapi.events.models import MessageStateChanged as MessageStateChanged
    from scgapi.events.models import UnknownEvent as UnknownEvent
    from scgapi.events.parsing import Event as Event
    from scgapi.events.parsing import parse as parse
    from scgapi.events.parsing import parse_batch as parse_batch
    from scgapi.events.receiver import Receiver as Receiver
    from scgapi.events.redis import RedisStore as RedisStore
    from scgapi.events.sqlite import SqliteStore as SqliteStore
    from scgapi.events.stores import Claim as Claim
    from scgapi.events.stores import MemoryStore as MemoryStore
    from scgapi.events.stores import Store as Store
    from scgapi.events.voice import BridgePlaybackChanged as BridgePlaybackChanged
    from scgapi.events.voice import BridgeTtsChanged as BridgeTtsChanged
    from scgapi.events.voice import CallPlaybackChanged as CallPlaybackChanged
    from scgapi.events.voice import CallReceived as CallReceived
    from scgapi.events.voice import CallStateChanged as CallStateChanged
    from scgapi.events.voice import CallTtsChanged as CallTtsChanged
    from scgapi.events.voice import CollectorStateChanged as CollectorStateChanged
    from scgapi.events.voice import ConferenceMemberPlaybackChanged as ConferenceMemberPlaybackChanged
    from scgapi.events.voice import ConferenceMemberStateChanged as ConferenceMemberStateChanged
    from scgapi.events.wsgi import wsgi_app as wsgi_app
else:
    from scgapi._exports import EXPORTS
    from scgapi._lazy import attach

    __getattr__, __dir__, __all__ = attach(__name__, EXPORTS[__name__])
