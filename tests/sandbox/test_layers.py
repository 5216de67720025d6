"""Layers of the sandbox's packages."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from scgapi import sandbox

ROOT = Path(sandbox.__file__).parent
TABLE = (
    (Path(__file__).parents[2] / "docs" / "architecture.md").read_text().partition("of `scgapi/sandbox/`")[2]
)
# The rows of the table in docs/architecture.md, from the top layer to the bottom.
LAYERS = [re.findall(r"`(\w+)/?`", row.split("|")[1]) for row in TABLE.splitlines() if row.startswith("| `")]
LAYER_OF = {name: index for index, names in enumerate(LAYERS) for name in names}
MODULES = [path for path in ROOT.rglob("*.py") if path.name not in ("__init__.py", "__main__.py")]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_from_lower_layers_only(path: Path) -> None:
    own = path.relative_to(ROOT).with_suffix("").parts[0]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("scgapi.sandbox."):
            other = node.module.split(".")[2]
            assert other == own or LAYER_OF[own] < LAYER_OF[other], f"{own} imports {other}"
