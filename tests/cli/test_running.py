"""Commands that run until they are interrupted: tail, listen, sandbox; and doctor, which looks at one that runs."""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Generator
from pathlib import Path

import pytest

import scgapi
from scgapi.sandbox import EventService, Sandbox, faults
from tests.cli.conftest import COMMAND, FROM, TO, Run, environment


@contextlib.contextmanager
def running(folder: Path, *words: str, **variables: str) -> Generator[subprocess.Popen[str], None, None]:
    """A command that runs; it is interrupted at the end."""
    with subprocess.Popen(
        [*COMMAND, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env=environment(folder, **variables),
    ) as process:
        try:
            yield process
        except BaseException:
            process.kill()
            raise
        process.send_signal(signal.SIGINT)


def line_of(stream: object) -> str:
    """The next line of a process's output."""
    read = getattr(stream, "readline")  # noqa: B009 - a pipe or None, for type checkers
    return str(read()).rstrip("\n")


def test_tail_prints_what_comes_in_and_goes_out(gateway: Sandbox, scg: scgapi.Client, tmp_path: Path) -> None:
    gateway.gateway.receive(to=FROM, from_=TO, body="old")
    with running(tmp_path, "messages", "tail", "--interval", "0.1", SCG_URL=gateway.url) as process:
        assert line_of(process.stderr) == "waiting for messages; Ctrl-C ends"
        # It reads what is there before it waits: what comes after two looks is new.
        before = gateway.received("messages.list")
        while gateway.received("messages.list") < before + 3:
            scg.sender_ids.list(limit=1).first()
        gateway.gateway.receive(to=FROM, from_=TO, body="new")
        assert json.loads(line_of(process.stdout))["body"] == "new"
        scg.message_requests.create(from_=FROM, to=[TO], body="answer")
        assert json.loads(line_of(process.stdout))["body"] == "answer"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (0, "", "")


def test_an_interrupted_send_may_have_been_sent(gateway: Sandbox, tmp_path: Path) -> None:
    gateway.inject_fault("message_requests.create", faults.Hang(executed=True))
    words = ["send", "Hi", "--to", TO, "--from", FROM]
    with running(tmp_path, *words, SCG_URL=gateway.url) as process:
        while not gateway.executed("message_requests.create"):
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, "")
    assert "It may have been sent; look it up: scgapi requests list --filter external_id=scgapi-" in err


def test_listen_prints_events(gateway: Sandbox, tmp_path: Path) -> None:
    words = ["events", "listen", "--port", "0", "--basic", "gateway:secret"]
    with running(tmp_path, *words) as process:
        url = line_of(process.stderr).removeprefix("events are awaited at ")
        with EventService(gateway, url, basic=("gateway", "secret")) as service:
            gateway.gateway.receive(to=FROM, from_=TO, body="Hello")
            service.wait()
            event = json.loads(line_of(process.stdout))
        assert event["event"]["fld-val-list"]["message_body"] == "Hello"
        with EventService(gateway, url, basic=("gateway", "wrong"), attempts=1) as service:
            gateway.gateway.receive(to=FROM, from_=TO, body="Forged")
            service.wait()
            assert [attempt.status for attempt in service.history] == [401]
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        assert (out, err.count("\n")) == ("", 1)
        assert "refused with 401" in err
    assert process.returncode == 0


def test_listen_is_not_open_to_everybody(away: Run) -> None:
    done = away("events", "listen", "--port", "0", "--host", "0.0.0.0")
    assert done.status == 2
    assert "--basic" in done.err


@pytest.mark.parametrize("words", [("events", "listen"), ("sandbox",)])
@pytest.mark.parametrize("port", ["99999", "-1", "http"])
def test_a_port_that_is_none_is_wrong_usage(away: Run, words: tuple[str, ...], port: str) -> None:
    done = away(*words, f"--port={port}")
    assert done.status == 2
    assert "--port" in done.err


@pytest.mark.parametrize("words", [("events", "listen"), ("sandbox", "--quiet")])
def test_a_port_that_is_taken_is_told(away: Run, gateway: Sandbox, words: tuple[str, ...]) -> None:
    port = gateway.url.rpartition(":")[2]
    done = away(*words, "--port", port)
    assert done.status == 1
    assert f"cannot listen at 127.0.0.1:{port}" in done.err


