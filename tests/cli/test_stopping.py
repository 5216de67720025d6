"""Work that runs until a signal: nothing breaks into it, and nothing that hangs keeps the command."""

from __future__ import annotations

import os
import signal
import sys
import threading

import pytest

from scgapi.cli.stopping import run_until_stopped

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no process signals itself there")


def test_work_that_ends_by_itself_was_not_stopped() -> None:
    assert not run_until_stopped(lambda _stopping: None)


def test_an_error_of_the_work_is_raised() -> None:
    def work(_stopping: threading.Event) -> None:
        raise ConnectionError("no network")

    with pytest.raises(ConnectionError, match="no network"):
        run_until_stopped(work)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_asks_the_work_to_end(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    done: list[str] = []

    def work(stopping: threading.Event) -> None:
        os.kill(os.getpid(), number)
        assert stopping.wait(60)
        done.append("ended in good order")

    assert run_until_stopped(work, patience=60, on_stop=lambda: done.append("told"))
    assert done == ["told", "ended in good order"]
    assert signal.getsignal(number) == before


def test_a_second_signal_leaves_work_that_does_not_end() -> None:
    release = threading.Event()

    def work(stopping: threading.Event) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        stopping.wait(60)
        os.kill(os.getpid(), signal.SIGINT)
        release.wait(60)

    try:
        assert run_until_stopped(work, patience=3600)
    finally:
        release.set()


def test_a_signal_is_not_lost_where_exceptions_are() -> None:
    # An exception that is raised in a destructor goes nowhere.
    class Dying:
        def __del__(self) -> None:
            os.kill(os.getpid(), signal.SIGTERM)

    def work(stopping: threading.Event) -> None:
        while not stopping.is_set():
            Dying()

    assert run_until_stopped(work, patience=60)
