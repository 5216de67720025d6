"""The server of the benchmarks: `python -m benchmarks.server` sends pre-rendered responses on loopback.

It prints the port that answers at once and the port that answers after `LATENCY`, and ends with its standard input.
Routes look at as little as they can, so that clients may put any prefix before them:

    POST …                                   {"id": …}
    GET …?application_id=N                   one page of N messages, by offset, `after` or page[number]
    GET …/data?application_id=N              the same in the envelope that openai's and telnyx's pagers read
    GET …                                    one message
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from functools import partial

LATENCY = 0.02
PAGE = 100
ID = "%022d"

_MARK = "the id stands here"
MESSAGE: dict[str, object] = {
    "id": _MARK,
    "version_number": 4,
    "application_id": 1704,
    "company_id": 1500,
    "created_date": 1656704873258,
    "last_updated_date": 1656704879112,
    "conversation_id": None,
    "campaign_id": "spring-sale-2022",
    "subject": None,
    "body": "Your order 60231 has left our warehouse and arrives tomorrow between 9 and 12. Reply STOP to end.",
    "attachments": [],
    "scheduled_delivery_time": None,
    "scheduled_delivery_time_zone": None,
    "options": None,
    "body_extensions": None,
    "expiry_time": 1656791273258,
    "external_id": "order-60231",
    "contact_delivery_address_priority": ["MDN", "PUSH"],
    "failover": None,
    "verify_number": False,
    "verify_sms": False,
    "from": "sender_id:RexWQXiD7pF7KzvepiygC7",
    "price_threshold": 0.05,
    "to": "+14085551212",
    "src_language": None,
    "dst_language": None,
    "translate": False,
    "consent_requirement": "NONE",
    "message_request_id": "96Wf3kBe2DJXhyqBOxsFO6",
    "external_message_request_id": "batch-2022-07-01",
    "external_transaction_ids": ["t-60231-1"],
    "application_tracking_id": "a5b0f3",
    "direction": "MT",
    "customer_sender_id": "RexWQXiD7pF7KzvepiygC7",
    "from_address": "66000",
    "to_address": "+14085551212",
    "state": "DELIVERED",
    "failure_code": None,
    "failure_details": None,
    "failed_origin_id": None,
    "sent_date": 1656704874001,
    "delivered_date": 1656704879112,
    "converted_date": None,
    "conversion_info_source": None,
    "reply_to": None,
    "type": "SMS",
    "contact_id": "7Tz1vnqmB0rC2vUhWb6MF3",
    "price": 0.035,
    "language": "en",
    "request_body": "Your order {order} has left our warehouse and arrives tomorrow between {from} and {to}.",
    "pause_before_transmit": False,
    "pause_expiry_time": None,
    "channel_id": None,
    "destination_country": "USA",
    "content_type": "text/plain",
    "sender_id_alias": "Gladiator",
    "protocol_error": None,
    "fragment_count": 1,
    "fragments_info": [],
    "media_urls": [],
    "number_type": "MOBILE",
    "shortcode_address_type": "STANDARD",
    "test_message_flag": False,
}

_RENDERED = json.dumps(MESSAGE, separators=(",", ":")).encode()
_BEFORE, _AFTER = _RENDERED.split(_MARK.encode())
_BETWEEN = _AFTER + b"," + _BEFORE
_ONE = _BEFORE + ID.encode() % 0 + _AFTER
_CREATED = b'{"id":"176ySDuGoChplVgiz2lcm7"}'

_TOTAL = re.compile(rb"[?&]application_id=(\d+)")
_OFFSET = re.compile(rb"[?&]offset=(\d+)")
_CURSOR = re.compile(rb"[?&]after=(\d+)")
_NUMBER = re.compile(rb"[?&]page(?:\[|%5B)number(?:\]|%5D)=(\d+)")
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Connection(asyncio.Protocol):
    """One connection, which responds to each request after `latency` seconds."""

    def __init__(self, latency: float) -> None:
        self._latency = latency
        self._buffer = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end]
            length = _LENGTH.search(head)
            end += 4 + (int(length[1]) if length else 0)
            if len(self._buffer) < end:
                return
            self._buffer = self._buffer[end:]
            method, target, _ = head.split(b" ", 2)
            self._write(answer(method, target))

    def _write(self, content: bytes) -> None:
        assert self._transport is not None
        head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(
            content
        )
        if self._latency:
            asyncio.get_running_loop().call_later(self._latency, self._transport.write, head + content)
        else:
            self._transport.write(head + content)


def answer(method: bytes, target: bytes) -> bytes:
    """Return the body of the response to a request."""
    if method == b"POST":
        return _CREATED
    if total := _TOTAL.search(target):
        return _page(target, int(total[1]))
    return _ONE


def _page(target: bytes, total: int) -> bytes:
    number, cursor, offset = _NUMBER.search(target), _CURSOR.search(target), _OFFSET.search(target)
    if number:
        first = (int(number[1]) - 1) * PAGE
    elif cursor:
        first = int(cursor[1]) + 1
    else:
        first = int(offset[1]) if offset else 0
    last = min(first + PAGE, total)
    ids = [ID.encode() % index for index in range(first, last)]
    items = _BEFORE + _BETWEEN.join(ids) + _AFTER if ids else b""
    if target.partition(b"?")[0].endswith(b"/data"):
        more = b"true" if last < total else b"false"
        pages = (first // PAGE + 1, -(-total // PAGE))
        return b'{"data":[%b],"has_more":%b,"meta":{"page_number":%d,"total_pages":%d}}' % (
            items,
            more,
            *pages,
        )
    return b'{"list":[%b],"total":%d,"offset":%d,"limit":%d}' % (items, total, first, PAGE)


async def main() -> None:
    """Serve until standard input ends."""
    loop = asyncio.get_running_loop()
    servers = [
        await loop.create_server(partial(Connection, late), "127.0.0.1", 0, backlog=2048)
        for late in (0.0, LATENCY)
    ]
    print(*(server.sockets[0].getsockname()[1] for server in servers), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
