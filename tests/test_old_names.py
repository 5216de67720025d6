"""Import lines and names of the 2017 SDK say what to write instead, and change nothing."""

from __future__ import annotations

import importlib
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

import scgapi
from scgapi._exports import EXPORTS
from scgapi._lazy import OldImports
from scgapi._old_names import ATTRIBUTES, MODULES, suggest_for_module

OLD_MODULES = [
    "Attachment",
    "Bridge",
    "Call",
    "Channel",
    "Contact",
    "ContactAddressHistory",
    "ContactAddressStatus",
    "ContactGroup",
    "Events",
    "Keywords",
    "Message",
    "MessageRequest",
    "MessageTemplate",
    "Scg",
    "SenderId",
    "SenderIdClass",
    "SenderIdType",
    "Session",
]
OLD_LINES = {
    "from scgapi.Scg import Scg": "from scgapi import Scg",
    "import scgapi.SenderId": "from scgapi import SenderId",
    "import scgapi.MessageRequest": "scgapi.MessageRequest",
    "from scgapi.Contact import Contact": "from scgapi import Contact",
    "from scgapi.Keywords import Keywords": "from scgapi import Keyword'",
    "from scgapi.Session import Session": "from scgapi import Client",
    "from scgapi import Session": "from scgapi import Client",
    "import scgapi.Events": "from scgapi import events",
    "from scgapi.AuthInfo import AuthInfo": "from scgapi import AuthInfo",
    "from scgapi import HttpRequestError": "scgapi.ScgError",
    "import scgapi; scgapi.HttpRequestError": "scgapi.ScgError",
    "import scgapi; scgapi.ScgapiException": "scgapi.ScgError",
    "import scgapi; scgapi.Keywords.Resource": "scgapi.Keyword",
    "import scgapi; scgapi.Log": "logging.getLogger('scgapi')",
}


@pytest.mark.parametrize("line", OLD_LINES)
def test_an_old_line_says_what_to_write(line: str) -> None:
    with pytest.raises((ImportError, AttributeError)) as caught:
        exec(line, {})
    assert OLD_LINES[line] in str(caught.value)


@pytest.mark.parametrize("name", OLD_MODULES)
def test_every_old_module_is_told_about(name: str) -> None:
    with pytest.raises(ModuleNotFoundError, match="write 'from scgapi import"):
        importlib.import_module(f"scgapi.{name}")


def test_what_to_write_exists() -> None:
    exec("from scgapi import Client, Keyword, Scg, events; events.Receiver", {})
    for name in {*ATTRIBUTES, *MODULES}:
        assert name not in EXPORTS["scgapi"]
    for name in ("Keyword", "Client", "ScgError", "NotFoundError", "PartialFailureError"):
        assert name in EXPORTS["scgapi"]


def test_an_old_import_hides_no_class() -> None:
    before = scgapi.SenderId
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("scgapi.SenderId")
    assert scgapi.SenderId is before
    assert "scgapi.SenderId" not in sys.modules


def test_the_traceback_ends_with_one_advice_and_no_guess_of_pythons() -> None:
    for line, last in {
        "scgapi.HttpRequestError": "(or a subclass, such as scgapi.NotFoundError)",
        "scgapi.Cleint": "did you mean 'Client'?",
    }.items():
        program = subprocess.run(
            [sys.executable, "-c", f"import scgapi\n{line}"], capture_output=True, text=True
        )
        assert program.stderr.rstrip().endswith(last)


def test_other_modules_are_left_alone() -> None:
    for name in ("errors", "nothing", "sandbox", "client"):
        assert suggest_for_module(name) is None
    assert importlib.util.find_spec("scgapi.nothing") is None
    assert importlib.util.find_spec("elsewhere") is None
    with pytest.raises(ModuleNotFoundError, match=r"^No module named 'scgapi.nothing'$"):
        importlib.import_module("scgapi.nothing")


def test_the_finder_is_there_once_and_last() -> None:
    program = (
        "import importlib, sys, scgapi; importlib.reload(scgapi); print([str(f) for f in sys.meta_path])"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout.count("OldImports") == 1
    assert "OldImports'>\"]" in shown.stdout
    assert OldImports in sys.meta_path


def test_no_module_differs_from_another_by_case_alone() -> None:
    for folder in [Path(scgapi.__file__ or "").parent]:
        names = [path.stem.lower() for path in folder.iterdir() if not path.name.startswith("__")]
        assert len(names) == len(set(names))


def test_the_advice_loads_only_when_needed() -> None:
    program = "import sys, scgapi; scgapi.AuthInfo; print('scgapi._old_names' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout == "False\n"
