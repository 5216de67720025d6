"""Whatever an answer holds: nothing but ScgError leaves a call, no sound row is lost, no value changes unseen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import respx
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic import AliasChoices, BaseModel

import scgapi
from scgapi._core import loading
from scgapi._core.json import is_array, is_object, parse
from tests.both_clients import CLIENT_KINDS, ClientKind, call

AUTH = scgapi.AuthInfo(token="t")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# Listings whose paths need no id of another object.
LISTINGS: dict[str, type[BaseModel]] = {
    "access_tokens": scgapi.AccessToken,
    "application_instances": scgapi.ApplicationInstance,
    "application_scripts": scgapi.ApplicationScript,
    "attachments": scgapi.Attachment,
    "bridges": scgapi.Bridge,
    "calls": scgapi.Call,
    "channels": scgapi.Channel,
    "conferences": scgapi.Conference,
    "connectors": scgapi.Connector,
    "contact_address_history": scgapi.ContactAddressHistory,
    "contact_address_statuses": scgapi.ContactAddressStatus,
    "contact_exports": scgapi.ContactExport,
    "contact_groups": scgapi.ContactGroup,
    "contact_imports": scgapi.ContactImport,
    "contacts": scgapi.Contact,
    "fast_access_rules": scgapi.FastAccessRule,
    "keywords": scgapi.Keyword,
    "message_requests": scgapi.MessageRequest,
    "message_templates": scgapi.MessageTemplate,
    "messages": scgapi.Message,
    "mfa_applications": scgapi.MfaApplication,
    "sender_id_classes": scgapi.SenderIdClass,
    "sender_id_imports": scgapi.SenderIdImport,
    "sender_id_types": scgapi.SenderIdType,
    "sender_ids": scgapi.SenderId,
}

few = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

# What JSON can say and Python's usual values cannot, beside plain values.
LITERALS = [
    b'"\\ud83d"',
    b'"half \\ud83d\\u0020"',
    b'{"\\udc00": {"\\ud800": "\\udfff"}}',
    b'[{"\\ud800": 1}]',
    b'"{\\"a\\": \\"\\\\ud83d"',
    b'"[1e400]"',
    b"1e400",
    b"-1e400",
    b"[1e400]",
    b"9" * 40,
    b"9" * 400,
    b"9" * 4301,
    b"-" + b"9" * 5000,
    b"[" * 300 + b"]" * 300,
    b'{"a":' * 990 + b"1" + b"}" * 990,
    b"[" * 5000 + b'"]"' + b"]" * 5000,
    b"NaN",
    b"-Infinity",
    b'"caf\xe9"',
    b'"\xed\xa0\xbd"',
    b'"007"',
    b'"7"',
    b"7.0",
    b'"1"',
    b'"yes"',
    b"1",
    b"0",
    b"true",
    b'"true"',
    b'"2024-05-01"',
    b'"2024-05-01T00:00:00"',
    b'"\\u001b[31m\\r\\n"',
    b'["x"]',
    b"{}",
    b"1656701273258",
    b'"1656701273258"',
]

plain: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
values = st.sampled_from(LITERALS) | plain.map(lambda value: json.dumps(value).encode())


def keys_of(model: type[BaseModel]) -> list[bytes]:
    names: list[str] = []
    for name, field in model.model_fields.items():
        alias = field.validation_alias
        names += [
            name,
            *(str(one) for one in (alias.choices if isinstance(alias, AliasChoices) else [alias or name])),
        ]
    return [json.dumps(name).encode() for name in dict.fromkeys(names)]


def rows(model: type[BaseModel]) -> st.SearchStrategy[bytes]:
    keys = st.sampled_from([*keys_of(model), b'"new"', b'"\\ud800"', b'"caf\xe9"'])
    return st.dictionaries(keys, values, max_size=5).map(
        lambda row: b"{" + b", ".join(key + b": " + value for key, value in row.items()) + b"}"
    )


@pytest.fixture(autouse=True)
def nothing_reported_yet() -> Iterator[None]:
    loading._report.cache_clear()
    yield
    loading._report.cache_clear()


@pytest.mark.parametrize("resource", LISTINGS)
@few
@given(data=st.data(), client_kind=st.sampled_from(CLIENT_KINDS))
def test_a_row_of_any_bytes_costs_no_other_row(
    resource: str, data: st.DataObject, client_kind: ClientKind
) -> None:
    row = data.draw(rows(LISTINGS[resource]))
    content = b'{"list": [{"id": "first", "version_number": 3}, ' + row + b', {"id": "last"}], "total": 3}'
    with respx.mock:
        respx.get().respond(content=content)
        listed = call(client_kind, AUTH, f"{resource}.list")
    assert is_array(listed)
    assert [getattr(listed[0], "id", None), getattr(listed[-1], "id", None)] == ["first", "last"]
    assert getattr(listed[0], "version_number", None) == 3
    envelope = parse(content)
    sent = envelope["list"] if is_object(envelope) else None
    sent = sent[1] if is_array(sent) else None
    assert is_object(sent)
    found = listed[1]
    assert isinstance(found, BaseModel)
    str(found)
    check_unchanged(found, sent)


def check_unchanged(found: BaseModel, sent: dict[str, object]) -> None:
    """Each value is the one that was sent, or says the same in a type of its own."""
    for key, value in (found.model_extra or {}).items():
        assert same(value, sent[key]), key
    for name in found.model_fields_set & type(found).model_fields.keys():
        alias = type(found).model_fields[name].validation_alias
        keys = [*(alias.choices if isinstance(alias, AliasChoices) else [alias]), name]
        candidates = [sent[key] for key in keys if isinstance(key, str) and key in sent]
        value = vars(found)[name]
        assert any(same(value, one) or means(value, one) for one in candidates), (name, value)


def same(value: object, sent: object) -> bool:
    if value != value and sent != sent:
        return True  # NaN
    if isinstance(value, bool) or isinstance(sent, bool) or value is None or sent is None:
        return value is sent
    return repr(value) == repr(sent) or (
        isinstance(value, int | float) and isinstance(sent, int | float) and value == sent
    )


def means(value: object, sent: object) -> bool:
    """Whether a typed value says what a JSON value does; containers are checked by their own tests."""
    if isinstance(value, datetime):
        if isinstance(sent, int | float):
            return (
                not isinstance(sent, bool)
                and abs(sent) < 1e15
                and value == EPOCH + timedelta(milliseconds=sent)
            )
        return isinstance(sent, str) and (
            str((value - EPOCH) // timedelta(milliseconds=1)) == sent
            or datetime.fromisoformat(sent if value.isoformat()[:19] in sent else "0001-01-01").year
            == value.year
        )
    if isinstance(value, date):
        return value.isoformat() == sent
    if isinstance(value, int) and not isinstance(value, bool):
        return isinstance(sent, str) and str(value) == sent  # of a text of digits, or of JSON in a text
    if isinstance(value, str):
        return isinstance(sent, int) and not isinstance(sent, bool) and str(sent) == value  # an id
    if is_array(value) or is_object(value) or value is None:
        return True
    return isinstance(value, bool | float | BaseModel) and isinstance(sent, str | dict)


@pytest.mark.parametrize("resource", ["contacts", "messages", "message_requests", "calls", "sender_ids"])
@few
@given(
    content=st.binary() | values | st.sampled_from(LITERALS).map(lambda one: b'{"list": ' + one + b"}"),
    client_kind=st.sampled_from(CLIENT_KINDS),
    status=st.sampled_from([200, 201, 400, 409, 500]),
)
@example(content=b'{"foo": 1}', client_kind="sync", status=200)
@example(content=b'{"list": [{"id": ["x"]}, {"id": {"a": 1}}]}', client_kind="sync", status=200)
def test_an_answer_of_any_bytes_is_a_result_or_an_error_of_ours(
    resource: str, content: bytes, client_kind: ClientKind, status: int
) -> None:
    with respx.mock:
        respx.route().respond(status, content=content)
        for operation, args in (
            (f"{resource}.list", []),
            (f"{resource}.get", ["a"]),
            (f"{resource}.delete", ["a"]),
        ):
            error = error_of(client_kind, operation, args)
            assert error is None or str(error).isprintable()
            assert len(str(error)) < 5000
            f"{error} {error!r}".encode()


def error_of(client_kind: ClientKind, operation: str, args: list[str]) -> scgapi.ScgError | None:
    try:
        call(client_kind, AUTH, operation, *args)
    except scgapi.ScgError as error:
        return error
    return None


@few
@given(
    name=st.sampled_from(["content-type", "retry-after", "location", "x-request-id", "new"]),
    value=st.text(st.characters(min_codepoint=33, max_codepoint=255))
    | st.sampled_from(
        ["9" * 400, "Mon, 99 Foo", "Wed, 3 Apr 2002 12.34.56.78+0800", "1 2 3 4 :", "-1", "\x9b31m"]
    ),
    status=st.sampled_from([200, 302, 429, 503]),
)
def test_headers_of_any_bytes_are_an_error_of_ours(name: str, value: str, status: int) -> None:
    with respx.mock:
        respx.get().respond(
            status, content=b"<html>", headers=[(name.encode(), value.strip("\x85\xa0").encode("latin-1"))]
        )
        with pytest.raises(scgapi.ScgError) as caught:
            call("sync", AUTH, "contacts.get", "a")
    assert str(caught.value).isprintable()
    assert isinstance(caught.value, scgapi.ApiError)
    assert all(text.isprintable() for text in caught.value.headers.values())


@few
@given(answer=values, field=st.sampled_from(["accessToken", "validityTime", "new"]))
def test_a_token_of_any_bytes_is_one_or_an_error_of_ours(answer: bytes, field: str) -> None:
    auth = scgapi.AuthInfo(key="k" * 8, secret="s" * 8, token="t" * 8)
    content = b'{"accessToken": "new-token", "' + field.encode() + b'": ' + answer + b"}"
    with respx.mock:
        respx.route(path__regex="saop|token").respond(content=content)
        respx.get(path__regex="contacts").respond(401)
        with pytest.raises(scgapi.ScgError):
            call("sync", auth, "contacts.get", "a")
