"""All errors of scgapi; their base class is `ScgError`.

Errors hold the operation, the status, the gateway's code and the number of attempts. They can be pickled, and contain no
secrets, message bodies or complete phone numbers.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import ClassVar, Literal, TypeAlias

Outcome: TypeAlias = Literal["NOT_SENT", "REJECTED", "ACCEPTED", "ACCEPTED_UNPARSED", "UNKNOWN"]
"""Effect of a call, as far as it is known.

NOT_SENT: no byte of the request was sent. REJECTED: the gateway responded that it did nothing. ACCEPTED: the call took
effect. ACCEPTED_UNPARSED: the gateway responded with a success status, but without the result that would prove it; the
call most likely took effect. UNKNOWN: the call may have taken effect.
"""


class ScgError(Exception):
    """Base of every error that scgapi raises.

    Attributes:
        message: what happened and what to do next.
        operation: the operation's name, such as `"contacts.update"`; None outside a call.
        outcome: effect of the call: `"NOT_SENT"`, `"REJECTED"`, `"ACCEPTED"`, `"ACCEPTED_UNPARSED"` or `"UNKNOWN"`.
        attempts: number of attempts made.
        created_id: id of an object that the call had created before it failed, such as the attachment of
            `attachments.create_and_upload()`; else None.
        args: the message and a dict of all other attributes, as JSON values. `type(error)(*error.args)` builds an equal
            error, as task queues with a JSON result backend do.
    """

    message: str
    operation: str | None
    outcome: Outcome
    attempts: int
    created_id: str | None = None

    def __init__(
        self,
        message: str,
        details: Mapping[str, object] | None = None,
        *,
        operation: str | None = None,
        outcome: Outcome = "NOT_SENT",
        attempts: int = 0,
    ) -> None:
        super().__init__()
        self.message = message
        self.operation = operation
        self.outcome = outcome
        self.attempts = attempts
        self._apply(details)

    # A property, because attributes may change after the error is created.
    @property
    def args(self) -> tuple[str, dict[str, object]]:
        """Message and other attributes, from which `type(error)(*error.args)` builds an equal error."""
        details = {name: value for name, value in self.__dict__.items() if name != "message"}
        return self.message, details

    @args.setter
    def args(self, values: tuple[str, dict[str, object]]) -> None:  # pyright: ignore[reportIncompatibleVariableOverride]  # a property
        self.message, details = values
        self._apply(details)

    def _apply(self, details: Mapping[str, object] | None) -> None:
        """Set the attributes of a rebuilt error; `details` is a string if a task queue could not encode it."""
        if isinstance(details, Mapping):
            # Copied, because the original error may still get notes.
            self.__dict__.update((name, copy.copy(value)) for name, value in details.items())

    def __str__(self) -> str:
        tried = f" (after {self.attempts} attempts)" if self.attempts > 1 else ""
        return self.message + tried

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.message!r})"

    def __reduce__(self) -> tuple[object, ...]:
        return _restore, (type(self),), self.__dict__.copy()


def _restore(kind: type[ScgError]) -> ScgError:
    return kind.__new__(kind)


class ConfigurationError(ScgError):
    """Credentials or settings are missing or malformed; nothing was sent."""


class InvalidArgumentError(ScgError, ValueError):  # pyright: ignore[reportIncompatibleVariableOverride]  # args
    """An argument is invalid; nothing was sent. `field` names it."""

    field: str | None

    def __init__(
        self,
        message: str,
        details: Mapping[str, object] | None = None,
        *,
        operation: str | None = None,
        field: str | None = None,
    ) -> None:
        super().__init__(message, operation=operation)
        self.field = field
        self._apply(details)


class EventError(ScgError, ValueError):  # pyright: ignore[reportIncompatibleVariableOverride]  # args
    """A posted body, or the content of a file, is not an event of the gateway."""


class CampaignError(ScgError):
    """A campaign cannot be planned or run as it is; nothing was sent by the call that raised it."""


class RecipientsError(CampaignError):
    """A list of recipients cannot be read: no such column, an empty file, an encoding or a delimiter that is not clear."""


class PlanRefusedError(CampaignError):
    """The text and the list do not fit together: a field of the text that the list does not have, and the like."""


class JournalError(CampaignError):
    """A campaign's journal cannot be used: it is damaged, of another version or program, or its database is away."""


class CampaignHaltedError(CampaignError):
    """A campaign has stopped by itself, after too many errors or a refusal that concerns all sends; `resume()` it."""


class ConnectionFailedError(ScgError):
    """The connection failed before a complete response; `outcome` says if the call may have taken effect."""


class RequestTimeoutError(ConnectionFailedError):
    """A time limit passed before the response was complete: that of the call, or of an idle connection."""


