"""URLs, headers and bodies of requests."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import JsonValue

from scgapi._core.ids import OneOrMore, collect_ids
from scgapi._core.operation import Method, Operation
from scgapi._core.request import Endpoints, Request, build_arbitrary_request, build_request, fill_path
from scgapi._io.content import Upload
from scgapi.auth import REFRESH
from scgapi.errors import ConfigurationError, InvalidArgumentError
from scgapi.models import attachments, contact_groups, contacts
from scgapi.models.contacts import ContactData


@pytest.mark.parametrize(
    ("operation", "url"),
    [
        (contacts.GET, "https://api.syniverse.com/scg-external-api/api/v1"),
        (attachments.UPLOAD, "https://api.syniverse.com/scg-attachment/api/v1"),
        (REFRESH, "https://api.syniverse.com/saop-rest-data/v1"),
    ],
)
def test_each_service_has_its_own_prefix_on_one_host(operation: Operation, url: str) -> None:
    assert Endpoints().base(operation) == url


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("https://gateway.test", "https://gateway.test/api"),
        ("https://gateway.test/", "https://gateway.test/api"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/api"),
        ("https://[::1]:8080", "https://[::1]:8080/api"),
    ],
)
def test_a_scheme_and_a_host_are_a_url(url: str, base: str) -> None:
    assert Endpoints(url, api="/api").base(contacts.GET) == base


@pytest.mark.parametrize(
    "url",
    [
        "",
        "gateway.test",
        "//gateway.test",
        "ftp://gateway.test",
        "https://",
        "https://gateway.test/scg-external-api",
        "https://gateway.test?a=b",
        "https://gateway.test#part",
        "https://user@gateway.test",
        "https://gateway.test:0",
        "https://gateway.test:port",
        "https://[gateway.test",
    ],
)
def test_what_is_more_or_less_than_a_scheme_and_a_host_is_refused(url: str) -> None:
    with pytest.raises(ConfigurationError, match="url"):
        Endpoints(url)


@pytest.mark.parametrize(
    "url", ["https://user:hunter2@gateway.test", "https://user:hunter2@gateway.test/path"]
)
def test_a_password_in_a_url_is_refused_and_not_shown(url: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Endpoints(url)
    assert "hunter2" not in str(caught.value)


def test_a_password_in_a_url_that_cannot_be_parsed_is_not_shown() -> None:
    with pytest.raises(ConfigurationError) as caught:
        Endpoints("https://user:hunter2@gateway.test:port")
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "https://gateway.test?",
        "https://gateway.test#",
        " https://gateway.test",
        "https://gateway.test\n",
        "https://:hunter2@gateway.test",
    ],
)
def test_a_url_that_nothing_can_be_appended_to_is_refused(url: str) -> None:
    with pytest.raises(ConfigurationError):
        Endpoints(url)


@pytest.mark.parametrize("prefix", ["", "/v1", "/a/b.c/v1"])
def test_a_prefix_is_empty_or_begins_with_a_slash(prefix: str) -> None:
    assert Endpoints("https://gateway.test", api=prefix).base(contacts.GET) == f"https://gateway.test{prefix}"


@pytest.mark.parametrize("name", ["api", "attachment", "token"])
@pytest.mark.parametrize("prefix", ["v1", "/v1/", "/", "/a/../b", "/./a"])
def test_a_prefix_that_would_lead_elsewhere_is_refused_by_its_argument(name: str, prefix: str) -> None:
    with pytest.raises(ConfigurationError, match=f"{name}_prefix"):
        Endpoints(**{name: prefix})


def test_ids_go_into_their_places() -> None:
    assert fill_path(contact_groups.DELETE_CONTACT, ["g 1", "c/2"]) == "/contact_groups/g%201/contacts/c%2F2"


@pytest.mark.parametrize("ids", [[], ["g"], ["g", "c", "x"]])
def test_an_operation_takes_as_many_ids_as_its_path_has_places(ids: list[str]) -> None:
    with pytest.raises(ValueError, match=r"zip\(\)"):
        fill_path(contact_groups.DELETE_CONTACT, ids)


def test_a_bad_id_is_refused_before_there_is_a_request() -> None:
    with pytest.raises(InvalidArgumentError, match="contact_id"):
        build_request(Endpoints(), contacts.DELETE, [""])


@pytest.mark.parametrize(
    ("query", "url"),
    [
        (None, "https://gateway.test/contacts"),
        ({}, "https://gateway.test/contacts"),
        ({"first_name": "A B", "limit": 5}, "https://gateway.test/contacts?first_name=A%20B&limit=5"),
    ],
)
def test_filters_follow_the_path(query: dict[str, object] | None, url: str) -> None:
    assert build_request(Endpoints("https://gateway.test", api=""), contacts.LIST, query=query).url == url


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"{}", "application/json"),
        (Upload(b"bytes", "attachments.upload"), "application/octet-stream"),
    ],
)
def test_the_media_type_follows_the_content(content: bytes | Upload, media_type: str) -> None:
    assert Request(contacts.CREATE, "https://gateway.test", content).content_type == media_type


@pytest.mark.parametrize(
    ("method", "repeatable"), [("GET", True), ("PUT", True), ("DELETE", True), ("POST", False)]
)
def test_all_but_a_post_can_be_done_twice(method: str, repeatable: bool) -> None:
    operations = [contacts.GET, contacts.REPLACE, contacts.DELETE, contacts.CREATE]
    assert next(one for one in operations if one.method == method).repeatable is repeatable


def test_an_operation_is_shown_without_ids() -> None:
    assert str(contacts.GET) == "contacts.get (GET /contacts/{contact_id})"


LOADED = ContactData.model_validate({"id": "c1"})


@pytest.mark.parametrize(
    ("given", "ids"),
    [
        ("c1", ["c1"]),
        (LOADED, ["c1"]),
        (["c1", "c2"], ["c1", "c2"]),
        (("c2", LOADED), ["c2", "c1"]),
    ],
)
def test_objects_are_named_by_id_or_given_themselves(given: OneOrMore[ContactData], ids: list[str]) -> None:
    assert collect_ids(contact_groups.ADD_CONTACT, "contacts", given) == ids


@pytest.mark.parametrize("given", ["", [], (), [""], ["c1", ".."], ContactData.model_validate({}), [5], None])
def test_no_id_at_all_and_what_is_no_id_are_refused(given: OneOrMore[ContactData]) -> None:
    with pytest.raises(InvalidArgumentError, match="contacts") as caught:
        collect_ids(contact_groups.ADD_CONTACT, "contacts", given)
    assert caught.value.field == "contacts"


@pytest.mark.parametrize(
    ("path", "json", "content"),
    [
        ("/contacts?limit=1&id=a,b", None, None),
        ("/contacts/%2B1555", {"a": ["\u00e9", None]}, b'{"a": ["\\u00e9", null]}'),
        ("/", False, b"false"),
    ],
)
def test_any_path_can_be_called(path: str, json: JsonValue, content: bytes | None) -> None:
    request = build_arbitrary_request(Endpoints("https://h.test", api="/api"), "PUT", path, json)
    assert (request.url, request.content) == (f"https://h.test/api{path}", content)
    assert path not in str(request.operation) + repr(request) or path == "/"


@pytest.mark.parametrize(
    ("method", "repeatable"), [("GET", True), ("POST", False), ("PUT", False), ("DELETE", False)]
)
def test_of_arbitrary_calls_only_reads_are_repeated(method: Method, repeatable: bool) -> None:
    assert build_arbitrary_request(Endpoints(), method, "/x", None).operation.repeatable is repeatable


@pytest.mark.parametrize(
    "path",
    [
        "",
        "contacts",
        "//evil.test/x",
        "https://evil.test",
        "/a/../b",
        "/a/%2e%2E",
        "/./a",
        "/a b",
        "/a#b",
        "/\u00e9",
        "/a\r\nb",
    ],
)
def test_a_path_that_leads_elsewhere_is_refused_and_not_repeated_in_the_error(path: str) -> None:
    with pytest.raises(InvalidArgumentError, match="path must") as caught:
        build_arbitrary_request(Endpoints(), "GET", path, None)
    assert "Nothing was sent" in str(caught.value)


def test_a_method_or_a_body_that_is_none_is_refused() -> None:
    patch: Any = "PATCH"
    with pytest.raises(InvalidArgumentError, match="GET, POST, PUT, DELETE"):
        build_arbitrary_request(Endpoints(), patch, "/x", None)
    for body in (float("nan"), object()):
        value: Any = body
        with pytest.raises(InvalidArgumentError, match="cannot be written as JSON"):
            build_arbitrary_request(Endpoints(), "POST", "/x", value)


@pytest.mark.parametrize("url", [5, None, b"https://x"])
def test_a_host_is_text(url: object) -> None:
    with pytest.raises(ConfigurationError):
        Endpoints(url)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
