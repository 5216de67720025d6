"""Write the generated code: each `_sync` package and `scgapi/_exports.py`.

    python tools/generate.py          write it
    python tools/generate.py --check  fail if it differs from what would be written

A `_sync` package is the `_async` package beside it without its awaits. The generator works on tokens, so that comments
and layout stay, and fails on a substitution that is never used. `scgapi/_exports.py` lists the modules that define the
names which load on first use; it is read from the imports that the modules in LAZY show to type checkers.
"""

from __future__ import annotations

import argparse
import ast
import io
import itertools
import json
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "scgapi"
EXPORTS = ROOT / "scgapi" / "_exports.py"
LAZY = (
    "scgapi",
    "scgapi.campaigns",
    "scgapi.compose",
    "scgapi.events",
    "scgapi.models",
    "scgapi.types",
    "scgapi._async.client",
    "scgapi._sync.client",
)

NAMES = {
    "StopAsyncIteration": "StopIteration",
    "__aenter__": "__enter__",
    "__aexit__": "__exit__",
    "__aiter__": "__iter__",
    "__anext__": "__next__",
    "PerLoop": "PerProcess",
    "_async": "_sync",
    "aclose": "close",
    "aiter_raw": "iter_raw",
    "async_trim_traceback": "trim_traceback",
    "async_sleep": "sleep",
    "handle_async_request": "handle_request",
    "in_thread": "in_place",
    "tasks": "threads",
}
# Matches the prefix of names such as AsyncContact.
OWN = re.compile(r"\bAsync(?=[A-Z])")
PHRASES = {
    "anext(": "next(",
    "async for": "for",
    "async with": "with",
    "break out of the loop": "itertools.islice(pager, n)",
    "one serves any number of tasks": "one serves any number of threads",
}


def main() -> int:
    """Generate or compare the code, and return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    unused = {*NAMES, *PHRASES, "await", "async"}
    written = {
        target / path.relative_to(source): _generated(path, unused)
        for source, target in _pairs()
        for path in sorted(source.rglob("*.py"))
    }
    written[EXPORTS] = _exports(written)
    if unused:
        print(f"never used: {', '.join(sorted(unused))}")
        return 1
    generated = (path for _, target in _pairs() for path in target.rglob("*.py"))
    present = {path: path.read_text() for path in (*generated, EXPORTS) if path.exists()}
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


def _pairs() -> list[tuple[Path, Path]]:
    """Return each folder named `_async`, and the `_sync` beside it that is generated from it."""
    return [(source, source.with_name("_sync")) for source in sorted(PACKAGE.rglob("_async"))]


def _generated(path: Path, unused: set[str]) -> str:
    source = path.read_text()
    if not source:
        return ""
    for phrase, replacement in PHRASES.items():
        if phrase in source:
            unused.discard(phrase)
            source = source.replace(phrase, replacement)
    text = "".join(_tokens(source, unused))
    return _formatted(
        path, f"# Generated from {path.relative_to(ROOT)} by tools/generate.py: edit that file.\n{text}"
    )


def _formatted(path: Path, text: str) -> str:
    for command in (["check", "--select", "I,F401,UP", "--fix-only", "--quiet"], ["format", "--quiet"]):
        text = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--stdin-filename", str(path), "-"],
            input=text, capture_output=True, text=True, check=True, cwd=ROOT,
        ).stdout  # fmt: skip
    return text


def _tokens(source: str, unused: set[str]) -> Iterator[str]:
    """Yield the source's tokens, substituted, with the text between them unchanged."""
    starts = [0, *itertools.accumulate(len(line) for line in source.splitlines(keepends=True))]
    last = 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        start, end = (starts[row - 1] + column for row, column in (token.start, token.end))
        yield source[last:start]
        text, last = source[start:end], end
        if token.type == tokenize.NAME and text in ("async", "await"):
            unused.discard(text)
            # Skip the blank after it as well.
            last += 1
            continue
        if token.type == tokenize.NAME:
            if text in NAMES:
                unused.discard(text)
            text = NAMES.get(text, text)
        else:
            text = re.sub(r"\bawait ", "", text).replace("StopAsyncIteration", NAMES["StopAsyncIteration"])
        yield OWN.sub("", text)


def _exports(written: dict[Path, str]) -> str:
    """Return the generated table: for each public module, the module that defines each of its names."""
    found: dict[str, dict[str, str]] = {}
    for module in LAZY:
        path = ROOT.joinpath(*module.split("."))
        path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        found[module] = dict(sorted(_type_checking_imports(written.get(path) or path.read_text())))
    text = f"EXPORTS: dict[str, dict[str, str]] = {json.dumps(found, indent=4)}"
    return _formatted(
        EXPORTS, f"# Generated by tools/generate.py from the imports for type checkers.\n{text}\n"
    )


def _type_checking_imports(source: str) -> Iterator[tuple[str, str]]:
    """Return the names of this package that a module imports for type checkers, with their modules."""
    for block in ast.parse(source).body:
        if (
            isinstance(block, ast.If)
            and isinstance(block.test, ast.Name)
            and block.test.id == "TYPE_CHECKING"
        ):
            for node in block.body:
                if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("scgapi"):
                    for alias in node.names:
                        module = f"{node.module}.{alias.name}"
                        yield alias.name, module if _is_module(module) else node.module


def _is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


if __name__ == "__main__":
    sys.exit(main())
