"""Progress of uploads and downloads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scgapi._core.tracebacks import run_callback


@dataclass(frozen=True, slots=True)
class Transfer:
    """Progress of an upload or a download, the argument of `on_progress`.

    Both numbers are absolute, because a retry starts at 0: set a progress bar, do not advance it.

        on_progress=lambda transfer: rich_bar.update(task, completed=transfer.done, total=transfer.total)
        on_progress=lambda transfer: tqdm_bar.update(transfer.done - tqdm_bar.n)

    Attributes:
        done: bytes that this attempt has sent or stored.
        total: bytes of the complete transfer; None while a download's length is unknown, for example because it is
            compressed.
    """

    done: int
    total: int | None


OnProgress = Callable[[Transfer], None]


class CallbackError(Exception):
    """Failure of a callback or file object of the caller. No layer between it and the caller handles this error."""

    def __init__(self, reason: Exception) -> None:
        super().__init__()
        self.reason = reason


def report_progress(on_progress: OnProgress | None, done: int, total: int | None) -> None:
    """Call the callback, if there is one.

    Raises:
        Abandoned: the callback failed, so the transfer must stop.
    """
    if on_progress is None:
        return
    try:
        run_callback(on_progress, Transfer(done, total))
        return
    except Exception as error:  # noqa: BLE001 - any error of the caller's code
        reason = error
    # Raised outside of the except block, so that it is not the context of the callback's error.
    raise CallbackError(reason)
