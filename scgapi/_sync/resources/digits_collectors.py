# Generated from scgapi/_async/resources/digits_collectors.py by tools/generate.py: edit that file.
"""Digits collectors: what the other party of a call presses after a prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack, overload

from scgapi._sync.pager import Pager
from scgapi._sync.resource import NestedResource, Object
from scgapi.models import digits_collectors as spec
from scgapi.models.digits_collectors import (
    DigitsCollectorCreate,
    DigitsCollectorData,
    DigitsCollectorFields,
    DigitsCollectorFilters,
)


class DigitsCollector(Object, DigitsCollectorData):
    """Collects the digits that the other party of a call presses."""

    Resource: ClassVar[type[DigitsCollectorResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[DigitsCollectorFields]) -> None: ...

    def refresh(self) -> None:
        """Read the collector again (GET `/calling/calls/{call_id}/digits_collector/{id}`)."""
        self._become(self._scg.calls.digits_collectors(self._parent_id).get(self.id))

    def delete(self) -> None:
        """Stop and delete the collector (DELETE `/calling/calls/{call_id}/digits_collector/{id}`)."""
        self._scg.calls.digits_collectors(self._parent_id).delete(self.id)


class DigitsCollectorResource(NestedResource):
    """The digits collectors of one call: `client.calls.digits_collectors(call_id)`."""

    def list(self, **filters: Unpack[DigitsCollectorFilters]) -> Pager[DigitsCollector]:
        """The call's collectors that match all filters, or all (GET `/calling/calls/{call_id}/digits_collector`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(DigitsCollector, spec.LIST, self._parent, options=filters)

    @overload
    def create(self, collector: DigitsCollectorData, /) -> str: ...
    @overload
    def create(self, /, **fields: Unpack[DigitsCollectorCreate]) -> str: ...
    def create(self, collector: DigitsCollectorData | None = None, /, **fields: object) -> str:
        """Speak a prompt and collect what is pressed (POST `/calling/calls/{call_id}/digits_collector`).

        It ends at `max_digits`, at one of `terminating_digits` (only `#` is supported, by the published
        samples), or after `timeout` seconds.

        Returns:
            The id of the collector. Events may name another: their `collect_id` differs in the samples.

        Raises:
            BadRequestError: the call is not ACTIVE.
            InvalidArgumentError: a field is unknown, missing or of a wrong type; nothing was sent.
        """
        return self._create(spec.CREATE, collector, fields, self._parent)

    def get(self, collector_id: str) -> DigitsCollector:
        """The collector with this id (GET `/calling/calls/{call_id}/digits_collector/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        return self._get(DigitsCollector, spec.GET, self._parent, collector_id)

    def delete(self, collector_id: str) -> None:
        """Stop and delete the collector (DELETE `/calling/calls/{call_id}/digits_collector/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        self._send(spec.DELETE, self._parent, collector_id)


DigitsCollector.Resource = DigitsCollectorResource
