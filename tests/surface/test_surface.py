"""Every operation of the API, in both colours, against the sandbox."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path
from types import FunctionType

import pytest

from scgapi.sandbox import Sandbox
from tests.colours import COLOURS, Colour
from tests.surface.driver import Do, Scenario

HERE = Path(__file__).parent
SURFACE = HERE.parents[2] / "shared" / "spec" / "surface.tsv"
FAMILIES = sorted(
    path.stem for path in HERE.glob("*.py") if path.stem not in ("__init__", "driver", "test_surface")
)


def scenarios() -> dict[str, Scenario]:
    """Every public function of the family modules, by its name."""
    found: dict[str, Scenario] = {}
    for family in FAMILIES:
        module = import_module(f"tests.surface.{family}")
        for name, value in vars(module).items():
            if (
                isinstance(value, FunctionType)
                and value.__module__ == module.__name__
                and not name.startswith("_")
            ):
                found[name] = value
    return found


SCENARIOS = scenarios()


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_operations_do_what_they_say(scenario: str, colour: Colour, gateway: Sandbox) -> None:
    with Do(colour, gateway) as do:
        SCENARIOS[scenario](do)


@pytest.mark.skipif(not SURFACE.exists(), reason="the list of all operations is not beside this checkout")
def test_no_operation_is_left_out() -> None:
    """The scenarios name each operation literally, so that a glance at their source tells which are driven."""
    driven = {
        node.value
        for name in FAMILIES
        for node in ast.walk(ast.parse((HERE / f"{name}.py").read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    rows = [line.split("\t") for line in SURFACE.read_text().splitlines()[1:]]
    # Tokens are renewed by the client itself; tests/client/test_refresh.py drives that.
    wanted = {f"{resource.partition('(')[0]}.{method}" for _, resource, method, *_ in rows} - {"auth.refresh"}
    assert not sorted(wanted - driven)
