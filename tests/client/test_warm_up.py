"""The modules and certificates that a first call loads: in a thread where an event loop runs, and once."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import textwrap

import pytest

import scgapi
from scgapi.sandbox import Sandbox

# Notes in which thread each module is looked for.
WATCH = """
import sys, threading
found = {}
class Finder:
    def find_spec(self, name, path=None, target=None):
        found.setdefault(name, threading.current_thread() is threading.main_thread())
sys.meta_path.insert(0, Finder())
import asyncio, scgapi
from scgapi import AsyncClient
"""


def loaded(program: str, url: str) -> dict[str, bool]:
    """Run an async program in a fresh interpreter; True for each module that the event loop's thread loaded."""
    body = textwrap.indent(textwrap.dedent(program), "    ")
    program = (
        f"{WATCH}\nasync def main():\n    auth = scgapi.AuthInfo(token='t', url={url!r})\n{body}\n"
        "asyncio.run(main())\nprint(found)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    found: dict[str, bool] = eval(ended.stdout)
    return found


@pytest.mark.parametrize(
    "program",
    [
        """
        async with AsyncClient(auth) as scg:
            pass
        """,
        """
        scg = AsyncClient(auth)
        await scg.warm_up()
        """,
    ],
)
def test_entering_loads_modules_and_certificates_in_a_thread(program: str) -> None:
    found = loaded(program, "https://gateway.invalid")
    for name in ("httpx", "certifi", "pydantic", "scgapi._async.resource"):
        assert found[name] is False, name
    assert "scgapi.models.messages" not in found


def test_models_load_in_a_thread_if_named(gateway: Sandbox) -> None:
    found = loaded(
        """
        async with AsyncClient(auth) as scg:
            await scg.warm_up("messages")
        """,
        gateway.url,
    )
    assert found["scgapi.models.messages"] is False
    assert "certifi" not in found


def test_a_first_call_loads_httpx_in_a_thread_too(gateway: Sandbox) -> None:
    found = loaded(
        """
        scg = AsyncClient(auth)
        try:
            await scg.contacts.get("c")
        except scgapi.ScgError:
            pass
        await scg.close()
        """,
        gateway.url,
    )
    assert found["httpx"] is False


def test_an_unknown_resource_is_named() -> None:
    with scgapi.Client(scgapi.AuthInfo(token="t")) as scg:
        scg.warm_up("contacts")
        with pytest.raises(scgapi.InvalidArgumentError, match="no resource 'contact'"):
            scg.warm_up("contact")


def test_a_client_that_was_never_used_can_be_closed() -> None:
    async def main() -> None:
        await scgapi.AsyncClient(scgapi.AuthInfo(token="t")).close()

    asyncio.run(main())
