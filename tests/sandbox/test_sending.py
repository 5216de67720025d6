"""Message requests and messages: senders, recipients and progress."""

from __future__ import annotations

import pytest

from scgapi.models import (
    attachments,
    channels,
    contact_groups,
    contacts,
    message_requests,
    messages,
    sender_ids,
)
from scgapi.sandbox import AfterReads, AfterSeconds, Immediate
from scgapi.sandbox.state.progress import Progress
from scgapi.sandbox.state.store import document, items
from tests.sandbox.calls import MDN, Caller

SMS, MMS, VOICE, RETIRED = "15555551122", "155528999", "+15552223561", "15555550100"
NEVER = AfterSeconds(1e9)
DAY = 24 * 60 * 60


@pytest.fixture
def api() -> Caller:
    return Caller()


def send(api: Caller, *to: str, **fields: object) -> str:
    return api.create(
        message_requests.CREATE, **{"from_": SMS, "to": list(to or [MDN]), "body": "Hi", **fields}
    )


def states(api: Caller, request: str, **query: str) -> list[object]:
    return [row["state"] for row in api.rows(message_requests.LIST_MESSAGES, request, **query)]


def request_state(api: Caller, request: str) -> object:
    return api.get(message_requests.GET, request)["state"]


def sender_id(api: Caller, address: str) -> str:
    return next(str(row["id"]) for row in api.rows(sender_ids.LIST) if row["address"] == address)


def uploaded(api: Caller, content: bytes = b"x") -> str:
    key = api.create(attachments.CREATE, name="picture")
    token = api.create(attachments.CREATE_ACCESS_TOKEN, key)
    assert api.reply(attachments.UPLOAD, token, body=content).status == 204
    return key


def test_the_guides_last_program(api: Caller) -> None:
    request = send(api)
    shown = api.get(message_requests.GET, request)
    assert (shown["state"], shown["sent_count"], shown["delivered_count"], shown["failed_count"]) == (
        "COMPLETED",
        1,
        0,
        0,
    )
    (message,) = api.rows(message_requests.LIST_MESSAGES, request)
    assert (message["state"], message.get("failure_code"), message.get("failure_details")) == (
        "SENT",
        None,
        None,
    )
    (fragment,) = items(message["fragments_info"])
    assert (document(fragment) or {})["fragment_state"] == "SENT"
    assert "delivered_date" not in message
    message = api.get(messages.GET, str(message["id"]))
    assert (message["state"], message["delivered_date"]) == ("DELIVERED", int(api.clock.now * 1000))
    assert api.get(message_requests.GET, request)["delivered_count"] == 1


@pytest.mark.parametrize(
    ("progress", "seen"),
    [
        (Immediate(), ["DELIVERED", "DELIVERED", "DELIVERED", "DELIVERED"]),
        (AfterReads(), ["SENT", "DELIVERED", "DELIVERED", "DELIVERED"]),
        (AfterReads(2), ["CREATED", "SENT", "SENT", "DELIVERED"]),
        (NEVER, ["CREATED"] * 4),
    ],
)
def test_progress_by_reads(progress: Progress, seen: list[str]) -> None:
    api = Caller(progress)
    request = send(api)
    assert [states(api, request)[0] for _ in seen] == seen


def test_progress_by_time() -> None:
    api = Caller(AfterSeconds(10))
    request, begun = send(api), int(api.clock.now * 1000)
    assert (states(api, request), request_state(api, request)) == (["CREATED"], "TRANSMITTING")
    api.clock.now += 10
    assert (states(api, request), request_state(api, request)) == (["SENT"], "COMPLETED")
    api.clock.now += 100
    (row,) = api.rows(message_requests.LIST_MESSAGES, request)
    assert (row["state"], row["sent_date"], row["delivered_date"]) == (
        "DELIVERED",
        begun + 10_000,
        begun + 20_000,
    )
    assert row["version_number"] == 3


def test_polling_for_a_state_ends(api: Caller) -> None:
    send(api)
    polls = [len(api.rows(messages.LIST, state="DELIVERED")) for _ in range(3)]
    assert polls == [0, 1, 1]
    request = send(api)
    assert [len(api.rows(message_requests.LIST, state="COMPLETED", id=request)) for _ in range(2)] == [1, 1]


def test_pages_of_moving_messages_lose_none(api: Caller) -> None:
    request = send(api, *[f"+1555{index:07}" for index in range(120)])
    seen = [
        row["id"]
        for offset in (0, 50, 100)
        for row in api.rows(messages.LIST, state="SENT", offset=str(offset))
    ]
    assert len(set(seen)) == 120
    assert api.get(message_requests.GET, request)["recipient_count"] == 120


