"""Credentials: where they come from, what is wrong with them, and that nobody sees them."""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias
from urllib.parse import parse_qsl

import pytest

from scgapi._core.response import Response
from scgapi.auth import AuthInfo, refresh_failure, refreshed_token
from scgapi.errors import (
    ApiError,
    AuthenticationError,
    ConfigurationError,
    ConnectionFailedError,
    RateLimitError,
    RequestTimeoutError,
    ScgError,
    ServerError,
    UnexpectedResponseError,
    UntrustedServerError,
)

NAMES = ("SCG_TOKEN", "SCG_KEY", "SCG_SECRET", "SCG_URL", "SCG_CONFIG", "SCG_TOKEN_FILE")

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Write: TypeAlias = Callable[[object], Path]


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes an auth.json: bytes as they are, anything else as JSON."""

    def file(content: object) -> Path:
        path = tmp_path / "auth.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path

    return file


def test_a_token_is_enough() -> None:
    auth = AuthInfo(token="t")
    assert (auth.token, auth.key, auth.secret, auth.url, auth.config, auth.retries) == ("t",) + (None,) * 5
    assert not auth.can_refresh
    assert not auth.is_internal


def test_key_and_secret_are_enough_and_fetch_the_token() -> None:
    auth = AuthInfo("k", "s")
    assert (auth.key, auth.secret, auth.token) == ("k", "s", None)
    assert auth.can_refresh


def test_the_guides_order_of_arguments_holds() -> None:
    auth = AuthInfo("k", "s", "t")
    assert (auth.key, auth.secret, auth.token) == ("k", "s", "t")


def test_everything_can_be_given_in_a_file(write: Write) -> None:
    path = write(
        {
            "key": "k", "secret": "s", "token": "t", "url": "https://gateway.test", "retries": 3, "appid": 1,
            "companyid": "2", "quotaplan": 3, "transactionid": "x", "of a later version": [1], "unset": None,
        }
    )  # fmt: skip
    auth = AuthInfo(config=path)
    assert (auth.key, auth.secret, auth.token, auth.url, auth.retries) == (
        "k",
        "s",
        "t",
        "https://gateway.test",
        3,
    )
    assert (auth.appid, auth.companyid, auth.quotaplan, auth.transactionid) == ("1", "2", "3", "x")
    assert auth.config == str(path)


def test_a_path_may_be_text(write: Write) -> None:
    assert AuthInfo(config=str(write({"token": "t"}))).token == "t"


def test_null_in_a_file_is_as_good_as_nothing(write: Write) -> None:
    auth = AuthInfo(config=write({"token": "t", "key": None, "retries": None, "appid": None}))
    assert (auth.key, auth.retries, auth.appid) == (None, None, None)


def test_arguments_win_over_the_file(write: Write) -> None:
    auth = AuthInfo(token="mine", config=write({"token": "theirs", "key": "k", "secret": "s"}), retries=0)
    assert (auth.token, auth.key, auth.secret, auth.retries) == ("mine", "k", "s", 0)


def test_the_environment_is_asked_when_nothing_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TOKEN", "KEY", "SECRET", "URL"):
        monkeypatch.setenv(f"SCG_{name}", "https://gw.test" if name == "URL" else name.lower())
    auth = AuthInfo()
    assert (auth.token, auth.key, auth.secret, auth.url) == ("token", "key", "secret", "https://gw.test")


def test_the_environment_may_name_a_file_and_wins_over_it(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCG_CONFIG", str(write({"token": "theirs", "key": "k", "secret": "s"})))
    assert AuthInfo().token == "theirs"
    monkeypatch.setenv("SCG_TOKEN", "mine")
    auth = AuthInfo()
    assert (auth.token, auth.key) == ("mine", "k")


def test_the_environment_is_left_alone_when_something_is_given(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SCG_TOKEN", "SCG_KEY", "SCG_SECRET"):
        monkeypatch.setenv(name, "theirs")
    auth = AuthInfo(token="mine")
    assert (auth.token, auth.key) == ("mine", None)
    assert AuthInfo(config=write({"token": "mine"})).token == "mine"


@pytest.mark.parametrize(
    ("key", "token", "url"),
    [(None, None, None), (None, None, "https://gateway.test"), (None, "", None)],
)
def test_without_credentials_the_error_names_every_way_to_give_them(
    key: str | None, token: str | None, url: str | None
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        AuthInfo(key, token=token, url=url)
    ways = (
        "token=",
        "key=",
        "secret=",
        "config=",
        "SCG_TOKEN",
        "SCG_KEY",
        "SCG_SECRET",
        "SCG_CONFIG",
        "Sandbox",
    )
    assert [way for way in ways if way not in str(caught.value)] == []


@pytest.mark.parametrize("name", ["SCG_TOKEN", "SCG_CONFIG"])
def test_an_empty_variable_is_as_good_as_none(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "")
    with pytest.raises(ConfigurationError, match="No credentials"):
        AuthInfo()


def test_a_file_without_credentials_is_named(write: Write) -> None:
    path = write({"url": "https://gateway.test"})
    with pytest.raises(ConfigurationError) as caught:
        AuthInfo(config=path)
    assert str(caught.value).startswith(
        f"{path}: holds no token, no key with a secret, and no appid with a companyid. No credentials: pass"
    )


@pytest.mark.parametrize("name", ["key", "secret", "token"])
@pytest.mark.parametrize(
    "value", ["x\n", "x\r\n", " x", "x\t", "a\nb", "a\0b", "x\x7f", "x\u2028", "\ufeffx", "x\xa0"]
)
@pytest.mark.parametrize("source", ["arguments", "file", "environment"])
def test_a_credential_with_a_line_end_is_refused(
    write: Write, monkeypatch: pytest.MonkeyPatch, name: str, value: str, source: str
) -> None:
    credentials: dict[str, str] = {"key": "k", "secret": "s", "token": "t", name: value}
    if source == "file":
        monkeypatch.setenv("SCG_CONFIG", str(write({**credentials})))
    elif source == "environment" and "\0" not in value:
        for each, held in credentials.items():
            monkeypatch.setenv(f"SCG_{each.upper()}", held)
    given = credentials if source == "arguments" or "\0" in value else {}
    with pytest.raises(ConfigurationError, match=f"{name} (begins or ends with a blank|holds a)"):
        AuthInfo(given.get("key"), given.get("secret"), given.get("token"))


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"key": "tok"}, ("a key without a secret is no credential: pass both. An access token is passed as token: "
         "AuthInfo(token=…)")),
        ({"secret": "tok"}, "a secret without a key is no credential: pass both"),
        ({"appid": "1"}, "an appid without a companyid is no credential: pass both"),
        ({"companyid": "1"}, "a companyid without an appid is no credential: pass both"),
    ],
)  # fmt: skip
def test_half_of_a_credential_is_named(write: Write, given: dict[str, str], text: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        AuthInfo(**given)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert str(caught.value) == f"AuthInfo: {text}"
    path = write(given)
    with pytest.raises(ConfigurationError) as caught:
        AuthInfo(config=path)
    assert str(caught.value) == f"{path}: {text}"


def test_the_first_argument_is_not_the_token() -> None:
    with pytest.raises(ConfigurationError, match=r"key without a secret .* AuthInfo\(token=…\)") as caught:
        AuthInfo("t0k3n-canary")
    assert "t0k3n-canary" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("tokne", "token"),
        ("Token", "token"),
        ("accessToken", "token"),
        ("consumer_key", "key"),
        ("consumer-secret", "secret"),
        ("base_uri", "url"),
        ("app_id", "appid"),
    ],
)
def test_a_misspelt_key_of_a_file_is_named(write: Write, name: str, meant: str) -> None:
    path = write({name: "hunter2"})
    with pytest.raises(ConfigurationError) as caught:
        AuthInfo(config=path)
    assert str(caught.value) == f"{path}: unknown key {name!r}: did you mean {meant!r}?"
    # What is there already cannot be meant.
    path = write(
        {"token": "t", "appid": 1, "key": "k", "secret": "s", "url": "https://gateway.test", name: "hunter2"}
    )
    assert AuthInfo(config=path).token == "t"


TEXT: list[Json] = [5, ["x"], True]
TEXT_OR_NUMBER: list[Json] = [1.5, {}, False]
COUNT: list[Json] = ["3", -1, 1.5, True]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (name, value)
        for names, values in [
            (("key", "secret", "token", "url", "transactionid"), TEXT),
            (("appid", "companyid", "quotaplan"), TEXT_OR_NUMBER),
            (("retries",), COUNT),
        ]
        for name in names
        for value in values
    ],
)
def test_a_wrong_type_is_named_with_file_and_key(write: Write, name: str, value: object) -> None:
    path = write({"token": "t"} | {name: value})
    with pytest.raises(ConfigurationError) as caught:
        AuthInfo(config=path)
    assert str(caught.value).startswith(f"{path}: {name} must be ")


def test_a_wrong_type_among_the_arguments_is_named_too() -> None:
    with pytest.raises(ConfigurationError, match="AuthInfo: token must be a string, got an int"):
        AuthInfo(token=5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    with pytest.raises(
        ConfigurationError, match="AuthInfo: retries must be a number, 0 or more, got -1, an int"
    ):
        AuthInfo(token="t", retries=-1)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "missing.json"
    with pytest.raises(ConfigurationError) as caught:
        AuthInfo(token="t", config=path)
    assert str(caught.value) == (
        f"{path}: cannot be read: No such file or directory. "
        "config is the path of a JSON file, relative to the working directory"
    )


@pytest.mark.parametrize(
    "content", ['{"token": "hunter2"}', '{\n"token": "hunter2"\n}', "hunter2\0", "hunter2" * 100]
)
def test_content_in_the_place_of_a_path_is_not_shown(content: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        AuthInfo(config=content)
    assert "hunter2" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is not JSON (line 1, column 1): write"),
        (b'{"token": "hunter2",', "is not JSON (line 1, column 21): write"),
        (b'{"token": "hunter2\xff"}', "is not JSON"),
        (b"[" * 100_000, "is not JSON (nested too deep): write"),
        (b'["hunter2"]', 'must hold a JSON object such as {"token": "…"}, holds a list'),
        (b'"hunter2"', 'must hold a JSON object such as {"token": "…"}, holds a str'),
        (b"null", 'must hold a JSON object such as {"token": "…"}, holds null'),
    ],
)
def test_a_file_of_another_kind_is_named_and_not_shown(write: Write, content: bytes, problem: str) -> None:
    path = write(content)
    with pytest.raises(ConfigurationError) as caught:
        AuthInfo(config=path)
    assert str(caught.value).startswith(f"{path}: {problem}")
    assert "hunter2" not in "".join(traceback.format_exception(caught.value))
    assert caught.value.__context__ is None or content.startswith(b'{"token": "hunter2\xff')


@pytest.mark.parametrize("show", [repr, str, "{}".format])
def test_secrets_are_never_shown(write: Write, show: Callable[[AuthInfo], str]) -> None:
    path = write({"key": "hunter1", "secret": "hunter2", "token": "hunter3", "url": "https://gateway.test"})
    shown = show(AuthInfo(config=path))
    assert (
        shown == f"AuthInfo(key=***, secret=***, token=***, config={str(path)!r}, url='https://gateway.test')"
    )
    assert show(AuthInfo(token="hunter3")) == "AuthInfo(token=***)"


def test_nothing_can_be_added_by_a_slip() -> None:
    with pytest.raises(AttributeError):
        AuthInfo(token="t").tokn = "x"  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]


def test_a_call_is_identified_by_the_token_it_was_made_with() -> None:
    auth = AuthInfo(token="old", appid=1, companyid=2)
    assert not auth.is_internal
    assert auth.headers("new", 1) == {"authorization": "Bearer new"}


@pytest.mark.parametrize(
    ("given", "headers"),
    [
        ({"appid": 1, "companyid": 2}, {"int-appid": "1", "int-companyid": "2", "int-txnid": "2-1-7"}),
        (
            {"appid": "a", "companyid": "c", "quotaplan": 0, "transactionid": "x"},
            {"int-appid": "a", "int-companyid": "c", "int-txnid": "x", "int-quota-plan": "0"},
        ),
    ],
)
def test_without_a_token_a_call_is_identified_by_internal_headers(
    write: Write, given: dict[str, str | int], headers: dict[str, str]
) -> None:
    auth = AuthInfo(config=write(given))
    assert auth.is_internal
    assert auth.headers(None, 7) == headers


@pytest.mark.parametrize(("token", "sent"), [("old&=", "old&="), (None, "")])
def test_a_refresh_asks_with_key_secret_and_the_old_token(token: str | None, sent: str) -> None:
    query = AuthInfo("k /+", "s&?").refresh_query(token)
    assert parse_qsl(query, keep_blank_values=True) == [
        ("consumerkey", "k /+"),
        ("consumersecret", "s&?"),
        ("oldtoken", sent),
    ]


def answer(content: object, status: int = 200) -> Response:
    return Response(status, {}, content if isinstance(content, bytes) else json.dumps(content).encode())


def test_a_refresh_answers_with_the_new_token() -> None:
    assert refreshed_token(answer({"accessToken": "new", "validityTime": 0})) == "new"


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>", b"[]", {}, {"accessToken": None}, {"accessToken": 5}]
    + [{"accessToken": token} for token in ("", "hunter2 hunter2", "hunter2\n", "hunter2\x00")],
)
def test_a_refresh_without_a_usable_token_raises_and_does_not_show_it(content: object) -> None:
    with pytest.raises(UnexpectedResponseError, match=r"auth\.refresh: .*no usable accessToken") as caught:
        refreshed_token(answer(content))
    assert (caught.value.body, caught.value.status) == ("", 200)


def test_a_token_that_no_header_can_hold_is_not_usable() -> None:
    with pytest.raises(UnexpectedResponseError):
        refreshed_token(answer({"accessToken": "tøken€"}))


@pytest.mark.parametrize(
    ("status", "kind"), [(500, ServerError), (429, RateLimitError), (204, UnexpectedResponseError)]
)
def test_a_refused_refresh_raises_what_was_answered(status: int, kind: type[ApiError]) -> None:
    with pytest.raises(kind) as caught:
        refreshed_token(answer({"errorCode": 1, "userMsg": "wrong secret"}, status))
    assert type(caught.value) is kind
    assert (caught.value.code, caught.value.description) == ("1", "wrong secret")


def test_a_call_whose_token_cannot_be_refreshed_was_not_processed() -> None:
    refused = ServerError(
        "", status=500, code="1", raw_code="1", description="wrong secret", operation="auth.refresh"
    )
    error = refresh_failure(refused, "contacts.get")
    assert type(error) is AuthenticationError
    assert (error.status, error.code, error.raw_code, error.description) == (500, "1", "1", "wrong secret")
    assert (error.operation, error.outcome) == ("contacts.get", "REJECTED")
    assert "the token service answered 500 (wrong secret)" in str(error)
    assert "no description" in str(refresh_failure(ServerError("", status=502), "contacts.get"))


@pytest.mark.parametrize(
    "kind", [ConnectionFailedError, RequestTimeoutError, UntrustedServerError, ConfigurationError]
)
@pytest.mark.parametrize("outcome", ["NOT_SENT", "UNKNOWN"])
def test_a_token_service_out_of_reach_means_that_the_call_was_not_sent(
    kind: type[ScgError], outcome: str
) -> None:
    failed = kind("lost", outcome="UNKNOWN" if outcome == "UNKNOWN" else "NOT_SENT")
    error = refresh_failure(failed, "contacts.create")
    assert type(error) is kind
    assert (error.operation, error.outcome) == ("contacts.create", "NOT_SENT")
    assert str(error).startswith("contacts.create: the token service could not be reached")
