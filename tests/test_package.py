"""The public face: what can be imported, and what importing it costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import scgapi

SOURCE = Path(scgapi.__file__ or "")


def test_names_for_checkers_and_names_at_run_time_are_the_same() -> None:
    tree = ast.parse(SOURCE.read_text())
    checked = {
        f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("scgapi.")
        for alias in node.names
    }
    lazy = {f"scgapi.{home}.{name}" for home, names in scgapi._HOME.items() for name in names}
    assert checked == lazy
    assert {name.rpartition(".")[2] for name in lazy} == set(scgapi.__all__)
    assert len(scgapi.__all__) == len(set(scgapi.__all__))


def test_every_public_name_loads_and_every_error_is_public() -> None:
    for name in scgapi.__all__:
        assert getattr(scgapi, name) is not None
    errors = {
        name
        for name, value in vars(scgapi.errors).items()
        if isinstance(value, type) and issubclass(value, scgapi.ScgError)
    }
    assert errors <= set(scgapi.__all__)


def test_every_model_is_public_in_both_colours() -> None:
    resources = SOURCE.parent / "_async" / "resources"
    for path in resources.glob("[a-z]*.py"):
        for node in ast.parse(path.read_text()).body:
            bases = {base.id for base in getattr(node, "bases", []) if isinstance(base, ast.Name)}
            if isinstance(node, ast.ClassDef) and bases & {"AsyncObject", "AsyncEditable"}:
                assert {node.name, node.name.removeprefix("Async")} <= set(scgapi.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(scgapi, "Kontakt")
    assert set(scgapi.__all__) <= set(dir(scgapi))


def loaded_by(program: str) -> set[str]:
    """The modules that a fresh interpreter holds after a program."""
    run = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(run.stdout.split())


def test_importing_loads_none_of_the_dependencies() -> None:
    assert not loaded_by("import scgapi") & {
        "httpx",
        "pydantic",
        "tenacity",
        "dataclasses",
        "json",
        "logging",
    }


def test_a_client_loads_only_what_it_uses() -> None:
    program = "import scgapi; scgapi.Client(scgapi.AuthInfo(token='t')).contacts"
    loaded = loaded_by(program)
    assert not loaded & {
        "asyncio",
        "httptools",
        "starlette",
        "tenacity",
        "uvicorn",
        "scgapi._async.client",
        "scgapi._sync.tokens",
        "scgapi.models.messages",
    }
    assert {"httpx", "scgapi._sync.resources.contacts"} <= loaded


def test_the_fast_transport_loads_no_httpx() -> None:
    program = "import scgapi; scgapi.Client(scgapi.AuthInfo(token='t'), transport='fast').contacts"
    assert "httpx" not in loaded_by(program)


def test_httpx_is_imported_in_one_module_of_each_colour() -> None:
    importers = {
        path.relative_to(SOURCE.parent).as_posix()
        for path in SOURCE.parent.rglob("*.py")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.Import) and any(alias.name == "httpx" for alias in node.names)
    }
    assert importers == {"_async/httpx_engine.py", "_sync/httpx_engine.py"}
