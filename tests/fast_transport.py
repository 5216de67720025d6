"""A pytest plugin that makes the fast transport the default.

Clients that respx mocks, that have a proxy or an `http_client`, stay on httpx.
"""

from __future__ import annotations

import httpx
from respx.mocks import Mocker

from scgapi._async.transport import transport as of_tasks
from scgapi._http.attempt import TransportName
from scgapi._io.network import Network
from scgapi._sync.transport import transport as of_threads

_for_tasks, _for_threads = of_tasks._engine, of_threads._engine


def pytest_configure() -> None:
    setattr(of_tasks, "_engine", for_tasks)  # noqa: B010 - not a variable to type checkers
    setattr(of_threads, "_engine", for_threads)  # noqa: B010


def for_tasks(
    http_client: httpx.AsyncClient | None, transport: TransportName, network: Network
) -> of_tasks.AsyncEngine:
    return _for_tasks(http_client, transport if is_left_to_httpx(http_client, network) else "fast", network)


def for_threads(
    http_client: httpx.Client | None, transport: TransportName, network: Network
) -> of_threads.Engine:
    return _for_threads(http_client, transport if is_left_to_httpx(http_client, network) else "fast", network)


def is_left_to_httpx(http_client: object, network: Network) -> bool:
    mocked = any(each.routers for each in Mocker.registry.values())
    return http_client is not None or network.proxy is not None or mocked
