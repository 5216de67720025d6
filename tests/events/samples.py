"""Events as they were published, and what the tests make of them."""

from __future__ import annotations

import base64
import copy
import json
from collections.abc import Mapping

from scgapi._core.json import is_object

Fields = dict[str, object]
Document = dict[str, object]


def event(
    kind: str, fields: Mapping[str, object], *, topic: str = "SCG-Message", id: str = "jX5nAV9USriK2LkS6e0D0g"
) -> Document:
    """An event in its envelope."""
    inner: Document = {
        "fld-val-list": {**fields},
        "evt-tp": kind,
        "timestamp": "2017-11-30T17:17:46.615Z",
    }
    return {"topic": topic, "attempt": 1, "event": inner, "event-id": id}


def fields_of(document: Document) -> Fields:
    """The fields in an envelope."""
    inner = document["event"]
    fields: object = inner["fld-val-list"] if is_object(inner) else None
    assert is_object(fields)
    return fields


RECEIPT: Fields = {
    "attachment_ids": "UIRqnwwhbLS106HNECVzG5",
    "previous_state": "SENT",
    "message_request_id": "96Wf3kBe2DJXhyqBOxsFO6",
    "message_id": "176ySDuGoChplVgiz2lcm7",
    "to_address": "+14085551212",
    "has_attachment": True,
    "reason_description": "SUCCESS",
    "application_id": 1704,
    "reason_code": "200",
    "sender_id_alias": "Gladiator",
    "company-id": 1500,
    "sender_id_id": "RexWQXiD7pF7KzvepiygC7",
    "external_message_request_id": "",
    "new_state": "DELIVERED",
    "fragments_count": 1,
    "from_address": "66000",
    "mt_price": 0.035,
}
SMS: Fields = {
    "sender_id_alias": "Gladiator",
    "mo_price": 0.005,
    "company-id": 1500,
    "sender_id_id": "RexWQXiD7pF7KzvepiygC7",
    "message_body": "Test MO message",
    "message_id": "6QX2csWrr064RzxhwHo0m7",
    "to_address": "66000",
    "has_attachment": False,
    "fragments_count": 1,
    "from_address": "+14085551212",
    "application_id": 304,
}
MMS: Fields = {
    "attachment_ids": " Mno4Xayql1oVOYAvP7Iy25",
    "sender_id_alias": "ljX2KJbs8zowzC8rFexzn6",
    "sender_id_id": "ljX2KJbs8zowzC8rFexzn6",
    "mo_price": 0.015,
    "company-id": 1500,
    "message_body": "",
    "message_id": "WGqCwdXm2szqkIGq2Xmy06",
    "to_address": "18322222222",
    "has_attachment": True,
    "fragments_count": 1,
    "from_address": "+14086080000",
    "anti_virus_scan_status": "OK",
    "application_id": 17226,
}
SCHEDULED: Fields = {
    "message_request_id": "96Wf3kBe2DJXhyqBOxsFO6",
    "message_id": "96Wf3kBe2DJXhyqBOxsFO6",
    "previous_state": "SCHEDULED",
    "new_state": "SENT",
    "reason_code": "200",
    "reason_description": "SUCCESS",
    "external_message_request_id": "",
}
CALL = (
    '{"topic":"SCG-Voice-Call","attempt":1,"event":{"fld-val-list":{"reason_code":"200","previous_state":"STARTED",'
    '"company-id":1500,"external_call_id":"","call_price":0.0175,"new_state":"ACTIVE","to_address":"+14085551212",'
    '"reason_description":"SUCCESS","from_address":"+16282222222","application_id":1700,"call_duration":60,'
    '"call_id":"dX9qqkH0b2UPEBL0WBsCz6"},"evt-tp":"call_state_change","timestamp":"2019-05-23T22:23:35.429Z"},'
    '"event-id":"TfE426OOR423QyKcLED7iw"}'
)
DIGITS: Fields = {
    "reason": "TERMINATING_DIGIT",
    "collect_id": "9dnDlyHA2dcXFa6zIeGG15",
    "external_collect_id": "",
    "digits": "58052",
    "call_external_id": "",
    "application_id": 1700,
    "call_id": "dX9qqkH0b2UPEBL0WBsCz6",
}
NUMBER_MONITORING: Document = {
    "topic": "NIS-Events",
    "attempt": 1,
    "event": {
        "fld-val-list": {
            "number": "+17805199493",
            "previous_carrier_id": "1025",
            "previous_carrier_name": "AT@$# T WIRELESS",
            "tracking_id": "1655272074",
            "deactivation_date": "2017-06-03T04:00:00Z",
        },
        "evt-tp": "deactivation_event",
        "timestamp": "2017-07-12T20:21:00.129Z",
    },
    "event-id": "d0qgWF8ERLGn_7JJOGhqNQ",
}

PUBLISHED: dict[str, Document] = {
    "E1": event("message_state_change", RECEIPT),
    "E2": event("mo_message_received", SMS),
    "E3": event("mo_message_received", MMS, id="mNdHyWhdQWW2wACUWh84Wg"),
    "E4": event("message_state_change", SCHEDULED),
    "E5": json.loads(CALL),
    "E6": event("collector_state_change", DIGITS, topic="SCG-Voice-Call"),
    "E7": {"id": "jX5nAV9USriK2LkS6e0D0g", "topicID": "SCG-Message", "fields": {**SMS, "carrier_id": "2473"}},
}
# As it once stood in print, without some of its commas and braces.
E3_AS_PRINTED = (
    json.dumps(PUBLISHED["E3"]).replace('"event": {', '"event": ').replace(', "message_id"', ' "message_id"')
)

USER = ("gateway", "correct horse")
JSON = {"content-type": "application/json; charset=UTF-8"}
AUTHORIZED = {**JSON, "authorization": "Basic " + base64.b64encode(":".join(USER).encode()).decode()}


def body(document: object) -> bytes:
    """As it is posted."""
    return json.dumps(document).encode()


def numbered(number: int, *, kind: str = "E2") -> Document:
    """The published event under an id of its own."""
    document = copy.deepcopy(PUBLISHED[kind])
    document["event-id"] = f"event-{number:016}"
    return document
