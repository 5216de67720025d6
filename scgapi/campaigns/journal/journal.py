"""The journal of campaigns: their recipients, and the state of each send."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Generator, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from types import TracebackType

from typing_extensions import Self, TypeGuard

from scgapi._core.describe import join_words
from scgapi.campaigns.journal.claims import Claims
from scgapi.campaigns.journal.databases import Database, Row, UserConnection, as_int, as_text, as_texts
from scgapi.campaigns.journal.deliveries import Deliveries, OpenRequest
from scgapi.campaigns.journal.interruptions import JournalInterruptedError, repeated
from scgapi.campaigns.journal.listing import Listing
from scgapi.campaigns.journal.local_clock import Clock
from scgapi.campaigns.journal.report_rows import report_rows
from scgapi.campaigns.journal.rows import Added, Control, Counts, ReportRow, Standing
from scgapi.campaigns.journal.slots import Slots
from scgapi.campaigns.journal.verdicts import Verdicts
from scgapi.campaigns.recipients.recipient import Recipient, SetAside
from scgapi.errors import CampaignError, JournalError

_LINES_PER_TRANSACTION = 5000
"""Number of lines of a list that are added in one transaction."""

_PATIENCE_SECONDS = 30.0
"""Seconds for which a transaction that may be repeated is repeated while the database is away."""

_CONTROLS: dict[str, Control] = {
    "READY": "READY",
    "PAUSED": "PAUSED",
    "HALTED": "HALTED",
    "CANCELLED": "CANCELLED",
}


class Journal:
    """A journal, and the one of its campaigns that was chosen by `begin()` or `select()`.

    Any number of processes may use a journal at once, and any number of threads one `Journal`.

    Args:
        target: path of an SQLite file on a local disk, `postgresql://…`, or a connection of psycopg, whose transaction
            all that is written is then part of.
        clock: where a journal in a file reads the time; one in PostgreSQL goes by the server's clock.

    Raises:
        JournalError: the journal cannot be opened, is damaged, or has another version.
    """

    def __init__(self, target: str | Path | UserConnection, *, clock: Clock | None = None) -> None:
        self._clock = clock or Clock()
        self._lock = threading.RLock()
        self._name = ""
        self._campaign = 0
        self._planned = ""
        self._database = _opened(target, self._clock)

    @property
    def restarts(self) -> int:
        """Number of restarts of the database since the journal was opened: it may have fallen back to an earlier state."""
        return self._database.restarts

    @property
    def name(self) -> str:
        """Name of the chosen campaign; empty if there is none."""
        return self._name

    def begin(self, name: str, settings: Mapping[str, str]) -> None:
        """Choose a campaign and make it if it is new.

        Args:
            name: the campaign's identity.
            settings: what makes it this campaign, such as the text and the sender. While nothing was sent they may
                change; the list is then forgotten, and added anew.

        Raises:
            CampaignError: sending has begun, and the settings differ.
        """
        repeated(lambda: self._begin(name, settings), _patience)

    def _begin(self, name: str, settings: Mapping[str, str]) -> None:
        with self.transaction():
            text = json.dumps(dict(settings), ensure_ascii=False, sort_keys=True)
            # Another process may be making the same campaign: this waits for its end.
            self._database.run(
                "INSERT INTO scgapi_campaigns (name, settings, control, reason, errors, created) "
                "VALUES (:name, :settings, 'READY', '', 0, :now) ON CONFLICT (name) DO NOTHING",
                {"name": name, "settings": text, "now": self._clock.time_of_day()},
            )
            found = self._find(name)
            self._name, self._campaign, self._planned = name, as_int(found[0] if found else 0), text
            known = _settings(found)
            differing = sorted(key for key in {*known, *settings} if known.get(key) != settings.get(key))
            if not differing:
                return
            if not self._has_begun():
                self._forget_list()
            # Once more: a run may have claimed its first send, and have kept it from being forgotten.
            if self._has_begun():
                raise _differs(name, differing)
            self._database.run(
                "UPDATE scgapi_campaigns SET settings = :settings, listed = 0 WHERE id = :campaign",
                {"settings": text, "campaign": self._campaign},
            )

    def _forget_list(self) -> None:
        for table, which in (
            ("scgapi_recipients", "AND state = 'PLANNED' AND attempt = 0"),
            ("scgapi_set_aside", ""),
        ):
            self._database.run(
                f"DELETE FROM {table} WHERE campaign = :campaign {which}",  # noqa: S608 - of constants
                {"campaign": self._campaign},
            )

    def is_listed(self, name: str) -> bool:
        """Return True if a campaign's whole list was added, so that it may be run."""
        with self._exclusive():
            rows = self._database.run(
                "SELECT listed FROM scgapi_campaigns WHERE name = :name", {"name": name}
            )
        return bool(rows and as_int(rows[0][0]))

    def select(self, name: str) -> None:
        """Choose a campaign that the journal has.

        Raises:
            CampaignError: it has none of this name.
        """
        with self._exclusive():
            found = self._find(name)
            if found is None:
                raise CampaignError(f"the journal has no campaign {name!r}: plan it first")
            self._name, self._campaign, self._planned = name, as_int(found[0]), ""

    def settings(self) -> dict[str, str]:
        """Return the settings that the campaign began with."""
        with self._exclusive():
            return _settings(self._find(self._name))

    def has_begun(self) -> bool:
        """Return True if a send of the campaign was ever claimed."""
        with self._exclusive():
            return self._has_begun()

    def add(self, rows: Iterable[Recipient | SetAside]) -> Added:
        """Add a list, or add it again: what is there already stays as it is.

        A recipient whose address another line has is set aside as DUPLICATE. One that has opted out since it was added
        is not sent to, unless that has begun; one that has opted in again is.

        Raises:
            CampaignError: another process has planned the campaign with another text or list meanwhile.
        """
        total = Added()
        stream = iter(rows)
        while batch := [*islice(stream, _LINES_PER_TRANSACTION)]:
            added = repeated(partial(self._add, batch), _patience)
            total = Added(*map(sum, zip(total, added, strict=True)))
        repeated(self._set_listed, _patience)
        return total

    def _add(self, batch: list[Recipient | SetAside]) -> Added:
        listing = Listing(self._database, self._campaign, self.claims())
        recipients = [row for row in batch if isinstance(row, Recipient)]
        others = [row for row in batch if isinstance(row, SetAside)]
        with self.transaction():
            self._hold_plan()
            listing.follow_opt_outs(recipients, others)
            return listing.add(recipients)._replace(set_aside=listing.set_aside(others))

    def _hold_plan(self) -> None:
        """Keep others from planning anew until the transaction ends; refuse to add to what another has planned."""
        which = {"campaign": self._campaign}
        rows = self._database.run("SELECT settings, listed FROM scgapi_campaigns WHERE id = :campaign", which)
        if rows and not as_int(rows[0][1]):
            # No run uses the campaign yet, which would wait for this lock.
            rows = self._database.run(
                f"SELECT settings FROM scgapi_campaigns WHERE id = :campaign {self._database.lock}",  # noqa: S608 - constants
                which,
            )
        if self._planned and not (rows and as_text(rows[0][0]) == self._planned):
            raise CampaignError(
                f"campaign {self._name!r} was planned anew by another process, with another text or list: nothing more was "
                "added. Nothing was sent."
            )

    def _set_listed(self) -> None:
        with self.transaction():
            self._hold_plan()
            self._database.run(
                "UPDATE scgapi_campaigns SET listed = 1 WHERE id = :campaign", {"campaign": self._campaign}
            )

    def standing(self) -> Standing:
        """Return what the campaign may do now."""
        with self._exclusive():
            rows = self._database.run(
                "SELECT control, reason, errors FROM scgapi_campaigns WHERE id = :campaign",
                {"campaign": self._campaign},
            )
        control, reason, errors = rows[0]
        return Standing(_CONTROLS[as_text(control)], as_text(reason), as_int(errors))

    def set_control(self, control: Control, reason: str = "") -> None:
        """Pause, resume, halt or cancel the campaign. A cancelled one stays cancelled."""
        repeated(lambda: self._set_control(control, reason), _patience)

    def _set_control(self, control: Control, reason: str) -> None:
        with self.transaction():
            claims = self.claims()
            claims.set_control(control, reason)
            if control == "CANCELLED":
                claims.cancel_planned()

    def check_settings(self, settings: Mapping[str, str]) -> None:
        """Refuse settings that differ from those that the campaign was planned with.

        Raises:
            CampaignError: some differ.
        """
        known = self.settings()
        differing = sorted(key for key, value in settings.items() if known.get(key) != value)
        if differing:
            raise _differs(self._name, differing)

    def counts(self) -> Counts:
        """Count the recipients by state, and those that failed by code."""
        values = {"campaign": self._campaign}
        with self._exclusive():
            states = self._database.run(
                "SELECT state, COUNT(*) FROM scgapi_recipients WHERE campaign = :campaign GROUP BY state",
                values,
            )
            aside = self._database.run(
                "SELECT state, COUNT(*) FROM scgapi_set_aside WHERE campaign = :campaign GROUP BY state",
                values,
            )
            codes = self._database.run(
                "SELECT code, COUNT(*) FROM scgapi_recipients WHERE campaign = :campaign AND state = 'FAILED' "
                "GROUP BY code",
                values,
            )
        return Counts(
            {as_text(state): as_int(count) for state, count in [*states, *aside]},
            {as_text(code): as_int(count) for code, count in codes},
        )

    def rows(self, state: str = "") -> Iterator[ReportRow]:
        """Yield what became of each line: recipients in the order they were added, then lines that were set aside.

        Args:
            state: only recipients in this state, and no lines that were set aside.
        """
        return report_rows(self._database, self._exclusive, self._campaign, self._name, state)

    def accepted_since(self, seconds: float) -> int:
        """Return the number of texts that the gateway accepted in the last `seconds` seconds."""
        with self._exclusive():
            rows = self._database.run(
                "SELECT COUNT(*) FROM scgapi_recipients WHERE campaign = :campaign "
                "AND state IN ('ACCEPTED', 'SENT', 'DELIVERED') AND due > :since",
                {"campaign": self._campaign, "since": self._database.now() - seconds},
            )
        return as_int(rows[0][0])

    def names(self) -> list[str]:
        """Return the names of the journal's campaigns, oldest first."""
        with self._exclusive():
            rows = self._database.run("SELECT name FROM scgapi_campaigns ORDER BY id")
        return [as_text(row[0]) for row in rows]

    def decide(self, state: str, address: str | None, before: tuple[str, ...]) -> int:
        """Record a person's decision on recipients in these states, and return how many it concerned.

        On one in doubt, it concerns all recipients of a request that several share; on one that failed, it alone.

        Args:
            state: PLANNED to send again, or the state that a person knows to be true.
            address: the recipient; None for all in these states.
            before: states that a decision may end.
        """
        with self.transaction():
            return self._verdicts().decide(state, address, before)

    def doubt_planned(self) -> int:
        """Have all recipients looked up before they are sent to, and return how many there are."""
        with self.transaction():
            return self._verdicts().doubt_planned()

    def claims(self) -> Claims:
        """Return the operations that a run makes, for use in `transaction()`."""
        return Claims(self._database, self._campaign, self._clock)

    def _verdicts(self) -> Verdicts:
        return Verdicts(self._database, self._campaign, self.claims(), self._clock)

    def deliveries(self) -> Deliveries:
        """Return the operations on texts that the gateway took, for use in `transaction()`."""
        return Deliveries(self._database, self._clock)

    def open_requests(self, after: int, count: int) -> tuple[list[OpenRequest], int]:
        """Return requests of the chosen campaign whose texts are on their way; see `Deliveries.open_requests`."""
        with self._exclusive():
            return self.deliveries().open_requests(self._campaign, after, count)

    def slots(self) -> Slots:
        """Return the slots of workers of a task queue, for use in `transaction()`."""
        return Slots(self._database, self._campaign, self._name)

    @contextlib.contextmanager
    def transaction(self) -> Generator[None]:
        """Begin a transaction; other threads wait until it has ended.

        Raises:
            JournalError: the database fails.
        """
        with self._exclusive(), self._database.transaction():
            yield

    def close(self) -> None:
        """Close the journal. Closing twice does no harm."""
        with self._lock:
            self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextlib.contextmanager
    def _exclusive(self) -> Generator[None]:
        """Keep other threads from the connection; turn the errors of the database into `JournalError`."""
        with self._lock:
            try:
                yield
            except self._database.errors as error:
                kind = JournalInterruptedError if self._database.is_interruption(error) else JournalError
                raise kind(
                    f"the journal cannot be read or written: {error}. Requests that were on their way are looked up by "
                    "the next run"
                ) from error

    def _find(self, name: str) -> Row | None:
        rows = self._database.run(
            "SELECT id, settings FROM scgapi_campaigns WHERE name = :name", {"name": name}
        )
        return rows[0] if rows else None

    def _has_begun(self) -> bool:
        return bool(
            self._database.run(
                "SELECT 1 FROM scgapi_recipients WHERE campaign = :campaign "
                "AND (state <> 'PLANNED' OR attempt > 0) LIMIT 1",
                {"campaign": self._campaign},
            )
        )


def is_postgresql(target: str | Path) -> TypeGuard[str]:
    """Return True if a journal is in PostgreSQL."""
    return isinstance(target, str) and target.startswith(("postgresql://", "postgres://"))


def _opened(target: str | Path | UserConnection, clock: Clock) -> Database:
    if not isinstance(target, str | Path) or is_postgresql(target):
        from scgapi.campaigns.journal.postgres import PostgresDatabase

        return PostgresDatabase(target)
    if isinstance(target, str) and "://" in target:
        raise JournalError(
            f"journal: {target.partition('://')[0]}:// is not supported: give the path of a file, or postgresql://…"
        )
    from scgapi.campaigns.journal.sqlite import SqliteDatabase

    return SqliteDatabase(Path(target), clock)


def _differs(name: str, differing: list[str]) -> CampaignError:
    return CampaignError(
        f"campaign {name!r} was planned with another {join_words(differing)}: plan it again if nothing was sent yet, else "
        "give this one a name of its own, or go on with what it began with. Nothing was sent."
    )


def _patience() -> float:
    return _PATIENCE_SECONDS


def _settings(found: Row | None) -> dict[str, str]:
    return as_texts(found[1]) if found else {}
