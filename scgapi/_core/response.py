"""From a response to a result or an error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from scgapi._core.json import is_object, object_in
from scgapi._core.operation import Operation
from scgapi._core.outcome import outcome_of
from scgapi._core.retry import retry_after_seconds
from scgapi._core.text import masked, without_private_values
from scgapi.errors import (
    ApiError,
    AuthenticationError,
    PartialFailureError,
    UnexpectedResponseError,
    api_error_class,
)

EXCERPT = 500
_PRIVATE_HEADERS = frozenset({"set-cookie", "authorization", "location"})
_PREFIX = "SCG_ERROR_"


class Response(NamedTuple):
    """A complete response; `headers` has lower-case names."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    def __repr__(self) -> str:
        return f"Response({self.status})"  # the rest is nobody's business


def checked(operation: Operation, response: Response, now: datetime | None = None) -> Response:
    """Return a 2xx response as it is, raise for everything else and for a success that says it failed in part."""
    if not 200 <= response.status < 300:
        raise error_of(operation, response, now or datetime.now(UTC))
    if operation.service != "attachment" or operation.method != "GET":
        _refuse_what_is_no_answer(operation, response)
    if operation.method != "GET" and b'"errors"' in response.content:
        failures = object_in(response.content).get("errors")
        if is_object(failures) and failures:
            raise PartialFailureError(
                f"{operation.name}: {len(failures)} of the items failed, the others succeeded; see .errors",
                errors={key: masked(str(value)) for key, value in failures.items()},
                status=response.status,
                operation=operation.name,
                request=f"{operation.method} {operation.path}",
                headers=public_headers(response),
                body=excerpt(response),
            )
    return response


def is_expiry(operation: Operation, response: Response) -> bool:
    """Whether the token, not the request, is what was refused: 401, and 404 with code 4046 (wire facts 1.2).

    Where a content is opened by a token of its own, 4046 is about that one.
    """
    if response.status == 401:
        return error_code(response.content)[0] != "4010"
    return operation.service == "api" and _says_expired(response)


def error_code(content: bytes) -> tuple[str | None, str | None]:
    """The code without its prefix, and as sent: `SCG_ERROR_4001`, `4001` and a bare number are one code."""
    envelope = object_in(content)
    for key in ("error_code", "errorCode"):
        raw = envelope.get(key)
        if isinstance(raw, str | int) and not isinstance(raw, bool):
            return str(raw).strip().removeprefix(_PREFIX), str(raw)
    return None, None


def error_of(operation: Operation, response: Response, now: datetime) -> ApiError:
    """The error that a response outside 2xx stands for."""
    code, raw_code = error_code(response.content)
    envelope = object_in(response.content)
    texts = [envelope.get(key) for key in ("error_description", "userMsg", "moreInfo", "message")]
    description = (
        masked(
            without_private_values(
                "; ".join(dict.fromkeys(text for text in texts if isinstance(text, str) and text))
            )
        )
        or None
    )
    what = f"{response.status}" + (f", code {code}" if code else "")
    kind = AuthenticationError if operation.service == "api" and _says_expired(response) else None
    return (kind or api_error_class(response.status))(
        f"{operation.name}: the gateway answered {what}: {description or 'no description'}",
        status=response.status,
        code=code,
        raw_code=raw_code,
        description=description,
        request=f"{operation.method} {operation.path}",
        headers=public_headers(response),
        body=excerpt(response),
        retry_after=retry_after_seconds(response.headers.get("retry-after"), now),
        operation=operation.name,
        outcome=outcome_of(response.status, code),
    )


def unexpected(
    operation: Operation,
    response: Response,
    why: str,
    kind: type[UnexpectedResponseError] = UnexpectedResponseError,
) -> UnexpectedResponseError:
    """The error of a 2xx response that cannot be read; `why` must hold nothing of its content."""
    return kind(
        f"{operation.name}: the gateway answered {response.status} with {why}; "
        f"content-type {response.headers.get('content-type', 'absent')}",
        status=response.status,
        request=f"{operation.method} {operation.path}",
        headers=public_headers(response),
        body=excerpt(response),
        operation=operation.name,
        outcome=outcome_of(response.status, readable=False),
    )


def hide(error: ApiError, secrets: Iterable[str]) -> None:
    """Blank out these texts wherever the error holds them."""
    for secret in secrets:
        error.message = error.message.replace(secret, "***")
        if error.description is not None:
            error.description = error.description.replace(secret, "***")
        error.body = error.body.replace(secret, "***")
        error.headers = {name: value.replace(secret, "***") for name, value in error.headers.items()}
    error.args = (error.message,)


def excerpt(response: Response) -> str:
    """The start of the body for an error: private values blanked, phone numbers masked."""
    return masked(without_private_values(response.content[:EXCERPT].decode("utf-8", "replace")))


def public_headers(response: Response) -> dict[str, str]:
    """The headers that an error may carry; ids are what support asks for."""
    return {
        name: value if name.endswith("-id") else masked(value)
        for name, value in response.headers.items()
        if name not in _PRIVATE_HEADERS
    }


def _says_expired(response: Response) -> bool:
    return response.status == 404 and error_code(response.content)[0] == "4046"


def _refuse_what_is_no_answer(operation: Operation, response: Response) -> None:
    """A login page or a proxy's notice with status 200 is no success, nor is an error under it."""
    start = response.content.lstrip(b" \t\r\n\xef\xbb\xbf")[:1]
    if start and start not in b'{["-0123456789tfn':
        raise unexpected(operation, response, "a body that is not JSON")
    if start == b"{" and b'"error_code"' in response.content:
        envelope = object_in(response.content)
        if "error_code" in envelope and not envelope.keys() & {"id", "list"}:
            raise error_of(operation, response, datetime.now(UTC))
