"""Sender ids, channels, message requests, messages and attachments."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

import scgapi
from tests.scenarios.driver import Do, attribute

SENDER = "155528999"
NUMBER = "+15552461234"


def sender_ids(do: Do) -> None:
    made = do.text(
        "sender_ids.create", name="Mine", address="15550001111", type_id="LONGCODE", ownership="PRIVATE"
    )
    do("sender_ids.update", made, name="Still mine", version_number=1)
    do("sender_ids.activate", made)
    assert attribute(do("sender_ids.get", made), "state") == "ACTIVE"
    do("sender_ids.deactivate", made, version_number=3)
    assert [attribute(found, "id") for found in do.many("sender_ids.list", name="Still mine")] == [made]
    assert [attribute(found, "id") for found in do.many("sender_ids.list_summaries", name="ill mi")] == [made]
    do("sender_ids.delete_many", name="Still mine")
    with pytest.raises(scgapi.NotFoundError):
        do("sender_ids.delete", made)
    offered = str(attribute(do.many("sender_ids.list", ownership="PREPROVISIONED")[0], "id"))
    assert do.text("sender_ids.purchase", offered) != offered
    standard = do.many("sender_id_classes.list")[0]
    assert do("sender_id_classes.get", attribute(standard, "id")) == standard
    kind = do.many("sender_id_types.list")[0]
    assert do("sender_id_types.get", attribute(kind, "id")) == kind


def channels(do: Do) -> None:
    sender = attribute(do.many("sender_ids.list", state="ACTIVE")[0], "id")
    made = do.text("channels.create", name="Alerts", priority="high")
    do("channels.add_sender_id", made, [sender])
    assert [attribute(found, "id") for found in do.many("channels.list_sender_ids", made)] == [sender]
    do("channels.delete_sender_id", made, sender)
    do("channels.update", made, description="For alerts", version_number=1)
    do("channels.replace", made, name="Warnings", version_number=2)
    assert attribute(do("channels.get", made), "description") is None
    assert len(do.many("channels.list", name="Warnings")) == 1
    do("channels.delete", made)


def message_requests_and_messages(do: Do) -> None:
    picture = attribute(do("attachments.create_and_upload", b"picture", type="image/png", name="p"), "id")
    request = do.text(
        "message_requests.create",
        from_=SENDER,
        to=[NUMBER],
        body="Hi",
        attachments=[picture],
        external_id="e",
    )
    assert [attribute(found, "id") for found in do.many("message_requests.list", external_id="e")] == [
        request
    ]
    assert attribute(do("message_requests.get", request), "state") == "COMPLETED"
    message = attribute(do.many("message_requests.list_messages", request)[0], "id")
    assert [attribute(found, "id") for found in do.many("messages.list_attachments", message)] == [picture]
    do("messages.set_state", message, state="CONVERTED")
    assert attribute(do("messages.get", message), "state") == "CONVERTED"
    do("messages.delete", message)
    assert [attribute(found, "state") for found in do.many("messages.list")] == ["DELETED"]
    do("message_requests.delete", request)

    resumed = _paused(do)
    do("message_requests.resume", resumed)
    assert attribute(do("message_requests.get", resumed), "state") == "COMPLETED"
    canceled = _paused(do)
    do("message_requests.cancel", canceled)
    assert attribute(do("message_requests.get", canceled), "state") == "CANCELED"

    later = datetime.now(UTC) + timedelta(hours=1)
    scheduled = do.text(
        "message_requests.create", from_=SENDER, to=[NUMBER], body="Hi", scheduled_delivery_time=later
    )
    do("message_requests.delete_scheduled", scheduled)
    single = do.text("messages.create", from_=SENDER, to=NUMBER, body="Hi", scheduled_delivery_time=later)
    do("messages.delete_scheduled", single)
    with pytest.raises(scgapi.NotFoundError):
        do("messages.delete_scheduled", single)


def _paused(do: Do) -> str:
    return do.text(
        "message_requests.create", from_=SENDER, to=[NUMBER], body="Hi", pause_before_transmit=True
    )


def attachments(do: Do) -> None:
    made = do.text("attachments.create", name="a", type="text/plain")
    do("attachments.upload", made, b"hello")
    assert do("attachments.download", made) == b"hello"
    assert len(do.text("attachments.create_access_token", made)) >= 20
    version = attribute(do("attachments.get", made), "version_number")
    do("attachments.update", made, name="b", version_number=version)
    assert [attribute(found, "name") for found in do.many("attachments.list", state="UPLOADED")] == ["b"]
    do("attachments.delete", made)
