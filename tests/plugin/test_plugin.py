"""The pytest plugin: its fixtures and its marker, in test runs of their own."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.plugin.checkout import python_path

pytest_plugins = ["pytester"]

needs_asyncio = pytest.mark.skipif(find_spec("pytest_asyncio") is None, reason="needs pytest-asyncio")
needs_xdist = pytest.mark.skipif(find_spec("xdist") is None, reason="needs pytest-xdist")

SEND = 'message_requests.create(from_="155528999", to=[scg_phone.number], body="Your code is 123456")'


@pytest.fixture
def run(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Run:
    monkeypatch.setenv("PYTHONPATH", python_path(tmp_path_factory.mktemp("metadata")))
    return Run(pytester)


class Run:
    """Runs a test module in a process of its own, in which warnings are errors."""

    def __init__(self, pytester: pytest.Pytester) -> None:
        self._pytester = pytester

    def __call__(self, module: str, *arguments: str) -> pytest.RunResult:
        self._pytester.makepyfile(test_module=module)
        return self.again(*arguments)

    def again(self, *arguments: str) -> pytest.RunResult:
        plain = ("-p", "no:cacheprovider", "-W", "error", "--strict-markers")
        # pytest-asyncio asks for a setting wherever it is installed.
        without_asyncio = () if any("asyncio" in argument for argument in arguments) else ("-p", "no:asyncio")
        return self._pytester.runpytest_subprocess(*plain, *without_asyncio, *arguments)


def test_the_fixtures_work_together(run: Run) -> None:
    result = run(f"""
        import asyncio
        import scgapi, scgapi.sandbox

        def test_types(scg_sandbox, scg_client, scg_async_client, scg_phone, scg_faults):
            assert type(scg_sandbox) is scgapi.sandbox.Sandbox
            assert type(scg_client) is scgapi.Client
            assert type(scg_async_client) is scgapi.AsyncClient
            assert type(scg_phone) is scgapi.sandbox.Phone
            assert type(scg_faults) is scgapi.sandbox.FaultInjector

        def test_send(scg_client, scg_phone):
            scg_client.{SEND}
            assert scg_phone.code() == "123456"

        def test_async_send(scg_async_client, scg_client, scg_phone):
            asyncio.run(scg_async_client.{SEND})
            assert [message.body for message in scg_client.messages.list()] == ["Your code is 123456"]

        def test_fault(scg_client, scg_faults, scg_sandbox, scg_phone):
            rule = scg_faults.refuse(times=2)
            scg_client.{SEND}
            assert (rule.fired, scg_sandbox.received("message_requests.create")) == (2, 3)

        def test_environment(scg_environment, scg_phone):
            with scgapi.Client() as scg:
                scg.{SEND}
            assert scg_phone.code() == "123456"
    """)
    result.assert_outcomes(passed=5)


def test_each_test_begins_anew_on_the_same_server(run: Run, pytester: pytest.Pytester) -> None:
    result = run("""
        import pytest

        @pytest.mark.parametrize("number", range(3))
        def test_once(number, scg_client, scg_sandbox):
            with open("urls", "a") as file:
                print(scg_sandbox.url, file=file)
            assert list(scg_client.contacts.list()) == []
            assert scg_sandbox.gateway.rules.in_force() == []
            scg_client.contacts.create(first_name="Ann")
            scg_sandbox.inject_fault("contacts.get", scg_sandbox_fault())

        def scg_sandbox_fault():
            from scgapi.sandbox import faults
            return faults.Refuse()
    """)
    result.assert_outcomes(passed=3)
    assert len(set((pytester.path / "urls").read_text().split())) == 1


def test_the_marker_sets_progress_clock_and_lifetime_of_tokens(run: Run) -> None:
    result = run(f"""
        import pytest
        from scgapi.sandbox import AfterReads, AfterSeconds, Immediate

        def delivered(scg_client, scg_phone):
            request_id = scg_client.{SEND}
            return lambda: scg_client.message_requests.get(request_id).delivered_count

        @pytest.mark.scg_sandbox(progress=AfterSeconds(60), clock=lambda: 1_700_000_000.0)
        class TestClass:
            def test_class(self, scg_client, scg_phone, scg_sandbox):
                count = delivered(scg_client, scg_phone)
                assert count() == count() == count() == 0
                scg_sandbox.gateway.advance(120)
                assert count() == 1
                assert scg_sandbox.gateway.now == 1_700_000_120.0

            @pytest.mark.scg_sandbox(progress=Immediate())
            def test_function(self, scg_client, scg_phone, scg_sandbox):
                assert delivered(scg_client, scg_phone)() == 1
                assert scg_sandbox.gateway.now == 1_700_000_000.0

        @pytest.mark.scg_sandbox(token_ttl=900)
        def test_token(scg_client, scg_sandbox):
            scg_client.contacts.create(first_name="Ann")
            assert scg_sandbox.executed("auth.refresh") == 0
            scg_sandbox.gateway.advance(901)
            scg_client.contacts.create(first_name="Bo")
            assert scg_sandbox.executed("auth.refresh") == 1

        def test_none(scg_client, scg_phone, scg_sandbox):
            assert scg_sandbox.gateway.progress == AfterReads(1)
            assert scg_sandbox.gateway.token_ttl is None
            assert scg_sandbox.gateway.now > 1_750_000_000
    """)
    result.assert_outcomes(passed=4)


def test_a_mistake_in_the_marker_is_one_line(run: Run) -> None:
    mistakes = {
        "progres=None": "takes progress=, clock=, token_ttl=; got progres",
        "900": "takes progress=, clock=, token_ttl=; got 900",
        "progress='manual'": "progress must be AfterReads(…), AfterSeconds(…) or Immediate(), got 'manual'",
        "progress=int": "progress must be AfterReads(…), AfterSeconds(…) or Immediate(), got <class 'int'>",
        "clock=0": "clock must be a function that returns seconds since 1970, got 0",
        "token_ttl='900'": "token_ttl must be a number of seconds or None, got '900'",
        "token_ttl=True": "token_ttl must be a number of seconds or None, got True",
        "token_ttl=0": "token_ttl must be more than 0 seconds, got 0",
    }
    tests = (
        f"@pytest.mark.scg_sandbox({arguments})\ndef test_{number}(scg_client): pass\n"
        for number, arguments in enumerate(mistakes)
    )
    result = run("\n".join(["import pytest", *tests]))
    result.assert_outcomes(errors=len(mistakes))
    shown = [line for line in result.outlines if line.startswith("@pytest.mark.scg_sandbox: ")]
    assert shown == [f"@pytest.mark.scg_sandbox: {expected}" for expected in mistakes.values()]
    assert "pytest_plugin.py" not in result.stdout.str()


def test_a_missing_extra_is_one_line(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makeconftest("import sys; sys.modules['starlette'] = None")
    result = run("""
        def test_one(scg_client): pass
        def test_two(scg_sandbox): pass
    """)
    result.assert_outcomes(errors=2)
    line = """scgapi's fixtures: the sandbox needs starlette: pip install "scgapi[sandbox]\""""
    assert result.outlines.count(line) == 2
    assert "Traceback" not in result.stdout.str()
    assert "pytest_plugin.py" not in result.stdout.str()


