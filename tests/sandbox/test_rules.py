"""Refusal of invalid fault rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import pytest

import scgapi
from scgapi.models import event_service
from scgapi.sandbox import Sandbox, faults
from scgapi.sandbox.faults import Fault


def inject_fault(gateway: Sandbox) -> Callable[..., object]:
    """Return `inject_fault` without its parameter types."""
    return gateway.inject_fault


@pytest.mark.parametrize(
    ("fault", "hint"),
    [
        (faults.Reset, r"give faults\.Reset\(\.\.\.\)"),
        ("Reset", r"give faults\.Reset\(\.\.\.\)"),
        ("refuse", r"give faults\.Refuse\(\.\.\.\)"),
        (503, "a value of Refuse, Reset"),
        (None, "a value of Refuse, Reset"),
        ({"kind": "Reset", "executed": True}, "a value of Refuse, Reset"),
        (faults.Later(5), "a value of Refuse, Reset"),
        (faults, "a value of Refuse, Reset"),
        (RuntimeError("x"), "a value of Refuse, Reset"),
    ],
    ids=repr,
)
def test_other_values_than_faults_are_refused(
    gateway: Sandbox, scg: scgapi.Client, fault: object, hint: str
) -> None:
    with pytest.raises(TypeError, match=hint):
        inject_fault(gateway)("contacts.list", fault)
    assert gateway.gateway.rules.in_force() == []
    assert list(scg.contacts.list()) == []


@pytest.mark.parametrize("kind", get_args(Fault))
def test_classes_of_faults_are_refused(gateway: Sandbox, kind: type) -> None:
    with pytest.raises(TypeError, match=rf"give faults\.{kind.__name__}"):
        inject_fault(gateway)("*", kind)


@pytest.mark.parametrize(
    "given", [None, 7, faults.Disconnect(), event_service.LIST_TOPICS, ["contacts.list"]]
)
def test_other_values_than_names_are_refused(gateway: Sandbox, given: object) -> None:
    asks: list[Callable[..., object]] = [gateway.received, gateway.executed]
    for ask in asks:
        with pytest.raises(TypeError, match=r"named by text such as 'contacts\.get'"):
            ask(given)
    with pytest.raises(TypeError, match=r"named by text such as 'contacts\.get'"):
        inject_fault(gateway)(given, faults.Refuse())


@pytest.mark.parametrize("name", ["event_topics.list", "event_topics.*", "topic_subscriptions.create"])
def test_operations_that_are_not_served_are_refused(gateway: Sandbox, name: str) -> None:
    with pytest.raises(
        ValueError, match=f"serves no operation '{name.replace('*', '.+')}'; (did you mean|name one)"
    ):
        gateway.inject_fault(name, faults.Refuse())


@pytest.mark.parametrize("name", ["times", "after", "seed", "probability"])
@pytest.mark.parametrize("value", ["1", [1], 1j])
def test_other_values_than_numbers_are_refused(gateway: Sandbox, name: str, value: object) -> None:
    with pytest.raises(TypeError, match=name):
        inject_fault(gateway)("*", faults.Refuse(), **{name: value})
    assert gateway.gateway.rules.in_force() == []
