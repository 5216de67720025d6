"""Verified sends at their edges: what the caller is told after the second attempt, or after a look-up that fails."""

from __future__ import annotations

import httpx
import pytest

import scgapi
from scgapi._core.doubt import FIRST_LOOK_UP_DELAY_SECONDS, SECOND_LOOK_UP_DELAY_SECONDS
from tests.both_clients import CLIENT_KINDS, ClientKind
from tests.simulation.model import Ledger, Time, answer, said, send_all

Again = tuple[int, bytes] | None
"""What the gateway answers to a send that is made again; None refuses the connection."""


class Gateway(Ledger):
    """Takes two sends and tells of the first, which is the control; the other is not listed for too long."""

    def __init__(self, again: Again = None, *, looks: int = 99) -> None:
        super().__init__(Time(lambda: 1.0))
        self._again = again
        self._looks = looks  # that are answered, before one fails

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            self._looks -= 1
            return self.listed(request) if self._looks >= 0 else answer(400)
        self.note(request)
        if not self.taken:
            return said(id=self.take(request, lateness=0, lag=0))
        if len(self.taken) == 1:
            self.take(
                request, lateness=0, lag=FIRST_LOOK_UP_DELAY_SECONDS + SECOND_LOOK_UP_DELAY_SECONDS + 30
            )
            raise httpx.ReadError("reset")
        if self._again is None:
            raise httpx.ConnectError("refused")
        return answer(*self._again)


def check_that_it_is_in_doubt(client_kind: ClientKind, gateway: Gateway) -> None:
    _, error = send_all(client_kind, gateway, gateway.time.clock, "verify", ["control", "text"])
    assert len(gateway.executions("text")) == 1
    assert isinstance(error, scgapi.OutcomeUnknownError)
    assert error.external_id == gateway.asked["text"][0]


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    "again",
    [(400, b""), (402, b""), (409, b'{"error_code": "SCG_ERROR_1011"}'), None],
    ids=["400", "402", "1011", "refused"],
)
def test_a_second_attempt_that_failed_for_sure_leaves_the_first_one_in_doubt(
    client_kind: ClientKind, again: Again
) -> None:
    check_that_it_is_in_doubt(client_kind, Gateway(again))


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("looks", [0, 1])
def test_a_look_up_that_fails_leaves_the_send_in_doubt(client_kind: ClientKind, looks: int) -> None:
    check_that_it_is_in_doubt(client_kind, Gateway(looks=looks))


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_control_that_cannot_be_looked_up_leaves_the_send_in_doubt(client_kind: ClientKind) -> None:
    check_that_it_is_in_doubt(client_kind, Gateway(looks=2))
