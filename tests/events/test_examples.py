"""The examples that receive events run as programs, on the sandbox and on an account of one's own."""

from __future__ import annotations

import http.client
import json
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

import scgapi
from scgapi.sandbox import EventService, Sandbox
from tests.examples.test_examples import EXAMPLES, ID, WITHOUT_EXTRA, run

NOTICE = r"No --user and --password given: using the sandbox, nothing leaves this machine\.\n"
USER = ("gateway", "its password")
PRINTS = {
    "two_way_bot": rf"Answered message {ID} with request {ID}\nThe handset got: You said: Is anybody there\?\n",
    "delivery_receipts": (
        rf"Sent message request {ID}\n"
        rf"(Message {ID} went from (CREATED|SENT) to (SENT|DELIVERED)\n){{2,4}}"
        rf"(Message {ID} is DELIVERED\n){{2}}"
    ),
}


@pytest.mark.parametrize("suffix", ["", "_async"], ids=["sync", "async"])
@pytest.mark.parametrize("name", PRINTS)
def test_without_credentials_it_runs_on_the_sandbox_and_says_so(name: str, suffix: str) -> None:
    assert re.fullmatch(NOTICE + PRINTS[name], run(name + suffix))


def listening(port: int) -> bool:
    made = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        made.request("GET", "/")
        return made.getresponse().status == 405
    except ConnectionError:
        return False
    finally:
        made.close()


@pytest.mark.parametrize("name", ["two_way_bot", "two_way_bot_async"])
def test_with_credentials_it_serves_until_interrupted(name: str, gateway: Sandbox, tmp_path: Path) -> None:
    config = tmp_path / "auth.json"
    config.write_text(json.dumps({"token": gateway.auth.token, "url": gateway.url}))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    # The asynchronous one needs uvicorn, which comes with the extra.
    before = ["-c", WITHOUT_EXTRA] if name == "two_way_bot" else []
    path = str(EXAMPLES / f"{name}.py")
    command = [sys.executable, *before, path, "--config", str(config), "--port", str(port)]
    credentials = ["--user", USER[0], "--password", USER[1], "--store", str(tmp_path / "events.db")]
    with subprocess.Popen(
        [*command, *credentials], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        try:
            limit = time.monotonic() + 30
            while not listening(port):
                assert time.monotonic() < limit
                assert program.poll() is None, program.stderr and program.stderr.read()
            with EventService(gateway, f"http://127.0.0.1:{port}", basic=USER, duplicates=2) as service:
                gateway.gateway.receive(to="155528999", from_="+15552461234", body="Hi")
                service.wait()
            with scgapi.Client(gateway.auth) as scg:
                assert [message.body for message in scg.messages.list(direction="MT")] == ["You said: Hi"]
        finally:
            program.terminate()


@pytest.mark.parametrize("name", PRINTS)
def test_a_receiver_on_a_real_account_needs_the_gateways_credentials(name: str, tmp_path: Path) -> None:
    program = subprocess.run(
        [sys.executable, EXAMPLES / f"{name}.py", "--config", tmp_path / "auth.json"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert program.returncode == 2
    assert "--password" in program.stderr
