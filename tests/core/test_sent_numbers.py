"""A refusal shows no whole number, and yet says which of those that were sent it is about."""

from __future__ import annotations

import json

import pytest

from scgapi._core.response import api_error
from scgapi._core.sent_numbers import locate_numbers
from scgapi._io.content import Upload
from scgapi.models import message_requests
from tests.core.strategies import NOW, Json, answer

NUMBERS = [f"+1555123{count:04}" for count in range(300)]


def told(description: str, sent: Json) -> str | None:
    response = locate_numbers(answer({"error_description": description}, 400), json.dumps(sent).encode())
    return api_error(message_requests.CREATE, response, NOW).description


@pytest.mark.parametrize(
    ("description", "sent", "shown"),
    [
        ("Invalid Recipient +15551230037", {"to": NUMBERS}, "Invalid Recipient to[37]: ***37"),
        ("Invalid Recipient 15551230037", {"to": NUMBERS}, "Invalid Recipient to[37]: ***37"),
        ("mdn:+15551230037 and +15551230299", {"to": NUMBERS}, "mdn:to[37]: ***37 and to[299]: ***99"),
        ("+15551230001", {"to": ["contact:c", "mdn:+15551230001"]}, "to[1]: ***01"),
        ("bad 155529999", {"from": "155529999", "to": NUMBERS}, "bad from: ***99"),
        ("+15551230005", {"addresses": NUMBERS[5:]}, "addresses[0]: ***05"),
        ("+15551230001", {"list": [{"deep": {"number": "+15551230001"}}]}, "list[0].deep.number: ***01"),
        ("Invalid Recipient +15559999999", {"to": NUMBERS}, "Invalid Recipient ***99"),
        ("nothing", {"to": NUMBERS}, "nothing"),
        ("+15551230001", {"to": [5]}, "***01"),
    ],
    ids=range(10),
)
def test_a_number_is_told_by_its_place(description: str, sent: Json, shown: str) -> None:
    assert told(description, sent) == shown


def test_what_has_no_numbers_is_left_as_it_is() -> None:
    response = answer({"error_description": "+15551230001"}, 400)
    for sent in (None, b"", b"not JSON", Upload(b"+15551230001", "attachments.upload")):
        assert locate_numbers(response, sent).content == response.content