def test_invalid_progress_rules_are_refused() -> None:
    with pytest.raises(ValueError, match="1 read or more"):
        AfterReads(0)
    with pytest.raises(ValueError, match="more than 0"):
        AfterSeconds(0)


def test_a_request_fans_out(api: Caller) -> None:
    ann = api.create(contacts.CREATE, first_name="Ann", primary_mdn="+15550000001")
    bob = api.create(contacts.CREATE, first_name="Bob")
    group = api.create(contact_groups.CREATE, name="Friends")
    api.add(contact_groups.ADD_CONTACT, group, contacts=[ann, bob])
    sender = api.create(sender_ids.CREATE, address="15550009999", capabilities=["SMS", "VOICE", "PSH"])
    api.change(sender_ids.ACTIVATE, sender, state="ACTIVE", version_number=1)
    request = send(
        api,
        f"group:{group}",
        f"contact:{ann}",
        MDN,
        "mdn:4790000000",
        "voice:+15550000009",
        "push:t@a@FCM",
        external_id="mine",
        from_=sender,
    )
    found = api.rows(message_requests.LIST_MESSAGES, request)
    assert [(row["to"], row.get("to_address"), row.get("contact_id"), row["type"]) for row in found] == [
        (f"group:{group}", "+15550000001", ann, "SMS"),
        (f"group:{group}", None, bob, "SMS"),
        (MDN, MDN, None, "SMS"),
        ("mdn:4790000000", "4790000000", None, "SMS"),
        ("voice:+15550000009", "+15550000009", None, "VOICE"),
        ("push:t@a@FCM", "t@a@FCM", None, "PSH"),
    ]  # fmt: skip
    assert (found[1]["state"], found[1]["failure_code"]) == ("FAILED", "1002")
    shown = api.get(message_requests.GET, request)
    assert (shown["recipient_count"], shown["failed_count"], shown["state"]) == (6, 1, "COMPLETED")
    assert api.rows(message_requests.LIST, external_id="mine")[0]["id"] == request


@pytest.mark.parametrize(
    "to", ["contact:nobody", "group:nobody", "Ann", "+12", "wa:", "fax:123456", "", "mdn:x"]
)
def test_recipients_that_are_refused(api: Caller, to: str) -> None:
    body = {"from": SMS, "to": [MDN, to], "body": "Hi"}
    assert api.refused(message_requests.CREATE, body=body) == (
        400,
        "SCG_ERROR_40024",
        f"Invalid Recipient: {to}",
    )
    assert api.rows(message_requests.LIST) == api.rows(messages.LIST) == []


def test_requests_that_lack_something(api: Caller) -> None:
    assert api.refused(message_requests.CREATE, body={"from": SMS, "to": []})[1:] == (
        "SCG_ERROR_4001", "Required parameter to missing or is null",
    )  # fmt: skip
    assert api.refused(message_requests.CREATE, body={"to": [MDN]})[1:] == (
        "SCG_ERROR_4001", "Required parameter from missing or is null",
    )  # fmt: skip
    assert api.refused(message_requests.CREATE, body={"from": SMS, "to": MDN})[1:] == (
        "SCG_ERROR_4002", "Required parameter to data type/format is incorrect",
    )  # fmt: skip


def test_senders(api: Caller) -> None:
    key = sender_id(api, SMS)
    for given in (key, f"sender_id:{key}", SMS, f"+{SMS}"):
        (row,) = api.rows(message_requests.LIST_MESSAGES, send(api, from_=given))
        assert (row["customer_sender_id"], row["from_address"], row["from"]) == (key, SMS, given)
    (row,) = api.rows(message_requests.LIST_MESSAGES, send(api, from_=VOICE))
    assert row["type"] == "VOICE"


@pytest.mark.parametrize(
    ("sender", "status", "code"),
    [
        ("nobody", 400, "SCG_ERROR_40018"),
        ("sender_id:nobody", 400, "SCG_ERROR_40018"),
        ("channel:nobody", 400, "SCG_ERROR_40018"),
        (RETIRED, 403, "SCG_ERROR_4035"),
    ],
)
def test_senders_that_are_refused(api: Caller, sender: str, status: int, code: str) -> None:
    assert api.refused(message_requests.CREATE, body={"from": sender, "to": [MDN]})[:2] == (status, code)


