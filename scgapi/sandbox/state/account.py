"""An account of the gateway: its objects, its clock and its progress rule. Handlers work on it alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from typing_extensions import Self

from scgapi._core.operation import Operation
from scgapi.sandbox.errors import GatewayError
from scgapi.sandbox.state.progress import Progress
from scgapi.sandbox.state.store import Collection, VisibilityFilter
from scgapi.sandbox.state.tokens import Tokens


class Component(Protocol):
    """Per-account state owned by one module."""

    def __init__(self, account: Account, /) -> None: ...


C = TypeVar("C", bound=Component)


@dataclass(frozen=True)
class APIRequest:
    """A request for an operation, independent of HTTP.

    `body` is a JSON value, or bytes where the operation takes bytes.
    """

    operation: Operation
    ids: tuple[str, ...] = ()
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    """Headers by lower-case names."""


@dataclass(frozen=True)
class APIResponse:
    """A response: a status, and a JSON value, bytes of a media type, or None for no body."""

    status: int = 204
    value: object = None
    media_type: str = "application/json"

    @classmethod
    def from_error(cls, error: GatewayError) -> Self:
        """Return the response for an error."""
        return cls(error.status, error.body)


class Account:
    """The objects of one account, empty at first."""

    application_id = 4711
    company_id = 1147

    def __init__(self, clock: Callable[[], float], progress: Progress, tokens: Tokens) -> None:
        self._clock = clock
        self.progress = progress
        self.tokens = tokens
        self.visibility: VisibilityFilter = VisibilityFilter()
        self.changes: int = 0
        """Number of changes so far. A value derived from objects is valid while this stays the same."""
        self._collections: dict[str, Collection] = {}
        self._components: dict[type[Component], Component] = {}

    def now(self) -> int:
        """Return the time in epoch milliseconds."""
        return int(self._clock() * 1000)

    def collection(self, name: str) -> Collection:
        """Return the collection with this name, which is the name of the objects' model module."""
        if name not in self._collections:
            owner = {"application_id": self.application_id, "company_id": self.company_id}
            self._collections[name] = Collection(self.now, owner, self.visibility, self.changed)
        return self._collections[name]

    def collections(self) -> dict[str, Collection]:
        """Return all collections that were used so far, by name."""
        return dict(self._collections)

    def changed(self) -> None:
        """Count a change that responses depend on."""
        self.changes += 1

    def ids(self) -> set[str]:
        """Return the ids of all objects."""
        return {key for rows in self._collections.values() for key in rows}

    def component(self, kind: type[C]) -> C:
        """Return the account's component of a class, created at the first call."""
        found = self._components.get(kind)
        if not isinstance(found, kind):
            found = self._components[kind] = kind(self)
        return found


OperationHandler = Callable[[Account, APIRequest], APIResponse]
OperationHandlers = Mapping[Operation, OperationHandler]
