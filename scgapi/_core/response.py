"""Turn a response into a result or an error."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from json import loads
from typing import TYPE_CHECKING, NamedTuple

from scgapi._core import error_codes
from scgapi._core.json import is_integer, is_object, parse_object
from scgapi._core.operation import Operation
from scgapi._core.outcome import classify_outcome
from scgapi._core.retry import retry_after_seconds
from scgapi._core.text import is_id, mask_numbers, mask_private_values, sanitize_text
from scgapi.errors import (
    ApiError,
    AuthenticationError,
    Outcome,
    PartialFailureError,
    UnexpectedResponseError,
    api_error_class,
)

if TYPE_CHECKING:
    from pydantic import JsonValue

EXCERPT_CHARACTERS = 500
_MAX_TEXT_CHARACTERS = 2000
_MAX_CODE_CHARACTERS = 64
_MAX_HEADER_CHARACTERS = 1000
_PRIVATE_HEADERS = frozenset({"set-cookie", "authorization", "location"})
# Fields that explain why a response has no id.
_EXPLANATION_FIELDS = frozenset({"message", "usermsg", "moreinfo", "title", "detail", "reason"})
_FAILURE_WORDS = frozenset({"error", "fail", "failed", "failure", "rejected", "refused", "denied"})


class Response(NamedTuple):
    """A complete response; names in `headers` are lower-case."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    def __repr__(self) -> str:
        # Headers and body may hold private data.
        return f"Response({self.status})"


def check_response(operation: Operation, response: Response, now: datetime) -> Response:
    """Return the response if it reports success, else raise its error.

    `now` is the time of day that a date in `Retry-After` is compared with.
    """
    if not 200 <= response.status < 300:
        raise api_error(operation, response, now)
    if operation.service == "attachment" and operation.method == "GET":
        if response.status == 206:
            raise unexpected_response_error(operation, response, "a part of the content instead of all of it")
        return response
    _require_json_start(operation, response)
    if operation.method == "GET" and b'"error' not in response.content:
        return response
    envelope = parse_object(response.content)
    failures = _find_failed_items(operation, envelope)
    if failures:
        raise PartialFailureError(
            f"{operation.name}: {len(failures)} of the items failed, the others succeeded; see .errors",
            errors={
                sanitize_text(key, EXCERPT_CHARACTERS): _sanitize(str(value))
                for key, value in failures.items()
            },
            status=response.status,
            operation=operation.name,
            request=f"{operation.method} {operation.path}",
            headers=public_headers(response),
            body=body_excerpt(response),
        )
    if not reports_failure(operation, response.status, envelope):
        return response
    raise api_error(operation, response, now)


def parse_json(operation: Operation, response: Response) -> JsonValue:
    """Return the JSON value of a response; None for an empty body.

    Raises:
        UnexpectedResponseError: the body is not JSON.
    """
    if not response.content.strip():
        return None
    try:
        value: JsonValue = loads(response.content)
        return value
    except (ValueError, RecursionError):
        pass
    # Raised outside of the except block: the parser's error holds the content.
    raise unexpected_response_error(operation, response, "a body that is not JSON")


def reports_failure(operation: Operation, status: int, envelope: Mapping[str, object]) -> bool:
    """Return True if the body of a 2xx response reports that the whole call failed."""
    if operation.method == "GET":
        return "list" not in envelope and "id" not in envelope and find_error_code(envelope)[1] is not None
    if is_id(envelope.get("id")):
        # An id beside an error code contradicts it, so the call's effect is unknown.
        return operation.creates and find_error_code(envelope)[0] not in (None, "", "0")
    if operation.creates and not _EXPLANATION_FIELDS.isdisjoint(map(_normalize_name, envelope)):
        return True
    return status == 207 or any(is_failure_field(name, value) for name, value in envelope.items())


def is_token_rejected(operation: Operation, response: Response) -> bool:
    """Return True if the gateway rejected the token: 401, or 404 with code 4046 (docs/api-notes.md, note 2).

    For the content of an attachment, 4046 concerns the content's own token.
    """
    if response.status == 401:
        return parse_error_code(response.content)[0] != error_codes.TOKEN_NOT_AUTHORIZED
    return operation.service == "api" and _is_token_expired(response)


def parse_error_code(content: bytes) -> tuple[str | None, str | None]:
    """Return the error code of a body without its prefix, and as sent (docs/api-notes.md, note 11)."""
    return find_error_code(parse_object(content))


def find_error_code(envelope: Mapping[str, object]) -> tuple[str | None, str | None]:
    """Return the error code of a parsed body without its prefix, and as sent."""
    for key in ("error_code", "errorCode"):
        raw = envelope.get(key)
        if isinstance(raw, str) or is_integer(raw):
            text = sanitize_text(str(raw), _MAX_CODE_CHARACTERS)
            return text.strip().removeprefix(error_codes.PREFIX), text
    return None, None


