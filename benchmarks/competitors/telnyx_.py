"""telnyx's client, by `base_url`; its pager goes by page numbers (`SyncDefaultFlatPagination`)."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from importlib import import_module

from benchmarks.competitor import MESSAGE_ID, AsyncCall, Call, Competitor, Listing
from benchmarks.competitors import _stainless as stainless


def _client(url: str) -> stainless.Client:
    client: stainless.Client = import_module("telnyx").Telnyx(api_key="t", base_url=url)
    return client


def _model(name: str) -> type[object]:
    return stainless.model(import_module("telnyx").BaseModel, name)


def get(url: str) -> Call:
    """Get a message."""
    return stainless.get(_client(url), _model("Message"))


def send(url: str) -> Call:
    """Post a message request."""
    return stainless.send(_client(url), _model("Created"))


def listing(url: str) -> Listing:
    """List messages."""
    message = _model("Message")
    page: type[object] = import_module("telnyx.pagination").SyncDefaultFlatPagination[message]
    return stainless.listing(_client(url), message, page)


def sends(url: str, _: int) -> AbstractAsyncContextManager[AsyncCall]:
    """Post message requests from many tasks."""
    entered: AbstractAsyncContextManager[stainless.AsyncClient] = import_module("telnyx").AsyncTelnyx(
        api_key="t", base_url=url
    )
    return stainless.sends(entered, _model("Created"))


FIRST_CALL = f"""
import sys, telnyx
with telnyx.Telnyx(api_key="t", base_url=sys.argv[1]) as client:
    client.messages.retrieve("{MESSAGE_ID}")
"""

COMPETITORS = {
    "telnyx": Competitor(
        label="telnyx's client",
        module="telnyx",
        first_call=FIRST_CALL,
        get=get,
        send=send,
        listing=listing,
        sends=sends,
    )
}
