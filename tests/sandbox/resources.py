"""The sandbox's resources, and the operations that they handle."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from scgapi._core.operation import Operation
from scgapi.sandbox import handlers
from scgapi.sandbox.resources.resource import Resource


def resources() -> list[Resource]:
    """Return all resources."""
    return list({id(resource): resource for resource in _all()}.values())


def resource_of(operation: Operation) -> Resource | None:
    """Return the resource that handles an operation."""
    return next((one for one in resources() if operation in vars(one.spec).values()), None)


def _all() -> Iterator[Resource]:
    for module in pkgutil.iter_modules(handlers.__path__, f"{handlers.__name__}."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, Resource):
                yield value
