"""Real keyword names for `inspect.signature()`, `help()`, IPython and `unittest.mock`."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from types import FunctionType
from typing import ForwardRef

_UNPACK = "Unpack["
_REQUIRED = "Required["


def name_keywords(owner: type[object]) -> None:
    """Give each method of a class that takes `**fields: Unpack[...]` a signature that names the keywords."""
    for function in vars(owner).values():
        if isinstance(function, FunctionType) and function.__code__.co_flags & inspect.CO_VARKEYWORDS:
            # setattr: type checkers know no such attribute of functions.
            setattr(function, "__signature__", _KeywordSignature.of(function))  # noqa: B010


class _Omitted:
    """Default of an optional keyword."""

    def __repr__(self) -> str:
        return "..."


_OMITTED = _Omitted()


class _KeywordSignature(inspect.Signature):
    """Signature that is built on first use, since most programs never read one."""

    __slots__ = ("_source",)
    # In a tuple, because type checkers treat a function in a class attribute as a method.
    _source: tuple[FunctionType]

    @classmethod
    def of(cls, function: FunctionType) -> _KeywordSignature:
        signature = cls.__new__(cls)
        signature._source = (function,)
        return signature

    def __getattr__(self, name: str) -> object:
        """Build the signature when one of the empty slots of the base class is read."""
        if name not in inspect.Signature.__slots__:
            raise AttributeError(name)
        (function,) = self._source
        plain = FunctionType(
            function.__code__,
            function.__globals__,
            argdefs=function.__defaults__,
            closure=function.__closure__,
        )
        plain.__kwdefaults__ = function.__kwdefaults__
        plain.__annotations__ = function.__annotations__
        signature = inspect.signature(plain)
        parameters = [named for one in signature.parameters.values() for named in _expand(one, function)]
        inspect.Signature.__init__(self, parameters, return_annotation=signature.return_annotation)
        return object.__getattribute__(self, name)


def _expand(parameter: inspect.Parameter, function: FunctionType) -> Iterator[inspect.Parameter]:
    """Yield the parameter, or one for each keyword if it is `**fields: Unpack[...]`."""
    annotation: object = parameter.annotation
    if not (isinstance(annotation, str) and annotation.startswith(_UNPACK)):
        yield parameter
        return
    fields: type[object] = function.__globals__[annotation.removeprefix(_UNPACK)[:-1]]
    for name, reference in fields.__annotations__.items():
        text = reference.__forward_arg__ if isinstance(reference, ForwardRef) else str(reference)
        is_required = text.startswith(_REQUIRED)
        yield inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if is_required else _OMITTED,
            annotation=text.removeprefix(_REQUIRED)[:-1] if is_required else text,
        )