def test_a_channel_picks_a_sender_that_can(api: Caller) -> None:
    channel = api.create(channels.CREATE, name="All")
    sender = f"channel:{channel}"
    assert api.refused(message_requests.CREATE, body={"from": sender, "to": [MDN]})[:2] == (
        400,
        "SCG_ERROR_40012",
    )
    senders = [sender_id(api, address) for address in (RETIRED, SMS, MMS)]
    api.add(channels.ADD_SENDER_ID, channel, sender_ids=senders)
    (plain,) = api.rows(message_requests.LIST_MESSAGES, send(api, from_=sender))
    (rich,) = api.rows(message_requests.LIST_MESSAGES, send(api, from_=sender, attachments=[uploaded(api)]))
    assert (plain["customer_sender_id"], rich["customer_sender_id"], rich["channel_id"]) == (
        *senders[1:],
        channel,
    )


def test_attachments_travel_as_mms(api: Caller) -> None:
    picture = uploaded(api)
    (row,) = api.rows(message_requests.LIST_MESSAGES, send(api, from_=MMS, attachments=[picture]))
    assert (row["type"], row["attachments"]) == ("MMS", [picture])
    assert [found["id"] for found in api.rows(messages.LIST_ATTACHMENTS, str(row["id"]), name="picture")] == [
        picture
    ]
    empty = api.create(attachments.CREATE, name="empty")

    def refused(sender: str, *ids: str) -> tuple[int, str]:
        return api.refused(
            message_requests.CREATE, body={"from": sender, "to": [MDN], "attachments": list(ids)}
        )[:2]

    assert refused(SMS, picture) == (400, "SCG_ERROR_40016")
    assert refused(MMS, empty) == (403, "SCG_ERROR_4032")
    assert refused(MMS, "nothing") == (403, "SCG_ERROR_4031")


def test_test_messages_are_not_sent(api: Caller) -> None:
    request = send(api, test_message_flag=True)
    assert (request_state(api, request), states(api, request), states(api, request)) == (
        "COMPLETED",
        ["TEST"],
        ["TEST"],
    )
    assert api.get(message_requests.GET, request)["sent_count"] == 0


def test_pause_and_resume(api: Caller) -> None:
    request = send(api, pause_before_transmit=True)
    for _ in range(3):
        assert (request_state(api, request), states(api, request)) == ("PAUSED", ["PAUSED"])
    api.change(message_requests.RESUME, request, state="TRANSMITTING")
    assert (states(api, request), states(api, request)) == (["SENT"], ["DELIVERED"])
    assert api.refused(message_requests.RESUME, request, body={"state": "TRANSMITTING"})[:2] == (
        400,
        "SCG_ERROR_4004",
    )
    assert api.refused(message_requests.CANCEL, request, body={"state": "CANCELED"})[:2] == (
        400,
        "SCG_ERROR_4004",
    )
    assert api.refused(message_requests.RESUME, request, body={"state": "DONE"})[:2] == (
        400,
        "SCG_ERROR_4004",
    )


def test_pauses_end(api: Caller) -> None:
    late = int((api.clock.now + DAY + 1) * 1000)
    body = {"from": SMS, "to": [MDN], "pause_before_transmit": True, "pause_expiry_time": late}
    assert api.refused(message_requests.CREATE, body=body)[:2] == (400, "SCG_ERROR_4004")
    request = send(api, pause_before_transmit=True, pause_expiry_time=int((api.clock.now + 60) * 1000))
    api.clock.now += 60
    assert states(api, request) == ["EXPIRED"]
    shown = api.get(message_requests.GET, request)
    assert (shown["state"], shown["failed_count"], shown["sent_count"]) == ("COMPLETED", 1, 0)


def test_cancel(api: Caller) -> None:
    request = send(api, MDN, "+15550002222", pause_before_transmit=True)
    api.change(message_requests.CANCEL, request, state="CANCELED")
    shown = api.get(message_requests.GET, request)
    assert (shown["state"], shown["canceled_count"], shown["sent_count"]) == ("CANCELED", 2, 0)
    assert states(api, request) == ["DELETED", "DELETED"]
    assert api.refused(message_requests.RESUME, request, body={"state": "TRANSMITTING"})[0] == 400


