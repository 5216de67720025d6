"""Every operation of the API, with both clients, against the sandbox."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path
from types import FunctionType

import pytest

import scgapi
from scgapi.sandbox import Sandbox
from tests.both_clients import CLIENT_KINDS, ClientKind
from tests.conformance.client import methods, operations
from tests.scenarios.driver import Do, Scenario

HERE = Path(__file__).parent
FAMILIES = sorted(
    path.stem for path in HERE.glob("*.py") if path.stem not in ("__init__", "driver", "test_scenarios")
)

# The gateway of the scenarios has no event service; tests/events/test_subscriptions.py drives these.
EVENT_SERVICE = {
    "delivery_configurations",
    "event_deliveries",
    "event_delivery_attempts",
    "event_topics",
    "topic_subscriptions",
}


def scenarios() -> dict[str, Scenario]:
    """Every public function of the family modules, by its name."""
    found: dict[str, Scenario] = {}
    for family in FAMILIES:
        module = import_module(f"tests.scenarios.{family}")
        for name, value in vars(module).items():
            if (
                isinstance(value, FunctionType)
                and value.__module__ == module.__name__
                and not name.startswith("_")
            ):
                found[name] = value
    return found


SCENARIOS = scenarios()


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_operations_do_what_they_say(scenario: str, client_kind: ClientKind, gateway: Sandbox) -> None:
    with Do(client_kind, gateway) as do:
        SCENARIOS[scenario](do)


@pytest.mark.parametrize("client", [scgapi.Client, scgapi.AsyncClient])
def test_every_operation_of_the_package_is_a_method(client: type[scgapi.Client | scgapi.AsyncClient]) -> None:
    assert not sorted(operations().keys() - methods(client(scgapi.AuthInfo(token="t"))).keys())


def test_no_method_is_left_out() -> None:
    """The scenarios name each method literally, so that a glance at their source tells which are driven."""
    driven = {
        node.value
        for name in FAMILIES
        for node in ast.walk(ast.parse((HERE / f"{name}.py").read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    with scgapi.Client(scgapi.AuthInfo(token="t")) as scg:
        served = {name for name in methods(scg) if name.partition(".")[0] not in EVENT_SERVICE}
    assert not sorted(served - driven)
