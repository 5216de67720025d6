"""How far a transfer is, for whoever wants to see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Transfer:
    """How far an upload or a download is: what `on_progress` is called with.

    One object, not two numbers: an editor shows what each is, and nobody mixes them up. Both are absolute, since an
    attempt that fails is followed by one that begins at 0: a bar is set, not advanced.

        on_progress=lambda transfer: rich_bar.update(task, completed=transfer.done, total=transfer.total)
        on_progress=lambda transfer: tqdm_bar.update(transfer.done - tqdm_bar.n)

    Attributes:
        done: bytes that this attempt has sent or stored.
        total: bytes when it is complete; None as long as a gateway that packs a download, or announces no length,
            leaves it open.
    """

    done: int
    total: int | None


OnProgress = Callable[[Transfer], None]


class Abandoned(Exception):
    """A callback failed. No layer between it and its caller knows this error, so none answers to what it carries."""

    def __init__(self, reason: Exception) -> None:
        super().__init__()
        self.reason = reason


def tell(on_progress: OnProgress | None, done: int, total: int | None) -> None:
    """Call back, if anybody wants to know.

    Raises:
        Abandoned: the callback failed: the transfer must end.
    """
    if on_progress is None:
        return
    try:
        on_progress(Transfer(done, total))
        return
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the caller's
        reason = error
    # Raised out here: it shall not become the context of what the callback raised.
    raise Abandoned(reason)
