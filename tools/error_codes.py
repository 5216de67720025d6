"""Write docs/reference/error-codes.md: each error code of the gateway with its meaning and what to do."""

from __future__ import annotations

import ast
import itertools
import sys
from pathlib import Path

from scgapi._core import error_codes
from scgapi._core.advice import advice_for_code

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "error-codes.md"
HEAD = """# Error codes

<!-- Written by tools/error_codes.py. -->

An [`ApiError`](../errors.md) carries the gateway's `code`, without its prefix `SCG_ERROR_`, and its text ends with the
advice shown here. Other codes are passed on as they came, with advice by their status.

| code | meaning | what to do |
|---|---|---|
"""


def page() -> str:
    """Return the page."""
    body = ast.parse(Path(error_codes.__file__).read_text()).body
    rows: list[tuple[str, str]] = []
    for node, following in itertools.pairwise(body):
        match node, following:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(code))),
                ast.Expr(value=ast.Constant(value=str(meaning))),
            ) if name != "PREFIX":
                rows.append(
                    (code, meaning.replace("(docs/api-notes.md, note 2)", "([note 2](../api-notes.md))"))
                )
            case _:
                pass
    return HEAD + "".join(
        f"| `{code}` | {meaning} | {advice_for_code(code) or 'The client tries again by itself'}. |\n"
        for code, meaning in rows
    )


if __name__ == "__main__":
    if sys.argv[1:] != ["--check"]:
        PAGE.write_text(page())
    elif PAGE.read_text() != page():
        raise SystemExit(f"{PAGE.relative_to(ROOT)} is out of date: run tools/error_codes.py")
