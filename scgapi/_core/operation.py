"""Operations of the API as values: name, method, path and keywords."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Method = Literal["GET", "POST", "PUT", "DELETE"]
Service = Literal["api", "attachment", "token", "events"]


@dataclass(frozen=True, eq=False, slots=True)
class Operation:
    """One operation of the API.

    Attributes:
        name: resource and method in Python, such as `contacts.get`.
        method: HTTP method.
        path: path below the prefix of the service.
        body: TypedDict of the keywords of the JSON body.
        query: TypedDict of the keywords of the query.
        service: service whose prefix the path belongs to.
        arbitrary: True for a call whose effect is not known to this package; only GET is retried.
    """

    name: str
    method: Method
    path: str
    body: type[Mapping[str, object]] | None = None
    query: type[Mapping[str, object]] | None = None
    service: Service = "api"
    arbitrary: bool = False

    @property
    def repeatable(self) -> bool:
        """True if a repetition has no further effect, by its method, a version check, or because it is an upload."""
        if self.arbitrary:
            return self.method == "GET"
        return self.method != "POST" or self.versioned or self.service == "attachment"

    @property
    def creates(self) -> bool:
        """True if its response holds the id of a new object."""
        verb = self.name.rpartition(".")[2]
        return verb.startswith("create") or verb == "purchase"

    @property
    def versioned(self) -> bool:
        """True if it sends a `version_number`, so that the gateway rejects a repeated update."""
        return self.body is not None and "version_number" in self.body.__annotations__

    def __str__(self) -> str:
        """Return the operation for logs, without ids, query or token."""
        return f"{self.name} ({self.method} {self.path})"
