"""Annotations of fields that accept an object in place of its address or id."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from scgapi._core.model.base import ResourceModel


class _ObjectToText:
    """A validator that converts objects to strings. JSON holds no objects, so it skips the Python call."""

    def __init__(self, as_text: Callable[[object], object]) -> None:
        self._as_text = as_text

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.json_or_python_schema(
            handler(source), core_schema.no_info_before_validator_function(self._as_text, handler(source))
        )


def accept_address(*kinds: str) -> _ObjectToText:
    """Accept an object of these address kinds for its address, such as `contact:ID`."""

    def as_text(value: object) -> object:
        if isinstance(value, ResourceModel) and value.address_kind in kinds:
            return f"{value.address_kind}:{value.id}"
        return value

    return _ObjectToText(as_text)


def accept_id(*kinds: str) -> _ObjectToText:
    """Accept an object of these classes for its id. Class names avoid loading the modules of all classes."""

    def as_text(value: object) -> object:
        if isinstance(value, ResourceModel) and any(base.__name__ in kinds for base in type(value).__mro__):
            return value.id
        return value

    return _ObjectToText(as_text)
