"""Mistakes in functions that pass keywords on, and in protocols."""

from __future__ import annotations

from typing import Protocol, Unpack

import scgapi
from scgapi.types import ContactFields, MessageRequestFields, MessageRequestResource, MessageState


def notify(requests: MessageRequestResource, text: str, **fields: Unpack[MessageRequestFields]) -> str:
    requests.create(boddy=text, **fields)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    requests.create(body=text, from_="1", **fields)  # type: ignore[misc]  # pyright: ignore[reportCallIssue]
    return requests.create(body=text, **fields)


def callers(scg: scgapi.Client, other: scgapi.AsyncClient, contact: ContactFields) -> None:
    notify(scg.message_requests, "Hello", from_="1")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    notify(scg.message_requests, "Hello", from_="1", to="2")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    notify(scg.message_requests, "Hello", from_="1", to=["2"], boddy="Hello")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    notify(other.message_requests, "Hello", from_="1", to=["2"])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    notify(scg, "Hello", from_="1", to=["2"])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.message_requests.create(**contact)  # type: ignore[misc]  # pyright: ignore[reportCallIssue]
    contact["frist_name"]  # type: ignore[typeddict-item]  # pyright: ignore[reportGeneralTypeIssues]
    fields: ContactFields = {"frist_name": "John"}  # type: ignore[typeddict-unknown-key]  # pyright: ignore[reportAssignmentType]
    state: MessageState = 5  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
    print(fields, state)


class Sends(Protocol):
    message_requests: MessageRequestResource


class Announces(Protocol):
    announcements: MessageRequestResource


def through(sends: Sends, announces: Announces) -> None:
    print(sends, announces)


def injected(scg: scgapi.Client, other: scgapi.AsyncClient) -> None:
    through(scg, scg)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    through(other, Announcing())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


class Announcing:
    announcements: MessageRequestResource
