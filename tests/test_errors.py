"""Errors are data: they travel between processes, and show nothing that is private."""

from __future__ import annotations

import concurrent.futures
import copy
import json
import multiprocessing
import pickle
import sys
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import scgapi
from scgapi import errors
from scgapi._core.response import Response, api_error, check_response
from scgapi.errors import (
    ApiError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    InsufficientCreditError,
    InvalidArgumentError,
    NotFoundError,
    PartialFailureError,
    PermissionDeniedError,
    RateLimitError,
    ScgError,
    ServerError,
    UnexpectedResponseError,
    UnprocessableError,
    api_error_class,
)
from scgapi.models import contact_groups, contacts

NUMBER = "15551234567"

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, ScgError)]


def an_error(kind: type[ScgError]) -> ScgError:
    """One of this kind, with every attribute set."""
    error: ScgError
    if issubclass(kind, PartialFailureError):
        error = kind("what", errors={"c1": "gone"}, status=200, operation="contact_groups.add_contact")
    elif issubclass(kind, ApiError):
        error = kind(
            "what",
            status=429,
            code="4001",
            raw_code="SCG_ERROR_4001",
            description="why",
            headers={"x-request-id": "r"},
            body="{}",
            retry_after=1.5,
            operation="contacts.get",
            outcome="REJECTED",
        )
    elif issubclass(kind, InvalidArgumentError):
        error = kind("what", operation="contacts.get", field="contact_id")
    else:
        error = kind("what", operation="contacts.get", outcome="UNKNOWN")
    error.attempts = 3
    error.add_note("seen by a caller")
    return error


def pickled(error: ScgError) -> ScgError:
    restored = pickle.loads(pickle.dumps(error))
    assert isinstance(restored, ScgError)
    return restored


@pytest.mark.parametrize("again", [pickled, copy.copy, copy.deepcopy])
@pytest.mark.parametrize("kind", KINDS)
def test_an_error_pickles_and_copies_with_all_it_knows(
    kind: type[ScgError], again: Callable[[ScgError], ScgError]
) -> None:
    error = an_error(kind)
    twin = again(error)
    assert twin is not error
    assert type(twin) is kind
    assert vars(twin) == vars(error)
    assert (str(twin), twin.args, repr(twin)) == (str(error), error.args, repr(error))


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_an_error_pickles_with_every_protocol(protocol: int) -> None:
    error = an_error(RateLimitError)
    assert vars(pickle.loads(pickle.dumps(error, protocol))) == vars(error)


def test_an_error_of_the_callers_own_kind_pickles_too() -> None:
    error = Own("what", "extra")
    assert vars(pickled(error)) == vars(error)


def rebuilt(error: ScgError) -> ScgError:
    return type(error)(*error.args)


def by_way_of_json(error: ScgError) -> ScgError:
    """As Celery's JSON result backend carries an error: module, name and args, each as it can be encoded."""
    kind = type(error)
    sent = {
        "exc_type": kind.__qualname__,
        "exc_message": [*error.args],
        "exc_module": kind.__module__,
    }
    came = json.loads(json.dumps(sent))
    found: Callable[..., ScgError] = getattr(sys.modules[came["exc_module"]], came["exc_type"])
    return found(*came["exc_message"])


def by_process(error: ScgError) -> ScgError:
    with multiprocessing.get_context("fork").Pool(1) as pool:
        return pool.apply(failing, (error,))


def by_executor(error: ScgError) -> ScgError:
    with concurrent.futures.ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as pool:
        found = pool.submit(raising, error).exception()
        assert isinstance(found, ScgError)
        return found


def failing(error: ScgError) -> ScgError:
    return error


def raising(error: ScgError) -> None:
    raise error


@pytest.mark.parametrize("again", [rebuilt, by_way_of_json])
@pytest.mark.parametrize("kind", KINDS)
def test_an_error_is_rebuilt_from_its_args(
    kind: type[ScgError], again: Callable[[ScgError], ScgError]
) -> None:
    error = an_error(kind)
    error.message = "what, after all"
    if isinstance(error, ConflictError):
        error.version, error.in_doubt = 3, True
    twin = again(error)
    assert type(twin) is kind
    assert vars(twin) == vars(error)
    assert (str(twin), twin.args, repr(twin)) == (str(error), error.args, repr(error))
    twin.add_note("of the twin")
    assert error.__notes__ == ["seen by a caller"]


@pytest.mark.parametrize("again", [by_process, by_executor])
def test_an_error_comes_out_of_another_process(again: Callable[[ScgError], ScgError]) -> None:
    error = an_error(ConflictError)
    twin = again(error)
    assert type(twin) is ConflictError
    assert twin.args == error.args


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_is_rebuilt_where_its_details_were_lost(kind: type[ScgError]) -> None:
    """A task queue puts the repr in the place of what it cannot encode."""
    twin: ScgError = kind("what", "{'status': <object>}")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert str(twin) == "what"


def test_args_can_be_set() -> None:
    error = an_error(RateLimitError)
    error.args = ("otherwise", {"retry_after": 3.0})
    assert isinstance(error, RateLimitError)
    assert (error.message, error.retry_after) == ("otherwise", 3.0)