def api_error(operation: Operation, response: Response, now: datetime) -> ApiError:
    """Return the error for a response outside 2xx, or for a 2xx response that reports a failure."""
    code, raw_code = parse_error_code(response.content)
    envelope = parse_object(response.content)
    texts = [envelope.get(key) for key in ("error_description", "userMsg", "moreInfo", "message")]
    parts = dict.fromkeys(
        text[: _MAX_TEXT_CHARACTERS + 1] for text in texts if isinstance(text, str) and text
    )
    description = _sanitize("; ".join(parts)) or None
    what = f"{response.status}" + (f", code {code}" if code else "")
    kind = AuthenticationError if operation.service == "api" and _is_token_expired(response) else None
    # A success status contradicts a failure in the body, so the call's effect is unknown.
    outcome: Outcome = "UNKNOWN"
    if not 200 <= response.status < 300:
        outcome = classify_outcome(response.status, code, method=operation.method)
    retry_after = retry_after_seconds(response.headers.get("retry-after"), now)
    # Imported here because only errors need it.
    from scgapi._core.advice import get_advice

    advice = get_advice(
        operation, response.status, code, outcome=outcome, retry_after=retry_after, content=response.content
    )
    text = description or "no description"
    return (kind or api_error_class(response.status))(
        f"{operation.name}: the gateway answered {what}: {text}{'' if text.endswith(('.', '!', '?')) else '.'} {advice}.",
        status=response.status,
        code=code,
        raw_code=raw_code,
        description=description,
        request=f"{operation.method} {operation.path}",
        headers=public_headers(response),
        body=body_excerpt(response),
        retry_after=retry_after,
        operation=operation.name,
        outcome=outcome,
    )


def unexpected_response_error(
    operation: Operation,
    response: Response,
    why: str,
    kind: type[UnexpectedResponseError] = UnexpectedResponseError,
) -> UnexpectedResponseError:
    """Return the error for a 2xx response that cannot be read; `why` must not quote its content."""
    return kind(
        f"{operation.name}: the gateway answered {response.status} with {why}; "
        f"content-type {sanitize_text(response.headers.get('content-type', 'absent'), _MAX_CODE_CHARACTERS)}",
        status=response.status,
        request=f"{operation.method} {operation.path}",
        headers=public_headers(response),
        body=body_excerpt(response),
        operation=operation.name,
        outcome=classify_outcome(response.status, readable=False),
    )


def body_excerpt(response: Response) -> str:
    """Return the start of the body for an error, with private values and phone numbers masked."""
    return _sanitize(response.content[:EXCERPT_CHARACTERS].decode("utf-8", "replace"))


def public_headers(response: Response) -> dict[str, str]:
    """Return the headers that an error may hold. Ids stay readable, since support asks for them."""
    return {
        name: sanitize_text(value, _MAX_HEADER_CHARACTERS)
        if name.endswith("-id")
        else mask_numbers(sanitize_text(value, _MAX_HEADER_CHARACTERS))
        for name, value in response.headers.items()
        if name not in _PRIVATE_HEADERS
    }


def _sanitize(text: str) -> str:
    """Return a text from the gateway for an error: limited, on one line, without private values."""
    return mask_numbers(mask_private_values(sanitize_text(text, _MAX_TEXT_CHARACTERS)))


def _is_token_expired(response: Response) -> bool:
    return response.status == 404 and parse_error_code(response.content)[0] == error_codes.TOKEN_EXPIRED


def _require_json_start(operation: Operation, response: Response) -> None:
    """Raise for a 2xx response that is a login page or a proxy's notice."""
    start = response.content.lstrip(b" \t\r\n\xef\xbb\xbf")[:1]
    if start and start not in b'{["-0123456789tfn':
        raise unexpected_response_error(operation, response, "a body that is not JSON")


def _normalize_name(name: str) -> str:
    return "".join(filter(str.isalnum, name)).lower()


def _find_failed_items(operation: Operation, envelope: Mapping[str, object]) -> dict[str, object]:
    """Return the failures of single items of a call that otherwise succeeded."""
    failures = envelope.get("errors")
    if operation.method == "GET" or not is_object(failures) or not failures:
        return {}
    if is_id(envelope.get("id")):
        return failures
    whole = any(is_failure_field(name, value) for name, value in envelope.items() if name != "errors")
    return {} if operation.creates or whole else failures


def is_failure_field(name: str, value: object) -> bool:
    """Return True if a field reports a failure in any spelling, such as `errorCode`, `fault` or `success: false`."""
    key = _normalize_name(name)
    text = str(value).strip().lower() if isinstance(value, str | int) else ""
    if key.startswith(("error", "fault", "exception", "failure")) or key == "failed":
        return bool(value)
    if key in ("success", "successful", "ok"):
        return text == "false"
    is_state = key in ("status", "statuscode", "code", "httpstatus", "result", "state")
    if is_state and text.isdecimal():
        return 400 <= int(text[:9]) < 600
    return (is_state and text in _FAILURE_WORDS) or text.startswith(error_codes.PREFIX.lower())
