"""pytest plugin: fixtures and a marker for tests against the sandbox.

pytest loads this module in every run, so it imports pytest alone. The sandbox is imported when a test uses a fixture.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import scgapi
    from scgapi.sandbox import FaultInjector, Phone, Sandbox

PHONE_NUMBER = "+15552461234"
"""Number of the phone that `scg_phone` gives."""
_MARKER = "scg_sandbox"
_MARKER_ARGUMENTS = ("progress", "clock", "token_ttl")


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker."""
    config.addinivalue_line(
        "markers",
        f"{_MARKER}(progress=..., clock=..., token_ttl=...): settings of the scgapi sandbox for this test, "
        "as the arguments of scgapi.sandbox.Sandbox",
    )


@pytest.fixture(scope="session")
def _scg_server() -> Iterator[Sandbox]:
    """Start one sandbox for the session. Under pytest-xdist, each worker is a session of its own."""
    try:
        from scgapi.sandbox import Sandbox
    except ImportError as error:
        pytest.fail(f"scgapi's fixtures: {error}", pytrace=False)
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def scg_sandbox(request: pytest.FixtureRequest, _scg_server: Sandbox) -> Sandbox:
    """Return a `scgapi.sandbox.Sandbox`, reset for each test, with the settings of the marker `scg_sandbox`."""
    from scgapi.sandbox.state.settings import Settings

    try:
        settings = Settings(**_marker_arguments(request))
    except (TypeError, ValueError) as error:
        pytest.fail(f"@pytest.mark.{_MARKER}: {error}", pytrace=False)
    _scg_server.gateway.reset_with(settings)
    return _scg_server


@pytest.fixture
def scg_client(scg_sandbox: Sandbox) -> Iterator[scgapi.Client]:
    """Return a `scgapi.Client` of `scg_sandbox`, over HTTP. It repeats failed calls without a pause."""
    import scgapi

    with scgapi.Client(scg_sandbox.auth, retry=scgapi.RetryPolicy(base=0)) as client:
        yield client


@pytest.fixture
def scg_async_client(scg_sandbox: Sandbox) -> scgapi.AsyncClient:
    """Return a `scgapi.AsyncClient` of `scg_sandbox`, in process. It repeats failed calls without a pause."""
    # A connection would belong to the event loop of the test, which may be closed before this fixture ends.
    return scg_sandbox.async_client()


@pytest.fixture
def scg_environment(scg_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the credentials of `scg_sandbox` into the environment, for clients that are made without arguments."""
    auth = scg_sandbox.auth
    values = {"SCG_KEY": auth.key, "SCG_SECRET": auth.secret, "SCG_TOKEN": auth.token, "SCG_URL": auth.url}
    for name in ("SCG_CONFIG", "SCG_TOKEN_FILE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in values.items():
        monkeypatch.setenv(name, value or "")


@pytest.fixture
def scg_phone(scg_sandbox: Sandbox) -> Phone:
    """Return a `scgapi.sandbox.Phone`; `scg_sandbox.phone(number)` gives others."""
    return scg_sandbox.phone(PHONE_NUMBER)


@pytest.fixture
def scg_faults(scg_sandbox: Sandbox) -> FaultInjector:
    """Return a `scgapi.sandbox.FaultInjector` for `scg_sandbox`. Its faults end with the test."""
    from scgapi.sandbox import FaultInjector

    return FaultInjector(scg_sandbox.gateway.rules)


def _marker_arguments(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Return the arguments of the test's markers; those of the function replace those of its class and module.

    Raises:
        TypeError: an argument is positional, or has an unknown name.
    """
    arguments: dict[str, Any] = {}
    for marker in reversed(list(request.node.iter_markers(_MARKER))):
        unknown = [repr(argument) for argument in marker.args] + sorted(
            marker.kwargs.keys() - {*_MARKER_ARGUMENTS}
        )
        if unknown:
            raise TypeError(f"takes {', '.join(f'{name}=' for name in _MARKER_ARGUMENTS)}; got {unknown[0]}")
        arguments.update(marker.kwargs)
    return arguments