class Own(ScgError):
    """A subclass whose arguments are not its base's."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(what)
        self.extra = extra


def test_every_error_is_public_and_one_of_scgapis() -> None:
    assert len(KINDS) > 15
    for kind in KINDS:
        assert getattr(scgapi, kind.__name__) is kind
        assert kind.__doc__


def test_a_doubt_that_a_test_makes_is_one() -> None:
    doubt = scgapi.OutcomeUnknownError("the answer was lost", external_id="order-7")
    assert (doubt.outcome, doubt.external_id, doubt.operation) == ("UNKNOWN", "order-7", None)
    assert scgapi.OutcomeUnknownError("the answer was lost").external_id is None


def test_a_bad_argument_is_a_value_error_too() -> None:
    assert issubclass(InvalidArgumentError, ValueError)


@pytest.mark.parametrize(
    ("attempts", "shown"),
    [(0, "what"), (1, "what"), (2, "what (after 2 attempts)"), (4, "what (after 4 attempts)")],
)
def test_an_error_reads_as_what_happened_and_how_often(attempts: int, shown: str) -> None:
    error = ScgError("what", attempts=attempts)
    assert str(error) == shown
    assert error.message == "what"


def test_an_error_that_came_from_nowhere_knows_little() -> None:
    error = ScgError("what")
    assert (error.operation, error.outcome, error.attempts) == (None, "NOT_SENT", 0)
    answered = ApiError("what", status=418)
    assert (answered.outcome, answered.attempts, answered.headers) == ("UNKNOWN", 1, {})


def test_what_an_error_was_made_from_may_change_without_it() -> None:
    headers, failures = {"a": "b"}, {"c1": "gone"}
    error = ApiError("what", status=400, headers=headers)
    partial = PartialFailureError("what", errors=failures, status=200)
    headers.clear()
    failures.clear()
    assert (error.headers, partial.errors) == ({"a": "b"}, {"c1": "gone"})


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, BadRequestError),
        (401, AuthenticationError),
        (402, InsufficientCreditError),
        (403, PermissionDeniedError),
        (404, NotFoundError),
        (405, ApiError),
        (408, ApiError),
        (409, ConflictError),
        (422, UnprocessableError),
        (429, RateLimitError),
        (499, ApiError),
        (500, ServerError),
        (503, ServerError),
        (599, ServerError),
        (302, UnexpectedResponseError),
        (100, UnexpectedResponseError),
    ],
)
def test_each_status_has_its_class(status: int, kind: type[ApiError]) -> None:
    assert api_error_class(status) is kind


def test_errors_that_callers_derive_do_not_change_what_is_raised() -> None:
    type("Mine", (BadRequestError,), {})
    type("Other", (ApiError,), {})
    assert api_error_class(400) is BadRequestError
    assert api_error_class(405) is ApiError


def shown(error: ApiError) -> str:
    return f"{error}{error!r}{vars(error)}"


numbers = st.from_regex(r"\+?[1-9][0-9]{6,14}", fullmatch=True)


@settings(max_examples=60, deadline=None)
@given(numbers, st.sampled_from(["error_description", "userMsg", "moreInfo", "message", "to"]))
def test_an_error_shows_no_phone_number_that_was_answered(number: str, field: str) -> None:
    content = json.dumps({"error_code": "4001", field: f"cannot send to {number}: blocked"}).encode()
    error = api_error(contacts.CREATE, Response(400, {}, content), datetime.now(UTC))
    assert number.removeprefix("+") not in shown(error)


@pytest.mark.parametrize("cut", range(495, 515))
def test_no_number_survives_where_a_body_is_cut(cut: int) -> None:
    content = (" " * (cut - 11) + NUMBER).encode()
    error = api_error(contacts.CREATE, Response(400, {}, content), datetime.now(UTC))
    assert NUMBER[:7] not in shown(error)


@pytest.mark.parametrize("name", ["location", "set-cookie", "authorization"])
def test_headers_that_may_hold_private_things_are_left_out(name: str) -> None:
    response = Response(302, {name: f"/contacts?primary_mdn={NUMBER}", "date": "today"}, b"")
    assert api_error(contacts.LIST, response, datetime.now(UTC)).headers == {"date": "today"}


def test_no_header_shows_a_phone_number() -> None:
    response = Response(404, {"content-location": f"/contacts?primary_mdn={NUMBER}"}, b"")
    assert NUMBER not in shown(api_error(contacts.LIST, response, datetime.now(UTC)))


# The ids are the caller's own and needed to tell the failed from the others: they are keys of the map, no more.
def test_no_failure_in_part_shows_a_phone_number() -> None:
    content = json.dumps({"errors": {f"+{NUMBER}": f"Unknown document: +{NUMBER}"}}).encode()
    with pytest.raises(PartialFailureError) as caught:
        check_response(contact_groups.ADD_CONTACT, Response(200, {}, content), datetime.now(UTC))
    assert NUMBER not in f"{caught.value}{caught.value!r}{[*caught.value.errors.values()]}"