def test_schedules() -> None:
    api = Caller(AfterSeconds(10))
    due = api.clock.now + 100
    request = send(api, scheduled_delivery_time=int(due * 1000))
    shown = api.get(message_requests.GET, request)
    assert (shown["scheduled"], shown["state"], states(api, request)) == (True, "ACCEPTED", ["SCHEDULED"])
    api.clock.now = due + 10
    assert states(api, request) == ["SENT"]
    assert api.get(message_requests.GET, request)["scheduled"] is False
    assert api.refused(message_requests.DELETE_SCHEDULED, request)[:2] == (404, "404")
    other = send(api, scheduled_delivery_time=int((due + 100) * 1000))
    api.change(message_requests.DELETE_SCHEDULED, other)
    assert (request_state(api, other), states(api, other)) == ("CANCELED", ["DELETED"])


def test_messages_that_are_not_sent_in_time_expire(api: Caller) -> None:
    request = send(api, expiry_time=int((api.clock.now + 5) * 1000))
    other = send(api, expiry_time=int((api.clock.now + 5) * 1000))
    assert states(api, other) == ["SENT"]
    api.clock.now += 5
    assert (states(api, request), states(api, other)) == (["EXPIRED"], ["DELIVERED"])


def test_a_deleted_request_is_gone_and_its_messages_stay(api: Caller) -> None:
    request = send(api, pause_before_transmit=True)
    (row,) = api.rows(message_requests.LIST_MESSAGES, request)
    api.change(message_requests.DELETE, request)
    for operation in (message_requests.GET, message_requests.LIST_MESSAGES, message_requests.DELETE):
        assert api.refused(operation, request)[:2] == (404, "404")
    assert api.get(messages.GET, str(row["id"]))["state"] == "DELETED"
    assert api.rows(message_requests.LIST) == []


def test_single_messages(api: Caller) -> None:
    key = api.create(messages.CREATE, from_=SMS, to=MDN, body="Hi", external_id="m1")
    row = api.get(messages.GET, key)
    assert (row["state"], row["direction"], row["external_id"]) == ("SENT", "MT", "m1")
    assert "message_request_id" not in row
    assert api.refused(messages.CREATE, body={"from": SMS, "to": "group:x"})[:2] == (400, "SCG_ERROR_40024")
    assert api.refused(messages.CREATE, body={"from": SMS, "to": [MDN]})[:2] == (400, "SCG_ERROR_4002")
    api.change(messages.DELETE, key)
    assert api.get(messages.GET, key)["state"] == "DELETED"
    due = int((api.clock.now + 60) * 1000)
    later = api.create(messages.CREATE, from_=SMS, to=MDN, scheduled_delivery_time=due)
    api.change(messages.DELETE_SCHEDULED, later)
    assert api.refused(messages.DELETE_SCHEDULED, later)[:2] == (404, "404")


def test_conversion(api: Caller) -> None:
    key = api.create(messages.CREATE, from_=SMS, to=MDN, body="Hi")
    assert api.refused(messages.SET_STATE, key, body={"state": "CONVERTED"})[:2] == (400, "SCG_ERROR_4004")
    api.get(messages.GET, key)
    assert api.refused(messages.SET_STATE, key, body={"state": "PROCESSED"})[:2] == (400, "SCG_ERROR_4004")
    api.change(messages.SET_STATE, key, state="CONVERTED", conversion_info_source="shop")
    row = api.get(messages.GET, key)
    assert (row["state"], row["converted_date"]) == ("CONVERTED", int(api.clock.now * 1000))


def test_messages_come_in(api: Caller) -> None:
    ann = api.create(contacts.CREATE, primary_mdn=MDN)
    key = api.gateway.receive(to=SMS, from_=MDN, body="Hello?")
    (row,) = api.rows(messages.LIST, direction="MO")
    assert (row["id"], row["state"], row["contact_id"]) == (key, "RECEIVED", ann)
    assert row["customer_sender_id"] == sender_id(api, SMS)
    api.change(messages.SET_STATE, key, state="PROCESSED")
    assert api.get(messages.GET, key)["state"] == "PROCESSED"


def test_options_come_back_as_text(api: Caller) -> None:
    request = send(api, options={"push:badge": 1}, sender_id_sort_criteria="PRICE")
    shown = api.get(message_requests.GET, request)
    assert (shown["options"], shown["sender_id_sort_criteria"]) == ('{"push:badge": 1}', ["PRICE"])


def test_a_long_message_has_a_fragment_for_each_segment(api: Caller) -> None:
    (row,) = api.rows(message_requests.LIST_MESSAGES, send(api, body="a" * 161))
    assert (row["fragment_count"], len(items(row["fragments_info"])), row["price"]) == (2, 2, 0.015)
