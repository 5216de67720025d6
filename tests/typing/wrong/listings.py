"""Mistakes with listings: filters, pagers and pages."""

from __future__ import annotations

from datetime import datetime

import scgapi


def filters(scg: scgapi.Client, since: datetime) -> None:
    scg.messages.list("DELIVERED")  # type: ignore[arg-type, call-arg]  # pyright: ignore[reportCallIssue]
    scg.messages.list({"state": "DELIVERED"})  # type: ignore[arg-type, call-arg]  # pyright: ignore[reportCallIssue]
    scg.messages.list(state=5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.messages.list(state=["DELIVERED", 5])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    scg.messages.list(state={"DELIVERED"})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.messages.list(limit="10")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.messages.list(limit=None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.messages.list(sort=["created_date"])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.messages.list(prefetch="all")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.messages.list(created_date=(since,))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.messages.list(created_date=[since, since])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.messages.list(application_id="5")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.messages.list(extra_filters={"x": 5})  # type: ignore[dict-item]  # pyright: ignore[reportArgumentType]
    scg.messages.list(list_parameters={"limitt": 10})  # type: ignore[typeddict-unknown-key]  # pyright: ignore[reportArgumentType]
    scg.messages.list(list_parameters={"limit": "10"})  # type: ignore[typeddict-item]  # pyright: ignore[reportArgumentType]
    scg.sender_ids.delete_many(limit=10)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def pagers(scg: scgapi.Client) -> None:
    pager = scg.messages.list()
    len(pager)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    pager[0]  # type: ignore[index]  # pyright: ignore[reportIndexIssue]
    pager[:10]  # type: ignore[index]  # pyright: ignore[reportIndexIssue]
    pager.total  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    pager.all()  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    pager.first().state  # type: ignore[union-attr]  # pyright: ignore[reportOptionalMemberAccess]
    next(pager).staet  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    reversed(pager)  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType, reportCallIssue]
    messages: list[scgapi.Message] = pager  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
    contacts: scgapi.Pager[scgapi.Contact] = scg.messages.list()  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
    mocked: scgapi.Pager[scgapi.Contact] = scgapi.Pager.from_items([scgapi.Message()])  # type: ignore[list-item]  # pyright: ignore[reportAssignmentType]
    scgapi.Pager.from_items(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    print(messages, contacts, mocked)


def pages(scg: scgapi.Client) -> None:
    for page in scg.messages.list().pages():
        page.state  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
        page.total + 1  # type: ignore[operator]  # pyright: ignore[reportOptionalOperand, reportUnusedExpression]
        page.items = []  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
        for message in page:
            message.from_addres  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
