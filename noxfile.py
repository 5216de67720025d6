"""The project's checks: run `.venv/bin/nox` after `pip install -e '.[dev]'`."""

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
LICENCES = ROOT / "docs" / "licences.md"
# Links of the long description lead there until the repository has an address of its own.
PLACEHOLDER_HOST = "scgapi.example"
TYPED_USERS = "tests/typing"
ANCHORS = ["aiohttp", "openai", "pyreqwest", "requests", "stripe", "telnyx", "twilio"]


@nox.session(python=["3.11", "3.12", "3.13", "3.14"])
def tests(session: nox.Session) -> None:
    """Run the test suite on each installed Python."""
    session.install("-q", "-e", ".[dev]")
    session.run("python", "-m", "pytest", *session.posargs)


@nox.session(python="3.11")
def lowest(session: nox.Session) -> None:
    """Run the test suite with the oldest dependencies that pyproject.toml allows."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    admitted = [
        *project["dependencies"],
        *extras["campaign"],
        *extras["cli"],
        *extras["fast"],
        *extras["sandbox"],
    ]
    pins = [re.sub(r">=([\d.]+).*", r"==\1", requirement) for requirement in admitted]
    session.install("-q", "-e", ".[dev]", *pins)
    session.run("python", "-m", "pytest", *session.posargs)


@nox.session(venv_backend="none")
def lint(session: nox.Session) -> None:
    """Check style and formatting."""
    session.run(PYTHON, "-m", "ruff", "format", "--check", ".")
    session.run(PYTHON, "-m", "ruff", "check", ".")


@nox.session(venv_backend="none")
def types(session: nox.Session) -> None:
    """Run mypy with and without the pydantic plugin, pyright, ty and pyrefly; check that all types are complete."""
    session.run(PYTHON, "-m", "mypy")
    session.run(PYTHON, "-m", "mypy", "--config-file", f"{TYPED_USERS}/plugin.ini", TYPED_USERS)
    # pyright uses the packages of the Python that comes first on the path.
    here = {"PATH": f"{Path(PYTHON).parent}{os.pathsep}{os.environ['PATH']}"}
    session.run(PYTHON, "-m", "pyright", env=here)
    session.run(PYTHON, "-m", "pyright", "--ignoreexternal", "--verifytypes", "scgapi", env=here)
    # These tests run ty and pyrefly, and check that each wrong line has a comment for the other checkers.
    session.run(PYTHON, "-m", "pytest", TYPED_USERS)


@nox.session(venv_backend="none")
def generate(session: nox.Session) -> None:
    """Check that the generated code and the generated docs are up to date."""
    session.run(PYTHON, "tools/generate.py", "--check")
    for tool in ("tools/command_help.py", "tools/control_routes.py", "tools/error_codes.py"):
        session.run(PYTHON, tool, "--check", env={"PYTHONPATH": str(ROOT)})


@nox.session(venv_backend="none")
def examples(session: nox.Session) -> None:
    """Run each example against the sandbox and compare its output."""
    session.run(PYTHON, "-m", "pytest", "tests/examples")


@nox.session(venv_backend="none")
def docs(session: nox.Session) -> None:
    """Build the docs site into build/site and check each link; `nox -s docs -- serve` serves it."""
    session.run(PYTHON, "tools/docs_site.py", *session.posargs)


@nox.session(venv_backend="none")
def browser(session: nox.Session) -> None:
    """Test the sandbox's page in an installed Chromium, and take its screenshots for the docs."""
    session.run(PYTHON, "-m", "pytest", "tests/browser", *session.posargs)
    session.run(PYTHON, "tools/screenshots.py")


@nox.session(venv_backend="none")
def coverage(session: nox.Session) -> None:
    """Check that the tests take every branch of `scgapi/_core`."""
    session.run(PYTHON, "-m", "coverage", "run", "-m", "pytest", "tests/core")
    session.run(
        PYTHON, "-m", "coverage", "report", "--include=scgapi/_core/*", "--show-missing", "--fail-under=100"
    )


