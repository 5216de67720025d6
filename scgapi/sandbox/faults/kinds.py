"""Faults of the sandbox. `Sandbox.inject_fault()` sets which requests have one, and how often.

The field `executed` of a fault tells if the gateway executes the request, whatever the client receives.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias, get_args

from pydantic import ConfigDict, Field, JsonValue, PlainSerializer, StrictBool
from pydantic.dataclasses import dataclass

_CHECKED = ConfigDict(extra="forbid")
_Bytes = Annotated[bytes, PlainSerializer(lambda value: value.decode(errors="replace"), return_type=str)]
_Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]
_Reads = Annotated[int, Field(ge=1)]
_CutPoint = Literal["request", "head", "body"]


@dataclass(frozen=True, config=_CHECKED)
class Later:
    """Value of `executed`: execute the request after `seconds`, or when the rule is stopped if that is None."""

    seconds: _Seconds | None = None


Executed: TypeAlias = StrictBool | Later


@dataclass(frozen=True, config=_CHECKED)
class Refuse:
    """Respond with an error in the gateway's format, or with `body` as it is, as proxies do.

    `code` is the error code; by default the usual one of the status. `retry_after` is the value of the header.
    """

    status: Annotated[int, Field(ge=400, le=599)] = 503
    code: str | None = None
    body: str | None = None
    retry_after: int | str | None = None
    executed: Executed = False


@dataclass(frozen=True, config=_CHECKED)
class Throttle:
    """Respond with 429 and Retry-After to more than `calls` requests within `seconds` of the sandbox's clock."""

    calls: Annotated[int, Field(ge=1)]
    seconds: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 1.0


@dataclass(frozen=True, config=_CHECKED)
class Reset:
    """Reset the connection: instead of the response, or in the middle of its head or body."""

    executed: Executed
    at: _CutPoint = "request"


@dataclass(frozen=True, config=_CHECKED)
class Close:
    """Close the connection in order: instead of the response, or in the middle of its head or body."""

    executed: Executed
    at: _CutPoint = "request"


@dataclass(frozen=True, config=_CHECKED)
class Disconnect:
    """Execute the request, respond as usual, and then close the connection without announcing it in the response."""


@dataclass(frozen=True, config=_CHECKED)
class Hang:
    """Do not respond, until the client disconnects or the sandbox stops."""

    executed: Executed


@dataclass(frozen=True, config=_CHECKED)
class Slow:
    """Execute the request and send the response slowly: it takes `seconds` of real time."""

    seconds: _Seconds


@dataclass(frozen=True, config=_CHECKED)
class Garbage:
    """Send these bytes instead of a response, and close the connection. They need not be HTTP."""

    executed: Executed
    content: _Bytes = b"\x16\x03\x01 this is not HTTP\r\n\r\n"


@dataclass(frozen=True, config=_CHECKED)
class WrongBody:
    """Respond with 200 and this body."""

    content: _Bytes = b"<!DOCTYPE html><title>Welcome</title>"
    media_type: str = "text/html"
    executed: Executed = True


@dataclass(frozen=True, config=_CHECKED)
class Truncate:
    """Execute the request, and cut off the response's body after `length` bytes."""

    length: Annotated[int, Field(ge=0)]


@dataclass(frozen=True, config=_CHECKED)
class Altered:
    """Execute the request, and replace these fields of the JSON object in the response."""

    fields: Mapping[str, JsonValue]


@dataclass(frozen=True, config=_CHECKED)
class Redirect:
    """Respond with a redirect."""

    url: str
    status: Literal[301, 302, 303, 307, 308] = 302


@dataclass(frozen=True, config=_CHECKED)
class Bomb:
    """Respond with 200 and `size` bytes; with `compressed`, they are few on the wire."""

    size: Annotated[int, Field(ge=1)] = 100_000_000
    compressed: StrictBool = True
    executed: Executed = True


@dataclass(frozen=True, config=_CHECKED)
class Hidden:
    """Execute the request and respond as usual, but hide the created object from listings, and answer a GET with 404.

    The object appears after `reads` reads that missed it (a page of a listing is one), or once `seconds` have
    passed by the sandbox's clock, whichever is first, and at the latest when the rule is stopped.
    """

    reads: _Reads | None = None
    seconds: _Seconds | None = None


SingleCallFault: TypeAlias = (
    Refuse
    | Reset
    | Close
    | Disconnect
    | Hang
    | Slow
    | Garbage
    | WrongBody
    | Truncate
    | Altered
    | Redirect
    | Bomb
    | Hidden
)
"""Faults that do not depend on earlier requests."""

Fault: TypeAlias = SingleCallFault | Throttle
"""All faults."""

FAULTS: tuple[type[Fault], ...] = get_args(Fault)
"""Classes of all faults."""
