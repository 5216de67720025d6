"""Base classes of the models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Final

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, JsonValue, ValidationError
from pydantic_core import CoreSchema
from typing_extensions import Self, TypedDict

from scgapi._core.model.checks import (
    MaskedValue,
    deletion_error,
    find_assignable_field,
    has_setter,
    invalid_values_error,
    resolve_names,
)
from scgapi._core.model.fields import LAST_UPDATED_ALIASES, Timestamp
from scgapi._core.model.strict import make_strict
from scgapi._core.tracebacks import trim_tracebacks
from scgapi.errors import NotCreatedError


class SubModel(BaseModel):
    """A value nested in an object. Unknown fields are kept and sent back."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="allow",
        validate_by_name=True,
        validate_by_alias=True,
        val_temporal_unit="milliseconds",
        hide_input_in_errors=True,
        validate_assignment=True,
    )

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[BaseModel], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        schema = handler(source)
        make_strict(handler.resolve_ref_schema(schema))
        return schema

    if TYPE_CHECKING:

        @property
        def model_extra(self) -> dict[str, JsonValue] | None:
            """Fields that this version does not know; `update()` sends changes of them."""

    else:

        def __init__(self, /, **fields: object) -> None:
            error = None
            fields = resolve_names(type(self), fields)
            try:
                super().__init__(**fields)
            except ValidationError as invalid:
                error = invalid_values_error(type(self), fields, invalid)
            # Raised outside of the except block: a chained error would hold the values.
            if error is not None:
                raise error

        # Lets pydantic's validation build objects without calling this method.
        __init__.__pydantic_base_init__ = True

        def __setattr__(self, name: str, value: object) -> None:
            if name.startswith("_"):
                super().__setattr__(name, value)
                return
            if name in (self.__pydantic_extra__ or {}):
                self.__pydantic_extra__[name] = value
                return
            if has_setter(type(self), name):
                object.__setattr__(self, name, value)
                return
            field, error = find_assignable_field(type(self), name), None
            try:
                super().__setattr__(field, value)
            except ValidationError as invalid:
                error = invalid_values_error(type(self), {field: value}, invalid)
            if error is not None:
                raise error

        def __delattr__(self, name: str) -> None:
            if name in type(self).model_fields or name in (self.__pydantic_extra__ or {}):
                raise deletion_error(type(self), name)
            super().__delattr__(name)

    def __repr_args__(self) -> list[tuple[str | None, object]]:
        fields = type(self).model_fields
        return [
            (name, value if fields[name].repr else MaskedValue(value))
            for name, value in self.__dict__.items()
            if value is not None and name in fields
        ]

    def __str__(self) -> str:
        return repr(self)


# Rejected arguments hold phone numbers and texts, so tracebacks must not keep them.
trim_tracebacks(SubModel, "__init__", "__setattr__", "__delattr__")


class Model(SubModel):
    """An object of the API. Unknown fields are in `model_extra`; fields set by the gateway are read-only."""

    # Slots, because pydantic's private attributes cost a Python call for each object of a listing.
    __slots__ = ("_loaded", "_owner", "_parent")

    if TYPE_CHECKING:
        _owner: object
        _parent: str
        _loaded: object

    def __copy__(self) -> Self:
        return self._copy_slots(super().__copy__())

    def __deepcopy__(self, memo: dict[int, object] | None = None) -> Self:
        return self._copy_slots(super().__deepcopy__(memo))

    def _copy_slots(self, copy: Self) -> Self:
        for slot in Model.__slots__:
            if hasattr(self, slot):
                object.__setattr__(copy, slot, getattr(self, slot))
        return copy


class Versioned(TypedDict):
    """Key that an update of a versioned object must have."""

    version_number: int
    """Version that the change is based on. If the gateway has a later one, the update is rejected (code
    1001)."""


class ResourceModel(Model):
    """An object with an id, a version and dates."""

    address_kind: ClassVar[str] = ""
    """Prefix of the object's id in an address; empty if the object has no address."""

    id: Final[Annotated[str, Field(default=None)]]
    """Id, set by the gateway. Reading it before the object is created raises `NotCreatedError`."""
    version_number: Final[Annotated[int | None, Field(default=None)]]
    """Version: 1 after creation, plus 1 for each change; guards against overwriting concurrent changes."""
    application_id: Final[Annotated[int | None, Field(default=None)]]
    """Id of the application that created the object."""
    company_id: Final[Annotated[int | None, Field(default=None)]]
    """Id of the company that created the object."""
    created_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    """Time of creation, in UTC."""
    last_updated_date: Final[
        Annotated[Timestamp | None, Field(default=None, validation_alias=LAST_UPDATED_ALIASES)]
    ]
    """Time of the last change, in UTC."""

    if not TYPE_CHECKING:

        def __init__(self, /, **fields: object) -> None:
            super().__init__(**fields)
            if "id" not in self.__pydantic_fields_set__:
                # Typed as str, so it must not be None: without a value, Python calls __getattr__.
                self.__dict__.pop("id", None)

        __init__.__pydantic_base_init__ = True

        def __getattr__(self, name: str) -> object:
            if name == "id":
                raise NotCreatedError(
                    f"this {type(self).__name__} has no id yet: the gateway sets it when the object is created"
                )
            return super().__getattr__(name)


trim_tracebacks(ResourceModel, "__init__")
