"""A progress bar for a run on a terminal."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from typing_extensions import Self

from scgapi.campaigns.engine.progress import Progress as RunProgress


class ProgressBar:
    """A bar that shows how far a run is, where the file is a terminal; elsewhere it shows nothing.

        with ProgressBar() as bar:
            for progress in campaign.run(scg):
                bar.update(progress)

    Args:
        file: where it is drawn; stderr if left out.
    """

    def __init__(self, file: TextIO | None = None) -> None:
        target = sys.stderr if file is None else file
        self._bar = Progress(
            BarColumn(),
            TextColumn("{task.percentage:>3.0f}%"),
            TextColumn("{task.description}", markup=False),
            console=Console(file=target),
            disable=not target.isatty(),
        )
        self._task = self._bar.add_task("", total=None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def update(self, progress: RunProgress) -> None:
        """Show how far the run is."""
        done = progress.total - progress.remaining - progress.under_way
        self._bar.update(self._task, completed=done, total=progress.total, description=str(progress))
