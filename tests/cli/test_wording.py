"""Errors of the client as the command says them: with its own options and commands, not with Python's calls."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import scgapi
from scgapi._core import advice
from scgapi.cli.wording import in_command_words
from scgapi.sandbox import Sandbox
from tests.cli.conftest import FROM, TO, Run

_PYTHON = re.compile(
    r"\w+\(|=True|\bAuthInfo\b|\bfrom_|`to`|\.errors\b|\b\w+=…|verify=|pass overwrite|prefixes|\bclient\b"
)


@pytest.mark.parametrize("text", sorted({*advice._BY_CODE.values(), *advice._BY_STATUS.values()}))
def test_advice_speaks_of_options(text: str) -> None:
    message = f"message_requests.create: the gateway answered 400: refused. {text}."
    said = in_command_words(message)
    assert said.startswith("the gateway answered 400: refused. ")
    assert not _PYTHON.search(said)


def test_what_the_client_refuses_speaks_of_options(
    run: Run, away: Run, gateway: Sandbox, tmp_path: Path
) -> None:
    (tmp_path / "there.txt").write_text("x")
    group = run("groups", "create", "name=g").out.strip()
    for done in (
        run("attachments", "download", "x", "there.txt"),
        run("attachments", "download", "x", "absent/there.txt"),
        run("contacts", "export", "there.txt"),
        run("contacts", "import", "absent.csv"),
        run("contacts", "import", str(tmp_path)),
        run("attachments", "upload", "absent.csv"),
        run("groups", "add", group, "absent"),
        run("contacts", "get", ""),
        run("contacts", "update", "absent", "first_name=A"),
        run("messages", "list", "--filter", "state="),
        run("messages", "list", "--sort", "nothing"),
        run("send", "Hi", "--to", TO, "--from", "nobody"),
        run("send", "Hi", "--to", TO, "--from", FROM, "--wait", "--timeout", "0"),
        away("contacts", "list", "--key", "k"),
        away("contacts", "list", "--secret", "s"),
        away("contacts", "list", "--auth-file", "there.txt"),
        away("contacts", "list", "--auth-file", "absent.json"),
        away("contacts", "list", "--token", "wrong", "--url", gateway.url),
        away("contacts", "list", "--token", "wrong", "--key", "k", "--secret", "s", "--url", gateway.url),
    ):
        assert not _PYTHON.search(done.err), done.err


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("contacts", "export", "there.txt"), "there.txt exists: add --overwrite to replace it"),
        (("attachments", "download", "x", "there.txt"), "there.txt exists: add --overwrite to replace it"),
        (("attachments", "download", "x", "."), ". is a folder: name the file to write"),
        (("attachments", "download", "x", "absent/a"), "absent is no folder"),
        (("contacts", "import", "absent.csv"), "absent.csv is no file"),
        (("attachments", "upload", "."), ". is a folder"),
    ],
)
def test_files_are_looked_at_before_anything_is_sent(
    run: Run, gateway: Sandbox, tmp_path: Path, words: tuple[str, ...], reason: str
) -> None:
    (tmp_path / "there.txt").write_text("x")
    done = run(*words)
    assert (done.status, done.err) == (2, f"error: {reason}\nSee --help.\n")
    assert gateway.received("*") == 0


def test_a_short_secret_garbles_no_words(away: Run, gateway: Sandbox) -> None:
    done = away("login", "--key", "e", "--secret", "a", "--url", gateway.url)
    assert done.status == 4
    assert "Invalid consumer key or consumer secret" in done.err


def test_ids_that_were_typed_are_shown(run: Run, scg: scgapi.Client) -> None:
    group = scg.contact_groups.create(name="g")
    done = run("groups", "add", group, "absent")
    assert done.err.splitlines()[1:] == ["  absent: Unknown document: absent"]
