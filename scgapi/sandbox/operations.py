"""Names of operations, and counts of requests by name."""

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
from scgapi.sandbox.handlers import HANDLERS


class Counts:
    """Number of requests of each operation."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, name: str) -> None:
        """Count one request."""
        self._counts[name] += 1

    def count(self, pattern: str) -> int:
        """Return the sum for the operations that the pattern names."""
        return sum(self._counts[name] for name in match_operations(pattern))

    def all(self) -> dict[str, int]:
        """Return all counts above 0."""
        # Copy first: requests are counted in another thread.
        return dict(sorted(dict(self._counts).items()))

    def clear(self) -> None:
        """Reset all counts."""
        self._counts.clear()


def match_operations(pattern: str) -> frozenset[str]:
    """Return the operations that a name such as `"contacts.get"` or a pattern such as `"contacts.*"` stands for.

    Raises:
        TypeError: the pattern is not text.
        ValueError: the sandbox serves no operation of that name.
    """
    if not isinstance(pattern, str):
        raise TypeError(f"an operation is named by text such as 'contacts.get', got {pattern!r}")
    found = fnmatch.filter(_names(), pattern)
    if not found:
        guess = difflib.get_close_matches(pattern, [*_names(), *_resources()], n=1)
        hint = (
            f"did you mean {guess[0]!r}?"
            if guess
            else 'name one such as "contacts.get", or "contacts.*", "*"'
        )
        raise ValueError(f"the sandbox serves no operation {pattern!r}; {hint}")
    return frozenset(_names()[name] for name in found)


def wire_name(operation: Operation) -> str:
    """Return the name of an operation on the wire: several operations of the client may be one there."""
    return _by_route().get(_route(operation), operation.name)


@functools.cache
def _names() -> Mapping[str, str]:
    known = {operation.name: operation.name for operation in HANDLERS}
    # The sandbox does not serve all operations of the client: those of the event service are left out.
    declared = (operation for operation in _declared() if _route(operation) in _by_route())
    return known | {operation.name: wire_name(operation) for operation in declared}


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
