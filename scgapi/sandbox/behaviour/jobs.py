"""Jobs that run in the background. They are CREATED, then RUNNING, then COMPLETED or FAILED."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scgapi.sandbox.behaviour.messaging import read_page
from scgapi.sandbox.errors import GatewayError
from scgapi.sandbox.resources.resource import Resource
from scgapi.sandbox.state.account import Account, APIRequest, APIResponse
from scgapi.sandbox.state.progress import ProgressState
from scgapi.sandbox.state.store import Document, number

_STATES = ("CREATED", "RUNNING", "COMPLETED")
_RUNNING, _COMPLETED = 1, 2


class _JobProgress:
    """Progress states of the unfinished jobs, by id."""

    def __init__(self, _account: Account) -> None:
        self.by_id: dict[str, ProgressState] = {}


def never_blocked(_row: Document) -> Document | None:
    """Return None: nothing holds the job back."""
    return None


@dataclass(frozen=True, kw_only=True, eq=False)
class Job(Resource):
    """A kind of job. It moves by the account's progress rule, one level for each state, when it is looked at.

    `run` does the work and returns the fields of its result; a GatewayError makes the job FAILED. `blocked_fields`
    returns the fields of a job that may not continue, None for one that may.
    """

    run: Callable[[Account, Document], Document]
    blocked_fields: Callable[[Document], Document | None] = never_blocked

    def list(self, account: Account, request: APIRequest) -> APIResponse:
        """Handle GET on the collection. It counts as a read of every listed job."""
        rows = self.rows(account)
        page = read_page(
            self.query(account, request),
            lambda update: [self._update(account, key) for key in rows] if update else rows.rows(),
            lambda key: self._read(account, key),
        )
        return APIResponse(200, page)

    def get(self, account: Account, request: APIRequest) -> APIResponse:
        """Handle GET on a job. It counts as a read."""
        return APIResponse(200, self._read(account, request.ids[0]))

    def _read(self, account: Account, key: str) -> Document:
        self._update(account, key)
        progress_state = account.component(_JobProgress).by_id.get(key)
        if progress_state is not None:
            progress_state.reads += 1
        return self._update(account, key)

    def _update(self, account: Account, key: str) -> Document:
        """Update the job's state by the clock and by the reads so far."""
        rows, progress_states = self.rows(account), account.component(_JobProgress).by_id
        row = rows.get(key)
        if row["state"] in ("COMPLETED", "FAILED"):
            return row
        blocked = self.blocked_fields(row)
        if blocked is not None:
            progress_states.pop(key, None)
            self._set(account, row, blocked)
            return rows.get(key)
        # The progress of a blocked job starts with the change that released it.
        progress_state = progress_states.setdefault(key, ProgressState(number(row["last_updated_date"]) or 0))
        self._advance(account, row, progress_state)
        if rows.get(key)["state"] in ("COMPLETED", "FAILED"):
            del progress_states[key]
        return rows.get(key)

    def _advance(self, account: Account, row: Document, progress_state: ProgressState) -> None:
        now, progress = account.now(), account.progress
        stored = _STATES.index(str(row["state"])) if row["state"] in _STATES else 0
        level = max(stored, min(progress.level(progress_state, now), _COMPLETED))
        fields: Document = {"state": _STATES[level]}
        if stored < _RUNNING <= level:
            began = progress.reached(_RUNNING, progress_state, now)
            fields.update(started_date=began, last_started_date=began)
        if level == _COMPLETED:
            fields["completed_date"] = progress.reached(_COMPLETED, progress_state, now)
            try:
                fields.update(self.run(account, row))
            except GatewayError as error:
                fields.update(state="FAILED", failure_details=error.description)
        self._set(account, row, fields)

    def _set(self, account: Account, row: Document, fields: Document) -> None:
        if any(row.get(name) != value for name, value in fields.items()):
            self.rows(account).change(str(row["id"]), fields)
