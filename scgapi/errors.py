"""Every error of scgapi, below `ScgError`.

Errors are data: they carry the operation, the status, the gateway's code and the attempts made, they pickle,
and they hold no secret, no message body and no whole phone number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from scgapi._core.outcome import Outcome


class ScgError(Exception):
    """Base of every error that scgapi raises.

    Attributes:
        message: what happened and what to do next.
        operation: the operation's name, such as `"contacts.update"`; None outside a call.
        outcome: what is known of the call's effect (`"NOT_SENT"`, `"REJECTED"`, `"ACCEPTED"`,
            `"ACCEPTED_UNPARSED"` or `"UNKNOWN"`).
        attempts: how many times the request was tried.
    """

    message: str
    operation: str | None
    outcome: Outcome
    attempts: int

    def __init__(
        self,
        message: str,
        *,
        operation: str | None = None,
        outcome: Outcome = "NOT_SENT",
        attempts: int = 0,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.operation = operation
        self.outcome = outcome
        self.attempts = attempts

    def __str__(self) -> str:
        tried = f" (after {self.attempts} attempts)" if self.attempts > 1 else ""
        return self.message + tried

    def __reduce__(self) -> tuple[object, ...]:
        return _restore, (type(self), self.args), self.__dict__.copy()


def _restore(kind: type[ScgError], args: tuple[object, ...]) -> ScgError:
    error = kind.__new__(kind)
    error.args = args
    return error


class ConfigurationError(ScgError):
    """Credentials or settings are missing or malformed; nothing was sent."""


class InvalidArgumentError(ScgError, ValueError):
    """An argument was refused before anything was sent; `field` names it."""

    field: str | None

    def __init__(self, message: str, *, operation: str | None = None, field: str | None = None) -> None:
        super().__init__(message, operation=operation)
        self.field = field


class EventError(ScgError, ValueError):
    """What was posted, or read from a file, is no event of the gateway."""


class ConnectionFailedError(ScgError):
    """No response came back: see `outcome` for whether the request may have had its effect."""


class RequestTimeoutError(ConnectionFailedError):
    """A time limit ran out before a response was complete: the call's own, or that of a connection that says nothing."""


class OutcomeUnknownError(ScgError):
    """A send may have reached its recipients, or not: it was not sent again by itself.

    `outcome` is `"UNKNOWN"`, or `"ACCEPTED_UNPARSED"` where the gateway took it and its answer was lost. What went
    wrong is its `__cause__`.

    Attributes:
        external_id: look the send up by it before you send again, with
            `message_requests.list(external_id=…)`; None if it was sent without one.
    """

    external_id: str | None = None


class UnknownHostError(ConnectionFailedError):
    """The host's name cannot be found: check the `url`. Nothing was sent."""


class UntrustedServerError(ConnectionFailedError):
    """The peer's TLS certificate does not hold; nothing was sent and nothing will be tried again."""


class WaitTimeoutError(ScgError):
    """What was waited for did not end in time; it may still do so later.

    Attributes:
        state: the last state seen, or None if there was none to be seen.
        waited: seconds spent waiting.
        attempts: how many times it was read.
    """

    state: str | None
    waited: float

    def __init__(
        self,
        message: str,
        *,
        state: str | None = None,
        waited: float = 0.0,
        operation: str | None = None,
        outcome: Outcome = "UNKNOWN",
        attempts: int = 0,
    ) -> None:
        super().__init__(message, operation=operation, outcome=outcome, attempts=attempts)
        self.state = state
        self.waited = waited


class ApiError(ScgError):
    """The gateway answered with an error, or with something that is none of its answers.

    Attributes:
        status: the HTTP status.
        request: method and path of the operation, without ids and filters.
        code: the gateway's code without its `SCG_ERROR_` prefix (`"4001"`), or None.
        raw_code: the code as it was sent.
        description: the gateway's text, phone numbers masked.
        headers: the response's headers, names in lower case, without cookies.
        body: the start of the response's body, phone numbers masked.
        retry_after: seconds the gateway asked to wait, or None.
    """

    status: int
    request: str
    code: str | None
    raw_code: str | None
    description: str | None
    headers: Mapping[str, str]
    body: str
    retry_after: float | None

    def __init__(
        self,
        message: str,
        *,
        status: int,
        request: str = "",
        code: str | None = None,
        raw_code: str | None = None,
        description: str | None = None,
        headers: Mapping[str, str] | None = None,
        body: str = "",
        retry_after: float | None = None,
        operation: str | None = None,
        outcome: Outcome = "UNKNOWN",
        attempts: int = 1,
    ) -> None:
        super().__init__(message, operation=operation, outcome=outcome, attempts=attempts)
        self.status = status
        self.request = request
        self.code = code
        self.raw_code = raw_code
        self.description = description
        self.headers = dict(headers or {})
        self.body = body
        self.retry_after = retry_after


class BadRequestError(ApiError):
    """400: the gateway refused a parameter; `description` names it."""

    http_status: ClassVar[int] = 400


class AuthenticationError(ApiError):
    """401: the token is invalid or expired and could not be refreshed.

    Code 4010 means that the token is good but not for this resource, which no refresh mends.
    """

    http_status: ClassVar[int] = 401


class InsufficientCreditError(ApiError):
    """402: the account lacks funds or its quota is used up."""

    http_status: ClassVar[int] = 402


class PermissionDeniedError(ApiError):
    """403: this application may not use the resource, or the resource's state forbids it."""

    http_status: ClassVar[int] = 403


class NotFoundError(ApiError):
    """404: no such resource. Right after a create the gateway may answer so for a moment."""

    http_status: ClassVar[int] = 404


class ConflictError(ApiError):
    """409: the object changed since it was loaded (1001), or a unique key is taken (1011).

    After 1001 call `refresh()` on the object, apply the change again and `update()`.

    Attributes:
        version: the version that the update was made from, or None.
        current_version: the version that the gateway has now, or None if it could not be read back.
        in_doubt: whether an earlier attempt of the same call may have been applied.
    """

    http_status: ClassVar[int] = 409
    version: int | None = None
    current_version: int | None = None
    in_doubt: bool = False


class UnprocessableError(ApiError):
    """422: the request was understood and could not be carried out."""

    http_status: ClassVar[int] = 422


class RateLimitError(ApiError):
    """429: too many requests; `retry_after` says how long to wait, in seconds."""

    http_status: ClassVar[int] = 429


class ServerError(ApiError):
    """5xx: the gateway, or a proxy before it, failed."""


class UnexpectedResponseError(ApiError):
    """The response is none that the API describes: not JSON, of another shape, or a redirect."""


class UnreadableResponseError(UnexpectedResponseError):
    """A successful response whose body is too large to hold, or packed in a way that was not asked for."""


class PartialFailureError(ApiError):
    """The gateway did a part: `errors` maps each id that failed to the reason, the others succeeded."""

    errors: Mapping[str, str]

    def __init__(
        self,
        message: str,
        *,
        errors: Mapping[str, str],
        status: int,
        operation: str | None = None,
        request: str = "",
        headers: Mapping[str, str] | None = None,
        body: str = "",
    ) -> None:
        super().__init__(
            message,
            status=status,
            operation=operation,
            outcome="ACCEPTED",
            request=request,
            headers=headers,
            body=body,
        )
        self.errors = dict(errors)


def api_error_class(status: int) -> type[ApiError]:
    """The class of an error response: by its status, else `ServerError` or the base of all."""
    for kind in ApiError.__subclasses__():
        if getattr(kind, "http_status", None) == status:
            return kind
    if status >= 500:
        return ServerError
    return UnexpectedResponseError if status < 400 else ApiError
