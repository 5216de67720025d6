"""What a gateway knows: its objects, its clock, its rule of progress. Handlers get it and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from scgapi._core.operation import Operation
from scgapi.sandbox.progress import Progress
from scgapi.sandbox.store import Collection, Veil
from scgapi.sandbox.tokens import Tokens


class Part(Protocol):
    """What a family keeps for itself."""

    def __init__(self, world: World, /) -> None: ...


P = TypeVar("P", bound=Part)


@dataclass(frozen=True)
class Call:
    """One call, with the HTTP taken off. `body` is a JSON value, or bytes where the operation takes bytes."""

    operation: Operation
    ids: tuple[str, ...] = ()
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    """By lower-case names."""


@dataclass(frozen=True)
class Reply:
    """The answer: a status, and a JSON value, or bytes of a media type, or nothing (None)."""

    status: int = 204
    value: object = None
    media_type: str = "application/json"


class World:
    """One account's objects, empty at first."""

    application_id = 4711
    company_id = 1147

    def __init__(self, clock: Callable[[], float], progress: Progress, tokens: Tokens) -> None:
        self._clock = clock
        self.progress = progress
        self.tokens = tokens
        self.veil: Veil = Veil()
        self._collections: dict[str, Collection] = {}
        self._parts: dict[type[Part], Part] = {}

    def now(self) -> int:
        """The time in epoch milliseconds."""
        return int(self._clock() * 1000)

    def collection(self, name: str) -> Collection:
        """The objects of one kind, by the name of their model module."""
        if name not in self._collections:
            owner = {"application_id": self.application_id, "company_id": self.company_id}
            self._collections[name] = Collection(self.now, owner, self.veil)
        return self._collections[name]

    def ids(self) -> set[str]:
        """The ids of all objects."""
        return {key for rows in self._collections.values() for key in rows}

    def part(self, kind: type[P]) -> P:
        """What a family keeps beside its objects: a class that takes the world, made when it is first asked for."""
        found = self._parts.get(kind)
        if not isinstance(found, kind):
            found = self._parts[kind] = kind(self)
        return found


Handler = Callable[[World, Call], Reply]
Handlers = Mapping[Operation, Handler]
