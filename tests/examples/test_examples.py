"""Every example runs as a program, with no credentials and with a file of them, and prints what it should."""

from __future__ import annotations

import json
import re
import runpy
import subprocess
import sys
import time
from pathlib import Path

import pytest

import scgapi
from scgapi.sandbox import Sandbox

EXAMPLES = Path(__file__).parents[2] / "examples"
ID = r"[0-9A-Za-z]{20,26}"
NOTICE = r"No credentials given: using the sandbox, nothing leaves this machine\.\n"

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
MODERN = {
    "send": rf"Message request {ID} is COMPLETED\n(Message {ID} is SENT\n){{2}}",
    "send_code": r"Sent a code\nRight\n",
    "send_picture": (
        r"Uploading\n  0 of 73 bytes\n  73 of 73 bytes\n"
        rf"Sent message request {ID}\nDownloaded 73 bytes\n"
    ),
    "send_many": r"20 sent\n",
    "campaign": (
        r"Plan of 'spring-sale': nothing was sent\.\nrecipients +2 of 2 lines\n(.*\n)+"
        r"2 of 2 accepted.*\nline,address,.*\n2,\+15552461234,ACCEPTED,.*\n3,\+15552461235,ACCEPTED,.*\n"
    ),
}
RECIPIENTS = ["--from", "155528999", "--to", "+15552461234", "+15552461235"]
GUIDE = [f"{prefix}{name}" for name in PRINTS for prefix in ("", "async_")]
# What the sandbox needs, and nothing else does.
WITHOUT_EXTRA = """\
import runpy, sys
sys.modules.update(dict.fromkeys(["starlette", "uvicorn", "python_multipart"]))
sys.argv = sys.argv[1:]
sys.path.insert(0, sys.argv[0].rpartition("/")[0])
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run every example in a folder of its own: an auth.json in the checkout must not decide what a test does."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(name: str, *args: str, before: tuple[str, ...] = ()) -> str:
    program = subprocess.run(
        [sys.executable, "-W", "error", *before, str(EXAMPLES / f"{name}.py"), *args],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (program.returncode, program.stderr) == (0, "")
    return program.stdout


def write_credentials(gateway: Sandbox, folder: Path) -> str:
    config = folder / "auth.json"
    config.write_text(json.dumps({"token": gateway.auth.token, "url": gateway.url}))
    return str(config)


def test_every_example_is_run_here() -> None:
    receiving = {"two_way_bot", "delivery_receipts"}  # tests/events/test_examples.py runs these
    found = {path.stem for path in EXAMPLES.glob("*.py") if path.stem.removesuffix("_async") not in receiving}
    assert found == {
        "fastapi_app",
        "gateway",
        "fault_injection",
        "quickstart",
        *GUIDE,
        *MODERN,
        *(f"{name}_async" for name in MODERN),
    }


def test_the_list_of_examples_names_each_once_and_the_guides_last() -> None:
    text = (EXAMPLES / "README.md").read_text()
    modern, guide = text.split("## The guide's programs")
    assert sorted(re.findall(r"\]\((\w+)\.py\)", guide)) == sorted(GUIDE)
    rest = {path.stem for path in EXAMPLES.glob("*.py")} - set(GUIDE)
    assert sorted(re.findall(r"\]\((\w+)\.py\)", modern)) == sorted(rest)


@pytest.mark.parametrize("name", GUIDE)
def test_the_guides_programs_say_so_first(name: str) -> None:
    assert (EXAMPLES / f"{name}.py").read_text().startswith('"""From the guide of the 2017 SDK: ')


@pytest.mark.parametrize("name", ["list_senderids", "async_list_senderids"])
def test_the_guides_programs_read_auth_json_in_the_working_directory(
    name: str, gateway: Sandbox, folder: Path
) -> None:
    write_credentials(gateway, folder)
    assert re.fullmatch(PRINTS["list_senderids"], run(name))


def test_a_file_that_is_named_or_the_environment_goes_before_auth_json(
    gateway: Sandbox, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "auth.json").write_text('{"token": "t", "url": "http://127.0.0.1:9"}')
    other = folder / "other"
    other.mkdir()
    config = write_credentials(gateway, other)
    assert re.fullmatch(PRINTS["list_senderids"], run("list_senderids", "--config", config))
    monkeypatch.setenv("SCG_CONFIG", config)
    assert re.fullmatch(PRINTS["list_senderids"], run("list_senderids"))


@pytest.mark.parametrize("name", [*PRINTS, *MODERN])
def test_with_credentials_it_runs_without_the_sandbox_extra(
    name: str, gateway: Sandbox, folder: Path
) -> None:
    write_credentials(gateway, folder)
    arguments = RECIPIENTS if name != "list_senderids" else []
    if name == "send_code":  # asks for the code
        arguments = ["--help"]
    assert run(name, *arguments, before=("-c", WITHOUT_EXTRA))


def test_without_credentials_and_extra_it_says_what_to_do() -> None:
    program = subprocess.run(
        [sys.executable, "-c", WITHOUT_EXTRA, str(EXAMPLES / "send.py")], capture_output=True, text=True
    )
    assert program.returncode == 1
    assert program.stderr.startswith("No credentials found, and the sandbox needs ")
    assert "pip install" in program.stderr
    assert program.stdout == ""


