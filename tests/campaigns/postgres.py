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


def binaries() -> Path | None:
    """The folder with initdb, on the path or where Debian puts it."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return folders[-1] if folders and (folders[-1] / "initdb").exists() else None


@contextlib.contextmanager
def server() -> Generator[str]:
    """A running server's DSN; the test is skipped where PostgreSQL or psycopg is absent."""
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

        def run(tool: str, *arguments: str) -> None:
            subprocess.run(
                [tools / tool, *arguments], user=owner, cwd=folder, check=True, stdout=subprocess.DEVNULL
            )

        run("initdb", "-D", str(folder / "data"), "-A", "trust", "-U", "scgapi", "--no-sync")
        options = f"-c listen_addresses='' -k {folder}"
        run("pg_ctl", "-D", str(folder / "data"), "-o", options, "-l", str(folder / "log"), "-w", "start")
        try:
            yield f"postgresql://scgapi@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "stop")


def emptied(dsn: str) -> str:
    """The same DSN, once the database is empty."""
    import psycopg

    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return dsn
