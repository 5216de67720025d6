"""Mistakes with objects: read-only fields, values that may be None, and values of a wrong type."""

from __future__ import annotations

import scgapi


def read_only(
    contact: scgapi.Contact,
    message: scgapi.AsyncMessage,
    request: scgapi.MessageRequest,
    attachment: scgapi.Attachment,
    call: scgapi.Call,
    user: scgapi.MfaUser,
) -> None:
    contact.id = "x"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    contact.version_number = 2  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    contact.version_number += 1  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    contact.created_date = None  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    contact.application_id = 1  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    message.state = "SENT"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    request.state = "CANCELED"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    request.sent_count = 0  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    attachment.size = 5  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    call.direction = "OUT"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    user.status = "VALIDATED"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]


def attributes(contact: scgapi.Contact, group: scgapi.ContactGroup) -> None:
    contact.last_nam = "Anderson"  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
    contact.last_name = 5  # type: ignore[assignment]  # pyright: ignore[reportAttributeAccessIssue]
    contact.last_name = ["Anderson"]  # type: ignore[assignment]  # pyright: ignore[reportAttributeAccessIssue]
    contact.address_list = scgapi.Address(line1="1 Main St")  # type: ignore[assignment]  # pyright: ignore[reportAttributeAccessIssue]
    contact.address_list = ["1 Main St"]  # type: ignore[list-item]  # pyright: ignore[reportAttributeAccessIssue]
    contact.birth_date = 1990  # type: ignore[assignment]  # pyright: ignore[reportAttributeAccessIssue]
    contact["last_name"]  # type: ignore[index]  # pyright: ignore[reportIndexIssue]
    contact.delete("id")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    contact.save()  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    group.add_contact(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    group.delete_contact()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def optional(contact: scgapi.Contact, message: scgapi.Message) -> None:
    contact.first_name.upper()  # type: ignore[union-attr]  # pyright: ignore[reportOptionalMemberAccess]
    contact.address_list[0]  # type: ignore[index]  # pyright: ignore[reportOptionalSubscript]
    contact.created_date.isoformat()  # type: ignore[union-attr]  # pyright: ignore[reportOptionalMemberAccess]
    len(message.body)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    message.state.lower()  # type: ignore[union-attr]  # pyright: ignore[reportOptionalMemberAccess]
    name: str = contact.first_name  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
    version: int = contact.version_number  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
    print(name, version)
