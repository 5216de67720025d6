"""Base classes of the API's resources."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar, Generic, TypeVar

from scgapi._async.base_client import AsyncBaseClient
from scgapi._async.objects import AsyncObject, AsyncWaitable
from scgapi._async.pager import AsyncPager
from scgapi._async.pipeline import identity
from scgapi._async.waiting import wait_for
from scgapi._core.changes import fields_set, is_bound
from scgapi._core.deadline import Deadline
from scgapi._core.describe import with_article
from scgapi._core.listing import check_listing
from scgapi._core.loading import PageReader, load, load_page, parse_created_id
from scgapi._core.model.base import Model
from scgapi._core.operation import Operation
from scgapi._core.paging import Page
from scgapi._core.request import build_request
from scgapi._core.response import Response
from scgapi._core.schema import body_schema
from scgapi._core.signatures import name_keywords
from scgapi._core.text import encode_path_segment
from scgapi._core.tracebacks import async_trim_traceback, trim_tracebacks
from scgapi.errors import ConfigurationError, InvalidArgumentError

M = TypeVar("M", bound=Model)
T = TypeVar("T")
W = TypeVar("W", bound=AsyncWaitable)


class AsyncResource:
    """One kind of object of the API, through one client."""

    _parent = ""
    """The id of the object that they all belong to; empty if there is none."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        name_keywords(cls)
        if cls.__module__.startswith("scgapi."):
            trim_tracebacks(cls)

    def __init__(self, client: AsyncBaseClient) -> None:
        if not isinstance(client, AsyncBaseClient):
            raise ConfigurationError(
                f"{type(self).__name__} needs {with_article('AsyncClient')}, got {with_article(type(client).__name__)}: use the client's "
                "attribute instead, such as client.contacts"
            )
        self._client = client

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._client!r})"

    async def _send(
        self, operation: Operation, *ids: str, fields: Mapping[str, object] | None = None
    ) -> Response:
        return await self._call(identity, operation, ids, fields)

    async def _call(
        self,
        read: Callable[[Response], T],
        operation: Operation,
        ids: Sequence[str] = (),
        fields: Mapping[str, object] | None = None,
        deadline: Deadline | None = None,
    ) -> T:
        pipeline = self._client._pipeline
        content = None if fields is None else body_schema(operation).encode(operation, fields)
        return await pipeline.call(
            build_request(pipeline.endpoints, operation, ids, content=content), read, deadline=deadline
        )

    async def _create(
        self,
        operation: Operation,
        unsaved: Model | None,
        fields: Mapping[str, object],
        *ids: str,
        deadline: Deadline | None = None,
    ) -> str:
        """Create from keywords or an object, and return the new object's id."""
        fields = self._fields_of(operation, unsaved, fields)
        return await self._call(partial(parse_created_id, operation), operation, ids, fields, deadline)

    def _fields_of(
        self, operation: Operation, unsaved: Model | None, fields: Mapping[str, object]
    ) -> dict[str, object]:
        """Return what to create from: the keywords, and what was set on an object, or all of a loaded one that can be set."""
        if unsaved is None:
            return {**fields}
        if not isinstance(unsaved, Model):
            raise InvalidArgumentError(
                f"{operation.name} takes keywords or an object, got {with_article(type(unsaved).__name__)}. Nothing was sent.",
                operation=operation.name,
            )
        known = body_schema(operation).names.values()
        own, extra = fields_set(unsaved)
        if is_bound(unsaved):
            own, extra = {name: own[name] for name in own if name in known}, {}
        return {**own, **extra, **fields}

    async def _get(
        self, model: type[M], operation: Operation, *ids: str, deadline: Deadline | None = None
    ) -> M:
        return self._bound(
            await self._call(partial(load, model, operation), operation, ids, deadline=deadline)
        )

    def _list(
        self,
        model: type[M],
        operation: Operation,
        *ids: str,
        options: Mapping[str, object],
        deadline: Deadline | None = None,
        read: PageReader = load_page,
    ) -> AsyncPager[M]:
        wanted = check_listing(operation, options)
        # Built once for its checks: a bad id is refused by list() itself, not by the first page.
        build_request(self._client._pipeline.endpoints, operation, ids)

        @async_trim_traceback
        async def fetch(offset: int) -> Page[M]:
            request = build_request(
                self._client._pipeline.endpoints, operation, ids, query=wanted.query(offset)
            )
            page_of = partial(read, model, operation, offset=offset, limit=wanted.limit)
            page = await self._client._pipeline.call(request, page_of, deadline=deadline)
            for item in page.items:
                self._bound(item)
            return page

        counts = self._client._pipeline.changes.of(operation)
        return AsyncPager(fetch, wanted.offset, wanted.prefetch, operation.name, counts)

    def _bound(self, item: M) -> M:
        if isinstance(item, AsyncObject):
            item._bind(self._client, self._parent)
        return item


class AsyncNestedResource(AsyncResource):
    """One kind of object that belongs to another object, whose id comes first in each path."""

    def __init__(self, client: AsyncBaseClient, parent_id: str) -> None:
        super().__init__(client)
        encode_path_segment(parent_id, "id", type(self).__name__)
        self._parent = parent_id


class AsyncWaitableResource(AsyncResource, Generic[W]):
    """One kind of object that comes to an end by itself."""

    _GET: ClassVar[Operation]

    async def get(self, object_id: str, /) -> W:
        """Return the object with this id."""
        raise NotImplementedError

    async def wait(
        self,
        object_id: str,
        /,
        *,
        timeout: float = 60.0,
        interval: float = 0.5,
        on_progress: Callable[[W], None] | None = None,
    ) -> W:
        """Read an object until it has ended; its class says which states end it (GET the path that `get()` names).

        Args:
            object_id: the id of the object.
            timeout: seconds to wait at most, beside what the last read and its own retries take; 0 reads once.
            interval: seconds before the second read; each pause is half as long again as the last, up to 10 s.
            on_progress: called with the object after each read.

        Returns:
            The object as it was read last.

        Raises:
            WaitTimeoutError: it has not ended in time; `state` is the last one seen.
            NotFoundError: there is no such object; in the first 10 s this may pass and is not raised.
        """
        return await wait_for(
            partial(self.get, object_id),
            self._GET,
            object_id,
            clock=self._client._pipeline.clock,
            is_over=AsyncWaitable._is_over,
            timeout=timeout,
            interval=interval,
            on_progress=on_progress,
        )
