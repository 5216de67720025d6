"""Programs that freeze time, or read every name of the package, in interpreters of their own."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import scgapi

PREPARATIONS = {
    "nothing else loaded": "",
    "pydantic loaded": "import pydantic; pydantic.BaseModel",
    "events used before": "import scgapi.events; scgapi.events.parse",
    "client used before": "scgapi.Client(scgapi.AuthInfo(token='t')).contacts; scgapi.AsyncClient",
    "sandbox loaded": "import scgapi.sandbox",
}
FREEZERS = {
    "freezegun": "import freezegun; frozen = freezegun.freeze_time('2024-01-01 12:00:00')",
    "time-machine": "import time_machine; frozen = time_machine.travel('2024-01-01 12:00:00+00:00', tick=False)",
}
USE = """
import asyncio, datetime, time
from datetime import timedelta

RECEIPT = {
    "topic": "SCG-Message",
    "event": {
        "evt-tp": "message_state_change",
        "timestamp": "2024-01-01T11:59:59.000Z",
        "fld-val-list": {"message_id": "m", "new_state": "DELIVERED"},
    },
}

async def listed(auth, span):
    async with scgapi.AsyncClient(auth) as client:
        return [contact.id async for contact in client.contacts.list(created_date=span)]

with frozen:
    now = datetime.datetime.now(datetime.UTC)
    assert now == datetime.datetime(2024, 1, 1, 12, tzinfo=datetime.UTC)
    import scgapi.sandbox
    import scgapi.events
    with scgapi.sandbox.Sandbox(token_ttl=3600) as gateway, scgapi.Client(gateway.auth) as client:
        made = client.contacts.create(
            first_name="Ann", birth_date=datetime.date(2000, 2, 3), first_acquisition_date=now
        )
        contact = client.contacts.get(made)
        assert contact.created_date == contact.first_acquisition_date == now
        assert contact.created_date <= datetime.datetime.now(datetime.UTC)
        assert contact.birth_date == datetime.date(2000, 2, 3)
        real = type(contact.created_date).__name__, type(contact.birth_date).__name__
        assert real == ("datetime", "date"), real
        span = (now - timedelta(days=1), now)
        assert [found.id for found in client.contacts.list(created_date=span)] == [made]
        assert asyncio.run(listed(gateway.auth, span)) == [made]
        contact.last_acquisition_date = datetime.datetime.now(datetime.UTC)
        contact.update()
    receipt = scgapi.events.parse(RECEIPT)
    assert now - receipt.timestamp == timedelta(seconds=1)
    assert scgapi.Contact(birth_date=datetime.date.today()).birth_date == datetime.date(2024, 1, 1)

assert time.time() > 1.75e9
assert datetime.datetime.now(datetime.UTC).year > 2024
assert scgapi.events.parse(RECEIPT).timestamp.year == 2024
for name in scgapi.__all__:
    getattr(scgapi, name)
import sys
fakes = {"FakeDatetime", "FakeDate"}
for name, module in list(sys.modules.items()):
    if name.startswith("scgapi"):
        kept = [key for key, value in vars(module).items() if getattr(value, "__name__", "") in fakes]
        assert not kept, (name, kept)
"""


def run(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("freezer", FREEZERS)
@pytest.mark.parametrize("preparation", PREPARATIONS)
def test_everything_works_while_time_is_frozen_and_afterwards(preparation: str, freezer: str) -> None:
    run(f"import scgapi\n{PREPARATIONS[preparation]}\n{FREEZERS[freezer]}\n{USE}")


def test_a_freeze_loads_nothing_of_the_package() -> None:
    program = "import scgapi, scgapi.events, sys, freezegun\nwith freezegun.freeze_time('2024-01-01'): pass\n"
    loaded = set(run(f"{program}print(*sys.modules)").split())
    assert not loaded & {"pydantic", "httpx", "django", "flask", "starlette", "scgapi.events.models"}


def test_a_time_limit_runs_on_while_time_is_frozen() -> None:
    run(
        textwrap.dedent("""
        import scgapi, freezegun
        from scgapi._core.deadline import Deadline
        from scgapi._io.clock import SystemClock
        clock = SystemClock()
        before = clock.monotonic()
        with freezegun.freeze_time("2024-01-01") as frozen:
            limit = Deadline.after(60.0, clock)
            frozen.tick(3600)
            assert limit.remaining() > 30
            assert abs(clock.now() - 1704070800) < 1
            assert before <= clock.monotonic() < before + 60
        with freezegun.freeze_time("2024-01-01") as frozen:
            from scgapi.events.stores import MemoryStore, Claim
            from scgapi.events.receiver import Receiver
            store = MemoryStore(lease=60)
            assert store.claim("a") is Claim.NEW
        assert store.claim("a") is Claim.TAKEN
        """)
    )


def test_clocks_are_read_in_one_module() -> None:
    package = Path(scgapi.__file__ or "").parent
    reading = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if re.search(r"\btime\.(monotonic|time|perf_counter)\b|from time import", path.read_text())
    }
    assert reading == {"_io/clock.py"}


ABSENT = (
    "import sys\n"
    "for name in ('django', 'flask', 'starlette', 'uvicorn', 'redis', 'httptools', 'aiohappyeyeballs'):\n"
    "    sys.modules[name] = None\n"
)


def test_every_name_can_be_read_without_the_optional_packages() -> None:
    run(
        ABSENT
        + textwrap.dedent("""
        import inspect, scgapi, scgapi.events
        from scgapi import *
        from scgapi.events import *
        names = dict(inspect.getmembers(scgapi.events))
        assert {"django_view", "flask_view", "starlette_route", "RedisStore"} <= names.keys()
        assert "sandbox" not in dict(inspect.getmembers(scgapi))
        for use in (django_view, django_async_view, flask_view):
            try:
                use(Receiver(bearer="t"))
            except ImportError as error:
                assert error.name.partition(".")[0] in ("django", "flask"), error
            else:
                raise AssertionError(use)
        """)
    )


def test_every_name_can_be_read_with_them() -> None:
    run(
        textwrap.dedent("""
        import inspect, scgapi, scgapi.events, sys
        assert "sandbox" in dict(inspect.getmembers(scgapi))
        assert {*scgapi.events.__all__} == dict(inspect.getmembers(scgapi.events)).keys()
        assert not {"django", "flask", "redis"} & sys.modules.keys()
        """)
    )


def test_a_token_that_expires_in_frozen_time_is_replaced() -> None:
    run(
        textwrap.dedent("""
        import scgapi, freezegun
        from scgapi.sandbox import Sandbox
        with freezegun.freeze_time("2024-01-01") as frozen, Sandbox(token_ttl=3600) as gateway:
            first = gateway.gateway.token
            with scgapi.Client(gateway.auth) as client:
                assert [*client.contacts.list()] == []
                frozen.tick(7200)
                assert [*client.contacts.list()] == []
            assert gateway.gateway.token != first
        """)
    )
