"""Every field, keyword and method has a docstring that editors show on hover."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import scgapi
from scgapi._async.objects import AsyncObject
from scgapi._exports import EXPORTS
from scgapi._sync.objects import Object

PACKAGE = Path(scgapi.__file__ or "").parent
EVENTS = [PACKAGE / "events" / "models.py", PACKAGE / "events" / "voice.py"]
MODULES = [*sorted(PACKAGE.joinpath("models").glob("*.py")), *EVENTS]


def undocumented(source: str) -> Iterator[str]:
    """Yield the annotated names of each public class, and of each base of events, that no docstring follows."""
    for owner in ast.walk(ast.parse(source)):
        if not isinstance(owner, ast.ClassDef) or re.match(r"_\w*(?<!Event)$", owner.name):
            continue
        for field, following in zip(owner.body, [*owner.body[1:], None], strict=True):
            match field, following:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                    if not text.strip().endswith((".", ":")):
                        yield f"{owner.name}.{name} (no sentence)"
                # The class says it already.
                case ast.AnnAssign(target=ast.Name(id="type"), value=ast.Constant(value=str())), _:
                    pass
                case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation), _:
                    if not name.startswith("_") and "ClassVar" not in ast.unparse(annotation):
                        yield f"{owner.name}.{name}"
                case _:
                    pass


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_every_field_and_keyword_is_documented(module: Path) -> None:
    assert list(undocumented(module.read_text())) == []


def test_a_field_without_a_docstring_is_found() -> None:
    source = 'class Fields(TypedDict):\n    a: int\n    b: str\n    """Known."""\n    c: str\n    """no"""\n'
    assert list(undocumented(source)) == ["Fields.a", "Fields.c (no sentence)"]


@pytest.mark.parametrize("name", EXPORTS["scgapi"])
def test_inherited_methods_name_the_path_of_their_own_object(name: str) -> None:
    """Editors show the docstring that objects share, which points to the class; `help()` shows the path itself."""
    held: object = getattr(scgapi, name)
    if not isinstance(held, type) or not issubclass(held, Object | AsyncObject):
        return
    for method, operation in held._operations.items():
        path = operation.path.removesuffix(f"/{method}")
        assert f"`{path}`" in str(getattr(held, method).__doc__)
        assert re.sub("{.*?}", "{}", path) in re.sub("{.*?}", "{}", str(held.__doc__))
