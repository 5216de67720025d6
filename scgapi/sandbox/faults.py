"""What a sandbox can be told to do wrong. Values: `Sandbox.misbehave()` says for which calls, and how often.

Where a fault has `executed`, it says whether the gateway does what it was asked, whatever the caller gets to see.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import ConfigDict, Field, JsonValue, PlainSerializer, StrictBool
from pydantic.dataclasses import dataclass

_CHECKED = ConfigDict(extra="forbid")
_Bytes = Annotated[bytes, PlainSerializer(lambda value: value.decode(errors="replace"), return_type=str)]
_Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]
_Reads = Annotated[int, Field(ge=1)]
_Place = Literal["request", "head", "body"]


@dataclass(frozen=True, config=_CHECKED)
class Later:
    """As `executed`: the gateway does it once `seconds` have passed by its clock; None: when the rule is stopped."""

    seconds: _Seconds | None = None


Executed: TypeAlias = StrictBool | Later


@dataclass(frozen=True, config=_CHECKED)
class Refuse:
    """Answer with an error, in the gateway's envelope, or with `body` as it is, as proxies do.

    `code` is the error code; without one it is the usual one of the status. `retry_after` is the header's value.
    """

    status: Annotated[int, Field(ge=400, le=599)] = 503
    code: str | None = None
    body: str | None = None
    retry_after: int | str | None = None
    executed: Executed = False


@dataclass(frozen=True, config=_CHECKED)
class Throttle:
    """Answer 429 with Retry-After to what exceeds `calls` within `seconds` of the sandbox's clock."""

    calls: Annotated[int, Field(ge=1)]
    seconds: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 1.0


@dataclass(frozen=True, config=_CHECKED)
class Reset:
    """Reset the connection: instead of the answer, or amid its head or its body."""

    executed: Executed
    at: _Place = "request"


@dataclass(frozen=True, config=_CHECKED)
class Close:
    """Close the connection in order: instead of the answer, or amid its head or its body."""

    executed: Executed
    at: _Place = "request"


@dataclass(frozen=True, config=_CHECKED)
class Disconnect:
    """Do it, answer as ever, and close the connection without saying so: the next call may meet its end."""


@dataclass(frozen=True, config=_CHECKED)
class Hang:
    """Do not answer, until the caller goes away or the sandbox stops."""

    executed: Executed


@dataclass(frozen=True, config=_CHECKED)
class Slow:
    """Do it, and answer drop by drop: the answer takes `seconds`, by no other clock than the real one."""

    seconds: _Seconds


@dataclass(frozen=True, config=_CHECKED)
class Garbage:
    """Send these bytes instead of an answer, and close. They need not be HTTP."""

    executed: Executed
    content: _Bytes = b"\x16\x03\x01 this is not HTTP\r\n\r\n"


@dataclass(frozen=True, config=_CHECKED)
class WrongBody:
    """Answer 200 with this body."""

    content: _Bytes = b"<!DOCTYPE html><title>Welcome</title>"
    media_type: str = "text/html"
    executed: Executed = True


@dataclass(frozen=True, config=_CHECKED)
class Truncate:
    """Do it, and leave out of the answer's body what comes after `length` bytes."""

    length: Annotated[int, Field(ge=0)]


@dataclass(frozen=True, config=_CHECKED)
class Altered:
    """Do it, and answer as ever, but for these fields of the JSON object."""

    fields: Mapping[str, JsonValue]


@dataclass(frozen=True, config=_CHECKED)
class Redirect:
    """Answer that it is elsewhere."""

    url: str
    status: Literal[301, 302, 303, 307, 308] = 302


@dataclass(frozen=True, config=_CHECKED)
class Bomb:
    """Answer 200 with `size` bytes; `compressed`, they are few on the wire."""

    size: Annotated[int, Field(ge=1)] = 100_000_000
    compressed: StrictBool = True
    executed: Executed = True


@dataclass(frozen=True, config=_CHECKED)
class Hidden:
    """Do it, and answer as ever, but let nobody read yet what was created: it is in no listing, and a GET gives 404.

    It shows after `reads` reads that missed it (a page of a listing is one), or once `seconds` have passed by the
    sandbox's clock, whichever is first, and at the latest when the rule is stopped.
    """

    reads: _Reads | None = None
    seconds: _Seconds | None = None


Spoiled: TypeAlias = (
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
"""Faults that spoil one call, whatever came before it."""

Fault: TypeAlias = Spoiled | Throttle
"""All faults."""
