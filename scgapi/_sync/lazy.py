# Generated from scgapi/_async/lazy.py by tools/generate.py: edit that file.
"""Lazy loading of a client's resources, with their models, on first use."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TypeVar

from scgapi._exports import EXPORTS

C = TypeVar("C")


def lazy_resources(client_class: type[C]) -> type[C]:
    """Make each annotated resource of a class an attribute that is built on first use (class decorator)."""
    modules = EXPORTS[client_class.__module__]
    for attribute, resource in client_class.__annotations__.items():
        if resource in modules:
            setattr(client_class, attribute, LazyResource(attribute, modules[resource], resource))
    return client_class


class LazyResource:
    """Descriptor that builds a resource and stores it on the client in its own place.

    On the class it returns the resource's class, so that `help()` and `unittest.mock.create_autospec()` see its methods.
    """

    def __init__(self, attribute: str, module: str, name: str) -> None:
        self._attribute = attribute
        self._module = module
        self._name = name

    def __get__(self, client: object, owner: type[object]) -> object:
        resource_class: Callable[[object], object] = getattr(import_module(self._module), self._name)
        if client is None:
            return resource_class
        resource = resource_class(client)
        client.__dict__[self._attribute] = resource
        return resource
