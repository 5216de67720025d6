"""Thousands of sends through a gateway that fails in every way: what was done, and what the caller was told."""

from __future__ import annotations

import functools
import math
import random
from collections import Counter
from dataclasses import dataclass

import httpx
import pytest

import scgapi
from scgapi._core.doubt import FIRST_LOOK_UP_DELAY_SECONDS, SECOND_LOOK_UP_DELAY_SECONDS, OnUnknown
from tests.both_clients import CLIENT_KINDS, ClientKind
from tests.simulation.model import Ledger, Time, answer, said, send_all

SENDS = 2000
SEED = 20240501
DENIED = 0.1  # of all look-ups
FATES = {
    "ok": 40,
    "not sent": 8,
    "429": 8,
    "lost before": 10,
    "lost after": 12,
    "5xx, done": 7,
    "5xx, not done": 7,
    "late": 8,
}  # percent


@dataclass(frozen=True)
class Slowness:
    """How long a gateway takes, at most, in seconds: each time is drawn evenly from 0 to this.

    `lateness`: from the end of an attempt whose answer is lost until it is executed after all. `lag`: from then until
    a look-up shows it.
    """

    lateness: float
    lag: float

    def unseen(self, seconds: float) -> float:
        """How likely it is that a late send is not to be seen so long after its attempt ended."""
        steps = 10_000
        lags = (self.lag * (step + 0.5) / steps for step in range(steps))
        return sum(min(1.0, max(0.0, 1 - (seconds - lag) / self.lateness)) for lag in lags) / steps


QUICK = Slowness(lateness=20, lag=8)
SLOW = Slowness(lateness=60, lag=20)


class Gateway(Ledger):
    """Draws the fate of each attempt."""

    def __init__(self, seed: int, slowness: Slowness) -> None:
        self._chance = random.Random(seed)
        super().__init__(Time(random.Random(seed + 1).random))
        self._slowness = slowness
        self.fates: Counter[str] = Counter()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.time.now += self._chance.uniform(0.02, 0.3)
        return self._send(request) if request.method == "POST" else self._look_up(request)

    def _send(self, request: httpx.Request) -> httpx.Response:
        self.note(request)
        (fate,) = self._chance.choices([*FATES], [*FATES.values()])
        self.fates[fate] += 1
        lag = self._chance.uniform(0, self._slowness.lag)
        if fate == "not sent":
            raise httpx.ConnectError("refused")
        if fate == "429":
            return answer(429, headers=self._chance.choice([{}, {"retry-after": "3"}]))
        if fate == "late":
            self._lose(request, self._chance.uniform(0, self._slowness.lateness), lag)
        if fate == "lost before":
            self._lose(request)
        if fate == "5xx, not done":
            return self._failed()
        found = self.take(request, lateness=0, lag=lag)
        if fate == "lost after":
            self._lose(request)
        return self._failed() if fate == "5xx, done" else said(id=found)

    def _lose(self, request: httpx.Request, lateness: float | None = None, lag: float = 0) -> None:
        silent = self._chance.random() < 0.5
        self.time.now += 5.0 if silent else 0.0
        if lateness is not None:
            self.take(request, lateness=lateness, lag=lag)
        raise httpx.ReadTimeout("silence") if silent else httpx.ReadError("reset")

    def _failed(self) -> httpx.Response:
        return answer(self._chance.choice([500, 502, 503, 504]), b"<html>")

    def _look_up(self, request: httpx.Request) -> httpx.Response:
        if self._chance.random() < DENIED:
            raise httpx.ReadError("reset")
        return self.listed(request)


@dataclass(frozen=True)
class Tally:
    """What became of the sends; `unaccounted` are those whose caller was told something that is not so."""

    confirmed: int
    in_doubt: int
    failed: int
    duplicates: int
    late: int
    unaccounted: tuple[str, ...]

    def __str__(self) -> str:
        counts = f"{self.confirmed} confirmed, {self.in_doubt} in doubt, {self.failed} failed"
        return f"{counts}, {self.duplicates} duplicates, {len(self.unaccounted)} unaccounted for"


