"""The probe's report on gateways that break the assumptions behind sends in doubt."""

from __future__ import annotations

import pytest

import scgapi
from scgapi.cli import probe
from scgapi.cli.checks import Finding
from scgapi.sandbox import Sandbox, faults
from tests.cli.conftest import FROM, TO


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A probe that does not wait."""
    monkeypatch.setattr(probe, "_PATIENCE", 0.0)


def found(scg: scgapi.Client) -> Finding:
    (first,) = [
        finding
        for finding in probe.probe_findings(scg, FROM, TO, sleep=lambda _seconds: None)
        if finding.check == "probe: look-up"
    ]
    return first


@pytest.mark.usefixtures("quick")
def test_a_send_that_is_not_listed_is_told(gateway: Sandbox, scg: scgapi.Client) -> None:
    gateway.inject_fault(
        "message_requests.list", faults.WrongBody(b'{"list": [], "total": 0}', "application/json")
    )
    told = found(scg)
    assert told.result == "failed"
    assert "do not use on_unknown='verify'" in told.advice


@pytest.mark.usefixtures("quick")
def test_a_filter_that_shows_others_is_told(gateway: Sandbox, scg: scgapi.Client) -> None:
    row = b'{"list": [{"id": "x", "external_id": "y"}], "total": 1}'
    gateway.inject_fault("message_requests.list", faults.WrongBody(row, "application/json"))
    told = found(scg)
    assert (told.result, "look-ups cannot be relied on" in told.advice) == ("failed", True)


def test_a_gateway_that_refuses_test_messages_is_told(gateway: Sandbox, scg: scgapi.Client) -> None:
    gateway.inject_fault("message_requests.create", faults.Refuse(403))
    findings = [*probe.probe_findings(scg, FROM, TO)]
    assert [finding.result for finding in findings] == ["failed"] * 3
