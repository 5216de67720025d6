"""Errors leave the package without its frames, and keep what a caller needs."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Callable

import pytest

from scgapi._core.tracebacks import async_trim_traceback, run_callback, trim_traceback, trim_tracebacks
from scgapi.errors import NotFoundError, ScgError

CANARY = "canary-text"


def frames(error: BaseException) -> list[str]:
    return [frame.name for frame in traceback.extract_tb(error.__traceback__)]


def inner(text: str) -> None:
    kept = text + "!"
    try:
        raise KeyError(kept)
    except KeyError:
        raise NotFoundError("contacts.get: gone", status=404)  # noqa: B904 - the context is what is tested


@trim_traceback
def call(text: str) -> None:
    """Fail."""
    inner(text)


@async_trim_traceback
async def call_async(text: str) -> None:
    """Fail."""
    inner(text)


@pytest.mark.parametrize("failing", [lambda: call(CANARY), lambda: asyncio.run(call_async(CANARY))])
def test_an_error_comes_without_the_frames_and_the_context_of_its_making(
    failing: Callable[[], object],
) -> None:
    with pytest.raises(ScgError) as caught:
        failing()
    shown = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    assert CANARY not in shown
    assert caught.value.__context__ is None
    assert not {"call", "call_async", "inner"} & {*frames(caught.value)}


def test_the_callers_own_frames_and_error_stay() -> None:
    def handle() -> None:
        try:
            raise LookupError("mine")
        except LookupError:
            call(CANARY)

    with pytest.raises(ScgError) as caught:
        handle()
    assert isinstance(caught.value.__context__, LookupError)
    assert frames(caught.value.__context__) == ["handle"]
    assert frames(caught.value)[-1] == "handle"


def test_causes_stay_without_their_frames() -> None:
    @trim_traceback
    def chained() -> None:
        try:
            inner(CANARY)
        except NotFoundError as error:
            raise ScgError("what") from error

    with pytest.raises(ScgError) as caught:
        chained()
    cause = caught.value.__cause__
    assert isinstance(cause, NotFoundError)
    assert (cause.__traceback__, cause.__context__) == (None, None)


def test_an_error_that_is_not_expected_says_where_it_came_from() -> None:
    @trim_traceback
    def twice() -> None:
        wrong()

    @trim_traceback
    def wrong() -> None:
        raise TypeError("a mistake")

    with pytest.raises(TypeError, match="a mistake") as caught:
        twice()
    (note,) = caught.value.__notes__
    assert "in wrong" in note
    assert "wrong" not in frames(caught.value)


@pytest.mark.parametrize("kind", [KeyboardInterrupt, asyncio.CancelledError, SystemExit])
def test_an_interruption_comes_without_frames_and_notes(kind: type[BaseException]) -> None:
    @trim_traceback
    def interrupted() -> None:
        raise kind

    with pytest.raises(kind) as caught:
        interrupted()
    assert not hasattr(caught.value, "__notes__")
    assert frames(caught.value) == ["test_an_interruption_comes_without_frames_and_notes"]


def test_a_group_comes_without_the_frames_of_its_members() -> None:
    @trim_traceback
    def several() -> None:
        found: list[Exception] = []
        for _ in range(2):
            try:
                inner(CANARY)
            except NotFoundError as error:
                found.append(error)
        raise ExceptionGroup("several", found)

    with pytest.raises(ExceptionGroup) as caught:
        several()
    assert [error.__traceback__ for error in caught.value.exceptions] == [None, None]


def test_a_callback_keeps_its_frames() -> None:
    def callback(number: int) -> None:
        raise ZeroDivisionError(number)

    @trim_traceback
    def transfer() -> None:
        run_callback(callback, 3)

    with pytest.raises(ZeroDivisionError) as caught:
        transfer()
    assert frames(caught.value)[-1] == "callback"
    assert "transfer" not in frames(caught.value)


def test_the_public_methods_of_a_class_are_closed() -> None:
    class Resource:
        limit = 3

        def get(self) -> None:
            inner(CANARY)

        async def send(self) -> None:
            inner(CANARY)

        def _get(self) -> None:
            inner(CANARY)

    trim_tracebacks(Resource)
    found = Resource()
    for failing in (found.get, lambda: asyncio.run(found.send())):
        with pytest.raises(ScgError) as caught:
            failing()
        assert "inner" not in frames(caught.value)
    with pytest.raises(ScgError) as caught:
        found._get()
    assert "inner" in frames(caught.value)
    trim_tracebacks(Resource, "_get")
    with pytest.raises(ScgError) as caught:
        found._get()
    assert "inner" not in frames(caught.value)
