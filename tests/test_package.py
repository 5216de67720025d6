"""The public face: what can be imported, and what importing it costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import scgapi
from scgapi._async.objects import AsyncObject
from scgapi._core import error_codes
from scgapi._exports import EXPORTS

SOURCE = Path(scgapi.__file__ or "")


PUBLIC = EXPORTS["scgapi"]


def test_every_public_name_loads_and_every_error_is_public() -> None:
    for name in PUBLIC:
        assert getattr(scgapi, name) is not None
    errors = {
        name
        for name, value in vars(scgapi.errors).items()
        if isinstance(value, type) and issubclass(value, scgapi.ScgError)
    }
    assert errors <= set(PUBLIC)


def test_every_model_is_public_as_sync_and_async() -> None:
    for path in (SOURCE.parent / "_async" / "resources").glob("[a-z]*.py"):
        module = f"scgapi._async.resources.{path.stem}"
        for name, value in vars(import_module(module)).items():
            if isinstance(value, type) and issubclass(value, AsyncObject) and value.__module__ == module:
                assert {name, name.removeprefix("Async")} <= set(PUBLIC)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="did you mean 'Client'"):
        getattr(scgapi, "Cleint")  # noqa: B009 - checkers would refuse the plain access
    assert set(PUBLIC) <= set(dir(scgapi))


def loaded_by(program: str) -> set[str]:
    """The modules that a fresh interpreter holds after a program."""
    run = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(run.stdout.split())


@pytest.mark.parametrize("package", ["compose", "models"])
def test_the_modules_of_a_package_are_its_attributes(package: str) -> None:
    modules = {path.stem for path in (SOURCE.parent / package).glob("[!_]*.py")}
    assert EXPORTS[f"scgapi.{package}"] == {name: f"scgapi.{package}.{name}" for name in modules}
    # In a fresh process: here other tests have imported them.
    paths = sorted(f"scgapi.{package}.{name}" for name in modules)
    assert set(paths) <= loaded_by(f"import scgapi; {'; '.join(paths)}")


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


def test_httpx_is_imported_by_what_carries_requests_only() -> None:
    importers = {
        path.relative_to(SOURCE.parent).as_posix()
        for path in SOURCE.parent.rglob("*.py")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.Import) and any(alias.name == "httpx" for alias in node.names)
    }
    assert importers == {
        "_async/transport/httpx_engine.py",
        "_sync/transport/httpx_engine.py",
        "sandbox/in_process.py",
    }


PURE_MODULES = {
    "__future__", "collections", "contextlib", "dataclasses", "datetime", "difflib", "email", "functools", "html",
    "inspect", "itertools", "json", "logging", "math", "pydantic", "pydantic_core", "re", "sys", "traceback", "types",
    "typing", "typing_extensions", "unicodedata", "urllib",
    "tenacity",  # for types only
    "threading",  # for a lock: nothing is started
    "uuid",  # for the external_id of a send, which is random
}  # fmt: skip
IMPURE_CALLS = {"now", "utcnow", "today", "open", "sleep", "getenv", "uuid1", "Thread", "Timer"}


def imported(tree: ast.AST) -> set[str]:
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return found | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def called(tree: ast.AST) -> set[str]:
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {node.id for node in calls if isinstance(node, ast.Name)} | {
        node.attr for node in calls if isinstance(node, ast.Attribute)
    }


CORE = sorted(SOURCE.parent.joinpath("_core").rglob("*.py"))


@pytest.mark.parametrize("path", CORE, ids=lambda path: path.stem)
def test_the_core_does_no_io(path: Path) -> None:
    tree = ast.parse(path.read_text())
    modules = imported(tree)
    own = {name for name in modules if name.startswith("scgapi")}
    assert {name for name in own if not name.startswith("scgapi._core")} <= {"scgapi.errors"}
    assert {name.partition(".")[0] for name in modules - own} <= PURE_MODULES
    assert not called(tree) & IMPURE_CALLS


def test_every_error_code_is_named_in_one_module() -> None:
    codes = [value for name, value in vars(error_codes).items() if name.isupper() and name != "PREFIX"]
    assert len(codes) == len(set(codes)) > 50
    for path in SOURCE.parent.rglob("*.py"):
        if path.name == "error_codes.py" or "sandbox" in path.parts:
            continue
        literals = {
            node.value for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Constant)
        }
        assert not literals & {*codes, *(error_codes.PREFIX + code for code in codes)}, path
