"""Base classes of the API's objects: what an object can do by itself, apart from its resource."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from types import FunctionType
from typing import ClassVar, TypeVar

from typing_extensions import Self

from scgapi._async.base_client import AsyncBaseClient
from scgapi._async.pipeline import identity
from scgapi._async.waiting import wait_for
from scgapi._core.changes import changed_fields, fields_set, mark_clean, take_snapshot
from scgapi._core.json import is_integer
from scgapi._core.loading import load
from scgapi._core.model.base import Model, ResourceModel
from scgapi._core.operation import Operation
from scgapi._core.request import build_request
from scgapi._core.response import Response
from scgapi._core.schema import body_schema
from scgapi._core.signatures import name_keywords
from scgapi._core.tracebacks import trim_tracebacks
from scgapi.errors import ConfigurationError

O = TypeVar("O", bound="AsyncObject")  # noqa: E741 - an object
T = TypeVar("T")

_ITS_PATH = "the path that its class names"


def operations(**by_method: Operation) -> Callable[[type[O]], type[O]]:
    """Class decorator: the operations behind the methods that an object inherits, by the names of these methods.

    The docstring of each method is completed with the operation's path, for `help()`.
    """

    def complete(object_class: type[O]) -> type[O]:
        object_class._operations = by_method
        for name, operation in by_method.items():
            setattr(
                object_class, name, _own_method(object_class, name, operation.path.removesuffix(f"/{name}"))
            )
        return object_class

    return complete


class AsyncObject(Model):
    """An object that knows the client that it came from."""

    _operations: ClassVar[Mapping[str, Operation]] = {}

    @classmethod
    def __pydantic_init_subclass__(cls, **options: object) -> None:
        name_keywords(cls)
        if cls.__module__.startswith("scgapi."):
            trim_tracebacks(cls)

    @property
    def _scg(self) -> AsyncBaseClient:
        owner: object = getattr(self, "_owner", None)
        if isinstance(owner, AsyncBaseClient):
            return owner
        raise ConfigurationError(
            f"this {type(self).__name__} is not attached to a client: create() it through its resource, "
            "or load it with get() or list()"
        )

    @property
    def _parent_id(self) -> str:
        """The id of the object that this one belongs to; empty if there is none."""
        return getattr(self, "_parent", "")

    def _bind(self, client: AsyncBaseClient, parent: str) -> None:
        object.__setattr__(self, "_owner", client)
        object.__setattr__(self, "_parent", parent)

    def _load_from(self, other: Model) -> None:
        """Take over the fields of another object: the same one, read again."""
        object.__setattr__(self, "__dict__", other.__dict__)
        object.__setattr__(self, "__pydantic_fields_set__", other.__pydantic_fields_set__)
        object.__setattr__(self, "__pydantic_extra__", other.__pydantic_extra__)

    def _own_id(self) -> str:
        # Not every kind of object is a `ResourceModel`, but each has an id.
        own_id: str = getattr(self, "id")  # noqa: B009 - type checkers do not know the attribute
        return own_id

    async def _call(
        self,
        client: AsyncBaseClient,
        operation: Operation,
        read: Callable[[Response], T],
        content: bytes | None = None,
    ) -> T:
        """Make a call to this object's path."""
        ids = [self._parent_id, self._own_id()] if self._parent_id else [self._own_id()]
        request = build_request(client._pipeline.endpoints, operation, ids, content=content)
        return await client._pipeline.call(request, read)


class AsyncReadable(AsyncObject):
    """An object that can be read again."""

    async def refresh(self) -> None:
        """Read the object again; unsaved changes are lost (GET the path that its class names).

        Raises:
            NotFoundError: the object is gone.
        """
        self._load_from(await self._read())

    async def _read(self) -> Self:
        """Return the object as the gateway has it now; this one stays as it is."""
        operation = self._operations["refresh"]
        return await self._call(self._scg, operation, functools.partial(load, type(self), operation))


class AsyncDeletable(AsyncObject):
    """An object that can be deleted."""

    async def delete(self) -> None:
        """Delete the object (DELETE the path that its class names).

        Raises:
            NotFoundError: the object is gone already.
        """
        await self._call(self._scg, self._operations["delete"], identity)


