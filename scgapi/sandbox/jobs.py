"""Jobs: what is asked for now and done later. CREATED, RUNNING, then COMPLETED or FAILED."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scgapi.sandbox.errors import GatewayError
from scgapi.sandbox.progress import Sight
from scgapi.sandbox.resource import Resource
from scgapi.sandbox.store import Document, number
from scgapi.sandbox.traffic import observed_page
from scgapi.sandbox.world import Call, Reply, World

_STATES = ("CREATED", "RUNNING", "COMPLETED")
_RUNNING, _COMPLETED = 1, 2


class _Sights:
    """What the progress of the jobs that go on depends on, by their ids."""

    def __init__(self, _world: World) -> None:
        self.of: dict[str, Sight] = {}


def free(_row: Document) -> Document | None:
    """Nothing holds the job."""
    return None


@dataclass(frozen=True, kw_only=True, eq=False)
class Job(Resource):
    """A kind of job. It moves by the world's rule of progress, one level for each state, when it is looked at.

    `run` does the work and returns the fields that tell of it; what it raises makes the job FAILED. `held` gives
    the fields that a job has while, or because, it may not go on.
    """

    run: Callable[[World, Document], Document]
    held: Callable[[Document], Document | None] = free

    def list(self, world: World, call: Call) -> Reply:
        """GET on the collection: what is listed was read."""
        rows = self.rows(world)
        page = observed_page(
            self.query(call),
            lambda settled: [self._settle(world, key) for key in rows] if settled else rows.rows(),
            lambda key: self._look(world, key),
        )
        return Reply(200, page)

    def get(self, world: World, call: Call) -> Reply:
        """GET on a job: it was read."""
        return Reply(200, self._look(world, call.ids[0]))

    def _look(self, world: World, key: str) -> Document:
        self._settle(world, key)
        sight = world.part(_Sights).of.get(key)
        if sight is not None:
            sight.reads += 1
        return self._settle(world, key)

    def _settle(self, world: World, key: str) -> Document:
        """Catch up with the clock and with what was read."""
        rows, sights = self.rows(world), world.part(_Sights).of
        row = rows.get(key)
        if row["state"] in ("COMPLETED", "FAILED"):
            return row
        held = self.held(row)
        if held is not None:
            sights.pop(key, None)
            self._set(world, row, held)
            return rows.get(key)
        # A job that was held begins with the change that released it.
        sight = sights.setdefault(key, Sight(number(row["last_updated_date"]) or 0))
        self._advance(world, row, sight)
        if rows.get(key)["state"] in ("COMPLETED", "FAILED"):
            del sights[key]
        return rows.get(key)

    def _advance(self, world: World, row: Document, sight: Sight) -> None:
        now, progress = world.now(), world.progress
        stored = _STATES.index(str(row["state"])) if row["state"] in _STATES else 0
        level = max(stored, min(progress.level(sight, now), _COMPLETED))
        fields: Document = {"state": _STATES[level]}
        if stored < _RUNNING <= level:
            began = progress.reached(_RUNNING, sight, now)
            fields.update(started_date=began, last_started_date=began)
        if level == _COMPLETED:
            fields["completed_date"] = progress.reached(_COMPLETED, sight, now)
            try:
                fields.update(self.run(world, row))
            except GatewayError as error:
                fields.update(state="FAILED", failure_details=error.description)
        self._set(world, row, fields)

    def _set(self, world: World, row: Document, fields: Document) -> None:
        if any(row.get(name) != value for name, value in fields.items()):
            self.rows(world).change(str(row["id"]), fields)
