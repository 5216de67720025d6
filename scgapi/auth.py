"""Credentials: from arguments, a JSON file or the environment, and the protocol that renews the token."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from scgapi._core.json import is_object, object_in
from scgapi._core.operation import Operation
from scgapi._core.request import is_host
from scgapi._core.response import Response, error_of, unexpected
from scgapi._core.text import is_seconds, is_token
from scgapi.errors import ApiError, AuthenticationError, ConfigurationError, ScgError

if TYPE_CHECKING:
    from scgapi._core.token_state import Stored

REFRESH = Operation("auth.refresh", "GET", "/apptoken-refresh", service="token")

_TEXTS = ("key", "secret", "token", "url", "transactionid", "token_file")
_NUMBERS = ("appid", "companyid", "quotaplan")
_ENVIRONMENT = ("SCG_TOKEN", "SCG_KEY", "SCG_SECRET", "SCG_URL", "SCG_CONFIG", "SCG_TOKEN_FILE")

_HELP = (
    "no credentials. Pass AuthInfo(token=…) (with key=… and secret=… to have an expired token renewed), "
    'AuthInfo(config="auth.json") with those keys in a JSON object, or set SCG_TOKEN (with SCG_KEY and SCG_SECRET) '
    "or SCG_CONFIG in the environment, with SCG_URL for another host than the public one. To try without an account: scgapi.sandbox.Sandbox()"
)


class AuthInfo:
    """Credentials for the gateway, and optionally where it is.

    With no argument at all they come from the environment: `SCG_TOKEN`, `SCG_KEY`, `SCG_SECRET`, `SCG_URL`,
    `SCG_TOKEN_FILE`, or the file that `SCG_CONFIG` names. Arguments win over the file.

    Args:
        key: consumer key of the application; with `secret` it renews an expired token.
        secret: consumer secret of the application.
        token: access token of the application.
        config: path of a JSON file (`auth.json`) whose object holds any of these names.
        url: scheme and host of the gateway, where it is not the public one.
        retries: how often a failed call is tried again, where no `RetryPolicy` is given.
        appid: application id, for the internal header mode that does without a token.
        companyid: company id, for the internal header mode.
        quotaplan: quota plan, for the internal header mode.
        transactionid: transaction id, for the internal header mode; numbered by the client if left out.
        token_file: path of a file where the newest token is kept, for all processes that name it; made when a token
            is first renewed, readable by its owner only. What it holds wins over `token`. Needs `key` and `secret`.

    Raises:
        ConfigurationError: nothing given, or the file is missing, not JSON, or holds a wrong type.
    """

    __slots__ = (
        "appid", "companyid", "config", "key", "quotaplan", "retries", "secret", "token", "token_file",
        "transactionid", "url",
    )  # fmt: skip

    def __init__(
        self,
        key: str | None = None,
        secret: str | None = None,
        token: str | None = None,
        config: str | os.PathLike[str] | None = None,
        *,
        url: str | None = None,
        retries: int | None = None,
        appid: str | int | None = None,
        companyid: str | int | None = None,
        quotaplan: str | int | None = None,
        transactionid: str | None = None,
        token_file: str | os.PathLike[str] | None = None,
    ) -> None:
        given: dict[str, object] = {
            "key": key, "secret": secret, "token": token, "url": url, "retries": retries, "appid": appid,
            "companyid": companyid, "quotaplan": quotaplan, "transactionid": transactionid,
            "token_file": os.fspath(token_file) if isinstance(token_file, os.PathLike) else token_file,
        }  # fmt: skip
        given = {name: value for name, value in given.items() if value is not None}
        if not given and config is None:
            given, config = _from_environment(os.environ)
        if not isinstance(config, str | os.PathLike | None):
            raise ConfigurationError(f"AuthInfo: config must be a path, is a {type(config).__name__}")
        values = (_from_file(Path(config)) if config is not None else {}) | _checked(given, "AuthInfo")
        self.config: str | None = None if config is None else os.fspath(config)
        self.key: str | None = _text(values, "key")
        self.secret: str | None = _text(values, "secret")
        self.token: str | None = _text(values, "token")
        self.url: str | None = _text(values, "url")
        self.appid: str | None = _text(values, "appid")
        self.companyid: str | None = _text(values, "companyid")
        self.quotaplan: str | None = _text(values, "quotaplan")
        self.transactionid: str | None = _text(values, "transactionid")
        shared = _text(values, "token_file")
        # Wherever the process goes meanwhile.
        self.token_file: str | None = None if shared is None else os.path.abspath(shared)
        count = values.get("retries")
        self.retries: int | None = count if isinstance(count, int) else None
        if not (self.token or self.is_renewable or self.is_internal):
            where = (
                f"{self.config}: holds neither token, nor key and secret, nor appid and companyid; "
                * bool(config)
            )
            raise ConfigurationError(where + _HELP)
        if self.token_file and not self.is_renewable:
            raise ConfigurationError("AuthInfo: token_file needs key and secret, which renew the token in it")

    @property
    def is_renewable(self) -> bool:
        """Whether an expired token can be renewed."""
        return bool(self.key and self.secret)

    @property
    def is_internal(self) -> bool:
        """Whether calls are identified by internal headers: no token, but an application and a company."""
        return not (self.token or self.token_file) and bool(self.appid and self.companyid)

    def headers(self, token: str | None, transaction: int) -> dict[str, str]:
        """The headers that identify a call."""
        if token:
            return {"authorization": f"Bearer {token}"}
        internal = {
            "int-companyid": self.companyid,
            "int-appid": self.appid,
            "int-txnid": self.transactionid or f"{self.companyid}-{self.appid}-{transaction}",
            "int-quota-plan": self.quotaplan,
        }
        return {name: value for name, value in internal.items() if value}

    def refresh_query(self, token: str | None) -> str:
        """The query of a refresh call. It holds the secret: the URL with it must never be shown."""
        return urlencode({"consumerkey": self.key, "consumersecret": self.secret, "oldtoken": token or ""})

    def without_secrets(self, response: Response, token: str | None) -> Response:
        """A refused renewal as it may be shown: the token service repeats what it was asked with."""
        if response.status == 200:
            return response
        content = response.content
        for secret in (self.key, self.secret, self.token, token):
            for form in {secret, quote(secret or "", safe="")}:
                content = content.replace(form.encode(), b"***") if form else content
        return Response(response.status, {**response.headers, "location": ""}, content)

    def __repr__(self) -> str:
        shown = [f"{name}=***" for name in ("key", "secret", "token") if getattr(self, name)]
        shown += [
            f"{name}={getattr(self, name)!r}"
            for name in ("config", "url", "token_file")
            if getattr(self, name)
        ]
        return f"AuthInfo({', '.join(shown)})"


def refreshed_token(response: Response) -> str:
    """The token in a refresh's answer: 200 `{"accessToken", "validityTime"}`; a wrong secret answers 500.

    Raises:
        ApiError: the token service refused, or answered something else.
    """
    if response.status != 200:
        raise error_of(REFRESH, response, datetime.now(UTC))
    token = object_in(response.content).get("accessToken")
    if not is_token(token):
        raise unexpected(REFRESH, Response(response.status, response.headers, b""), "no usable accessToken")
    return token


def renewed_at(response: Response, now: float) -> Stored:
    """The token in a refresh's answer, as it is kept.

    Raises:
        ApiError: the token service refused, or answered something else.
    """
    validity = object_in(response.content).get("validityTime")
    from scgapi._core.token_state import Stored  # a token that stays needs nothing of it

    return Stored(refreshed_token(response), now, float(validity) if is_seconds(validity) else 0.0)


def refresh_failure(error: ScgError, operation: str, *, lost: bool = False) -> ScgError:
    """What a failed renewal means for the call that needed it: that call was not processed.

    `lost`: an earlier answer of the token service, which may have held a new token, had not come.
    """
    if not isinstance(error, ApiError):
        text = f"{operation}: the token service could not be reached ({type(error).__name__}); the call was not processed"
        return type(error)(text, operation=operation, outcome="NOT_SENT")
    answer = f"the token service answered {error.status} ({error.description or 'no description'})"
    if lost:
        text = (
            f"an earlier answer of the token service, with a new token, did not come, and now {answer}: the token is "
            "lost. Take a new one from the portal and give it as token"
        )
    else:
        text = (
            f"the token was refused and could not be renewed: {answer}. Check key and secret, or take a new token "
            "from the portal"
        )
    return AuthenticationError(
        f"{operation}: {text}",
        status=error.status,
        code=error.code,
        raw_code=error.raw_code,
        description=error.description,
        retry_after=error.retry_after,
        operation=operation,
        outcome="REJECTED",
    )


def _from_environment(environment: Mapping[str, str]) -> tuple[dict[str, object], str | None]:
    found = {name: environment[name] for name in _ENVIRONMENT if environment.get(name)}
    config = found.pop("SCG_CONFIG", None)
    if not found and config is None:
        raise ConfigurationError(_HELP)
    return {name.removeprefix("SCG_").lower(): value for name, value in found.items()}, config


def _from_file(path: Path) -> dict[str, object]:
    try:
        content = path.read_text("utf-8-sig")  # Windows editors begin a file with a mark
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        content = ""
    except ValueError as error:
        raise ConfigurationError(f"config cannot be a path: {error}") from None
    try:
        value: object = json.loads(content)
    except (ValueError, RecursionError):
        value = None  # raised below: the chained error would hold the content
    else:
        if is_object(value):
            return _checked({name: item for name, item in value.items() if item is not None}, str(path))
        raise ConfigurationError(f"{path}: must hold a JSON object, holds a {type(value).__name__}")
    raise ConfigurationError(f"{path}: is not JSON")


def _checked(values: dict[str, object], source: str) -> dict[str, object]:
    """The known names, each of its type; numbers that identify may be written as numbers or as text."""
    for name in _TEXTS:
        if name in values and not isinstance(values[name], str):
            raise ConfigurationError(f"{source}: {name} must be a string, is a {type(values[name]).__name__}")
    for name in _NUMBERS:
        if name in values and (not isinstance(values[name], str | int) or isinstance(values[name], bool)):
            raise ConfigurationError(
                f"{source}: {name} must be text or a number, is a {type(values[name]).__name__}"
            )
    for name in ("token", "transactionid", *_NUMBERS):
        value = values.get(name)
        if isinstance(value, str) and value and not is_token(value):
            raise ConfigurationError(
                f"{source}: {name} holds a character that no header can, such as a blank or a line end"
            )
    if "\0" in str(values.get("token_file")):
        raise ConfigurationError(f"{source}: token_file cannot be a path: it holds a null character")
    url = values.get("url")
    if isinstance(url, str) and url and not is_host(url):
        raise ConfigurationError(
            f"{source}: url must be a scheme and a host such as https://api.syniverse.com"
        )
    retries = values.get("retries", 0)
    if not isinstance(retries, int) or isinstance(retries, bool) or retries < 0:
        raise ConfigurationError(f"{source}: retries must be a number, 0 or more")
    return {name: value for name, value in values.items() if name in (*_TEXTS, *_NUMBERS, "retries")}


def _text(values: Mapping[str, object], name: str) -> str | None:
    value = values.get(name)
    return None if value is None or value == "" else str(value)
