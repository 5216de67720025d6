# Generated from scgapi/_async/base_client.py by tools/generate.py: edit that file.
"""The base of a client: options, calls by path, warming up and closing."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from types import TracebackType
from typing import TYPE_CHECKING, NoReturn, Self

from scgapi._core.describe import describe_value, is_number, with_article
from scgapi._core.doubt import OnUnknown, on_unknown_problem
from scgapi._core.operation import Method
from scgapi._core.request import (
    API_PREFIX,
    ATTACHMENT_PREFIX,
    DEFAULT_URL,
    TOKEN_PREFIX,
    Endpoints,
    build_arbitrary_request,
)
from scgapi._core.response import parse_json
from scgapi._core.retry import RetryPolicy
from scgapi._core.tracebacks import trim_tracebacks
from scgapi._http.attempt import TransportName
from scgapi._io.network import Network, Verify
from scgapi._io.threads.concurrency import in_place, must_not_block
from scgapi._sync.pipeline import Pipeline
from scgapi._sync.transport.transport import Transport
from scgapi.auth import AuthInfo
from scgapi.errors import ConfigurationError, InvalidArgumentError

if TYPE_CHECKING:
    import httpx
    from pydantic import JsonValue


class BaseClient:
    """The client as resources use it; `Client` adds the resources."""

    def __init__(
        self,
        auth: AuthInfo | None = None,
        *,
        url: str | None = None,
        timeout: float | None = None,
        retry: RetryPolicy | None = None,
        http_client: httpx.Client | None = None,
        transport: TransportName = "httpx",
        proxy: str | None = None,
        verify: Verify | None = None,
        trust_env: bool = False,
        api_prefix: str = API_PREFIX,
        attachment_prefix: str = ATTACHMENT_PREFIX,
        token_prefix: str = TOKEN_PREFIX,
        on_unknown: OnUnknown = "raise",
    ) -> None:
        self._auth = AuthInfo() if auth is None else auth
        if not isinstance(self._auth, AuthInfo):
            raise ConfigurationError(
                f"auth must be an AuthInfo, such as AuthInfo(token=…), got {with_article(type(self._auth).__name__)}"
            )
        _check_options(timeout, retry, on_unknown)
        self.on_unknown: OnUnknown = on_unknown
        host = url or self._auth.url or DEFAULT_URL
        endpoints = Endpoints(host, api_prefix, attachment_prefix, token_prefix)
        if retry is None:
            tries = self._auth.retries
            retry = RetryPolicy() if tries is None else RetryPolicy(attempts=tries + 1)
        if http_client is not None and (proxy is not None or verify is not None or trust_env):
            raise ConfigurationError(
                "proxy, verify and trust_env go on the http_client itself: pass them to httpx, or leave http_client out"
            )
        network = Network(endpoints.url, proxy=proxy, verify=verify, trust_env=trust_env)
        self._transport = Transport(http_client, transport, network)
        self._pipeline = Pipeline(self._auth, endpoints, self._transport, retry=retry, timeout=timeout)

    def with_options(
        self,
        *,
        timeout: float | None = None,
        retry: RetryPolicy | None = None,
        on_unknown: OnUnknown | None = None,
    ) -> Self:
        """Return a client with other options that shares connections, token and retry budget with this one.

        For a single call: `client.with_options(timeout=5).messages.get(message_id)`. Closing either closes both.

        Raises:
            ConfigurationError: a value is out of its range.
        """
        _check_options(timeout, retry, self.on_unknown if on_unknown is None else on_unknown)
        other = object.__new__(type(self))
        other._auth = self._auth
        other._transport = self._transport
        other._pipeline = self._pipeline.with_options(retry, timeout)
        other.on_unknown = on_unknown or self.on_unknown
        return other

    def warm_up(self, *resources: str) -> None:
        """Load now what the first call would load: modules, certificates, and the models of these resources.

        In an event loop this happens in a thread, so that other tasks go on, and entering the client does it for all
        but the models. `client.warm_up("message_requests", "messages")` in a server's start-up keeps the first
        request from waiting for them. Outside of an event loop, only this call does it.

        Args:
            resources: names of the client's attributes.

        Raises:
            InvalidArgumentError: the client has no such resource.
        """
        for name in resources:
            if name not in type(self).__annotations__:
                raise InvalidArgumentError(f"warm_up: the client has no resource {name!r}", field="resources")
        self._transport.warm_up()
        in_place(self._load_models, resources)

    def _load_models(self, resources: tuple[str, ...]) -> None:
        # Loads pydantic, and the modules that all models use.
        import_module(f"{__package__}.resource")
        for name in resources:
            getattr(self, name)

    def request(self, method: Method, path: str, *, json: JsonValue = None) -> JsonValue:
        """Make a call that this package has no method for, with the token, the retries and the time limit of all calls.

        After a doubtful outcome only a GET is repeated: what a second POST or DELETE would do is unknown.
        Calls that were certainly refused, such as by 429, are repeated as always.

        Args:
            method: `GET`, `POST`, `PUT` or `DELETE`.
            path: path below `api_prefix` with its query, percent-encoded: `/contacts?limit=1`.
            json: the body, as values that JSON knows; None sends no body.

        Returns:
            The JSON value of the response; None if the response is empty.

        Raises:
            InvalidArgumentError: the method or the path is malformed, or `json` cannot be written as JSON; nothing was
                sent.
            ScgError: the call failed; its `outcome` says what is known of its effect.
        """
        call = build_arbitrary_request(self._pipeline.endpoints, method, path, json)
        return self._pipeline.call(call, partial(parse_json, call.operation))

    def __enter__(self) -> Self:
        if must_not_block():
            self.warm_up()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections. Closing twice does no harm."""
        self._pipeline.close()
        self._transport.close()

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            f"{type(self).__name__} cannot be pickled or copied: it holds secrets and connections. Create one in each "
            "process from its AuthInfo; with_options() makes a variant"
        )

    def __repr__(self) -> str:
        return f"{type(self).__name__}(url={self._pipeline.endpoints.url!r})"


trim_tracebacks(BaseClient)
trim_tracebacks(BaseClient, "__init__")


def _check_options(timeout: float | None, retry: RetryPolicy | None, on_unknown: OnUnknown) -> None:
    if timeout is not None and not (is_number(timeout) and 0 < timeout < float("inf")):
        raise ConfigurationError(
            f"timeout must be a number of seconds, more than 0, or None, got {describe_value(timeout)}"
        )
    if not isinstance(retry, RetryPolicy | None):
        raise ConfigurationError(
            f"retry must be a RetryPolicy, such as RetryPolicy(attempts=3), got {describe_value(retry)}"
        )
    problem = on_unknown_problem(on_unknown)
    if problem is not None:
        raise ConfigurationError(problem)
