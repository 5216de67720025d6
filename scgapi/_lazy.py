"""Public names that load on first use, and suggestions for unknown names."""

from __future__ import annotations

import sys

TYPE_CHECKING: bool = False

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


_REQUIREMENTS = {"scgapi.sandbox": ("starlette", "uvicorn")}
"""Packages that a module needs; without them `dir()` does not list it."""


def attach(
    package: str, exports: Mapping[str, str]
) -> tuple[Callable[[str], object], Callable[[], list[str]], list[str]]:
    """Return `__getattr__`, `__dir__` and `__all__` for a package whose names load when they are first asked for.

    Args:
        package: the package's name; its modules named in `exports` are attributes of it, too.
        exports: the module that defines each public name. A name that is itself a module maps to that module's name.
    """
    names = [name for name, module in exports.items() if module != f"{package}.{name}"]

    def getattr_(name: str) -> object:
        if _is_asked_by_freezegun():
            raise AttributeError(f"{package}.{name} is not loaded yet")
        module = exports.get(name)
        if module is None:
            # With `name=` but without `obj=`, so that Python does not add its own suggestion.
            raise AttributeError(_no_such_name(package, name, exports), name=name)
        from importlib import import_module

        loaded: object = import_module(module)
        value = getattr(loaded, name) if name in names else loaded
        vars(sys.modules[package])[name] = value
        return value

    def dir_() -> list[str]:
        from importlib.util import find_spec

        return [
            name
            for name, module in exports.items()
            if None not in map(find_spec, _REQUIREMENTS.get(module, ()))
        ]

    return getattr_, dir_, names


class OldImports:
    """An import finder whose errors name the replacement of a module of the 2017 SDK.

    It is the last in `sys.meta_path`, so it is called only for modules that do not exist, and it never finds one. A
    module such as `scgapi.SenderId` would hide the class of that name.
    """

    @staticmethod
    def find_spec(fullname: str, path: object = None, target: object = None) -> None:
        """Raise if `fullname` is a module of the 2017 SDK.

        Raises:
            ModuleNotFoundError: with the line to write instead.
        """
        package, _, name = fullname.partition(".")
        if package != "scgapi" or not name:
            return
        from scgapi._old_names import suggest_for_module

        suggestion = suggest_for_module(name)
        if suggestion is not None:
            # Without `name=`, or `from scgapi import Session` would show a general text instead.
            raise ModuleNotFoundError(f"No module named {fullname!r}: {suggestion}")


def _no_such_name(package: str, name: str, exports: Mapping[str, str]) -> str:
    if package == "scgapi":
        from scgapi._old_names import suggest_for_attribute

        suggestion = suggest_for_attribute(name)
        if suggestion is not None:
            return f"module {package!r} has no attribute {name!r}: {suggestion}"
    from difflib import get_close_matches

    near = get_close_matches(name, exports, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    return f"module {package!r} has no attribute {name!r}{hint}"


def _is_asked_by_freezegun() -> bool:
    """Return True if freezegun called the module-level `__getattr__` that calls this function.

    freezegun reads every name of every module. A name that is not loaded yet holds no clock, and loading it then
    would import pydantic while `datetime` is replaced, which breaks pydantic for the rest of the process.
    """
    return str(sys._getframe(2).f_globals.get("__name__")).startswith("freezegun.")