class AsyncWaitable(AsyncReadable):
    """An object that comes to an end by itself, such as a job."""

    _final_states: ClassVar[frozenset[str]] = frozenset()

    async def wait(
        self,
        *,
        timeout: float = 60.0,
        interval: float = 0.5,
        on_progress: Callable[[Self], None] | None = None,
    ) -> Self:
        """Read the object until it has ended (GET the path that its class names).

        Args:
            timeout: seconds to wait at most, beside what the last read and its own retries take; 0 reads once.
            interval: seconds before the second read; each pause is half as long again as the last, up to 10 s.
            on_progress: called with the object after each read.

        Returns:
            The object itself, as it was read last.

        Raises:
            WaitTimeoutError: it has not ended in time; `state` is the last one seen.
            NotFoundError: there is no such object; in the first 10 s this may pass and is not raised.
        """
        return await wait_for(
            self._reread,
            self._operations["wait"],
            self._own_id(),
            clock=self._scg._pipeline.clock,
            is_over=type(self)._is_over,
            timeout=timeout,
            interval=interval,
            on_progress=on_progress,
        )

    async def _reread(self) -> Self:
        self._load_from(await self._read())
        return self

    def _is_over(self) -> bool:
        """Return True if the object is in a state that no other follows."""
        state: object = getattr(self, "state", None)
        return isinstance(state, str) and state in self._final_states


class AsyncEditable(AsyncReadable, AsyncDeletable, ResourceModel):
    """An object that can be changed and saved."""

    def _bind(self, client: AsyncBaseClient, parent: str) -> None:
        super()._bind(client, parent)
        mark_clean(self)

    def _load_from(self, other: Model) -> None:
        super()._load_from(other)
        mark_clean(self)

    async def _save(
        self,
        client: AsyncBaseClient,
        operation: Operation,
        fields: dict[str, object],
        extra: dict[str, object],
    ) -> None:
        # One that came without a version is taken for new: a wrong guess is refused as stale.
        version = 1 if self.version_number is None else self.version_number
        if operation.versioned:
            fields["version_number"] = version
        content = body_schema(operation).encode(operation, fields, extra)
        # Taken before the request is sent: an edit during the call stays a change.
        sent, loaded = take_snapshot(self), self._loaded
        await self._call(client, operation, identity, content)
        if self._loaded is not loaded:
            # Another task has read the object again meanwhile: what was read is newer than what was sent.
            return
        if is_integer(version) and (operation.versioned or self.version_number is not None):
            # The response is empty: the gateway counts one up for each change (docs/api-notes.md, note 8).
            object.__setattr__(self, "version_number", version + 1)
            sent.values["version_number"] = version + 1
        mark_clean(self, sent)


class AsyncUpdatable(AsyncEditable):
    """An object whose changed fields can be saved."""

    async def update(self) -> None:
        """Save what changed since the object was loaded (POST the path that its class names).

        Sends the changed fields, and `version_number` where the gateway takes one; the object's version follows.
        Nothing is sent if nothing changed.

        Raises:
            ConflictError: somebody else changed the object meanwhile: `refresh()`, change again, `update()`.
            InvalidArgumentError: a changed field cannot be saved, or a required one is not set; nothing was sent.
            NotFoundError: the object is gone.
        """
        client = self._scg
        fields, extra = changed_fields(self)
        if fields or extra:
            await self._save(client, self._operations["update"], fields, extra)


class AsyncReplaceable(AsyncEditable):
    """An object that can be saved as a whole."""

    async def replace(self) -> None:
        """Save the object as a whole: fields that are not set here are cleared there (PUT the path that its class names).

        Raises:
            ConflictError: somebody else changed the object meanwhile.
            NotFoundError: the object is gone.
        """
        client, operation = self._scg, self._operations["replace"]
        fields, extra = fields_set(self)
        known = body_schema(operation).names.values()
        await self._save(client, operation, {name: fields[name] for name in fields if name in known}, extra)


def _own_method(owner: type[AsyncObject], name: str, path: str) -> FunctionType:
    """Return a copy of an inherited method whose docstring names the path of the inheriting class."""
    method: FunctionType = getattr(owner, name)
    own = FunctionType(method.__code__, method.__globals__, name, method.__defaults__, method.__closure__)
    functools.update_wrapper(own, method)
    own.__kwdefaults__ = method.__kwdefaults__
    own.__module__ = owner.__module__
    own.__qualname__ = f"{owner.__qualname__}.{name}"
    own.__doc__ = (method.__doc__ or "").replace(_ITS_PATH, f"`{path}`")
    return own
