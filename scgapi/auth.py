"""Credentials, from arguments, a JSON file or the environment, and the protocol that refreshes a token."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from scgapi._core.describe import describe_value, with_article
from scgapi._core.json import is_object, parse_object
from scgapi._core.operation import Operation
from scgapi._core.request import is_base_url
from scgapi._core.response import Response, api_error, unexpected_response_error
from scgapi._core.text import describe_path, is_seconds, is_token
from scgapi._core.tracebacks import trim_tracebacks
from scgapi.errors import ApiError, AuthenticationError, ConfigurationError, ScgError

if TYPE_CHECKING:
    from scgapi._core.token_state import StoredToken

REFRESH = Operation("auth.refresh", "GET", "/apptoken-refresh", service="token")

_TEXT_KEYS = ("key", "secret", "token", "url", "transactionid", "token_file")
_NUMBER_KEYS = ("appid", "companyid", "quotaplan")
_KNOWN_KEYS = (*_TEXT_KEYS, *_NUMBER_KEYS, "retries")
# Keys of other SDKs' files, in lower case and without dashes and underscores.
_SYNONYMS = {
    "consumerkey": "key",
    "consumersecret": "secret",
    "accesstoken": "token",
    "apptoken": "token",
    "bearer": "token",
    "baseuri": "url",
    "baseurl": "url",
    "host": "url",
    "applicationid": "appid",
}
_MIN_SECRET_CHARACTERS = 8
"""Length from which a secret is removed wherever it occurs. A shorter one may occur within other words."""
_EXAMPLE = '{"token": "…"}'
_ENVIRONMENT_VARIABLES = ("SCG_TOKEN", "SCG_KEY", "SCG_SECRET", "SCG_URL", "SCG_CONFIG", "SCG_TOKEN_FILE")

_HELP = (
    "No credentials: pass AuthInfo(token=…) (with key=… and secret=… to have an expired token refreshed), "
    'AuthInfo(config="auth.json") with those keys in a JSON object, or set SCG_TOKEN (with SCG_KEY and SCG_SECRET) '
    "or SCG_CONFIG in the environment, with SCG_URL for another host than the public one. To try without an account: scgapi.sandbox.Sandbox()"
)


class AuthInfo:
    """Credentials for the gateway, and optionally its URL.

    Without arguments they come from the environment: `SCG_TOKEN`, `SCG_KEY`, `SCG_SECRET`, `SCG_URL`,
    `SCG_TOKEN_FILE`, or the file that `SCG_CONFIG` names. Arguments take precedence over the file.

    Args:
        key: consumer key of the application; with `secret` it refreshes an expired token.
        secret: consumer secret of the application.
        token: access token of the application.
        config: path of a JSON file (`auth.json`) whose object holds any of these names.
        url: scheme and host of the gateway, if it is not the public one.
        retries: number of times that a failed call is tried again, if no `RetryPolicy` is passed.
        appid: application id, for the internal header mode, which uses no token.
        companyid: company id, for the internal header mode.
        quotaplan: quota plan, for the internal header mode.
        transactionid: transaction id, for the internal header mode. Without one, the client numbers its calls.
        token_file: path of a file that stores the latest token, for all processes that name it. It is created when the
            token is first refreshed, readable by its owner only, and takes precedence over `token`. Needs `key` and
            `secret`.

    Raises:
        ConfigurationError: there are no credentials, or the file is missing, is not JSON, or holds a wrong type.
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
            raise ConfigurationError(
                f"AuthInfo: config must be the path of a JSON file, got {with_article(type(config).__name__)}"
            )
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
        # The process may change its working directory later.
        self.token_file: str | None = None if shared is None else os.path.abspath(shared)
        count = values.get("retries")
        self.retries: int | None = count if isinstance(count, int) else None
        if not (self.token or self.can_refresh or self.is_internal):
            raise ConfigurationError(self._missing_credentials())
        if self.token_file and not self.can_refresh:
            raise ConfigurationError(
                f"{self.config or 'AuthInfo'}: token_file needs key and secret, which refresh the token in it: pass both"
            )

    def _missing_credentials(self) -> str:
        """Return the text of the error about incomplete credentials."""
        source = self.config or "AuthInfo"
        for one, other in (
            ("key", "secret"),
            ("secret", "key"),
            ("appid", "companyid"),
            ("companyid", "appid"),
        ):
            if getattr(self, one):
                text = (
                    f"{source}: {with_article(one)} without {with_article(other)} is no credential: pass both"
                )
                return (
                    f"{text}. An access token is passed as token: AuthInfo(token=…)" if one == "key" else text
                )
        if self.config is None:
            return _HELP
        return f"{source}: holds no token, no key with a secret, and no appid with a companyid. {_HELP}"

    @property
    def can_refresh(self) -> bool:
        """True if an expired token can be refreshed: there is a key and a secret."""
        return bool(self.key and self.secret)

    @property
    def is_internal(self) -> bool:
        """True if internal headers replace the token: there is no token, but an application and a company."""
        return not (self.token or self.token_file) and bool(self.appid and self.companyid)

    def headers(self, token: str | None, transaction: int) -> dict[str, str]:
        """Return the headers that authenticate a call."""
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
        """Return the query of a refresh. It holds the secret, so its URL must appear in no log and no error."""
        return urlencode({"consumerkey": self.key, "consumersecret": self.secret, "oldtoken": token or ""})

    def without_secrets(self, response: Response, token: str | None) -> Response:
        """Remove the secrets from an error response: the token service repeats the query in it."""
        if response.status == 200:
            return response
        content = response.content
        for secret in filter(None, (self.key, self.secret, self.token, token)):
            for form in {secret, quote(secret, safe="")}:
                content = _without(form.encode(), content)
        return Response(response.status, {**response.headers, "location": ""}, content)

    def __repr__(self) -> str:
        shown = [f"{name}=***" for name in ("key", "secret", "token") if getattr(self, name)]
        shown += [
            f"{name}={getattr(self, name)!r}"
            for name in ("config", "url", "token_file")
            if getattr(self, name)
        ]
        return f"AuthInfo({', '.join(shown)})"


