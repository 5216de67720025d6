"""Completions of IPython, Jupyter and pylsp, which ask Jedi about source or live objects."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

import scgapi

# It has no types of its own.
jedi = import_module("jedi")

ROOT = Path(__file__).resolve().parents[2]
START = "import scgapi\nscg = scgapi.Client()\n"


def names(program: str) -> set[str]:
    script = jedi.Script(program, path=ROOT / "unsaved.py", project=jedi.Project(ROOT))
    return {completion.name for completion in script.complete()}


@pytest.mark.parametrize(
    ("program", "offered"),
    [
        ("import scgapi\nscgapi.", {"Client", "AsyncClient", "Contact", "ScgError", "events", "types"}),
        ("from scgapi import events\nevents.", {"Receiver", "MessageReceived", "asgi_app"}),
        ("import scgapi\nscgapi.types.", {"MessageRequestFields", "MessageRequestResource"}),
        (f"{START}scg.", {"message_requests", "contacts", "with_options"}),
        (f"{START}scg.message_requests.", {"create", "list", "wait"}),
        (f"{START}for message in scg.messages.list():\n    message.", {"state", "body", "delete"}),
    ],
)
def test_source_is_completed(program: str, offered: set[str]) -> None:
    assert offered <= names(program)


def test_living_objects_complete_their_keywords() -> None:
    scg = scgapi.Client(scgapi.AuthInfo(token="t"))
    interpreter = jedi.Interpreter("scg.message_requests.create(", [{"scg": scg}])
    (signature,) = interpreter.get_signatures()
    assert {"from_", "to", "body", "external_id"} <= {parameter.name for parameter in signature.params}
    scg.close()
