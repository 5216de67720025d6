# Generated from scgapi/_async/resources/digits_collectors.py by tools/generate.py: edit that file.
"""Digits collectors: what the other party of a call presses after a prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._sync.objects import Deletable, Readable, operations
from scgapi._sync.pager import Pager
from scgapi._sync.resource import NestedResource
from scgapi.models import digits_collectors as spec
from scgapi.models.digits_collectors import (
    DigitsCollectorCreate,
    DigitsCollectorData,
    DigitsCollectorFields,
    DigitsCollectorFilters,
)


@operations(refresh=spec.GET, delete=spec.DELETE)
class DigitsCollector(Readable, Deletable, DigitsCollectorData):
    """A collector of the digits that the other party of a call presses.

    Its path is `/calling/calls/{call_id}/digits_collector/{id}`. `delete()` stops it, too.
    """

    Resource: ClassVar[type[DigitsCollectorResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[DigitsCollectorFields]) -> None: ...


class DigitsCollectorResource(NestedResource):
    """The digits collectors of one call: `client.calls.digits_collectors(call_id)`."""

    def list(self, **filters: Unpack[DigitsCollectorFilters]) -> Pager[DigitsCollector]:
        """List the call's collectors that match all filters, or all (GET `/calling/calls/{call_id}/digits_collector`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(DigitsCollector, spec.LIST, self._parent, options=filters)

    def create(
        self, collector: DigitsCollectorData | None = None, /, **fields: Unpack[DigitsCollectorCreate]
    ) -> str:
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
        """Get the collector with this id (GET `/calling/calls/{call_id}/digits_collector/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return self._get(DigitsCollector, spec.GET, self._parent, collector_id)

    def delete(self, collector_id: str) -> None:
        """Stop and delete the collector (DELETE `/calling/calls/{call_id}/digits_collector/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        self._send(spec.DELETE, self._parent, collector_id)


DigitsCollector.Resource = DigitsCollectorResource