_READY = {"tail": "waiting for messages; Ctrl-C ends", "listen": "events are awaited at "}


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such shell")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize(
    "words", [("messages", "tail"), ("events", "listen", "--port", "0"), ("sandbox", "--quiet")]
)
def test_what_runs_until_stopped_ends_well_in_the_background_of_a_script(
    gateway: Sandbox, tmp_path: Path, words: tuple[str, ...], number: signal.Signals
) -> None:
    # A shell that is no terminal's starts such commands with SIGINT ignored.
    script = f"{shlex.join([*COMMAND, *words])} & echo $!; wait $!; echo status $?"
    with subprocess.Popen(
        ["sh", "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env=environment(tmp_path, SCG_URL=gateway.url),
    ) as process:
        child = int(line_of(process.stdout))
        try:
            if words[0] == "sandbox":
                line_of(process.stdout)
                line_of(process.stdout)
            else:
                assert line_of(process.stderr).startswith(_READY[words[1]])
            os.kill(child, number)
            out, err = process.communicate(timeout=60)
        except BaseException:
            os.kill(child, signal.SIGKILL)
            raise
    assert (out, err) == ("status 0\n", "")


def test_the_sandbox_serves_other_commands(away: Run, tmp_path: Path) -> None:
    with running(tmp_path, "sandbox", "--state", "account.json") as process:
        url = line_of(process.stdout).removeprefix("SCG sandbox listening on ")
        assert line_of(process.stdout) == f"See what it is sent at {url}/"
        request_id = away("send", "Hi", "--to", TO, "--from", FROM, SCG_URL=url).out.strip()
        lines = [line_of(process.stderr) for _ in range(2)]
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    assert "GET /sandbox/token 200" in lines[0]
    assert "POST /scg-external-api/api/v1/messaging/message_requests 200" in lines[1]
    with running(tmp_path, "sandbox", "--state", "account.json", "--quiet") as process:
        url = line_of(process.stdout).removeprefix("SCG sandbox listening on ")
        assert away("requests", "get", request_id, SCG_URL=url).row["id"] == request_id


def test_a_state_file_is_of_one_sandbox(away: Run, tmp_path: Path) -> None:
    with running(tmp_path, "sandbox", "--state", "account.json", "--quiet") as process:
        url = line_of(process.stdout).removeprefix("SCG sandbox listening on ")
        away("contacts", "create", "first_name=Ann", SCG_URL=url)
        (tmp_path / "same.json").symlink_to("account.json")
        for name in ("account.json", "same.json"):
            second = away("sandbox", "--state", name)
            assert (second.status, second.out) == (1, "")
            assert second.err == (
                f"another sandbox keeps its account in {name}: stop it, or name another --state\n"
            )
        process.kill()
    # One that was killed leaves no lock that counts.
    with running(tmp_path, "sandbox", "--state", "account.json", "--quiet") as process:
        assert line_of(process.stdout).startswith("SCG sandbox listening on ")


@pytest.mark.skipif(sys.platform == "win32", reason="BROWSER names a shell script")
def test_the_sandbox_opens_its_page(tmp_path: Path) -> None:
    browser = tmp_path / "browser"
    browser.write_text(
        f'#!/bin/sh\necho "$1" > {tmp_path}/opened.new; mv {tmp_path}/opened.new {tmp_path}/opened\n'
    )
    browser.chmod(0o755)
    with running(tmp_path, "sandbox", "--quiet", "--open", BROWSER=f"{browser} %s") as process:
        url = line_of(process.stdout).removeprefix("SCG sandbox listening on ")
        line_of(process.stdout)
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=30) == ("", "")
    assert (tmp_path / "opened").read_text() == f"{url}/\n"
    with running(
        tmp_path, "sandbox", "--quiet", "--open", BROWSER=f"{tmp_path}/absent %s", PATH=""
    ) as process:
        assert line_of(process.stderr) == "no browser can be opened here: open that address yourself"


def test_the_sandbox_posts_events(tmp_path: Path) -> None:
    with running(tmp_path, "events", "listen", "--port", "0") as listener:
        target = line_of(listener.stderr).removeprefix("events are awaited at ")
        with running(tmp_path, "sandbox", "--quiet", "--events-to", target) as process:
            url = line_of(process.stdout).removeprefix("SCG sandbox listening on ")
            body = json.dumps({"to": FROM, "from": TO, "body": "Hello"}).encode()
            question = urllib.request.Request(
                f"{url}/sandbox/messages", body, {"content-type": "application/json"}
            )
            with urllib.request.urlopen(question, timeout=30) as answer:
                assert answer.status == 201
            event = json.loads(line_of(listener.stdout))
    assert event["event"]["evt-tp"] == "mo_message_received"


