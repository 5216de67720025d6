"""Operations by the names that users know them by, and how often each was called."""

from __future__ import annotations

import difflib
import fnmatch
import functools
import importlib
import pkgutil
from collections import Counter
from collections.abc import Iterator, Mapping

from scgapi import models
from scgapi._core.operation import Operation
from scgapi.sandbox.families import HANDLERS


class Counts:
    """How often each operation was met."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, name: str) -> None:
        """Once more."""
        self._counts[name] += 1

    def of(self, pattern: str) -> int:
        """How often the operations that the pattern names were met, together."""
        return sum(self._counts[name] for name in matching(pattern))

    def all(self) -> dict[str, int]:
        """Those that were met at all."""
        return dict(sorted(self._counts.items()))

    def clear(self) -> None:
        """Begin anew."""
        self._counts.clear()


def matching(pattern: str) -> frozenset[str]:
    """The operations that a name such as `"contacts.get"` or a pattern such as `"contacts.*"` means.

    Raises:
        ValueError: there are none.
    """
    found = fnmatch.filter(_names(), pattern)
    if not found:
        guess = difflib.get_close_matches(pattern, [*_names(), *_resources()], n=1)
        hint = (
            f"did you mean {guess[0]!r}?"
            if guess
            else 'name one such as "contacts.get", or "contacts.*", "*"'
        )
        raise ValueError(f"the sandbox has no operation {pattern!r}; {hint}")
    return frozenset(_names()[name] for name in found)


def wire_name(operation: Operation) -> str:
    """The name of an operation: several of the client may be one on the wire, activating is an update."""
    return _by_route().get(_route(operation), operation.name)


@functools.cache
def _names() -> Mapping[str, str]:
    known = {operation.name: operation.name for operation in HANDLERS}
    return known | {operation.name: wire_name(operation) for operation in _declared()}


@functools.cache
def _by_route() -> Mapping[tuple[str, str, str], str]:
    return {_route(operation): operation.name for operation in HANDLERS}


def _resources() -> set[str]:
    return {f"{name.rpartition('.')[0]}.*" for name in _names()}


def _route(operation: Operation) -> tuple[str, str, str]:
    return operation.service, operation.method, operation.path


def _declared() -> Iterator[Operation]:
    for module in pkgutil.iter_modules(models.__path__, f"{models.__name__}."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, Operation):
                yield value