trim_tracebacks(AuthInfo, "__init__")


@dataclass(frozen=True, slots=True)
class RefreshedToken:
    """An access token that the token service has issued. Its text is not in the repr.

    Attributes:
        token: the token.
        obtained: when it was issued.
        validity: seconds from then for which it is valid; None if it does not expire.
    """

    token: str = field(repr=False)
    obtained: datetime
    validity: float | None


def refreshed_token(response: Response) -> str:
    """Return the token in the token service's response (docs/api-notes.md, note 3).

    Raises:
        ApiError: the token service refused, or its response is not a token.
    """
    if response.status != 200:
        raise api_error(REFRESH, response, datetime.now(UTC))
    token = parse_object(response.content).get("accessToken")
    if not is_token(token):
        raise unexpected_response_error(
            REFRESH, Response(response.status, response.headers, b""), "no usable accessToken"
        )
    return token


def parse_refresh(response: Response, now: float) -> StoredToken:
    """Return the token in the token service's response, as it is stored.

    Raises:
        ApiError: the token service refused, or its response is not a token.
    """
    # A client whose token is not refreshed does not load this module.
    from scgapi._core.token_state import StoredToken

    validity = parse_object(response.content).get("validityTime")
    return StoredToken(refreshed_token(response), now, float(validity) if is_seconds(validity) else 0.0)


