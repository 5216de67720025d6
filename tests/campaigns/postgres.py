"""A PostgreSQL server for tests, started as its manual says, in a folder of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.limits import PATIENCE


def binaries() -> Path | None:
    """The folder with initdb, on the path or where Debian puts it."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return folders[-1] if folders and (folders[-1] / "initdb").exists() else None


class Server:
    """A running server."""

    def __init__(self, tools: Path, folder: Path, owner: str) -> None:
        self._tools, self._folder, self._owner = tools, folder, owner
        self.dsn = f"postgresql://scgapi@/postgres?host={folder}"

    def run(self, tool: str, *arguments: str) -> None:
        subprocess.run(
            [self._tools / tool, *arguments],
            user=self._owner,
            cwd=self._folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def start(self) -> None:
        options = f"-c listen_addresses='' -k {self._folder}"
        log = str(self._folder / "log")
        self.run("pg_ctl", "-D", str(self._folder / "data"), "-o", options, "-l", log, "-w", "start")

    def stop(self, mode: str = "immediate") -> None:
        """End it: `immediate` is as if it were killed."""
        self.run("pg_ctl", "-D", str(self._folder / "data"), "-m", mode, "stop")

    def save(self) -> None:
        """Keep the state of a server that has stopped."""
        shutil.rmtree(self._folder / "saved", ignore_errors=True)
        subprocess.run(["cp", "-a", "data", "saved"], cwd=self._folder, check=True)

    def restore(self) -> None:
        """Put the saved state in place of that of a server that has stopped."""
        shutil.rmtree(self._folder / "data")
        subprocess.run(["cp", "-a", "saved", "data"], cwd=self._folder, check=True)


@contextlib.contextmanager
def own_server() -> Generator[Server]:
    """A server that the test may stop and start; the test is skipped where PostgreSQL or psycopg is absent."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    tools = binaries()
    if tools is None or sys.platform == "win32":
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    import pwd

    # It refuses to run as root.
    owner = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
    with tempfile.TemporaryDirectory(prefix="scgapi-run-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        shutil.chown(folder, owner)
        running = Server(tools, folder, owner)
        running.run("initdb", "-D", str(folder / "data"), "-A", "trust", "-U", "scgapi", "--no-sync")
        running.start()
        try:
            yield running
        finally:
            with contextlib.suppress(subprocess.CalledProcessError):
                running.stop()


@contextlib.contextmanager
def server() -> Generator[str]:
    """A running server's DSN; the test is skipped where PostgreSQL or psycopg is absent."""
    with own_server() as running:
        yield running.dsn


def emptied(dsn: str) -> str:
    """The same DSN, once the database is empty."""
    import psycopg

    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return dsn


def wait_for_lock(dsn: str, statement: str) -> None:
    """Wait until a statement waits for a lock."""
    import time

    import psycopg

    deadline = time.monotonic() + PATIENCE
    with psycopg.connect(dsn, autocommit=True) as connection:
        while time.monotonic() < deadline:
            found = connection.execute(
                "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE %s",
                [f"%{statement}%"],
            )
            if found.fetchall():
                return
            time.sleep(0.01)
    raise AssertionError("nothing waits for a lock")
