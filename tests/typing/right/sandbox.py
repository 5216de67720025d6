"""Tests against the sandbox."""

from __future__ import annotations

from typing import assert_type

import scgapi
from scgapi import sandbox
from scgapi.sandbox import faults


def gateways() -> None:
    with sandbox.Sandbox() as gateway, scgapi.Client(gateway.auth) as scg:
        assert_type(gateway.url, str)
        scg.contacts.create(first_name="John")
    sandbox.Sandbox(progress=sandbox.Immediate(), port=0, token_ttl=60)
    sandbox.Sandbox(progress=sandbox.AfterReads(2), clock=lambda: 0.0)
    sandbox.Sandbox(progress=sandbox.AfterSeconds(0.5), allowed_hosts=["gateway"])
    scgapi.sandbox.Sandbox().stop()


def inject_faults(gateway: sandbox.Sandbox) -> None:
    rule = assert_type(gateway.inject_fault("contacts.get", faults.Refuse(503), times=2), sandbox.Rule)
    assert_type(rule.fired, int)
    rule.stop()
    with gateway.inject_fault("contacts.*", faults.Reset(executed=True), probability=0.5, seed=1):
        gateway.inject_fault("*", faults.Throttle(calls=10, seconds=1))
    gateway.inject_fault("messages.get", faults.Hidden(reads=2))
    gateway.inject_fault("messages.get", faults.Altered({"state": "A_NEW_ONE"}))
    gateway.inject_fault("message_requests.create", faults.Refuse(429, retry_after=1), after=1)
    gateway.clear_faults()
    assert_type(gateway.received("contacts.*"), int)
    assert_type(gateway.rotate_token(), str)


def incoming(gateway: sandbox.Sandbox) -> None:
    assert_type(gateway.gateway.receive(to="1", from_="2", body="Hello"), str)
    with sandbox.EventService(gateway, "http://localhost:8000/events", basic=("user", "password")) as service:
        service.wait()
        print(service.history, service.states)