def refresh_failure(error: ScgError, operation: str, *, lost: bool = False) -> ScgError:
    """Return the error of a call whose token could not be refreshed; the call was not processed.

    `lost` is True if an earlier response of the token service, which may have held a new token, was lost.
    """
    if not isinstance(error, ApiError):
        why = error.message.removeprefix(f"{REFRESH.name}: ")
        text = f"{operation}: the token service could not be reached, and the call was not processed: {why}"
        failure = type(error)(text, operation=operation, outcome="NOT_SENT")
        failure.__cause__ = error.__cause__
        return failure
    refusal = f"the token service answered {error.status} ({error.description or 'no description'})"
    if lost:
        text = (
            f"an earlier response of the token service, with a new token, did not come, and now {refusal}: the token is "
            "lost. Take a new one from the portal and give it as token"
        )
    else:
        text = (
            f"the token was refused and could not be refreshed: {refusal}. Check key and secret, or take a new token "
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


def _without(secret: bytes, content: bytes) -> bytes:
    if len(secret) >= _MIN_SECRET_CHARACTERS:
        return content.replace(secret, b"***")
    # A short secret, such as a single letter, also occurs within other words.
    return re.sub(rb"(?<![A-Za-z0-9])" + re.escape(secret) + rb"(?![A-Za-z0-9])", b"***", content)


def _from_environment(environment: Mapping[str, str]) -> tuple[dict[str, object], str | None]:
    found = {name: environment[name] for name in _ENVIRONMENT_VARIABLES if environment.get(name)}
    config = found.pop("SCG_CONFIG", None)
    if not found and config is None:
        raise ConfigurationError(_HELP)
    return {name.removeprefix("SCG_").lower(): value for name, value in found.items()}, config


def _from_file(path: Path) -> dict[str, object]:
    try:
        # Windows editors begin a file with a byte order mark.
        content = path.read_text("utf-8-sig")
    except OSError as error:
        raise ConfigurationError(
            f"{describe_path(path)}: cannot be read: {error.strerror}. "
            "config is the path of a JSON file, relative to the working directory"
        ) from None
    except UnicodeDecodeError:
        content = ""
    except ValueError as error:
        raise ConfigurationError(f"AuthInfo: config cannot be a path: {error}") from None
    where = ""
    try:
        value: object = json.loads(content)
    except json.JSONDecodeError as error:
        # Raised below: the chained error would hold the content.
        where = f" (line {error.lineno}, column {error.colno})"
    except RecursionError:
        where = " (nested too deep)"
    else:
        if is_object(value):
            _refuse_misspelt(value, str(path))
            return _checked({name: item for name, item in value.items() if item is not None}, str(path))
        raise ConfigurationError(
            f"{path}: must hold a JSON object such as {_EXAMPLE}, holds {'null' if value is None else with_article(type(value).__name__)}"
        )
    raise ConfigurationError(f"{path}: is not JSON{where}: write an object such as {_EXAMPLE}")


def _refuse_misspelt(values: Mapping[str, object], path: str) -> None:
    """Refuse an unknown key that resembles a known one: its value would be ignored without notice."""
    for name in values:
        if name in _KNOWN_KEYS:
            continue
        # Imported on a mistake only.
        from difflib import get_close_matches

        plain = name.lower().replace("_", "").replace("-", "")
        near = _SYNONYMS.get(plain) or next(
            iter(get_close_matches(plain, _KNOWN_KEYS, n=1, cutoff=0.75)), None
        )
        if near is not None and values.get(near) is None:
            raise ConfigurationError(f"{path}: unknown key {name!r}: did you mean {near!r}?")


def _checked(values: dict[str, object], source: str) -> dict[str, object]:
    """Return the known keys; raise if a value has the wrong type. Ids may be numbers or text."""
    for name in _TEXT_KEYS:
        if name in values and not isinstance(values[name], str):
            raise ConfigurationError(
                f"{source}: {name} must be a string, got {with_article(type(values[name]).__name__)}"
            )
    for name in _NUMBER_KEYS:
        if name in values and (not isinstance(values[name], str | int) or isinstance(values[name], bool)):
            raise ConfigurationError(
                f"{source}: {name} must be a string or a number, got {with_article(type(values[name]).__name__)}"
            )
    for name in ("key", "secret"):
        value = values.get(name)
        if isinstance(value, str) and (value != value.strip() or not value.isprintable()):
            raise ConfigurationError(
                f"{source}: {name} begins or ends with a blank, or holds a line end or another control character: "
                "pass it without"
            )
    for name in ("token", "transactionid", *_NUMBER_KEYS):
        value = values.get(name)
        if isinstance(value, str) and value and not is_token(value):
            raise ConfigurationError(
                f"{source}: {name} holds a character that no header can, such as a blank or a line end: "
                "copy it anew"
            )
    if "\0" in str(values.get("token_file")):
        raise ConfigurationError(f"{source}: token_file cannot be a path: it holds a null character")
    url = values.get("url")
    if isinstance(url, str) and url and not is_base_url(url):
        raise ConfigurationError(
            f"{source}: url must be a scheme and a host such as https://api.syniverse.com; paths go into the client's prefixes"
        )
    retries = values.get("retries", 0)
    if not isinstance(retries, int) or isinstance(retries, bool) or retries < 0:
        raise ConfigurationError(
            f"{source}: retries must be a number, 0 or more, got {describe_value(retries)}"
        )
    return {name: value for name, value in values.items() if name in _KNOWN_KEYS}


def _text(values: Mapping[str, object], name: str) -> str | None:
    value = values.get(name)
    return None if value is None or value == "" else str(value)
