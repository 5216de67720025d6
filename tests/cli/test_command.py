"""The command as a whole: help, versions, completion, errors, and what it loads."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import scgapi
from scgapi.cli import failures
from scgapi.cli.app import _COMMANDS, command_paths
from scgapi.sandbox import Sandbox, faults
from tests.cli.conftest import COMMAND, ROOT, TO, Run, environment

DOCS = (ROOT / "docs" / "command-line.md").read_text()


def test_the_docs_hold_the_help_of_every_command() -> None:
    done = subprocess.run(
        [sys.executable, "tools/command_help.py", "--check"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    for path in command_paths():
        assert f"### `{f'scgapi {path}'.strip()}`" in DOCS


def test_every_command_runs_in_some_test() -> None:
    words = "\n".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    run = {path for path in _COMMANDS if ", ".join(f'"{word}"' for word in path.split()) in words}
    assert run == {*_COMMANDS}


def test_help_tells_the_exit_statuses(away: Run) -> None:
    done = away("--help")
    assert done.status == 0
    assert "5 done in part, 130 interrupted" in done.out
    assert "Send a text, and print the id of the request." in done.out
    group = away("messages")
    assert "List messages, the newest first." in group.out


def test_the_version(away: Run) -> None:
    assert away("--version").out == f"{scgapi.__version__}\n"


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        (("send", "Hi", "--to", TO), "--from is missing"),
        (("send", "Hi", "--to"), "--to needs a value"),
        (("contacts", "get"), "CONTACT_ID is missing"),
        (("groups", "add", "x"), "CONTACT_ID is missing"),
        (("events", "listen"), "--port is missing"),
    ],
)
def test_what_is_missing_is_named(away: Run, words: tuple[str, ...], missing: str) -> None:
    done = away(*words)
    assert (done.status, done.out, done.err) == (2, "", f"error: {missing}\nSee --help.\n")


@pytest.mark.parametrize(
    "words", [("sned",), ("messages", "lits"), ("contacts", "get"), ("messages", "list", "--no")]
)
def test_wrong_usage_is_said_on_stderr(away: Run, words: tuple[str, ...]) -> None:
    done = away(*words)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("error: ")
    assert json.loads(away(*words, "-o", "json").err)["error"]["exit_status"] == 2


def test_errors_have_no_traceback_unless_asked_for(run: Run) -> None:
    done = run("contacts", "get", "absent")
    assert done.status == 1
    assert done.err.startswith("error: the gateway answered 404")
    assert "Traceback" in run("contacts", "get", "absent", "--debug").err


def test_an_answer_that_is_lost_leaves_a_change_in_doubt(run: Run, gateway: Sandbox) -> None:
    gateway.inject_fault("contacts.create", faults.Reset(executed=True))
    assert run("contacts", "create", "first_name=Ann").status == failures.IN_DOUBT
    assert run("api", "POST", "/contacts", "-d", "{}").status == failures.IN_DOUBT
    gateway.clear_faults()
    gateway.inject_fault("contacts.list", faults.Refuse(500))
    assert run("api", "GET", "/contacts").status == failures.FAILED


def test_logs_hold_no_numbers_and_texts(run: Run) -> None:
    done = run("send", "very private", "--to", TO, "--from", "155528999", "--debug")
    assert "message_requests.create (POST /messaging/message_requests): ACCEPTED, status 200" in done.err
    assert "very private" not in done.err
    assert "5552461234" not in done.err


# Each prints the completions of "scgapi sender-ids ", and nothing else.
_COMPLETIONS = {
    "bash": """
        scgapi() { :; }; source "$1"
        COMP_WORDS=(scgapi sender-ids ""); COMP_CWORD=2
        $(complete -p scgapi | sed 's/.*-F \\([^ ]*\\).*/\\1/')
        printf '%s\\n' "${COMPREPLY[@]}"
    """,
    "zsh": """
        zmodload zsh/zpty
        zpty shell zsh -f -i
        zpty -w shell "fpath=($1:h \\$fpath); autoload -Uz compinit; compinit -u -D; scgapi() { : }; PS1=; clear"
        zpty -w shell "bindkey '^I' complete-word; echo READY"
        zpty -r shell line '*READY*READY*'
        zpty -w -n shell $'scgapi sender-ids l\\t'
        zpty -r -m shell line '*list*' && print -r -- list
        zpty -d shell
    """,
    "fish": """
        function scgapi; end
        source $argv[1]
        complete -C "scgapi sender-ids " | string split -f 1 \\t
    """,
}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_installed(away: Run, tmp_path: Path, shell: str) -> None:
    done = away("completion", "install", SHELL=f"/bin/{shell}")
    assert done.status == 0
    script = Path(done.err.removeprefix("installed completion in ").partition(";")[0])
    assert "sender-ids" in script.read_text()
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"needs {shell}: apt-get install {shell}")
    options = ["--norc"] if shell == "bash" else ["-f"] if shell == "zsh" else ["--no-config"]
    words = [program, *options, "-c", _COMPLETIONS[shell], *([] if shell == "fish" else [shell]), str(script)]
    shown = subprocess.run(words, capture_output=True, text=True, timeout=60, env=environment(tmp_path))
    assert "list" in shown.stdout.split(), shown.stderr


def test_completion_of_other_shells_is_told(away: Run) -> None:
    assert away("completion", "install", SHELL="/bin/tcsh").status == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    "words", [("--help",), ("--version",), ("keywords", "list"), ("keywords", "list", "-o", "table")]
)
def test_an_output_that_takes_nothing_is_told_once(
    scg_url: str, tmp_path: Path, words: tuple[str, ...]
) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, *words],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            env=environment(tmp_path, SCG_URL=scg_url),
        )
    assert (done.returncode, done.stderr) == (1, "error: cannot write the output: No space left on device\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_an_id_that_cannot_be_printed_is_not_lost(gateway: Sandbox, scg_url: str, tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, "contacts", "create", "first_name=Ann"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            env=environment(tmp_path, SCG_URL=scg_url),
        )
    assert done.returncode == failures.IN_PART
    assert done.stderr.startswith("error: done, id ")
    assert gateway.executed("contacts.create") == 1


@pytest.mark.parametrize("part", ["cyclopts", "rich"])
def test_without_its_parts_it_says_what_to_install(part: str) -> None:
    code = f"""
import importlib.util, sys
find = importlib.util.find_spec
importlib.util.find_spec = lambda name: None if name == {part!r} else find(name)
from scgapi.cli import main
sys.exit(main(["--help"]))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f'the scgapi command needs {part}: pip install "scgapi[cli]"\n'


def test_the_package_loads_nothing_of_the_command() -> None:
    code = "import scgapi, scgapi.cli, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not {"cyclopts", "rich", "scgapi.cli.app", "httpx", "pydantic"} & set(loaded.split())


def test_help_loads_no_client() -> None:
    code = "import sys; from scgapi.cli import main; main(['--help']); print(*sys.modules, file=sys.stderr)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stderr
    assert not {"httpx", "starlette", "uvicorn", "scgapi._sync.client"} & set(loaded.split())


def test_commands_are_short() -> None:
    for path in (ROOT / "scgapi" / "cli" / "commands").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 60, f"{path.name}: {node.name}"
