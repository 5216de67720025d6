"""Twenty thousand sends for each mix of faults, in simulated time: nobody twice, and nobody forgotten."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from scgapi.campaigns.engine.rules import Content, Mode, Rules
from tests.campaigns.simulation import Gateway, Mix, Result, simulate

SENDS = 20_000
SEED = 20261126
BAD = {
    "ok": 40.0,
    "not sent": 8.0,
    "429": 8.0,
    "lost before": 10.0,
    "lost after": 12.0,
    "5xx, done": 7.0,
    "5xx, not done": 7.0,
    "late": 8.0,
}
UNPARSED = {"ok": 85.0, "unparsed": 10.0, "lost after": 5.0}
MIXES = (
    Mix("few faults", {"ok": 97.0, "lost after": 1.0, "lost before": 1.0, "late": 1.0}),
    Mix("many faults", BAD),
    Mix("many faults of a gateway that is slower than the quarantine", BAD, lateness=60, lag=20),
    Mix("two runs that crash all the time", BAD, crashes=0.2, runs=2),
    Mix("three runs that oversleep their leases", BAD, sleeps=0.05, runs=3),
    Mix("answers that are cut off, and look-ups that fail", UNPARSED, denied=0.4),
)
MODES: tuple[Mode, ...] = ("verified", "two_phase")


def rules(mode: Mode, *, batch: int = 1, rate: float | None = None) -> Rules:
    return Rules(
        "sale",
        "155",
        lambda fields: Content("Hi"),
        {"from_": "155", "to": []},
        mode=mode,
        batch=batch,
        rate=rate,
        in_flight=250,
    )


def told(mix: Mix, mode: Mode, result: Result, gateway: Gateway, seed: int) -> None:
    print(
        f"\n{mode}, {mix.name}, seed {seed}: {dict(result.states)}, {result.doubled} doubled, "
        f"{len(result.unaccounted)} unaccounted for, {result.crashes} crashes, {gateway.fates.total()} requests, "
        f"{result.seconds:.0f} simulated seconds"
    )


def most_doubled(mix: Mix, gateway: Gateway) -> float:
    """How many sends lateness alone doubles, at most: those that are not to be seen when they are looked up."""
    steps, looked_up = 2000, 45.0
    lags = (mix.lag * (step + 0.5) / steps for step in range(steps))
    unseen = sum(min(1.0, max(0.0, 1 - (looked_up - lag) / mix.lateness)) for lag in lags) / steps
    late = gateway.fates["late"]
    return late * unseen + 4 * math.sqrt(late * unseen * (1 - unseen))


def check(memory: Path, mix: Mix, mode: Mode, sends: int, seed: int) -> None:
    result, gateway = simulate(memory, mix, rules(mode), sends, seed)
    told(mix, mode, result, gateway, seed)
    assert result.unaccounted == []
    assert result.doubled <= (most_doubled(mix, gateway) if mode == "verified" else 0)
    assert result.states["ACCEPTED"] >= 0.9 * sends
    assert result.states["ACCEPTED"] + result.states["IN_DOUBT"] == sends


@pytest.mark.parametrize("mix", MIXES, ids=lambda mix: mix.name)
def test_twenty_thousand_sends(memory: Path, mix: Mix) -> None:
    for mode in MODES:
        (memory / mode).mkdir()
        check(memory / mode, mix, mode, SENDS // 2, SEED)


@pytest.mark.nightly
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("mix", MIXES, ids=lambda mix: mix.name)
def test_a_million_sends(memory: Path, mix: Mix, mode: Mode) -> None:
    for number in range(5):
        (memory / str(number)).mkdir()
        check(memory / str(number), mix, mode, 1_000_000 // 60, SEED + number)


def test_texts_that_are_the_same_for_all_go_together_and_reach_each_once(memory: Path) -> None:
    mix = Mix("batches", BAD, crashes=0.2, runs=2)
    # With one seed in fifteen, all ten tries of a request to one of them have no answer, and it ends in doubt.
    seed = 1
    for mode in MODES:
        (memory / mode).mkdir()
        result, gateway = simulate(memory / mode, mix, rules(mode, batch=50), 5000, seed, refused=20)
        told(mix, mode, result, gateway, seed)
        assert (result.unaccounted, result.doubled) == ([], 0)
        assert result.states["FAILED"] == 20
        assert result.states["ACCEPTED"] >= 4900


def test_a_gateway_that_takes_no_external_id_twice_is_believed(memory: Path) -> None:
    for mode in MODES:
        (memory / mode).mkdir()
        result, gateway = simulate(memory / mode, MIXES[1], rules(mode), 2000, SEED, is_unique=True)
        told(MIXES[1], mode, result, gateway, SEED)
        assert (result.unaccounted, result.doubled) == ([], 0)


@pytest.mark.parametrize("runs", [1, 3])
def test_the_rate_is_kept_within_two_per_cent_over_a_minute(memory: Path, runs: int) -> None:
    mix = Mix("none", {"ok": 100.0}, runs=runs)
    _, gateway = simulate(memory, mix, rules("verified", rate=30), 30 * 70, SEED)
    moments = sorted(gateway.departures)
    begin = moments[0] + 5
    within = sum(begin <= moment < begin + 60 for moment in moments)
    busiest = max(sum(first <= moment < first + 1 for moment in moments) for first in moments)
    print(f"\n{runs} runs: {within / 60:.2f} a second, at most {busiest} in any second")
    assert 0.98 <= within / 60 / 30 <= 1.02
    assert busiest <= 32


def test_a_rate_that_the_gateway_refuses_is_slowed_down(memory: Path) -> None:
    mix = Mix("throttled", {"ok": 50.0, "429": 50.0})
    result, _ = simulate(memory, mix, rules("verified", rate=200), 2000, SEED)
    assert (result.unaccounted, result.states) == ([], {"ACCEPTED": 2000})
    assert result.seconds > 3 * 4000 / 200
