"""An operation of the API is a value: its name, its path, and what it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Method = Literal["GET", "POST", "PUT", "DELETE"]
Service = Literal["api", "attachment", "token", "events"]


@dataclass(frozen=True, eq=False, slots=True)
class Operation:
    """One operation: `name` as users call it, `method` and `path` as the wire has it.

    `body` and `query` are the TypedDicts of what may be sent; `service` is the prefix the path hangs below.
    """

    name: str
    method: Method
    path: str
    body: type[Mapping[str, object]] | None = None
    query: type[Mapping[str, object]] | None = None
    service: Service = "api"

    @property
    def repeatable(self) -> bool:
        """Whether doing it twice has the effect of doing it once: by its method, guarded by a version, or an upload."""
        return self.method != "POST" or self.versioned or self.service == "attachment"

    @property
    def versioned(self) -> bool:
        """Whether it carries the version that it changes, so that a repeat of an applied one is refused."""
        return self.body is not None and "version_number" in self.body.__annotations__

    def __str__(self) -> str:
        """The operation as a log may show it: never an id, a query or a token."""
        return f"{self.name} ({self.method} {self.path})"
