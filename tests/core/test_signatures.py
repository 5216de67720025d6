"""Signatures that name the keywords of a TypedDict."""

from __future__ import annotations

import inspect
from typing import Required, TypedDict, Unpack

import pytest

from scgapi._core.signatures import name_keywords


class Options(TypedDict, total=False):
    size: int
    to: Required[list[str]]


class Resource:
    limit = 5

    def create(self, unsaved: str | None = None, /, *, retry: int = 3, **fields: Unpack[Options]) -> str:
        return ""

    def plain(self, **fields: object) -> None: ...

    def get(self, object_id: str) -> str:
        return ""


name_keywords(Resource)


def test_keywords_stand_in_the_signature() -> None:
    assert str(inspect.signature(Resource.create)) == (
        "(self, unsaved: 'str | None' = None, /, *, retry: 'int' = 3, size: 'int' = ..., to: 'list[str]') -> 'str'"
    )
    assert list(inspect.signature(Resource().create).parameters) == ["unsaved", "retry", "size", "to"]


def test_calls_are_bound_by_their_names() -> None:
    signature = inspect.signature(Resource().create)
    assert signature.bind(to=["x"], size=1).kwargs == {"to": ["x"], "size": 1}
    with pytest.raises(TypeError, match="siz"):
        signature.bind(to=["x"], siz=1)
    with pytest.raises(TypeError, match="to"):
        signature.bind(size=1)


def test_other_functions_keep_their_signature() -> None:
    assert str(inspect.signature(Resource.plain)) == "(self, **fields: 'object') -> 'None'"
    assert str(inspect.signature(Resource.get)) == "(self, object_id: 'str') -> 'str'"


def test_a_signature_has_no_further_attributes() -> None:
    assert not hasattr(inspect.signature(Resource.create), "missing")
