"""The columns of the matrix: one call of each kind, and what shows that it worked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

import scgapi
from scgapi._core.doubt import OnUnknown
from tests.faults.driver import AnyClient, settled
from tests.faults.server import Key
from tests.faults.world import CONTACT, CONTACTS, CONTENT, SENDS, STORED, Gateway

NUMBER = "+15559876543"
BODY = "canary-body"
UPLOADED = b"what is uploaded"
AnyContact = scgapi.Contact | scgapi.AsyncContact


async def nothing(_: AnyClient) -> object:
    return None


async def get(scg: AnyClient, _: object) -> object:
    return await settled(scg.contacts.get("c"))


async def delete(scg: AnyClient, _: object) -> object:
    return await settled(scg.contacts.delete("c"))


async def send(scg: AnyClient, _: object = None) -> object:
    return await settled(scg.message_requests.create(from_="1", to=[NUMBER], body=BODY))


async def send_without_id(scg: AnyClient, _: object) -> object:
    return await settled(scg.message_requests.create(from_="1", to=[NUMBER], body=BODY, external_id=None))


async def create(scg: AnyClient, _: object) -> object:
    return await settled(scg.contacts.create(first_name="John", primary_mdn=NUMBER))


async def change(scg: AnyClient) -> object:
    contact = await settled(scg.contacts.get("c"))
    assert isinstance(contact, AnyContact)
    contact.last_name = "Anderson"
    return contact


async def update(_: AnyClient, contact: object) -> object:
    assert isinstance(contact, AnyContact)
    await settled(contact.update())
    return contact


async def replace(_: AnyClient, contact: object) -> object:
    assert isinstance(contact, AnyContact)
    await settled(contact.replace())
    return contact


async def upload(scg: AnyClient, _: object) -> object:
    return await settled(scg.attachments.upload("a", UPLOADED))


async def download(scg: AnyClient, _: object) -> object:
    return await settled(scg.attachments.download("a"))


def found(result: object, _: Gateway) -> bool:
    return isinstance(result, AnyContact) and (result.id, result.last_name) == ("c", "Doe")


def gone(_: object, world: Gateway) -> bool:
    return world.deleted


def taken(result: object, world: Gateway) -> bool:
    return result == f"r{len(world.sends) - 1}"


def created(result: object, world: Gateway) -> bool:
    return result == f"contact-{world.created}"


def changed(result: object, world: Gateway) -> bool:
    is_followed = isinstance(result, AnyContact) and result.version_number == world.version == 4
    return is_followed and world.last_name == "Anderson"


def stored(_: object, world: Gateway) -> bool:
    return world.content == UPLOADED


def fetched(result: object, _: Gateway) -> bool:
    return result == STORED


@dataclass(frozen=True)
class Column:
    """A kind of call.

    `before`: requests of the call itself that precede the one that meets the fault. `kind`: a read or an upload has its effect at
    each execution, a guarded one (a delete, an update with its version) once, and a send may reach people.
    """

    name: str
    key: Key
    kind: Literal["read", "guarded", "send", "upload", "other"]
    act: Callable[[AnyClient, object], Awaitable[object]]
    worked: Callable[[object, Gateway], bool]
    prepare: Callable[[AnyClient], Awaitable[object]] = nothing
    on_unknown: OnUnknown = "raise"
    versioned: bool = False
    before: int = 0
    has_id: bool = False


COLUMNS = (
    Column("GET", ("GET", CONTACT), "read", get, found),
    Column("DELETE", ("DELETE", CONTACT), "guarded", delete, gone),
    Column("send", ("POST", SENDS), "send", send, taken, has_id=True),
    # Its first send is the control that makes an empty look-up count.
    Column("verified", ("POST", SENDS), "send", send, taken, prepare=send, on_unknown="verify", has_id=True),
    Column("send-no-id", ("POST", SENDS), "send", send_without_id, taken),
    Column("create", ("POST", CONTACTS), "other", create, created),
    Column("update", ("POST", CONTACT), "guarded", update, changed, prepare=change, versioned=True),
    Column("PUT", ("PUT", CONTACT), "guarded", replace, changed, prepare=change, versioned=True),
    Column("upload", ("POST", CONTENT), "upload", upload, stored, before=1),
    Column("download", ("GET", CONTENT), "read", download, fetched, before=1),
)
