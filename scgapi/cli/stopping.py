"""The end of commands that run until they are stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable

from scgapi._io.stop_signals import stop_signals

_PATIENCE_SECONDS = 1.0
"""The time that work gets to end by itself: a request that hangs must not keep a command that is to stop."""


def run_until_stopped(
    work: Callable[[threading.Event], None],
    *,
    patience: float = _PATIENCE_SECONDS,
    on_stop: Callable[[], None] | None = None,
) -> bool:
    """Run work in a thread until it ends, or until SIGINT or SIGTERM. Return True if it was stopped.

    The main thread waits, so that the signal breaks into no import, callback or destructor, where it would be lost.
    Errors of the work are raised here.

    Args:
        work: Gets an event that is set once it is to end.
        patience: Seconds that the work gets to end once it is stopped. A second signal ends that wait.
        on_stop: Called at the signal, in the main thread.
    """
    stopping = threading.Event()
    errors: list[BaseException] = []
    with stop_signals() as signals:

        def run() -> None:
            try:
                work(stopping)
            except BaseException as error:  # noqa: BLE001 - raised in the main thread
                errors.append(error)
            finally:
                signals.wake()

        threading.Thread(target=run, name="scgapi-command", daemon=True).start()
        stopped = signals.wait() is True
        if stopped:
            stopping.set()
            if on_stop is not None:
                on_stop()
            signals.wait(patience)
    if errors and not stopped:
        raise errors[0]
    return stopped
