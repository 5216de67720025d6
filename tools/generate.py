"""Write `scgapi/_sync` from `scgapi/_async`: the same code without its awaits.

    python tools/generate.py          write the synchronous half
    python tools/generate.py --check  fail if it differs from what would be written

It works on tokens, so that comments and layout stay, and fails on a substitution that is never used: a rule that
nobody needs any more hides the next mistake.
"""

from __future__ import annotations

import argparse
import io
import itertools
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "scgapi" / "_async"
TARGET = ROOT / "scgapi" / "_sync"

NAMES = {
    "StopAsyncIteration": "StopIteration",
    "__aenter__": "__enter__",
    "__aexit__": "__exit__",
    "__aiter__": "__iter__",
    "__anext__": "__next__",
    "_async": "_sync",
    "_tasks": "_threads",
    "aclose": "close",
    "aiter_raw": "iter_raw",
    "async_sleep": "sleep",
    "handle_async_request": "handle_request",
    "in_thread": "in_place",
}
OWN = re.compile(r"\bAsync(?=[A-Z])")  # AsyncContact and the like
PHRASES = {
    "async with": "with",
    "one serves any number of tasks": "one serves any number of threads",
    "needs an {": "needs a {",
}


def main() -> int:
    """Generate or compare; the exit code tells."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    unused = {*NAMES, *PHRASES, "await", "async"}
    written = {
        TARGET / path.relative_to(SOURCE): _generated(path, unused) for path in sorted(SOURCE.rglob("*.py"))
    }
    if unused:
        print(f"never used: {', '.join(sorted(unused))}")
        return 1
    present = {path: path.read_text() for path in TARGET.rglob("*.py")}
    if check:
        drifted = sorted(str(path.relative_to(ROOT)) for path in written.keys() | present.keys()
                         if written.get(path) != present.get(path))  # fmt: skip
        print("\n".join(f"differs: {path}" for path in drifted) or "generated code is up to date")
        return bool(drifted)
    for path in present.keys() - written.keys():
        path.unlink()
    for path, text in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return 0


def _generated(path: Path, unused: set[str]) -> str:
    source = path.read_text()
    if not source:
        return ""
    for phrase, replacement in PHRASES.items():
        if phrase in source:
            unused.discard(phrase)
            source = source.replace(phrase, replacement)
    text = "".join(_tokens(source, unused))
    text = f"# Generated from {path.relative_to(ROOT)} by tools/generate.py: edit that file.\n{text}"
    for command in (["check", "--select", "I,F401,UP", "--fix-only", "--quiet"], ["format", "--quiet"]):
        text = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--stdin-filename", str(path), "-"],
            input=text, capture_output=True, text=True, check=True, cwd=ROOT,
        ).stdout  # fmt: skip
    return text


def _tokens(source: str, unused: set[str]) -> Iterator[str]:
    """The source's tokens, substituted, with what stands between them as it was."""
    starts = [0, *itertools.accumulate(len(line) for line in source.splitlines(keepends=True))]
    last = 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        start, end = (starts[row - 1] + column for row, column in (token.start, token.end))
        yield source[last:start]
        text, last = source[start:end], end
        if token.type == tokenize.NAME and text in ("async", "await"):
            unused.discard(text)
            last += 1  # the blank behind it goes too
            continue
        if token.type == tokenize.NAME:
            if text in NAMES:
                unused.discard(text)
            text = NAMES.get(text, text)
        else:
            text = re.sub(r"\bawait ", "", text).replace("StopAsyncIteration", NAMES["StopAsyncIteration"])
        yield OWN.sub("", text)


if __name__ == "__main__":
    sys.exit(main())
