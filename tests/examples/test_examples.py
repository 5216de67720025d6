"""Every example runs as a program, with no credentials and with a file of them, and prints what it should."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scgapi.sandbox import Sandbox

EXAMPLES = Path(__file__).parents[2] / "examples"
ID = r"[0-9A-Za-z]{20,26}"
NOTICE = r"No credentials given: using the embedded gateway, nothing leaves this machine\.\n"

PRINTS = {
    "list_senderids": (
        r"Sender id \+15552223561 has capabilities \['VOICE'\]\n"
        r"Sender id \+15552460009 has capabilities \['VOICE'\]\n"
        r"Sender id 15555551122 has capabilities \['SMS'\]\n"
        r"Sender id 155528999 has capabilities \['MMS', 'SMS'\]\n"
    ),
    "update_contact": r"John Doe changed name to John Anderson\n",
    "send_sms": rf"Sent message request {ID}\n",
    "send_sms_to_contact": rf"Sent message request {ID} to contact {ID}\n",
    "send_sms_to_grp": rf"Sent message request {ID} to group {ID}\n",
    "send_mms": rf"Uploaded attachment {ID}\nSent message request {ID}\n",
    "check_message_request_state": (
        rf"Message Request {ID} is in state COMPLETED with 0 delivered and 0 failed messages\n"
        rf" - Message {ID} is in state SENT, error code: None, error reason: None\n"
        rf" - Fragment {ID} has state SENT\n"
    ),
}
RECIPIENTS = ["--from", "155528999", "--to", "+15552461234", "+15552461235"]


def run(name: str, *args: str) -> str:
    program = subprocess.run(
        [sys.executable, "-W", "error", EXAMPLES / f"{name}.py", *args],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (program.returncode, program.stderr) == (0, "")
    return program.stdout


def test_every_example_is_run_here() -> None:
    receiving = {"two_way_bot", "delivery_receipts"}  # tests/events/test_examples.py runs these
    found = {path.stem for path in EXAMPLES.glob("*.py") if path.stem.removesuffix("_async") not in receiving}
    assert found == {
        "gateway",
        "misbehaving_gateway",
        "quickstart",
        *PRINTS,
        *(f"async_{name}" for name in PRINTS),
    }


@pytest.mark.parametrize("prefix", ["", "async_"], ids=["sync", "async"])
@pytest.mark.parametrize("name", PRINTS)
def test_without_credentials_it_runs_on_the_sandbox_and_says_so(name: str, prefix: str) -> None:
    assert re.fullmatch(NOTICE + PRINTS[name], run(prefix + name))


@pytest.mark.parametrize("prefix", ["", "async_"], ids=["sync", "async"])
@pytest.mark.parametrize("name", PRINTS)
def test_with_credentials_it_runs_where_they_lead(
    name: str, prefix: str, gateway: Sandbox, tmp_path: Path
) -> None:
    config = tmp_path / "auth.json"
    config.write_text(json.dumps({"token": gateway.auth.token, "url": gateway.url}))
    recipients = RECIPIENTS if name != "list_senderids" else []
    assert re.fullmatch(PRINTS[name], run(prefix + name, "--config", str(config), *recipients))


def test_nothing_is_sent_on_a_real_account_without_a_recipient(tmp_path: Path) -> None:
    config = tmp_path / "auth.json"
    config.write_text('{"token": "t"}')
    program = subprocess.run(
        [sys.executable, EXAMPLES / "send_sms.py", "--config", config],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert program.returncode == 2
    assert "--to" in program.stderr


def test_the_quickstart_sends_in_both_colours() -> None:
    assert re.fullmatch(
        rf"sync:  sent message request {ID}\nsync:  message {ID} is SENT\n"
        rf"async: sent message request {ID}\n(async: message {ID} is SENT\n){{2}}",
        run("quickstart"),
    )


def test_the_misbehaving_gateway_loses_answers_and_nothing_else() -> None:
    printed = re.fullmatch(
        r"sync:  in doubt, and found 1 time when looked up\nsync:  the gateway sent it 1 time\n"
        r"async: 200 sends, (\d+) in doubt, (\d+) of them sent, (\d+) sent in all\n",
        run("misbehaving_gateway"),
    )
    assert printed is not None
    doubts, found, sent = map(int, printed.groups())
    assert 0 < found < doubts
    assert sent == 200 - doubts + found