@pytest.mark.parametrize(
    "arguments", [["--collect-only"], ["-k", "unrelated"], ["--fixtures"], ["--markers"]]
)
def test_the_package_is_imported_when_a_fixture_is_used(
    run: Run, pytester: pytest.Pytester, arguments: list[str]
) -> None:
    pytester.makeconftest("""
        import sys

        def pytest_unconfigure():
            print("LOADED", sorted(name for name in sys.modules if name.startswith("scgapi")))
    """)
    module = "def test_unrelated(): pass\ndef test_it(scg_client): pass"
    result = run(module, "-s", *arguments)
    loaded = ["scgapi", "scgapi._exports", "scgapi._lazy", "scgapi.pytest_plugin"]
    assert f"LOADED {loaded}" in result.outlines
    assert not any(line.startswith("LOADED " + str(loaded)) for line in run.again("-s").outlines)


def test_the_fixtures_and_the_marker_are_listed_and_can_be_switched_off(run: Run) -> None:
    listed = run("def test_it(scg_client): pass", "--fixtures").stdout.str()
    _, _, own = listed.partition("fixtures defined from scgapi.pytest_plugin")
    own = own.lstrip(" -").partition("\n---")[0]
    names = [line.partition(" -- ")[0].strip() for line in own.splitlines() if " -- " in line]
    assert names == [
        "scg_sandbox",
        "scg_client",
        "scg_async_client",
        "scg_environment",
        "scg_phone",
        "scg_faults",
    ]
    assert "no docstring" not in own
    assert (
        "@pytest.mark.scg_sandbox(progress=..., clock=..., token_ttl=...)"
        in run.again("--markers").stdout.str()
    )
    run.again("-p", "no:scgapi").assert_outcomes(errors=1)


