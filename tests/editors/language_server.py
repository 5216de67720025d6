"""A small client of pyright's language server: what an editor shows on hover, and what it completes."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType

from typing_extensions import Self

from scgapi._core.json import is_object, is_sequence

ROOT = Path(__file__).resolve().parents[2]
CURSOR = "⌖"


class LanguageServer:
    """pyright's language server on this project; programs mark the place to look at with `⌖`."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pyright.langserver", "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
        )
        self._numbers = itertools.count(1)
        folder = {"uri": ROOT.as_uri(), "name": ROOT.name}
        hover = {"contentFormat": ["plaintext"]}
        self._ask(
            "initialize",
            {
                "processId": None,
                "rootUri": folder["uri"],
                "capabilities": {"textDocument": {"hover": hover}},
                "workspaceFolders": [folder],
            },
        )
        self._write({"method": "initialized", "params": {}})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def hover(self, program: str) -> str:
        """Return what an editor shows when the mouse rests on the place, as one line."""
        match self._look("textDocument/hover", program):
            case {"contents": {"value": str(text)}}:
                return " ".join(text.split())
            case _:
                return ""

    def complete(self, program: str) -> list[str]:
        """Return what an editor offers at the place."""
        found = self._look("textDocument/completion", program)
        items = found.get("items") if is_object(found) else found
        labels = [item.get("label") for item in items if is_object(item)] if is_sequence(items) else []
        return [label for label in labels if isinstance(label, str)]

    def problems(self, program: str) -> list[str]:
        """Return what an editor underlines in a program, and why."""
        uri = self._open(program)
        while True:
            message = self._next()
            told = (
                message.get("params") if message.get("method") == "textDocument/publishDiagnostics" else None
            )
            if is_object(told) and told["uri"] == uri:
                found = told["diagnostics"]
                return [str(one["message"]) for one in found if is_object(one)] if is_sequence(found) else []

    def _open(self, program: str) -> str:
        uri = (ROOT / f"unsaved_{next(self._numbers)}.py").as_uri()
        document = {"uri": uri, "languageId": "python", "version": 1, "text": program}
        self._write({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        return uri

    def _look(self, method: str, program: str) -> object:
        before, _, after = program.partition(CURSOR)
        uri = self._open(before + after)
        position = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
        return self._ask(method, {"textDocument": {"uri": uri}, "position": position})

    def _ask(self, method: str, params: dict[str, object]) -> object:
        number = next(self._numbers)
        self._write({"id": number, "method": method, "params": params})
        while True:
            message = self._next()
            if "method" not in message and message.get("id") == number:
                return message.get("result")

    def _next(self) -> dict[str, object]:
        """Read a message; one that asks for settings is answered."""
        message = self._read()
        if "method" in message and "id" in message:
            asked = message.get("params")
            items = asked.get("items") if is_object(asked) else None
            self._write({"id": message["id"], "result": [{} for _ in items] if is_sequence(items) else None})
        return message

    def _write(self, message: dict[str, object]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _read(self) -> dict[str, object]:
        assert self._process.stdout is not None
        length = 0
        while header := self._process.stdout.readline().strip():
            name, _, value = header.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        message: dict[str, object] = json.loads(self._process.stdout.read(length))
        return message
