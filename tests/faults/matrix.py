"""The table of faults: a row for each, a letter for what each kind of call makes of it.

    R   tried again: the fault once costs one attempt, the fault for ever costs four and raises the row's error
    O   tried once more: the fault for ever costs two attempts and raises the row's error
    W   the same as R, after a pause that the row gives
    T   the token is refreshed and the request sent once more; refused again, it raises
    F   fails: the row's error after one attempt
    U   in doubt: one attempt, then `OutcomeUnknownError` for a send, the row's error for another create
    V   looked up: adopted where it was done, else sent again
    A   looked up: adopted where it was done, else `OutcomeUnknownError`; not sent again
    C   compared: read back, a success where it was done, else the row's error
    ok  succeeds at the first attempt
    -   no such cell

`done` says whether the request has its effect before the fault shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Literal

import scgapi
from scgapi.errors import Outcome
from tests.faults import faults
from tests.faults.faults import HTML, envelope
from tests.faults.server import Exchange, Play

Place = Literal["request", "arrival", "kept", "port", "idle"]
"""Where the fault meets the call: at its request; before that is read, on a new or a kept connection; at the port;
or on the idle connection, before the call."""

LIMIT = 0.6  # seconds that a whole call may take where time itself is the fault
READ_LIMIT = 0.2  # seconds that the caller's own httpx client waits for bytes


@dataclass(frozen=True, eq=False)
class Row:
    """One fault; `error` and `outcome` are what it leaves, `but` the errors of single columns that differ."""

    name: str
    play: Play
    cells: str
    error: type[scgapi.ScgError]
    outcome: Outcome
    done: bool = False
    place: Place = "request"
    timeout: float | None = None
    read_limit: float | None = None
    pause: tuple[float, float] | None = None
    but: Mapping[str, type[scgapi.ScgError]] = field(default_factory=dict[str, type[scgapi.ScgError]])

    @property
    def takes_time(self) -> bool:
        return self.timeout is not None or self.read_limit is not None


def in_a_while(seconds: float) -> Play:
    """429 with a date, taken when it is sent."""

    def play(exchange: Exchange) -> None:
        date = format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)
        faults.status(429, headers={"retry-after": date})(exchange)

    return play


def wait(value: str) -> Play:
    """429 with a Retry-After."""
    return faults.status(429, envelope("4290"), {"retry-after": value})


def json(text: str | bytes, **headers: str) -> Play:
    """Done, and answered with this for JSON."""
    body = text.encode() if isinstance(text, str) else text
    return faults.execute_and(200, body, {"content-type": "application/json", **headers})


def moved(code: int, where: str) -> Play:
    """A redirect."""
    return faults.status(code, headers={"location": where})


Failed, Timeout = scgapi.ConnectionFailedError, scgapi.RequestTimeoutError
Server, Unexpected, Denied = scgapi.ServerError, scgapi.UnexpectedResponseError, scgapi.AuthenticationError
Missing, Conflict, Limited = scgapi.NotFoundError, scgapi.ConflictError, scgapi.RateLimitError
CONTENT_MISSING = {"upload": Missing, "download": Missing}
GATEWAY_503 = faults.status(503, envelope("5030"))
ELSEWHERE = "http://127.0.0.1:9/steal"
SIX = faults.stacked(b'{"id": "c"}', 6)
DEEP = '{"id": "c", "x": ' + "[" * 100_000 + "]" * 100_000 + "}"

# fmt: off
ROWS = (
    # The connection.                                 GET DEL send ver none new upd PUT up down
    # An upload is repeated from its start; 2.2 would look at the size, too, which says nothing of an earlier content.
    Row("refused", faults.reset,                       "R  R  R  R  R  R  R  R  R  R", Failed, "NOT_SENT", place="port"),
    Row("reset before anything is read", faults.reset, "R  R  U  V  U  U  R  R  R  R", Failed, "UNKNOWN", place="arrival"),
    Row("idle connection closed", faults.finish,       "ok ok ok ok ok ok ok ok ok ok", Failed, "UNKNOWN", place="idle"),
    Row("kept connection reset in use", faults.reset,  "R  R  U  V  U  U  R  R  R  R", Failed, "UNKNOWN", place="kept"),
    Row("kept connection closed in use", faults.finish,"R  R  U  V  U  U  R  R  R  R", Failed, "UNKNOWN", place="kept"),
    Row("reset after the head", faults.reset,          "R  R  U  V  U  U  R  R  R  R", Failed, "UNKNOWN"),
    Row("reset, not done", faults.reset_after_request, "R  R  U  V  U  U  R  R  R  R", Failed, "UNKNOWN"),
    Row("reset, done", faults.execute_and_reset,       "R  R  U  V  U  U  R  R  R  R", Failed, "UNKNOWN", done=True),
    Row("end, not done", faults.finish_after_request,  "R  R  U  V  U  U  R  R  R  R", Failed, "UNKNOWN"),
    Row("end, done", faults.execute_and_finish,        "R  R  U  V  U  U  R  R  R  R", Failed, "UNKNOWN", done=True),
    Row("reset inside the head", faults.reset_in_head, "R  R  U  V  U  U  R  R  R  R", Failed, "UNKNOWN", done=True),
    # 2.2 takes a delete with a 2xx head for done, and compares an update: a repeat of either tells the same for less.
    Row("reset inside the body", faults.cut(faults.reset), "R R U V U U R R R R", Failed, "ACCEPTED_UNPARSED", done=True),
    Row("end inside the body", faults.cut(faults.finish),  "R R U V U U R R R R", Failed, "ACCEPTED_UNPARSED", done=True),
    Row("end inside a chunk", faults.cut_chunk,            "R R U V U U R R R R", Failed, "ACCEPTED_UNPARSED", done=True),
    Row("garbage", faults.garbage,                     "R  R  U  V  U  U  R  R  R  R", Failed, "UNKNOWN", done=True),
    # 2.2 fails a GET: it is the same protocol error as garbage, after which a GET may be repeated.
    Row("header of 300 kB", faults.huge_header,        "R  R  U  V  U  U  R  R  R  R", Failed, "UNKNOWN", done=True),

    # Time. The caller's own httpx client may limit each read: what it gives up is repeated as 2.2 says.
    Row("read limit, not done", faults.hang,           "R  R  U  V  U  U  R  R  R  R", Timeout, "UNKNOWN", read_limit=READ_LIMIT),
    Row("read limit, done", faults.execute_and_hang,   "R  R  U  V  U  U  R  R  R  R", Timeout, "UNKNOWN", read_limit=READ_LIMIT, done=True),
    # The limit of the whole call leaves no time for another attempt, where 2.2 thinks of a limit for each read.
    Row("time limit, not done", faults.hang,           "F  F  U  U  U  F  F  F  F  F", Timeout, "UNKNOWN", timeout=LIMIT),
    Row("time limit, done", faults.execute_and_hang,   "F  F  U  U  U  F  F  F  F  F", Timeout, "UNKNOWN", timeout=LIMIT, done=True),
    Row("head drips", faults.drip_head,                "F  F  U  U  U  F  F  F  F  F", Timeout, "UNKNOWN", timeout=LIMIT, done=True),
    Row("body drips", faults.drip_body,                "F  F  U  U  U  F  F  F  F  F", Timeout, "ACCEPTED_UNPARSED", timeout=LIMIT, done=True),

    # The token.
    Row("401", faults.status(401),                     "T  T  T  T  T  T  T  T  T  T", Denied, "REJECTED"),
    Row("401, code 4010", faults.status(401, envelope("4010")), "F F F F F F F F F F", Denied, "REJECTED"),
    # 2.2 refreshes for a content, too: its URL holds a token of its own, which 4046 is about there.
    Row("404, code 4046", faults.status(404, envelope("4046")), "T T T T T T T T F F", Denied, "REJECTED", but=CONTENT_MISSING),
    Row("409, code 4090", faults.status(409, envelope("4090")), "W W W W W W W W W W", Conflict, "REJECTED"),

    # Refusals.
    Row("404", faults.status(404, envelope("4040")),   "F  F  F  F  F  F  F  F  F  F", Missing, "REJECTED"),
    Row("404 of a proxy", faults.status(404, HTML),    "F  F  F  F  F  F  F  F  F  F", Missing, "REJECTED"),
    Row("408", faults.status(408),                     "R  R  U  V  U  U  R  R  R  R", scgapi.ApiError, "UNKNOWN"),
    Row("408, done", faults.execute_and(408),          "R  R  U  V  U  U  R  R  R  R", scgapi.ApiError, "UNKNOWN", done=True),
    Row("409, code 1001", faults.status(409, envelope("1001")), "F F F F F F F F F F", Conflict, "REJECTED"),
    Row("409, code 1011", faults.status(409, envelope("1011")), "F F F F F F F F F F", Conflict, "REJECTED"),
    Row("429", faults.status(429),                     "W  W  W  W  W  W  W  W  W  W", Limited, "REJECTED"),
    Row("429, 7 s", wait("7"),                         "W  W  W  W  W  W  W  W  W  W", Limited, "REJECTED", pause=(7, 7)),
    Row("429, a date", in_a_while(12),                 "W  W  W  W  W  W  W  W  W  W", Limited, "REJECTED", pause=(10, 12)),
    # Beyond the limit of the call: a minute, but five for a verified send and an hour for a content.
    Row("429, 90 s", wait("90"),                       "F  F  F  W  F  F  F  F  W  W", Limited, "REJECTED", pause=(90, 90)),
    Row("429, a day", wait("86400"),                   "F  F  F  F  F  F  F  F  F  F", Limited, "REJECTED"),
    Row("429, 400 digits", wait("9" * 400),            "F  F  F  F  F  F  F  F  F  F", Limited, "REJECTED"),
    Row("429, negative", wait("-5"),                   "W  W  W  W  W  W  W  W  W  W", Limited, "REJECTED", pause=(0, 1)),
    Row("429, garbage", wait("soon"),                  "W  W  W  W  W  W  W  W  W  W", Limited, "REJECTED", pause=(0, 1)),

    # Failures of the gateway, and of what stands before it.
    Row("500, code 5000", faults.status(500, envelope("5000")), "R R U V U U R R R R", Server, "UNKNOWN"),
    Row("500, code 5000, done", faults.execute_and(500, envelope("5000")), "R R U V U U R R R R", Server, "UNKNOWN", done=True),
    Row("500, HTML, done", faults.execute_and(500, HTML), "R R U V U U R R R R", Server, "UNKNOWN", done=True),
    Row("500, code 5001", faults.status(500, envelope("5001")), "F F U A U U C C F F", Server, "UNKNOWN"),
    Row("500, code 5001, done", faults.execute_and(500, envelope("5001")), "F F U A U U C C F F", Server, "UNKNOWN", done=True),
    Row("503, code 5030", GATEWAY_503,                 "W  W  W  W  W  W  W  W  W  W", Server, "REJECTED"),
    Row("503 of a proxy", faults.status(503, HTML),    "R  R  U  V  U  U  R  R  R  R", Server, "UNKNOWN"),
    Row("503 of a proxy, done", faults.execute_and(503, HTML), "R R U V U U R R R R", Server, "UNKNOWN", done=True),
    Row("502", faults.status(502, HTML),               "R  R  U  V  U  U  R  R  R  R", Server, "UNKNOWN"),
    Row("502, done", faults.execute_and(502, HTML),    "R  R  U  V  U  U  R  R  R  R", Server, "UNKNOWN", done=True),
    Row("504, done", faults.execute_and(504),          "R  R  U  V  U  U  R  R  R  R", Server, "UNKNOWN", done=True),

    # Redirects: no token and no number goes anywhere else.
    # 2.2 takes each for a refusal. A POST that was done is often answered with 302 or 303, which tell where to read on.
    Row("302 of a read", moved(302, ELSEWHERE),        "F  -  -  -  -  -  -  -  -  F", Unexpected, "REJECTED"),
    Row("302 elsewhere", moved(302, ELSEWHERE),        "-  F  U  V  U  U  C  C  F  -", Unexpected, "UNKNOWN"),
    Row("302 elsewhere, done", faults.execute_and(302, b"", {"location": ELSEWHERE}), "- F U V U U C C F -", Unexpected, "UNKNOWN", done=True),
    Row("303 to the result, done", faults.execute_and(303, b"", {"location": "/result"}), "- F U V U U C C F -", Unexpected, "UNKNOWN", done=True),
    Row("307 elsewhere", moved(307, ELSEWHERE),        "F  F  F  F  F  F  F  F  F  F", Unexpected, "REJECTED"),
    Row("308 to itself", moved(308, "?again"),               "F  F  F  F  F  F  F  F  F  F", Unexpected, "REJECTED"),

    # A success that reports a failure: neither is proof.
    Row("200, error envelope", faults.status(200, envelope("5000")), "R R U V U U R R R -", Unexpected, "UNKNOWN"),
    Row("200, error envelope, done", faults.execute_and(200, envelope("5000")), "R R U V U U R R R -", Unexpected, "UNKNOWN", done=True),
    Row("202, a fault and no id", faults.status(202, b'{"fault": "x", "id": null}'), "- R U V U U R R R -", Unexpected, "UNKNOWN"),

    # Successes that say nothing of use: a login page may pass, so what can be repeated is, once. 2.2 takes a delete for
    # done, and would so believe the page; a repeat tells.
    Row("200, HTML", faults.execute_and(200, HTML),    "O  O  U  V  U  U  O  O  O  -", Unexpected, "ACCEPTED_UNPARSED", done=True),
    # Empty is success where no data is due.
    Row("200, empty", faults.execute_and(200),         "O  ok  U  V  U  U  ok  ok  ok  -", Unexpected, "ACCEPTED_UNPARSED", done=True),
    Row("200, cut JSON", json('{"id": "c'),            "O  ok  U  V  U  U  ok  ok  ok  -", Unexpected, "ACCEPTED_UNPARSED", done=True),
    # One malformed field stops nothing (README), where 2.2 fails; without a usable id a create has not told its result.
    Row("200, wrong types", json('{"id": ["new"], "last_name": {}}'), "ok ok U V U U ok ok ok -", Unexpected, "ACCEPTED_UNPARSED", done=True),
    Row("200, no id", json("{}"),                      "ok  ok  U  V  U  U  ok  ok  ok  -", Unexpected, "ACCEPTED_UNPARSED", done=True),
    Row("200, an array", json("[]"),                   "O  ok  U  V  U  U  ok  ok  ok  -", Unexpected, "ACCEPTED_UNPARSED", done=True),
    Row("200, half a character as id", json('{"id": "\\ud800"}'), "ok ok U V U U ok ok ok -", Unexpected, "ACCEPTED_UNPARSED", done=True),
    # A stray character or a value that Python cannot hold costs no good id, where 2.2 takes the whole for unparsed.
    Row("200, too deep", json(DEEP),                   "ok ok ok ok ok ok ok ok ok -", Unexpected, "ACCEPTED_UNPARSED", done=True),
    Row("200, 5000 digits", json('{"id": "c", "x": ' + "9" * 5000 + "}"), "ok ok ok ok ok ok ok ok ok -", Unexpected, "ACCEPTED_UNPARSED", done=True),
    Row("200, NaN", json('{"id": "c", "x": NaN}'),     "ok ok ok ok ok ok ok ok ok -", Unexpected, "ACCEPTED_UNPARSED", done=True),
    Row("200, half a character", json('{"id": "c", "x": "\\ud800"}'), "ok ok ok ok ok ok ok ok ok -", Unexpected, "ACCEPTED_UNPARSED", done=True),
    Row("200, BOM", json(b'\xef\xbb\xbf{"id": "c"}'),  "ok ok ok ok ok ok ok ok ok -", Unexpected, "ACCEPTED_UNPARSED", done=True),
    Row("200, no UTF-8", json(b'{"id": "c", "x": "\xe9"}'), "ok ok ok ok ok ok ok ok ok -", Unexpected, "ACCEPTED_UNPARSED", done=True),
    Row("200, a key twice", json('{"id": "b", "id": "c"}'), "ok ok ok ok ok ok ok ok ok -", Unexpected, "ACCEPTED_UNPARSED", done=True),
    # A download goes on for as long as the caller has room.
    Row("200, 256 MiB of zeros", faults.gzip_bomb,     "F  F  U  V  U  U  C  C  F  -", Unexpected, "ACCEPTED_UNPARSED", done=True),
    Row("200, six codings", faults.execute_and(200, SIX.body, SIX.headers), "F F U V U U C C F F", Unexpected, "ACCEPTED_UNPARSED", done=True),
    Row("200, unasked coding", json(HTML, **{"content-encoding": "br"}), "F F U V U U C C F F", Unexpected, "ACCEPTED_UNPARSED", done=True),
    Row("200, broken gzip", json(HTML, **{"content-encoding": "gzip"}), "F F U V U U C C F F", scgapi.ScgError, "ACCEPTED_UNPARSED", done=True),
)
# fmt: on
