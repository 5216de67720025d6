"""From errors to what people read on stderr, and to exit statuses."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Sequence

from scgapi._core.json import is_object
from scgapi.cli.wording import in_command_words
from scgapi.errors import (
    AuthenticationError,
    ConfigurationError,
    InvalidArgumentError,
    OutcomeUnknownError,
    PartialFailureError,
    ScgError,
    WaitTimeoutError,
)

DONE, FAILED, USAGE, IN_DOUBT, CREDENTIALS, IN_PART, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130

_READS = ("list", "get", "download", "find", "search")


class UsageError(Exception):
    """The command line asks for what cannot be; nothing was sent."""


class CommandError(Exception):
    """A command failed, or did a part: `status` is its exit status."""

    def __init__(self, message: str, status: int = FAILED) -> None:
        super().__init__(message)
        self.status = status


class InDoubtError(Exception):
    """A call ended while its outcome was open; `advice` says how to find out."""

    def __init__(self, cause: BaseException, advice: str) -> None:
        super().__init__(str(cause))
        self.cause = cause
        self.advice = advice


def wants_json(arguments: Sequence[str]) -> bool:
    """Return True if the command line asks for JSON in so many words: then messages are JSON, too."""
    for before, word in zip(("", *arguments), arguments, strict=False):
        if before in ("-o", "--output") and word in ("json", "jsonl"):
            return True
        if word in ("-ojson", "-ojsonl", "-o=json", "-o=jsonl", "--output=json", "--output=jsonl"):
            return True
    return False


def report(error: BaseException, arguments: Sequence[str]) -> int:
    """Say on stderr what went wrong; return the exit status."""
    if "--debug" in arguments:
        traceback.print_exception(error)
    status = status_of(error)
    if isinstance(error, UsageError):
        report_usage(str(error), arguments)
        return status
    notes: list[str] = getattr(error, "__notes__", [])
    told: dict[str, object] = {"message": _message(error), "type": _kind(error), "exit_status": status}
    cause = error.cause if isinstance(error, InDoubtError) else error
    if isinstance(error, InDoubtError):
        told["advice"] = error.advice
    if isinstance(cause, ScgError):
        for name in ("operation", "outcome", "status", "code", "external_id", "errors", "retry_after"):
            value: object = getattr(cause, name, None)
            if value is not None:
                told[name] = value
    if notes:
        told["notes"] = notes
    if wants_json(arguments):
        print(json.dumps({"error": told}), file=sys.stderr)
        return status
    print(f"error: {told['message']}", *notes, sep="\n", file=sys.stderr)
    failures = told.get("errors")
    if is_object(failures):
        for name, reason in failures.items():
            print(f"  {name}: {reason}", file=sys.stderr)
    if "advice" in told:
        print(told["advice"], file=sys.stderr)
    return status


def report_usage(message: str, arguments: Sequence[str]) -> None:
    """Say on stderr what is wrong with the command line."""
    if wants_json(arguments):
        told = {"message": message, "type": "UsageError", "exit_status": USAGE}
        print(json.dumps({"error": told}), file=sys.stderr)
    else:
        print(f"error: {message}\nSee --help.", file=sys.stderr)


def status_of(error: BaseException) -> int:
    """Return the exit status that an error ends the command with."""
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED
    if isinstance(error, InDoubtError):
        return INTERRUPTED if isinstance(error.cause, KeyboardInterrupt) else IN_DOUBT
    if isinstance(error, CommandError):
        return error.status
    if isinstance(error, UsageError | InvalidArgumentError):
        return USAGE
    if isinstance(error, ConfigurationError | AuthenticationError):
        return CREDENTIALS
    if isinstance(error, PartialFailureError):
        return IN_PART
    if isinstance(error, ScgError):
        return _status_of_call(error)
    return USAGE if isinstance(error, ImportError) else FAILED


def _status_of_call(error: ScgError) -> int:
    operation = error.operation or ""
    if operation.startswith("auth."):
        return CREDENTIALS
    is_read = operation.rpartition(".")[2].startswith(_READS) or getattr(error, "request", "").startswith(
        "GET"
    )
    if isinstance(error, WaitTimeoutError) or is_read:
        return FAILED
    doubtful = isinstance(error, OutcomeUnknownError) or error.outcome in ("UNKNOWN", "ACCEPTED_UNPARSED")
    return IN_DOUBT if doubtful else FAILED


def _kind(error: BaseException) -> str:
    return _kind(error.cause) if isinstance(error, InDoubtError) else type(error).__name__


def _message(error: BaseException) -> str:
    if isinstance(error, KeyboardInterrupt):
        return "interrupted"
    if isinstance(error, InDoubtError) and isinstance(error.cause, KeyboardInterrupt):
        return "interrupted"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    if isinstance(error, ScgError | InDoubtError):
        return in_command_words(str(error))
    if isinstance(error, CommandError | UsageError | ImportError | ValueError):
        return str(error)
    return f"{type(error).__name__}: {error} (--debug shows where)"
