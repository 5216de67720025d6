"""The table of faults, cell by cell, with both clients: what the gateway has done, and what the caller is told."""

from __future__ import annotations

import json
import pickle
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

import pytest

import scgapi
from scgapi._core.doubt import FIRST_LOOK_UP_DELAY_SECONDS, SECOND_LOOK_UP_DELAY_SECONDS
from tests.both_clients import CLIENT_KINDS, ClientKind
from tests.faults import faults
from tests.faults.columns import COLUMNS, Column
from tests.faults.driver import TOKEN, Pauses, opened, play, settled
from tests.faults.matrix import ROWS, Row
from tests.faults.server import Server, work_well
from tests.faults.world import CONTACT, REFRESH, Gateway
from tests.limits import FACTORS, LATE, PATIENCE

ATTEMPTS = 4  # of the default policy


@dataclass(frozen=True, eq=False)
class Cell:
    """One call of one client against one fault, which comes once or for ever."""

    row: Row
    column: Column
    letter: str
    once: bool
    client_kind: ClientKind

    def __str__(self) -> str:
        times = "once" if self.once else "always"
        return f"{self.row.name}-{self.column.name}-{times}-{self.letter}-{self.client_kind}"


@dataclass(frozen=True)
class Seen:
    """What a cell comes to: on the server, and for the caller."""

    attempts: int
    executions: int
    refreshes: int
    error: type[scgapi.ScgError] | None = None
    outcome: str | None = None
    said: int | None = None  # the attempts that the error tells of


def cells() -> Iterator[Cell]:
    for row in ROWS:
        for column, letter in zip(COLUMNS, row.cells.split(), strict=True):
            for once in (True, False) if letter in ("R", "O", "W", "T") else (True,):
                if letter != "-":
                    yield from (Cell(row, column, letter, once, client_kind) for client_kind in CLIENT_KINDS)


CELLS = [*cells()]


def expected(cell: Cell) -> Seen:
    """The letter, spelled out."""
    row, column, letter = cell.row, cell.column, cell.letter
    error = row.but.get(column.name, row.error)
    in_doubt = scgapi.OutcomeUnknownError if column.kind == "send" else error
    if letter in ("R", "O", "W", "T"):
        refreshes = int(letter == "T")
        if cell.once:
            return Seen(2, 1 + row.done if column.kind in ("read", "upload") else 1, refreshes)
        attempts = 2 if letter in ("T", "O") else ATTEMPTS
        executions = row.done * (1 if column.kind == "guarded" else attempts)
        if row.done and column.versioned:  # read back in the end: it is as the update would have it
            return Seen(attempts, 1, refreshes)
        if row.place == "port":
            return Seen(0, 0, 0, error, row.outcome, attempts)
        # What happens to every connection happens to the reading back, too.
        met = attempts * 2 if column.versioned and row.place in ("arrival", "kept") else attempts
        return Seen(met, executions, refreshes, error, row.outcome, attempts)
    if letter == "ok" or (letter in ("V", "A", "C") and row.done):
        return Seen(1, 1, 0)
    if letter == "V":
        return Seen(2, 1, 0)
    error = in_doubt if letter in ("U", "A") else error
    return Seen(1, row.done, 0, error, row.outcome, 1)


def run(cell: Cell, server: Server, world: Gateway) -> None:
    """Play the cell on a server that has just been reset to this world, and compare."""
    wanted = expected(cell)
    attempts_before_recovery = wanted.attempts if cell.once else ATTEMPTS * 2
    pauses = Pauses(server.listen if cell.once and cell.row.place == "port" else None)

    async def scenario() -> tuple[object, scgapi.ScgError | None, float]:
        row, column = cell.row, cell.column
        world.keep_alive = row.place not in ("arrival", "port")
        async with opened(
            cell.client_kind,
            server.url,
            pauses,
            timeout=row.timeout,
            read_limit=row.read_limit,
            on_unknown=column.on_unknown,
        ) as scg:
            subject = await column.prepare(scg)
            if row.place in ("kept", "idle"):
                server.script(("GET", CONTACT), work_well if row.place == "kept" else faults.close_after)
                await settled(scg.contacts.get("c"))
                if row.place == "idle":
                    server.settle()
            server.forget()
            arm(cell, server, times=1 if cell.once else attempts_before_recovery)
            began = time.monotonic()
            try:
                return await column.act(scg, subject), None, time.monotonic() - began
            except scgapi.ScgError as error:
                return None, error, time.monotonic() - began

    result, error, took = play(cell.client_kind, scenario())
    check_server(cell, server, world, wanted)
    check_pauses(cell, pauses, took, wanted)
    if error is not None:
        check_error(cell, server, error, wanted)
        return
    assert wanted.error is None, "it succeeded"
    if cell.letter != "ok" or cell.row.place == "idle":
        assert cell.column.worked(result, world), result


