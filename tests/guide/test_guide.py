"""The older SDK's guide: its programs, pasted as printed, run and print what it prints."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

import scgapi
from scgapi import Scg
from scgapi.sandbox import Sandbox

GUIDE = Path(__file__).parents[3] / "shared" / "guide.txt"
PRINTED = (Path(__file__).parent / "printed.txt").read_text()
# Its lines have lost their indentation; the copy beside this file has it back, and nothing else is changed.
PROGRAMS: dict[str, str] = dict(re.findall(r"#### (\w+)\n(.*?)(?=#### |\Z)", PRINTED, re.DOTALL))
ID = r"[0-9A-Za-z]{20,26}"

Run = Callable[..., str]


@pytest.fixture
def config(gateway: Sandbox, tmp_path: Path) -> str:
    path = tmp_path / "auth.json"
    path.write_text(json.dumps({"token": gateway.auth.token}))
    return str(path)


@pytest.fixture
def sessions(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The guide's programs leave their sessions open: here they are closed behind them."""
    with ExitStack() as opened:
        connect = Scg.connect

        def remembered(scg: Scg, api: str, auth: scgapi.AuthInfo) -> scgapi.Client:
            return opened.enter_context(connect(scg, api, auth))

        monkeypatch.setattr(Scg, "connect", remembered)
        yield


@pytest.fixture
def run(gateway: Sandbox, config: str, sessions: None, capsys: pytest.CaptureFixture[str]) -> Run:
    """Paste a program below its imports, call one of its functions, and hand over what it printed."""

    def pasted(program: str, function: str, *args: object) -> str:
        names: dict[str, object] = {}
        exec(f"import scgapi\nfrom scgapi import Scg\n{PROGRAMS[program]}", names)
        called = names[function]
        assert callable(called)
        called(gateway.url, config, *args)
        return capsys.readouterr().out

    return pasted


@pytest.mark.skipif(not GUIDE.exists(), reason="the guide is not beside this checkout")
@pytest.mark.parametrize("name", PROGRAMS)
def test_the_programs_are_the_guides(name: str) -> None:
    printed = re.sub(r"\s+", " ", GUIDE.read_text())
    assert re.sub(r"\s+", " ", PROGRAMS[name]).strip() in printed


def test_list_senderids(run: Run) -> None:
    assert run("list_senderids", "list_senderids") == (
        "Sender id +15552223561 has capabilities ['VOICE']\n"
        "Sender id +15552460009 has capabilities ['VOICE']\n"
        "Sender id 15555551122 has capabilities ['SMS']\n"
        "Sender id 155528999 has capabilities ['MMS', 'SMS']\n"
    )


def test_create_and_update_contact(run: Run, scg: scgapi.Client) -> None:
    assert run("create_and_update_contact", "create_and_update_contact", "+15552461234") == (
        "John Doe changed name to John Anderson\n"
    )
    assert list(scg.contacts.list()) == []


def test_send_sms(run: Run) -> None:
    assert re.fullmatch(
        rf"Sent message request {ID}\n", run("send_sms", "send_sms", "+15552461234", "15555551122")
    )


def test_send_sms_to_a_contact(scg: scgapi.Client) -> None:
    names: dict[str, object] = {
        "mrq_res": scgapi.MessageRequest.Resource(scg),
        "sender_id": next(scg.sender_ids.list(capabilities="SMS")).id,
        "contact_id": scg.contacts.create(primary_mdn="+15552461234"),
    }
    exec(PROGRAMS["send_sms_to_contact"], names)
    (message,) = scg.message_requests.list_messages(str(names["reqid"]))
    assert (message.to_address, message.contact_id) == ("+15552461234", names["contact_id"])


def test_send_sms_to_a_group(run: Run, scg: scgapi.Client) -> None:
    out = run("send_sms_to_grp", "send_sms", "+15552461234", "+15552461235", "15555551122")
    found = re.fullmatch(rf"Sent message request ({ID}) to group ({ID})\n", out)
    assert found
    recipients = {message.to_address for message in scg.message_requests.list_messages(found[1])}
    assert recipients == {"+15552461234", "+15552461235"}


def test_send_mms(run: Run, tmp_path: Path, scg: scgapi.Client) -> None:
    picture = tmp_path / "picture.jpg"
    picture.write_bytes(b"\xff\xd8picture")
    out = run("send_mms", "send_mms", "+15552461234", "155528999", str(picture))
    found = re.fullmatch(rf"Uploaded attachment ({ID})\nSent message request ({ID})\n", out)
    assert found
    assert scg.attachments.download(found[1]) == b"\xff\xd8picture"


def test_check_state(run: Run, scg: scgapi.Client) -> None:
    request_id = scg.message_requests.create(from_="15555551122", to=["+15552461234"], body="Hello")
    assert re.fullmatch(
        rf"Message Request {request_id} is in state COMPLETED with 0 delivered and 0 failed messages\n"
        rf" - Message {ID} is in state SENT, error code: None, error reason: None\n"
        rf" - Fragment {ID} has state SENT\n",
        run("check_state", "check_state", request_id),
    )


def test_objects_are_built_and_created_as_the_guide_says(scg: scgapi.Client) -> None:
    res = scgapi.Contact.Resource(scg)
    contact = scgapi.Contact()
    contact.first_name = "John"
    contact.last_name = "Doe"
    contact_id = res.create(contact)
    assert res.get(contact_id).last_name == "Doe"
    res.delete(contact_id)
    assert scgapi.Contact.Resource is type(scg.contacts)