class OutcomeUnknownError(ScgError):
    """A send is in doubt: it may have reached its recipients. The client does not repeat it.

    `outcome` is `"UNKNOWN"`, or `"ACCEPTED_UNPARSED"` if the gateway responded with success and the rest of the response
    was lost. `__cause__` is the original error.

    Attributes:
        external_id: id to look the send up by before you send again, as docs/reliability.md describes; None if it was
            sent without one.
    """

    external_id: str | None

    def __init__(
        self,
        message: str,
        details: Mapping[str, object] | None = None,
        *,
        external_id: str | None = None,
        operation: str | None = None,
        outcome: Outcome = "UNKNOWN",
        attempts: int = 0,
    ) -> None:
        super().__init__(message, operation=operation, outcome=outcome, attempts=attempts)
        self.external_id = external_id
        self._apply(details)


class UnknownHostError(ConnectionFailedError):
    """The host name cannot be resolved: check the `url`. Nothing was sent."""


class UntrustedServerError(ConnectionFailedError):
    """The server's TLS certificate is not trusted. Nothing was sent, and the call is not retried."""


class ProxyRefusedError(ConnectionFailedError):
    """The proxy refused to connect to the gateway (status 4xx, such as 407). Nothing was sent, and the call is not retried."""


class WaitTimeoutError(ScgError):
    """A `wait()` timed out before a final state, which the object may still reach later.

    Attributes:
        state: last state seen; None if the object was not found or has no state.
        waited: seconds spent waiting.
        attempts: number of reads.
    """

    state: str | None
    waited: float

    def __init__(
        self,
        message: str,
        details: Mapping[str, object] | None = None,
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
        self._apply(details)


class NotCreatedError(ScgError, AttributeError):  # pyright: ignore[reportIncompatibleVariableOverride]  # a property
    """The object has no id yet: pass it to `create()`, and load it by the returned id with `get()`.

    Also an `AttributeError`, so that `hasattr()` and `getattr()` with a default work.
    """


class ApiError(ScgError):
    """The gateway responded with an error, or with an unexpected response.

    Attributes:
        status: the HTTP status.
        request: method and path of the operation, without ids and filters.
        code: the gateway's code without its `SCG_ERROR_` prefix (`"4001"`), or None.
        raw_code: the code as the gateway sent it.
        description: the gateway's text, with phone numbers masked.
        headers: headers of the response without cookies; names are lower-case.
        body: start of the response's body, with phone numbers masked.
        retry_after: seconds to wait, from a `Retry-After` header, or None.
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
        details: Mapping[str, object] | None = None,
        *,
        status: int = 0,
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
        self._apply(details)


class BadRequestError(ApiError):
    """400: a parameter is missing or invalid; `description` names it."""

    http_status: ClassVar[int] = 400


class AuthenticationError(ApiError):
    """401: the token is invalid or expired and could not be refreshed.

    Code 4010 means that the token is valid, but not for this resource; a refresh does not help.
    """

    http_status: ClassVar[int] = 401


class InsufficientCreditError(ApiError):
    """402: the account lacks funds or its quota is used up."""

    http_status: ClassVar[int] = 402


class PermissionDeniedError(ApiError):
    """403: this application may not use the resource, or the resource's state forbids it."""

    http_status: ClassVar[int] = 403


class NotFoundError(ApiError):
    """404: the object does not exist. Shortly after a create it may not be visible yet."""

    http_status: ClassVar[int] = 404


class ConflictError(ApiError):
    """409: the object changed since it was loaded (code 1001), or a unique key is taken (code 1011).

    After code 1001 call `refresh()` on the object, apply the change again and `update()`. `outcome` is `"UNKNOWN"` if an
    earlier attempt of the same call may have been applied.

    Attributes:
        version: version that the update was based on, or None.
        current_version: present version in the gateway, or None if it could not be read.
        in_doubt: True if an earlier attempt of the same call may have been applied.
    """

    http_status: ClassVar[int] = 409
    version: int | None = None
    current_version: int | None = None
    in_doubt: bool = False


class UnprocessableError(ApiError):
    """422: the request is well-formed, but the gateway could not execute it."""

    http_status: ClassVar[int] = 422


class RateLimitError(ApiError):
    """429: too many requests. `retry_after` is the time to wait in seconds, if the gateway sent it."""

    http_status: ClassVar[int] = 429


class ServerError(ApiError):
    """5xx: the gateway or a proxy in front of it failed."""


class UnexpectedResponseError(ApiError):
    """The response is not one that the API describes: not JSON, of another shape, or a redirect."""


class UnreadableResponseError(UnexpectedResponseError):
    """A successful response whose body is too large, or has a content encoding that was not requested."""


class PartialFailureError(ApiError):
    """A part of the call failed: `errors` maps each failed id to the reason. The rest succeeded."""

    errors: Mapping[str, str]

    def __init__(
        self,
        message: str,
        details: Mapping[str, object] | None = None,
        *,
        errors: Mapping[str, str] | None = None,
        status: int = 0,
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
        self.errors = dict(errors or {})
        self._apply(details)


def api_error_class(status: int) -> type[ApiError]:
    """Return the error class for the status of a response."""
    for kind in ApiError.__subclasses__():
        if getattr(kind, "http_status", None) == status:
            return kind
    if status >= 500:
        return ServerError
    return UnexpectedResponseError if status < 400 else ApiError
