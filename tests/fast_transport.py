"""A pytest plugin: clients that are not told what carries their requests use the fast transport.

While respx mocks, httpx carries them: it takes the place of httpx only.
"""

from __future__ import annotations

import httpx
from respx.mocks import Mocker

from scgapi._async import transport as of_tasks
from scgapi._core.attempt import TransportName
from scgapi._sync import transport as of_threads

_for_tasks, _for_threads = of_tasks._engine, of_threads._engine


def pytest_configure() -> None:
    setattr(of_tasks, "_engine", for_tasks)  # noqa: B010 - not a variable to type checkers
    setattr(of_threads, "_engine", for_threads)  # noqa: B010


def for_tasks(
    http_client: httpx.AsyncClient | None, transport: TransportName, url: str
) -> of_tasks.AsyncEngine:
    return _for_tasks(http_client, transport if mocked(http_client) else "fast", url)


def for_threads(http_client: httpx.Client | None, transport: TransportName, url: str) -> of_threads.Engine:
    return _for_threads(http_client, transport if mocked(http_client) else "fast", url)


def mocked(http_client: object) -> bool:
    return http_client is not None or any(each.routers for each in Mocker.registry.values())
