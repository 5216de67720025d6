"""Saving and loading of accounts."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import signal
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

import scgapi
from scgapi.sandbox import Sandbox
from scgapi.sandbox.gateway import Gateway
from scgapi.sandbox.storage import account_dump

SOURCE = Path(account_dump.__file__).parents[1]
FROM, TO = "155528999", "+15552461234"


def fill(gateway: Sandbox) -> dict[str, str]:
    """Create objects of all kinds that have state beside their fields."""
    with scgapi.Client(gateway.auth) as scg:
        paused = scg.message_requests.create(from_=FROM, to=[TO], body="Hi", pause_before_transmit=True)
        scg.message_requests.create(from_=FROM, to=[TO], body="Hi")
        contact = scg.contacts.create(first_name="Ann", primary_mdn=TO)
        group = scg.contact_groups.create(name="all")
        scg.contact_groups.add_contact(group, contact)
        picture = scg.attachments.create_and_upload(b"\x00\xff picture", name="p", type="image/png").id
        exported = scg.contact_exports.create()
        call = scg.calls.create(from_="+15552223561", to=TO)
        sender = next(row.id for row in scg.sender_ids.list() if row.address == FROM)
        scg.contact_address_statuses.create(address=TO, sender_id=sender)
        gateway.gateway.advance(60)
    return {"paused": paused, "contact": contact, "group": group, "picture": picture} | {
        "export": exported,
        "call": call,
    }


@pytest.fixture
def ids(gateway: Sandbox) -> dict[str, str]:
    return fill(gateway)


@pytest.mark.usefixtures("ids")
def test_a_loaded_account_equals_the_saved_one(gateway: Sandbox) -> None:
    other = Gateway()
    other.load(gateway.gateway.dump())
    assert json.loads(other.dump().splitlines()[1]) == json.loads(gateway.gateway.dump().splitlines()[1])


def test_the_account_goes_on_where_it_was(gateway: Sandbox, ids: dict[str, str]) -> None:
    with Sandbox() as second:
        second.gateway.load(gateway.gateway.dump())
        auth = scgapi.AuthInfo(token=gateway.auth.token, url=second.url)
        with scgapi.Client(auth) as scg:
            assert scg.message_requests.get(ids["paused"]).state == "PAUSED"
            scg.message_requests.resume(ids["paused"])
            assert scg.message_requests.wait(ids["paused"]).state == "COMPLETED"
            assert [row.id for row in scg.contact_groups.list_contacts(ids["group"])] == [ids["contact"]]
            assert scg.attachments.download(ids["picture"]) == b"\x00\xff picture"
            assert scg.contact_exports.wait(ids["export"]).state == "COMPLETED"
            statuses = [*scg.contact_address_statuses.list()]
            assert [row.consent_status for row in statuses] == ["NONE"]
            with pytest.raises(scgapi.ConflictError):
                scg.contact_address_statuses.create(address=TO, sender_id=str(statuses[0].sender_id))
            assert scg.calls.get(ids["call"]).state
        assert abs(second.gateway.now - gateway.gateway.now) < 30


def test_every_component_of_an_account_is_saved() -> None:
    used = {
        name
        for path in SOURCE.rglob("*.py")
        for name in re.findall(r"\.component\((\w+)\)", path.read_text())
        if path.name != "account_dump.py" and name != "kind"
    }
    saved = {attribute.component.__name__ for attribute in account_dump._SAVED} | {
        component.__name__ for component in account_dump._FOLLOWERS
    }
    # The listings that were asked for last are found anew.
    assert used == saved | {"Selections"}


def sealed(account: object) -> bytes:
    body = json.dumps(account).encode()
    head = {"format": account_dump._FORMAT, "sha256": hashlib.sha256(body).hexdigest()}
    return json.dumps(head).encode() + b"\n" + body


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "does not begin"),
        (b"{}\n{}", "does not begin"),
        (b'{"format": "scgapi sandbox account, version 2"}\n{}', "does not begin"),
        (sealed({})[:-1], "checksum"),
        (sealed({}), "no account of this version"),
        (sealed([]), "no account of this version"),
    ],
)
def test_damaged_content_is_refused_and_changes_nothing(content: bytes, reason: str) -> None:
    gateway = Gateway()
    before = gateway.dump()
    with pytest.raises(ValueError, match=reason):
        gateway.load(content)
    assert gateway.dump() == before


def test_every_byte_counts() -> None:
    gateway = Gateway()
    saved = gateway.dump()
    for place in range(0, len(saved) - 1, 997):
        damaged = bytearray(saved)
        damaged[place] ^= 4
        with pytest.raises(ValueError, match="it "):
            Gateway().load(bytes(damaged))


def test_a_reset_and_a_new_token_count_as_changes() -> None:
    gateway = Gateway()
    seen = [gateway.revision]
    for change in (gateway.rotate_token, gateway.expire_token, gateway.reset, lambda: gateway.advance(1)):
        change()
        assert gateway.revision != seen[-1]
        seen.append(gateway.revision)


@contextlib.contextmanager
def served(*options: str) -> Generator[tuple[subprocess.Popen[str], str], None, None]:
    """Start a sandbox as a process; yield its URL."""
    command = [sys.executable, "-m", "scgapi.sandbox", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process, process.stdout.readline().removeprefix("SCG sandbox listening on ").strip()
        finally:
            process.terminate()


def test_the_account_survives_a_restart(tmp_path: Path) -> None:
    state, auth = tmp_path / "state.json", tmp_path / "auth.json"
    options = ["--state", str(state), "--auth-file", str(auth)]
    with served(*options) as (process, _):
        with scgapi.Client(scgapi.AuthInfo(config=auth)) as scg:
            contact = scg.contacts.create(first_name="Ann")
        token = scgapi.AuthInfo(config=auth).token
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    assert state.stat().st_mode & 0o777 == 0o600
    with served(*options), scgapi.Client(scgapi.AuthInfo(config=auth)) as scg:
        assert scg.contacts.get(contact).first_name == "Ann"
    assert scgapi.AuthInfo(config=auth).token == token
    assert sorted(path.name for path in tmp_path.iterdir()) == ["auth.json", "state.json", "state.json.lock"]


def test_a_damaged_file_is_refused_and_kept(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    state.write_text("{}")
    command = [sys.executable, "-m", "scgapi.sandbox", "--state", str(state)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "does not begin as an account of the sandbox does" in done.stderr
    assert state.read_text() == "{}"


def test_printed_requests_hold_no_secrets_and_numbers() -> None:
    with served() as (process, url):
        with scgapi.Client(scgapi.AuthInfo(token="t", url=url)) as scg:
            for path in ("/contacts/+15552461234?limit=1", "/contacts"):
                with pytest.raises(scgapi.AuthenticationError):
                    scg.request("GET", path)
        process.terminate()
        _, lines = process.communicate(timeout=30)
    assert re.search(
        r"^\d\d:\d\d:\d\d GET /scg-external-api/api/v1/contacts 401 \d+ ms$", lines, re.MULTILINE
    )
    assert "5552461" not in lines
    assert "limit" not in lines


def test_quiet_is_quiet() -> None:
    with served("--quiet") as (process, url):
        with scgapi.Client(scgapi.AuthInfo(token="t", url=url)) as scg, pytest.raises(scgapi.ScgError):
            scg.request("GET", "/contacts")
        process.terminate()
        _, told = process.communicate(timeout=30)
        assert told == ""
