"""What all resources and all objects have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from typing_extensions import Self

from scgapi._async.client import AsyncClient
from scgapi._async.pager import AsyncPager
from scgapi._async.pipeline import whole
from scgapi._core.changes import changes, given, is_bound, remember, snapshot
from scgapi._core.clock import Deadline
from scgapi._core.listing import listing
from scgapi._core.loading import PageReader, created_id, load, load_page
from scgapi._core.operation import Operation
from scgapi._core.paging import Page
from scgapi._core.request import build_request
from scgapi._core.response import Response
from scgapi._core.schema import body_schema
from scgapi._core.text import path_segment
from scgapi._core.waiting import check_wait, may_appear, pause_before_read, timed_out
from scgapi.errors import ConfigurationError, InvalidArgumentError, NotFoundError
from scgapi.models._base import Model, ResourceModel

M = TypeVar("M", bound=Model)
T = TypeVar("T")


class AsyncObject(Model):
    """An object that knows the client it came from."""

    @property
    def _scg(self) -> AsyncClient:
        owner: object = getattr(self, "_owner", None)
        if isinstance(owner, AsyncClient):
            return owner
        raise ConfigurationError(
            f"this {type(self).__name__} came from no client: create() it with its resource, "
            "or load it with get() or list() first"
        )

    @property
    def _parent_id(self) -> str:
        """The id of the object that this one belongs to."""
        return getattr(self, "_parent", "")

    def _bind(self, client: AsyncClient, parent: str) -> None:
        object.__setattr__(self, "_owner", client)
        object.__setattr__(self, "_parent", parent)

    def _become(self, other: Model) -> None:
        """Hold what the other holds: it is the same object, read again."""
        object.__setattr__(self, "__dict__", other.__dict__)
        object.__setattr__(self, "__pydantic_fields_set__", other.__pydantic_fields_set__)
        object.__setattr__(self, "__pydantic_extra__", other.__pydantic_extra__)

    def _following(self, on_progress: Callable[[Self], None] | None) -> Callable[[Model], None]:
        """What a wait for this object calls after each read: the object follows, and its waiter is told."""

        def follow(found: Model) -> None:
            self._become(found)
            if on_progress is not None:
                on_progress(self)

        return follow


class AsyncEditable(AsyncObject, ResourceModel):
    """An object that can be changed and saved."""

    def _bind(self, client: AsyncClient, parent: str) -> None:
        super()._bind(client, parent)
        remember(self)

    async def _update(self, operation: Operation) -> None:
        """Send what changed since the object was loaded; nothing changed, nothing sent."""
        client = self._scg
        fields, extra = changes(self)
        if fields or extra:
            await self._save(client, operation, fields, extra)

    async def _replace(self, operation: Operation) -> None:
        """Send every field that can be set."""
        client = self._scg
        fields, extra = given(self)
        known = body_schema(operation).names.values()
        await self._save(client, operation, {name: fields[name] for name in fields if name in known}, extra)

    async def _save(
        self, client: AsyncClient, operation: Operation, fields: dict[str, object], extra: dict[str, object]
    ) -> None:
        # One that came without a version is taken for new: a wrong guess is refused as stale.
        version = 1 if self.version_number is None else self.version_number
        if operation.versioned:
            fields["version_number"] = version
        content = body_schema(operation).encode(operation, fields, extra)
        ids = [self._parent_id, self.id] if self._parent_id else [self.id]
        # Taken before it is sent: what is edited while it is on its way stays a change.
        sent, loaded = snapshot(self), self._loaded
        await client._pipeline.call(
            build_request(client._pipeline.endpoints, operation, ids, content=content), whole
        )
        if self._loaded is not loaded:
            return  # read again meanwhile: what was read is newer than what was sent
        if operation.versioned or self.version_number is not None:
            # The answer is empty: the gateway counts one up for each change (wire facts 1.7).
            object.__setattr__(self, "version_number", version + 1)
            sent.values["version_number"] = version + 1
        remember(self, sent)

    def _become(self, other: Model) -> None:
        super()._become(other)
        remember(self)


class AsyncResource:
    """One kind of object of the API, through one client."""

    _parent = ""  # the id of the object that they all belong to, if they do

    def __init__(self, client: AsyncClient) -> None:
        if not isinstance(client, AsyncClient):
            raise ConfigurationError(
                f"{type(self).__name__} needs an {AsyncClient.__name__}, got {type(client).__name__}"
            )
        self._client = client

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._client!r})"

    async def _send(
        self, operation: Operation, *ids: str, fields: Mapping[str, object] | None = None
    ) -> Response:
        return await self._call(whole, operation, ids, fields)

    async def _call(
        self,
        read: Callable[[Response], T],
        operation: Operation,
        ids: Sequence[str] = (),
        fields: Mapping[str, object] | None = None,
        until: Deadline | None = None,
    ) -> T:
        pipeline = self._client._pipeline
        content = None if fields is None else body_schema(operation).encode(operation, fields)
        return await pipeline.call(
            build_request(pipeline.endpoints, operation, ids, content=content), read, until=until
        )

    async def _create(
        self,
        operation: Operation,
        unsaved: Model | None,
        fields: Mapping[str, object],
        *ids: str,
        until: Deadline | None = None,
    ) -> str:
        """Create from keywords, or from an object: what was set on it, or all of a loaded one that can be set."""
        if unsaved is not None:
            if not isinstance(unsaved, Model):
                raise InvalidArgumentError(
                    f"{operation.name} takes keywords or an object, got {type(unsaved).__name__}. Nothing was sent.",
                    operation=operation.name,
                )
            known = body_schema(operation).names.values()
            own, extra = given(unsaved)
            if is_bound(unsaved):
                own, extra = {name: own[name] for name in own if name in known}, {}
            fields = {**own, **extra, **fields}
        return await self._call(partial(created_id, operation), operation, ids, fields, until)

    async def _get(self, model: type[M], operation: Operation, *ids: str, until: Deadline | None = None) -> M:
        return self._bound(await self._call(partial(load, model, operation), operation, ids, until=until))

    async def _wait(
        self,
        model: type[M],
        operation: Operation,
        *ids: str,
        ends: frozenset[str] | None,
        timeout: float,
        interval: float,
        on_progress: Callable[[M], None] | None,
        until: Deadline | None = None,
    ) -> M:
        """Read until the object is in one of these states, or is there; a 404 at first may be the gateway's delay."""
        check_wait(operation.name, timeout, interval)
        clock = self._client._pipeline.clock
        began = clock.monotonic()
        state: str | None = None
        reads = 0
        while True:
            reads += 1
            try:
                found = await self._get(model, operation, *ids, until=until)
            except NotFoundError:
                if not may_appear(clock.monotonic() - began):
                    raise
            else:
                seen: object = getattr(found, "state", None)
                state = seen if isinstance(seen, str) else None
                if on_progress is not None:
                    on_progress(found)
                if ends is None or state in ends:
                    return found
            elapsed = clock.monotonic() - began
            pause = pause_before_read(timeout=timeout, interval=interval, reads=reads, elapsed=elapsed)
            if pause is None:
                raise timed_out(operation.name, state, waited=elapsed, reads=reads)
            await clock.async_sleep(pause)

    def _list(
        self,
        model: type[M],
        operation: Operation,
        *ids: str,
        options: Mapping[str, object],
        until: Deadline | None = None,
        read: PageReader = load_page,
    ) -> AsyncPager[M]:
        wanted = listing(operation, options)
        # Built once for its checks: a bad id is refused by list() itself, not by the first page.
        build_request(self._client._pipeline.endpoints, operation, ids)

        async def fetch(offset: int) -> Page[M]:
            request = build_request(
                self._client._pipeline.endpoints, operation, ids, query=wanted.query(offset)
            )
            page_of = partial(read, model, operation, offset=offset, limit=wanted.limit)
            page = await self._client._pipeline.call(request, page_of, until=until)
            for item in page.items:
                self._bound(item)
            return page

        return AsyncPager(fetch, wanted.offset, wanted.prefetch)

    def _bound(self, item: M) -> M:
        if isinstance(item, AsyncObject):
            item._bind(self._client, self._parent)
        return item


class AsyncNestedResource(AsyncResource):
    """One kind of object that belongs to another object, whose id comes first in each path."""

    def __init__(self, client: AsyncClient, parent_id: str) -> None:
        super().__init__(client)
        path_segment(parent_id, "id", type(self).__name__)
        self._parent = parent_id
