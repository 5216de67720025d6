"""Mistakes in tests against the sandbox."""

from __future__ import annotations

import scgapi
from scgapi import sandbox
from scgapi.sandbox import faults


def gateways() -> None:
    sandbox.Sandbox(8080)  # type: ignore[arg-type, call-arg]  # pyright: ignore[reportCallIssue]
    sandbox.Sandbox(port="8080")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    sandbox.Sandbox(progress="immediate")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    sandbox.Sandbox(progress=sandbox.Imediate())  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownArgumentType, reportUnknownMemberType]
    sandbox.Sandbox(token_ttl="60")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    sandbox.AfterReads(reads=3)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    sandbox.AfterSeconds()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def inject_faults(gateway: sandbox.Sandbox) -> None:
    gateway.inject_fault("contacts.get", "reset")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    gateway.inject_fault("contacts.get", faults.Refuse)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    gateway.inject_fault("contacts.get", faults.Refuse(503, "4001", seconds=1))  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    gateway.inject_fault("contacts.get", faults.Refuse(503), time=1)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    gateway.inject_fault(faults.Refuse(503))  # type: ignore[arg-type, call-arg]  # pyright: ignore[reportCallIssue]
    gateway.inject_fault("contacts.get", faults.Reset())  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    gateway.inject_fault("contacts.get", faults.Rest(executed=True))  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownArgumentType, reportUnknownMemberType]
    gateway.received("contacts.get").count  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    gateway.auth()  # type: ignore[operator]  # pyright: ignore[reportCallIssue]
    scgapi.Client(gateway)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    gateway.gateway.receive("1", "2", "Hello")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    with gateway as running:
        running.token  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