ASYNC_TESTS = f"""
    import asyncio, pytest
    import scgapi
    {{imports}}

    {{mark}}
    async def test_send(scg_async_client, scg_phone):
        await scg_async_client.{SEND}
        assert scg_phone.code() == "123456"

    {{mark}}
    async def test_fault(scg_async_client, scg_faults, scg_sandbox, scg_phone):
        scg_faults.lose_response()
        with pytest.raises(scgapi.OutcomeUnknownError):
            await scg_async_client.{SEND}
        assert scg_sandbox.executed("message_requests.create") == 1

    {{mark}}
    async def test_at_once(scg_async_client, scg_phone):
        await asyncio.gather(*(scg_async_client.{SEND} for _ in range(20)))
        assert len(scg_phone.messages()) == 20

    def test_sync(scg_client, scg_phone):
        scg_client.{SEND}
        assert scg_phone.code() == "123456"
"""
SETTINGS = ("-o", "asyncio_default_fixture_loop_scope=function")


@needs_asyncio
@pytest.mark.parametrize(
    ("mode", "mark"),
    [
        ("strict", "@pytest.mark.asyncio"),
        ("strict", "@pytest.mark.asyncio(loop_scope='session')"),
        ("auto", ""),
    ],
)
def test_async_tests_run_with_pytest_asyncio(run: Run, mode: str, mark: str) -> None:
    result = run(ASYNC_TESTS.format(mark=mark, imports=""), *SETTINGS, "-o", f"asyncio_mode={mode}")
    result.assert_outcomes(passed=4)


def test_async_tests_run_with_anyio(run: Run) -> None:
    backend = "@pytest.fixture\n    def anyio_backend(): return 'asyncio'"
    result = run(ASYNC_TESTS.format(mark="@pytest.mark.anyio", imports=backend))
    result.assert_outcomes(passed=4)


def test_no_plugin_for_async_tests_is_started(run: Run) -> None:
    result = run("async def test_it(scg_async_client): pass", "-W", "default")
    result.assert_outcomes(failed=1)
    assert "async def functions are not natively supported" in result.stdout.str()


@needs_xdist
def test_each_worker_of_xdist_has_a_sandbox_of_its_own(run: Run, pytester: pytest.Pytester) -> None:
    result = run(
        """
        import pytest

        @pytest.mark.parametrize("number", range(40))
        def test_it(number, scg_client, scg_sandbox, worker_id):
            with open(f"urls-{worker_id}", "a") as file:
                print(scg_sandbox.url, file=file)
            scg_client.contacts.create(first_name="Ann")
            assert len(list(scg_client.contacts.list())) == 1
        """,
        "-n", "2",
    )  # fmt: skip
    result.assert_outcomes(passed=40)
    urls = [set(path.read_text().split()) for path in pytester.path.glob("urls-*")]
    assert len(urls) == len(set[str]().union(*urls)) == 2


def test_time_can_be_frozen(run: Run) -> None:
    result = run("""
        import datetime
        from freezegun import freeze_time

        @freeze_time("2026-01-01 12:00:00")
        def test_it(scg_client):
            contact_id = scg_client.contacts.create(first_name="Ann")
            assert scg_client.contacts.get(contact_id).created_date == datetime.datetime.now(datetime.UTC)
    """)
    result.assert_outcomes(passed=1)


def test_the_plugin_imports_pytest_alone() -> None:
    text = (Path(__file__).parents[2] / "scgapi" / "pytest_plugin.py").read_text()
    at_import = [line for line in text.splitlines() if line.startswith(("import ", "from "))]
    assert at_import == [
        "from __future__ import annotations",
        "from collections.abc import Iterator",
        "from typing import TYPE_CHECKING, Any",
        "import pytest",
    ]
