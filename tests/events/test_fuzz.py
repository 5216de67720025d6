"""Whatever is posted, a receiver answers 2xx or 4xx, and a parser gives an event or an EventError."""

from __future__ import annotations

import copy
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from scgapi import events
from scgapi._core.json import is_object
from tests.events.samples import AUTHORIZED, PUBLISHED, Document, body
from tests.events.serving import RECEIVER_KINDS, ReceiverKind, post

JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.text("\ud800\udfff+1234567890 {}<"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)
KNOWN_NAMES = st.sampled_from(
    [
        *{
            name
            for sample in PUBLISHED.values()
            for name in [*sample, "fld-val-list", "evt-tp", "timestamp", "fields"]
        },
        *events.MessageStateChanged.model_fields,
        *events.CallStateChanged.model_fields,
        "__class__",
        "model_config",
        "raw",
        "key",
    ]
)


def answered(content: bytes, receiver_kind: ReceiverKind) -> int:
    receiver = events.Receiver(allow_unauthenticated=True)
    keys: list[str] = []
    receiver.on(events.BaseEvent)(
        lambda event: keys.append(f"{event.key}{event!r}{hash(event)}{event.timestamp}")
    )
    headers = {name: value for name, value in AUTHORIZED.items() if name != "authorization"}
    return post(receiver_kind, receiver, content, headers).status


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(RECEIVER_KINDS))
def test_random_bytes(content: bytes, receiver_kind: ReceiverKind) -> None:
    assert answered(content, receiver_kind) == 400


@settings(max_examples=300, deadline=None)
@given(JSON_VALUES, st.sampled_from(RECEIVER_KINDS))
def test_random_json(value: object, receiver_kind: ReceiverKind) -> None:
    assert answered(json.dumps(value).encode(), receiver_kind) in (200, 400)


def changed(document: Document, path: list[int], name: str, value: object) -> Document:
    """The event with one value, at any depth, replaced, renamed or added to."""
    made = copy.deepcopy(document)
    place: Document = made
    for step in path:
        inner = [child for child in place.values() if is_object(child)]
        if inner:
            place = inner[step % len(inner)]
    place[name] = value
    return made


@settings(max_examples=500, deadline=None)
@given(
    st.sampled_from([*PUBLISHED.values()]),
    st.lists(st.tuples(st.lists(st.integers(0, 3), max_size=2), KNOWN_NAMES, JSON_VALUES), max_size=4),
    st.sampled_from(RECEIVER_KINDS),
)
def test_mutated_events(
    document: Document, changes: list[tuple[list[int], str, object]], receiver_kind: ReceiverKind
) -> None:
    for path, name, value in changes:
        document = changed(document, path, name, value)
    assert answered(json.dumps(document).encode(), receiver_kind) in (200, 400)


@settings(max_examples=500, deadline=None)
@given(st.sampled_from([*PUBLISHED.values()]), st.data())
def test_damaged_bytes(document: Document, data: st.DataObject) -> None:
    content = bytearray(body(document))
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    assert answered(bytes(content), "sync") in (200, 400)