@nox.session(venv_backend="none")
def nightly(session: nox.Session) -> None:
    """Run the tests that take too long for every run."""
    session.run(PYTHON, "-m", "pytest", "-m", "nightly", "-o", "timeout=0", *session.posargs)
    session.notify("fast")
    session.notify("mutation")


@nox.session(venv_backend="none")
def httpx2(session: nox.Session) -> None:
    """Run the test suite with httpx2 in place of httpx."""
    session.run(PYTHON, "-m", "pytest", "-p", "tests.httpx2_alias", *session.posargs)


@nox.session(venv_backend="none")
def fast(session: nox.Session) -> None:
    """Run the test suite on the fast transport."""
    session.run(PYTHON, "-m", "pytest", "-p", "tests.fast_transport", *session.posargs)


@nox.session(python="3.11")
def build(session: nox.Session) -> None:
    """Build the wheel and the sdist, check their contents and the long description, and import the wheel."""
    session.install("-q", "build", "twine")
    out = session.create_tmp()
    session.run("python", "-m", "build", "--outdir", out, ".", silent=True)
    wheel, sdist = max(Path(out).glob("*.whl")), max(Path(out).glob("*.tar.gz"))
    names = zipfile.ZipFile(wheel).namelist()
    static = {str(path.relative_to(ROOT)) for path in (ROOT / "scgapi/sandbox/web/static").iterdir()}
    wanted = {"scgapi/py.typed", "scgapi/_sync/client.py", "scgapi/sandbox/__main__.py", *static}
    missing = wanted - set(names)
    strange = [name for name in names if not re.match(r"scgapi(-[\w.]+\.dist-info)?/", name)]
    if missing or strange:
        session.error(f"{wheel.name}: missing {sorted(missing)}, strange {strange}")
    session.run("python", "-m", "twine", "check", "--strict", str(wheel), str(sdist))
    _check_long_description(session, wheel)
    session.install("-q", str(sdist))
    session.install("-q", "--force-reinstall", "--no-deps", str(wheel))
    # In the checkout, Python would import the checkout instead of the installed package.
    session.chdir(out)
    session.run("python", "-c", "import scgapi; scgapi.Client(scgapi.AuthInfo(token='t')).close()")


def _check_long_description(session: nox.Session, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        _, _, description = archive.read(name).decode().partition("\n\n")
    links = re.findall(r"\]\(([^)]+)\)", description)
    relative = [link for link in links if not link.startswith("https://")]
    if relative or not links:
        session.error(f"the long description has links that are not absolute: {relative}")
    if "release" in session.posargs and any(PLACEHOLDER_HOST in link for link in links):
        session.error(f"pyproject.toml: replace {PLACEHOLDER_HOST} by the address of the repository")


@nox.session(python="3.11")
def licences(session: nox.Session) -> None:
    """Print the licence of each dependency, and write the list to docs/licences.md."""
    session.install("-q", "-e", ".[all]", "pip-licenses>=5")
    table = session.run(
        *("pip-licenses", "--from=mixed", "--format=markdown", "--no-version", "--with-urls"),
        *("--ignore-packages", "scgapi"),
        silent=True,
        log=False,
    )
    head, _, _ = LICENCES.read_text().partition("| Name")
    LICENCES.write_text(head + str(table).strip() + "\n")
    print(table)


@nox.session(python="3.11")
def mutation(session: nox.Session) -> None:
    """Mutate `scgapi/_core` and name the mutants that its tests do not detect; takes minutes."""
    session.install("-q", "-e", ".[dev]", "mutmut>=3.8.1,<4")
    session.run("python", "tools/mutate.py", *session.posargs)


@nox.session(python="3.11")
def benchmarks(session: nox.Session) -> None:
    """Measure speed and memory against other clients; takes minutes and writes docs/performance.md."""
    session.install("-q", "-e", ".[dev]", *ANCHORS)
    session.run("python", "-m", "benchmarks", *session.posargs)