def test_requirements_txt_installs_this_folder_with_the_sandbox() -> None:
    lines = (EXAMPLES.parent / "requirements.txt").read_text().splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["-e .[sandbox]"]


@pytest.mark.parametrize("suffix", ["", "_async"], ids=["sync", "async"])
@pytest.mark.parametrize("name", MODERN)
def test_a_modern_example_runs_on_the_sandbox(name: str, suffix: str) -> None:
    assert re.fullmatch(NOTICE + MODERN[name], run(name + suffix))


@pytest.mark.parametrize("suffix", ["", "_async"], ids=["sync", "async"])
def test_many_recipients_each_get_a_text_of_their_own(suffix: str, gateway: Sandbox, folder: Path) -> None:
    write_credentials(gateway, folder)
    assert run(f"send_many{suffix}", *RECIPIENTS) == "2 sent\n"
    with scgapi.Client(gateway.auth) as scg:
        found = {message.to_address: message.body for message in scg.messages.list()}
    assert found == {"+15552461234": "You are number 1", "+15552461235": "You are number 2"}


def test_a_campaign_that_runs_again_texts_nobody_twice(gateway: Sandbox, folder: Path) -> None:
    write_credentials(gateway, folder)
    for suffix in ("", "_async", ""):
        assert re.fullmatch(MODERN["campaign"], run(f"campaign{suffix}", *RECIPIENTS))
    with scgapi.Client(gateway.auth) as scg:
        found = {message.to_address: message.body for message in scg.messages.list()}
    assert gateway.executed("message_requests.create") == 2
    assert found == {
        "+15552461234": "Hi Ann, your table for 2 is booked.",
        "+15552461235": "Hi Bob, your table for 3 is booked.",
    }


@pytest.mark.parametrize("suffix", ["", "_async"], ids=["sync", "async"])
def test_a_code_that_the_user_types(suffix: str, gateway: Sandbox, folder: Path) -> None:
    write_credentials(gateway, folder)
    program = subprocess.run(
        [sys.executable, str(EXAMPLES / f"send_code{suffix}.py"), *RECIPIENTS[:4]],
        input="nothing\n",
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (program.returncode, program.stderr) == (0, "")
    assert program.stdout == "Sent a code\nCode: Wrong\n"


def test_a_code_is_good_once_for_a_few_attempts_and_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(EXAMPLES), *sys.path])
    codes_of = runpy.run_path(str(EXAMPLES / "send_code.py"))
    codes = codes_of["Codes"]()
    code = codes.create("+1")
    assert not codes.check("+1", "no code")
    assert not codes.check("+2", code)
    assert codes.check("+1", f" {code} ")
    assert not codes.check("+1", code)
    code = codes.create("+1")
    for _ in range(codes_of["ATTEMPTS"]):
        assert not codes.check("+1", "no code")
    assert not codes.check("+1", code)
    now = time.monotonic()
    code = codes.create("+1")
    monkeypatch.setattr("time.monotonic", lambda: now + 3600)
    assert not codes.check("+1", code)


def test_the_fastapi_application_sends_and_receives() -> None:
    assert re.fullmatch(
        r"Using the sandbox, nothing leaves this machine\.\n"
        rf"POST /texts: 202\nGET /texts/…: COMPLETED\nReceived message {ID}\n",
        run("fastapi_app"),
    )


@pytest.mark.parametrize("prefix", ["", "async_"], ids=["sync", "async"])
@pytest.mark.parametrize("name", PRINTS)
def test_without_credentials_it_runs_on_the_sandbox_and_says_so(name: str, prefix: str) -> None:
    assert re.fullmatch(NOTICE + PRINTS[name], run(prefix + name))


@pytest.mark.parametrize("prefix", ["", "async_"], ids=["sync", "async"])
@pytest.mark.parametrize("name", PRINTS)
def test_with_credentials_it_runs_where_they_lead(
    name: str, prefix: str, gateway: Sandbox, tmp_path: Path
) -> None:
    config = write_credentials(gateway, tmp_path)
    recipients = RECIPIENTS if name != "list_senderids" else []
    assert re.fullmatch(PRINTS[name], run(prefix + name, "--config", config, *recipients))


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


def test_the_quickstart_sends_with_both_clients() -> None:
    assert re.fullmatch(
        rf"sync:  sent message request {ID}\nsync:  message {ID} is SENT\n"
        rf"async: sent message request {ID}\n(async: message {ID} is SENT\n){{2}}",
        run("quickstart"),
    )


def test_the_fault_injection_loses_answers_and_nothing_else() -> None:
    printed = re.fullmatch(
        r"sync:  in doubt, and found 1 time when looked up\nsync:  the gateway sent it 1 time\n"
        r"async: 200 sends, (\d+) in doubt, (\d+) of them sent, (\d+) sent in all\n",
        run("fault_injection"),
    )
    assert printed is not None
    doubts, found, sent = map(int, printed.groups())
    assert 0 < found < doubts
    assert sent == 200 - doubts + found