def arm(cell: Cell, server: Server, times: int) -> None:
    """Put the fault where the row has it."""
    row, column = cell.row, cell.column
    if row.place == "port":
        server.settle()
        server.refuse()
    elif row.place in ("arrival", "kept"):
        server.on_arrival(*[None] * column.before, *[row.play] * times)
    elif row.place == "request":
        server.script(column.key, row.play, *[work_well] * cell.once)


def check_server(cell: Cell, server: Server, world: Gateway, wanted: Seen) -> None:
    key = cell.column.key
    assert (server.attempts(key), server.executed[key], world.refreshes) == (
        wanted.attempts - (cell.row.place == "port" and cell.once),
        wanted.executions,
        wanted.refreshes,
    ), "attempts, executions, refreshes of the token"
    assert server.executed[REFRESH] == wanted.refreshes


def check_pauses(cell: Cell, pauses: Pauses, took: float, wanted: Seen) -> None:
    if cell.letter in ("R", "O", "W"):
        rounds = 2 if wanted.attempts == ATTEMPTS * 2 else 1
        assert len(pauses) == (1 if cell.once or cell.letter == "O" else rounds * (ATTEMPTS - 1))
    if cell.letter in ("V", "A"):
        one_look = [FIRST_LOOK_UP_DELAY_SECONDS]
        assert pauses == (one_look if cell.row.done else [*one_look, SECOND_LOOK_UP_DELAY_SECONDS])
    if cell.letter in ("F", "U", "T", "C", "ok"):
        assert pauses == []
    if cell.letter == "W" and cell.row.pause is not None:
        low, high = cell.row.pause
        assert low <= pauses[0] <= high
    assert took < (cell.row.timeout or 0) + LATE


def check_error(cell: Cell, server: Server, error: scgapi.ScgError, wanted: Seen) -> None:
    seen = (error.outcome, error.attempts)
    assert wanted.error is not None, f"{error!r} {seen}"
    assert isinstance(error, wanted.error), f"{type(error).__name__}: {error}"
    assert seen == (wanted.outcome, wanted.said), "outcome and attempts"
    assert error.operation
    if isinstance(error, scgapi.OutcomeUnknownError):
        assert isinstance(error.__cause__, cell.row.error)
        assert error.external_id == sent_id(cell, server, error)
    copy: object = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert (str(copy), vars(copy)) == (str(error), vars(error))


def sent_id(cell: Cell, server: Server, error: scgapi.OutcomeUnknownError) -> str | None:
    """The id under which the send went, which the caller must be told; None where it went without one."""
    if not cell.column.has_id:
        return None
    for request in server.received:
        if request.key == cell.column.key and request.body:
            body: dict[str, str] = json.loads(request.body)
            return body["external_id"]
    assert error.external_id is not None
    assert error.external_id.startswith("scgapi-")  # nothing of the request was read
    return error.external_id


def slower(cell: Cell, factor: float) -> Cell:
    """Return the cell with longer limits."""
    row = cell.row
    limits = (row.timeout and row.timeout * factor, row.read_limit and row.read_limit * factor)
    return replace(cell, row=replace(row, timeout=limits[0], read_limit=limits[1]))


def fell_short(cell: Cell, server: Server) -> bool:
    """Return True if no more happened than should have: a machine too slow for its limits makes less happen."""
    wanted, key = expected(cell), cell.column.key
    return server.attempts(key) <= wanted.attempts and server.executed[key] <= wanted.executions


@pytest.fixture(scope="module")
def at_once(request: pytest.FixtureRequest) -> Iterator[dict[str, Future[None]]]:
    """The cells that take real time, begun together, each on a server of its own."""

    def one(cell: Cell) -> None:
        for factor in FACTORS:
            world = Gateway(TOKEN)
            with Server(world) as server:
                try:
                    run(slower(cell, factor), server, world)
                    return
                except AssertionError:
                    if factor == FACTORS[-1] or not fell_short(cell, server):
                        raise

    wanted = {item.name for item in request.session.items}
    slow = [cell for cell in CELLS if f"{test_cell_that_takes_time.__name__}[{cell}]" in wanted]
    with ThreadPoolExecutor(12) as pool:
        yield {str(cell): pool.submit(one, cell) for cell in slow}


@pytest.mark.parametrize("cell", [cell for cell in CELLS if not cell.row.takes_time], ids=str)
def test_cell(cell: Cell, shared: Server) -> None:
    world = Gateway(TOKEN)
    shared.reset(world)
    run(cell, shared, world)


@pytest.mark.parametrize("cell", [cell for cell in CELLS if cell.row.takes_time], ids=str)
def test_cell_that_takes_time(cell: Cell, at_once: dict[str, Future[None]]) -> None:
    at_once[str(cell)].result(5 * PATIENCE)


def test_every_row_has_a_name_of_its_own() -> None:
    assert len({str(cell) for cell in CELLS}) == len(CELLS)
