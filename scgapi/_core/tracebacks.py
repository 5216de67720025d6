"""Tracebacks without the frames of this package.

Local variables of those frames hold tokens, phone numbers and texts, and crash reporters print local variables. Masked
reprs do not help: reporters look into dicts, tuples and strings themselves.
"""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable, Coroutine, Sequence
from types import FunctionType, TracebackType
from typing import ParamSpec, TypeVar

from scgapi.errors import ScgError

P = ParamSpec("P")
T = TypeVar("T")

_NOTE = "Raised inside scgapi, most recent call last:\n"


def trim_traceback(function: Callable[P, T]) -> Callable[P, T]:
    """Decorate a function so that its errors hold no frames below the caller's."""

    @functools.wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        outer = sys.exception()
        try:
            return function(*args, **kwargs)
        except BaseException as error:
            _drop_frames(error, outer)
            # A bare raise adds neither this frame nor its arguments.
            raise

    return call


def async_trim_traceback(
    function: Callable[P, Coroutine[object, object, T]],
) -> Callable[P, Coroutine[object, object, T]]:
    """Decorate a coroutine function so that its errors hold no frames below the caller's."""

    @functools.wraps(function)
    async def call(*args: P.args, **kwargs: P.kwargs) -> T:
        outer = sys.exception()
        try:
            return await function(*args, **kwargs)
        except BaseException as error:
            _drop_frames(error, outer)
            raise

    return call


def trim_tracebacks(owner: type[object], *names: str) -> None:
    """Decorate these methods of a class, or all public ones that it defines."""
    for name in names or [name for name in vars(owner) if not name.startswith("_")]:
        method: object = getattr(owner, name) if names else vars(owner)[name]
        if isinstance(method, FunctionType):
            close = async_trim_traceback if inspect.iscoroutinefunction(method) else trim_traceback
            setattr(owner, name, close(method))


def run_callback(callback: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a function of the caller; tracebacks keep its frames and those below."""
    return callback(*args, **kwargs)


def _drop_frames(error: BaseException, outer: BaseException | None) -> None:
    """Drop the frames of an error and its causes, except for `outer`, which was handled before the call began."""
    own = _callback_frames(error.__traceback__)
    if own is not None:
        error.__traceback__ = own
        return
    if isinstance(error, Exception) and not isinstance(error, ScgError):
        _note_frames(error)
    pending: list[BaseException | None] = [error]
    seen = {id(outer)}
    while pending:
        one = pending.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        one.__traceback__ = None
        if isinstance(one, ScgError) and not isinstance(one.__context__, ScgError):
            # Another library's error may quote the request.
            one.__context__ = outer if one is error else None
        pending += [one.__cause__, one.__context__]
        members: Sequence[BaseException] = getattr(one, "exceptions", ())
        if isinstance(one, BaseExceptionGroup):
            pending += members


def _callback_frames(trace: TracebackType | None) -> TracebackType | None:
    while trace is not None:
        if trace.tb_frame.f_code is run_callback.__code__:
            return trace.tb_next
        trace = trace.tb_next
    return None


def _note_frames(error: Exception) -> None:
    """Add the stack of an unexpected error as a note, without its frames."""
    if not any(note.startswith(_NOTE) for note in getattr(error, "__notes__", ())):
        # Imported here because only errors need it.
        import traceback

        error.add_note(_NOTE + "".join(traceback.format_tb(error.__traceback__)).rstrip())