def test_the_sandbox_says_what_it_cannot_do(away: Run, tmp_path: Path) -> None:
    (tmp_path / "account.json").write_text("{")
    damaged = away("sandbox", "--state", "account.json")
    assert damaged.status == 1
    assert "cannot take up account.json" in damaged.err
    assert away("sandbox", "--events-to", "nowhere").status == 1


def test_doctor_finds_all_well(run: Run) -> None:
    done = run("doctor")
    assert done.status == 0
    results = {row["check"]: row["result"] for row in done.rows}
    assert results == dict.fromkeys(
        (
            "python", "packages", "credentials", "proxy", "dns", "connection", "tls", "clock", "token", "read",
            "latency",
        ),
        "ok",
    )  # fmt: skip


def test_doctor_checks_what_needs_no_credentials(away: Run, scg_url: str) -> None:
    done = away("doctor", "--url", scg_url.replace("127.0.0.1", "localhost"), SCG_TOKEN="")
    assert done.status == 0
    stopped = away("doctor", SCG_URL="http://127.0.0.1:9")
    assert stopped.status == 1
    told = {row["check"]: row for row in stopped.rows}
    assert told["connection"]["result"] == "failed"
    assert "scgapi sandbox --port 9" in told["connection"]["advice"]
    assert "login" not in stopped.out
    malformed = away("doctor", SCG_URL="http:/127.0.0.1")
    assert (malformed.status, malformed.rows[-1]["check"]) == (2, "url")
    assert "SCG_URL must be a scheme and a host" in malformed.rows[-1]["detail"]


def test_doctor_says_what_is_wrong_and_what_to_do(run: Run, away: Run, scg_url: str) -> None:
    missing = away("doctor")
    assert missing.status == 4
    told = {row["check"]: row for row in missing.rows}
    assert "scgapi login" in told["credentials"]["advice"]
    assert {"proxy", "dns"} <= told.keys()
    refused = away("doctor", "--token", "wrong", "--url", scg_url)
    assert refused.status == 4
    by_check = {row["check"]: row for row in refused.rows}
    assert by_check["read"]["result"] == "failed"
    assert "refused" in by_check["read"]["advice"]
    unknown = away("doctor", "--token", "t", "--url", "https://gateway.invalid")
    assert (unknown.status, unknown.rows[-1]["check"]) == (1, "dns")
    closed = away("doctor", "--token", "t", "--url", "http://127.0.0.1:9")
    assert (closed.status, closed.rows[-1]["check"]) == (1, "connection")
    through = away(
        "doctor", "--token", "t", "--url", "http://gateway.test", http_proxy="http://u:pw@127.0.0.1:9"
    )
    assert (through.status, through.rows[-1]["check"]) == (1, "connection")
    assert through.rows[-2]["check"] == "dns"
    assert "http://127.0.0.1, by a variable" in through.out
    assert "pw" not in through.out
    plain = away("doctor", "--token", "t", "--url", scg_url.replace("http:", "https:"))
    assert (plain.status, plain.rows[-1]["check"]) == (1, "tls")


@pytest.mark.parametrize("lost", [False, True], ids=["all well", "an expired token"])
def test_doctor_probes_with_test_messages_only(
    run: Run, gateway: Sandbox, scg: scgapi.Client, lost: bool
) -> None:
    if lost:
        gateway.expire_token()
    done = run("doctor", "--probe", "--from", FROM, "--to", TO)
    assert done.status == 0
    probes = {row["check"]: row for row in done.rows if row["check"].startswith("probe")}
    assert probes["probe: look-up"]["result"] == "ok"
    # Test messages of the sandbox are not paused: nothing follows from that.
    for check in ("probe: pause and resume", "probe: expiry"):
        assert probes[check]["result"] == "cannot tell"
        assert "pause_before_transmit" in probes[check]["advice"]
    assert {row.state for row in scg.messages.list()} == {"TEST"}


def test_doctor_does_not_probe_without_addresses(run: Run, gateway: Sandbox) -> None:
    assert run("doctor", "--probe").status == 2
    assert gateway.received("*") == 0