@functools.cache
def run(client_kind: ClientKind, on_unknown: OnUnknown, slowness: Slowness) -> tuple[Tally, Gateway]:
    gateway = Gateway(SEED, slowness)
    bodies = [f"text {number}" for number in range(SENDS)]
    results = send_all(client_kind, gateway, gateway.time.clock, on_unknown, bodies)
    kinds = Counter(kind_of(result) for result in results)
    tally = Tally(
        confirmed=kinds["confirmed"],
        in_doubt=kinds["in doubt"],
        failed=kinds["failed"],
        duplicates=sum(max(0, len(gateway.executions(body)) - 1) for body in bodies),
        late=gateway.fates["late"],
        unaccounted=tuple(
            f"{body}: {result!r}, executed {len(gateway.executions(body))} times"
            for body, result in zip(bodies, results, strict=True)
            if not is_so(gateway, body, result)
        ),
    )
    print(f"\n{on_unknown}, {client_kind}, {slowness}: {SENDS} sends: {tally}")
    return tally, gateway


def kind_of(result: str | scgapi.ScgError) -> str:
    if isinstance(result, str):
        return "confirmed"
    return "in doubt" if isinstance(result, scgapi.OutcomeUnknownError) else "failed"


def is_so(gateway: Gateway, body: str, result: str | scgapi.ScgError) -> bool:
    """Whether what the caller was told of a send is what the gateway did."""
    executions = gateway.executions(body)
    if isinstance(result, str):
        return result in {one.id for one in executions}
    if isinstance(result, scgapi.OutcomeUnknownError):
        return {result.external_id} == {*gateway.asked[body]}  # by which it is found if it was executed
    return result.outcome in ("NOT_SENT", "REJECTED") and not executions


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_no_send_is_executed_twice_and_none_is_lost_without_a_word(client_kind: ClientKind) -> None:
    tally, gateway = run(client_kind, "raise", SLOW)
    assert tally.unaccounted == ()
    assert max(Counter(one.body for one in gateway.taken).values()) == 1
    assert tally.duplicates == 0
    # It was a bad day: all kinds of ends are there, and each attempt that was in doubt has told so.
    assert min(tally.confirmed, tally.in_doubt, tally.failed) > SENDS / 50
    doubtful = ("lost before", "lost after", "5xx, done", "5xx, not done", "late")
    assert tally.in_doubt == sum(gateway.fates[fate] for fate in doubtful)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_verified_send_is_executed_once_where_the_gateway_is_quicker_than_the_quarantine(
    client_kind: ClientKind,
) -> None:
    assert QUICK.unseen(FIRST_LOOK_UP_DELAY_SECONDS + SECOND_LOOK_UP_DELAY_SECONDS) == 0
    tally, gateway = run(client_kind, "verify", QUICK)
    assert tally.duplicates == 0
    assert tally.confirmed > SENDS * 0.8
    assert gateway.fates.total() > SENDS * 1.2  # many were made again


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_verified_send_is_doubled_only_by_what_took_longer_than_the_quarantine(
    client_kind: ClientKind,
) -> None:
    tally, _ = run(client_kind, "verify", SLOW)
    unseen = SLOW.unseen(FIRST_LOOK_UP_DELAY_SECONDS + SECOND_LOOK_UP_DELAY_SECONDS)
    bound = tally.late * unseen + 4 * math.sqrt(tally.late * unseen * (1 - unseen))
    print(f"\nat most {bound:.0f} duplicates of {tally.late} late ones are to be expected")
    assert tally.duplicates <= bound
    assert tally.confirmed > SENDS * 0.8


@pytest.mark.parametrize("slowness", [QUICK, SLOW], ids=["quick", "slow"])
@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_no_verified_send_is_lost_without_a_word(client_kind: ClientKind, slowness: Slowness) -> None:
    tally, _ = run(client_kind, "verify", slowness)
    assert tally.unaccounted == ()


@pytest.mark.parametrize("slowness", [QUICK, SLOW], ids=["quick", "slow"])
def test_both_clients_do_the_same(slowness: Slowness) -> None:
    """The same chances lead to the same requests, pauses and answers."""
    (one, first), (other, second) = (run(client_kind, "verify", slowness) for client_kind in CLIENT_KINDS)
    assert (one.confirmed, one.in_doubt, one.failed) == (other.confirmed, other.in_doubt, other.failed)
    assert first.time.pauses == second.time.pauses
