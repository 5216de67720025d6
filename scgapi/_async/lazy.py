"""Resources that load, with their models, when a client is first asked for them."""

from __future__ import annotations

from importlib import import_module
from typing import Generic, TypeVar, overload

from typing_extensions import Self

R = TypeVar("R")


class AsyncLazy(Generic[R]):
    """An attribute of the client that is built from a module of `resources` on its first use."""

    def __init__(self, module: str, name: str) -> None:
        self._module = module
        self._name = name
        self._attribute = ""

    def __set_name__(self, owner: type[object], attribute: str) -> None:
        self._attribute = attribute

    @overload
    def __get__(self, client: None, owner: type[object]) -> Self: ...
    @overload
    def __get__(self, client: object, owner: type[object]) -> R: ...
    def __get__(self, client: object, owner: type[object]) -> Self | R:
        if client is None:
            return self
        resource: R = getattr(import_module(f"{__package__}.resources.{self._module}"), self._name)(client)
        # From now on it is found on the client itself, and this is not asked any more.
        client.__dict__[self._attribute] = resource
        return resource
