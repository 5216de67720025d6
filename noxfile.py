"""The project's checks. Run them from the environment that `pip install -e '.[dev]'` made: `.venv/bin/nox`."""

from __future__ import annotations

import os
import re
import sys
import tomllib
import zipfile
from pathlib import Path

import nox

nox.needs_version = ">=2026.1"
nox.options.default_venv_backend = "venv"
nox.options.error_on_missing_interpreters = False
nox.options.sessions = ["lint", "types", "generate", "tests", "examples"]

ROOT = Path(__file__).parent
PYTHON = sys.executable
TYPED_USERS = "tests/typing"
ANCHORS = ["aiohttp", "openai", "pyreqwest", "requests", "stripe", "telnyx", "twilio"]


@nox.session(python=["3.11", "3.12", "3.13", "3.14"])
def tests(session: nox.Session) -> None:
    """The test suite on every Python that is installed."""
    session.install("-q", "-e", ".[dev]")
    session.run("python", "-m", "pytest", *session.posargs)


@nox.session(python="3.11")
def lowest(session: nox.Session) -> None:
    """The test suite with the oldest versions that pyproject.toml admits."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    admitted = [*project["dependencies"], *extras["fast"], *extras["sandbox"]]
    pins = [re.sub(r">=([\d.]+).*", r"==\1", requirement) for requirement in admitted]
    session.install("-q", "-e", ".[dev]", *pins)
    session.run("python", "-m", "pytest", *session.posargs)


@nox.session(venv_backend="none")
def lint(session: nox.Session) -> None:
    """Style and layout."""
    session.run(PYTHON, "-m", "ruff", "format", "--check", ".")
    session.run(PYTHON, "-m", "ruff", "check", ".")


@nox.session(venv_backend="none")
def types(session: nox.Session) -> None:
    """Both type checkers, for users with and without the pydantic plugin, and the completeness of the types."""
    session.run(PYTHON, "-m", "mypy")
    session.run(PYTHON, "-m", "mypy", "--config-file", f"{TYPED_USERS}/plugin.ini", TYPED_USERS)
    # It looks for the packages of the Python that comes first on the path.
    here = {"PATH": f"{Path(PYTHON).parent}{os.pathsep}{os.environ['PATH']}"}
    session.run(PYTHON, "-m", "pyright", env=here)
    session.run(PYTHON, "-m", "pyright", "--ignoreexternal", "--verifytypes", "scgapi", env=here)


@nox.session(venv_backend="none")
def generate(session: nox.Session) -> None:
    """The synchronous half is what the asynchronous one says."""
    session.run(PYTHON, "tools/generate.py", "--check")


@nox.session(venv_backend="none")
def examples(session: nox.Session) -> None:
    """Every example runs against the embedded gateway and prints what it should."""
    session.run(PYTHON, "-m", "pytest", "tests/examples")


@nox.session(venv_backend="none")
def coverage(session: nox.Session) -> None:
    """Every branch of the pure half is taken by some test."""
    session.run(PYTHON, "-m", "coverage", "run", "-m", "pytest", "tests/core")
    session.run(
        PYTHON, "-m", "coverage", "report", "--include=scgapi/_core/*", "--show-missing", "--fail-under=100"
    )


@nox.session(venv_backend="none")
def nightly(session: nox.Session) -> None:
    """The tests that take too long for every run."""
    session.run(PYTHON, "-m", "pytest", "-m", "nightly", *session.posargs)
    session.notify("fast")
    session.notify("mutation")


@nox.session(venv_backend="none")
def httpx2(session: nox.Session) -> None:
    """The test suite with httpx's successor in its place."""
    session.run(PYTHON, "-m", "pytest", "-p", "tests.httpx2_alias", *session.posargs)


@nox.session(venv_backend="none")
def fast(session: nox.Session) -> None:
    """The test suite on the fast transport."""
    session.run(PYTHON, "-m", "pytest", "-p", "tests.fast_transport", *session.posargs)


@nox.session(python="3.11")
def build(session: nox.Session) -> None:
    """The wheel and the sdist hold what they should, and the wheel works without any extra."""
    session.install("-q", "build")
    out = session.create_tmp()
    session.run("python", "-m", "build", "--outdir", out, ".", silent=True)
    wheel, sdist = max(Path(out).glob("*.whl")), max(Path(out).glob("*.tar.gz"))
    names = zipfile.ZipFile(wheel).namelist()
    missing = {"scgapi/py.typed", "scgapi/_sync/client.py", "scgapi/sandbox/__main__.py"} - set(names)
    strange = [name for name in names if not re.match(r"scgapi(-[\w.]+\.dist-info)?/", name)]
    if missing or strange:
        session.error(f"{wheel.name}: missing {sorted(missing)}, strange {strange}")
    session.install("-q", str(sdist))
    session.install("-q", "--force-reinstall", "--no-deps", str(wheel))
    # Not from here: the checkout would be imported instead of what was installed.
    session.chdir(out)
    session.run("python", "-c", "import scgapi; scgapi.Client(scgapi.AuthInfo(token='t')).close()")


@nox.session(python="3.11")
def mutation(session: nox.Session) -> None:
    """Small changes of the pure half turn its tests red; takes minutes, and names those that did not."""
    session.install("-q", "-e", ".[dev]", "mutmut>=3.8.1,<4")
    session.run("python", "tools/mutate.py", *session.posargs)


@nox.session(python="3.11")
def benchmarks(session: nox.Session) -> None:
    """Speed and memory against what users would pick instead; takes minutes and writes docs/performance.md."""
    session.install("-q", "-e", ".[dev]", *ANCHORS)
    session.run("python", "-m", "benchmarks", *session.posargs)
