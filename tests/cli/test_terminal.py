"""A person at a real terminal: tables, the bar of a transfer, and the question before a large send."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

import scgapi
from scgapi.sandbox import Sandbox
from tests.cli.conftest import COMMAND, FROM, TO, environment

pexpect = pytest.importorskip("pexpect", reason="needs pexpect, and a system with terminals")

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_a_person_at_a_terminal(gateway: Sandbox, scg: scgapi.Client, tmp_path: Path) -> None:
    variables = {**environment(tmp_path, SCG_URL=gateway.url), "TERM": "xterm"}
    del variables["COLUMNS"]

    def typed(*words: str, answer: str | None = None, columns: int = 120) -> tuple[int, str]:
        child = pexpect.spawn(
            COMMAND[0],
            [*COMMAND[1:], *words],
            env=variables,
            cwd=str(tmp_path),
            dimensions=(40, columns),
            encoding="utf-8",
            timeout=60,
        )
        shown = ""
        if answer is not None:
            child.expect_exact("[y/N] ")
            shown += str(child.before)
            child.sendline(answer)
        child.expect(pexpect.EOF)
        child.close()
        return int(child.exitstatus), _ESCAPES.sub("", shown + str(child.before))

    many = [word for number in range(11) for word in ("--to", f"+1555246{number:04d}")]
    status, shown = typed("send", "Hi ✓", "--from", FROM, *many, answer="n")
    assert (status, gateway.received("message_requests.create")) == (2, 0)
    assert "1 segment for each recipient, UCS-2, forced by ✓" in shown
    assert "Send to 11 recipients?" in shown
    assert typed("send", "Hi", "--from", FROM, *many, answer="y")[0] == 0
    assert gateway.executed("message_requests.create") == 1

    status, shown = typed("messages", "list", "--limit", "3")
    assert "to address" in shown
    assert "11 in all: --limit 0 prints all" in shown
    (request,) = scg.message_requests.list()
    # Narrow as it is, the table shows ids whole.
    _, narrow = typed("requests", "list", columns=60)
    assert f"\n{request.id} " in narrow.replace("\r", "")

    assert "no room for" in narrow

    # At 80 columns no value is broken, and what is left out is named.
    status, shown = typed("messages", "list", "--limit", "1", columns=80)
    assert re.search(r"\n[A-Za-z0-9]{22} +[A-Z]+ +\+1555246\d{4} +[-0-9]{10} [:0-9]{8} +Hi", shown)
    assert re.search(r"no room for .*from_address", shown)
    wide = typed("messages", "list", "--limit", "1", columns=240)[1]
    assert "no room" not in wide

    (tmp_path / "in.csv").write_text("first_name,primary_mdn\nAnn,+15550001111\n")
    status, shown = typed("contacts", "import", "in.csv")
    assert status == 0
    assert re.search(r"in\.csv .* 40/40 bytes", shown)

    (tmp_path / "a.png").write_bytes(bytes(300_000))
    status, shown = typed("attachments", "upload", "a.png")
    assert status == 0
    assert "a.png" in shown
    assert "300.0/300.0 kB" in shown

    child = pexpect.spawn(
        COMMAND[0],
        [*COMMAND[1:], "login", "--url", gateway.url],
        env=variables,
        cwd=str(tmp_path),
        encoding="utf-8",
        timeout=60,
    )
    for question, answer in (("key: ", gateway.auth.key), ("secret: ", gateway.auth.secret), ("token: ", "")):
        child.expect_exact(question)
        child.sendline(answer)
    child.expect_exact("saved the profile default")
    assert str(gateway.auth.secret) not in str(child.before)
    child.expect(pexpect.EOF)
    child.close()

    status, shown = typed("whoami")
    assert re.search(r"source +running sandbox", shown)
    assert typed("send", "Hi", "--from", FROM, "--to", TO, "--wait")[0] == 0
