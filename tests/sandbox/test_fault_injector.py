"""The faults that tests need most, by name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import scgapi
from scgapi.sandbox import FaultInjector, Rule, Sandbox


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox()


@pytest.fixture
def faults(sandbox: Sandbox) -> FaultInjector:
    return FaultInjector(sandbox.gateway.rules)


def send(sandbox: Sandbox) -> str:
    with sandbox.client(retry=scgapi.RetryPolicy(attempts=1)) as scg:
        return scg.message_requests.create(from_="155528999", to=["+15552461234"], body="Hi")


@pytest.mark.parametrize(
    ("inject", "expected", "executed"),
    [
        (FaultInjector.lose_response, scgapi.OutcomeUnknownError, 1),
        (FaultInjector.lose_request, scgapi.OutcomeUnknownError, 0),
        (FaultInjector.refuse, scgapi.ServerError, 0),
    ],
)
def test_one_send_fails_and_the_next_succeeds(
    sandbox: Sandbox,
    faults: FaultInjector,
    inject: Callable[[FaultInjector], Rule],
    expected: type[scgapi.ScgError],
    executed: int,
) -> None:
    rule = inject(faults)
    with pytest.raises(expected):
        send(sandbox)
    assert (rule.fired, sandbox.executed("message_requests.create")) == (1, executed)
    send(sandbox)
    assert (rule.fired, sandbox.executed("message_requests.create")) == (1, executed + 1)


def test_a_refusal_has_a_status_a_code_and_a_pause(sandbox: Sandbox, faults: FaultInjector) -> None:
    faults.refuse("contacts.*", 429, code="SCG_ERROR_4290", retry_after=7, times=None)
    for _ in range(2):
        with (
            sandbox.client(retry=scgapi.RetryPolicy(attempts=1)) as scg,
            pytest.raises(scgapi.RateLimitError) as caught,
        ):
            scg.contacts.get("x")
        assert (caught.value.code, caught.value.retry_after) == ("4290", 7)


def test_a_throttle_admits_so_many(sandbox: Sandbox, faults: FaultInjector) -> None:
    faults.throttle(calls=2, seconds=3600)
    send(sandbox)
    send(sandbox)
    with pytest.raises(scgapi.RateLimitError):
        send(sandbox)
    sandbox.gateway.advance(3600)
    send(sandbox)


def test_a_hidden_send_appears_later(sandbox: Sandbox, faults: FaultInjector) -> None:
    faults.hide(reads=1)
    request_id = send(sandbox)
    with sandbox.client() as scg:
        with pytest.raises(scgapi.NotFoundError):
            scg.message_requests.get(request_id)
        assert scg.message_requests.get(request_id).id == request_id


def test_all_faults_end_at_once(sandbox: Sandbox, faults: FaultInjector) -> None:
    faults.lose_request(times=None)
    faults.clear()
    send(sandbox)
    assert sandbox.gateway.rules.in_force() == []
