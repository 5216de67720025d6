"""What all models share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Final

from pydantic import BaseModel, ConfigDict, Field, JsonValue
from typing_extensions import Self, TypedDict

from scgapi.models._fields import UPDATED, Timestamp


class Part(BaseModel):
    """A value inside an object. Fields that this version does not know are kept and sent back."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="allow",
        validate_by_name=True,
        validate_by_alias=True,
        val_temporal_unit="milliseconds",
        hide_input_in_errors=True,
    )

    if TYPE_CHECKING:

        @property
        def model_extra(self) -> dict[str, JsonValue] | None:
            """The fields that this version does not know; edits of them are sent by `update()`."""

    def __repr_args__(self) -> list[tuple[str | None, object]]:
        shown = type(self).model_fields
        return [
            (name, value)
            for name, value in self.__dict__.items()
            if value is not None and name in shown and shown[name].repr
        ]

    def __str__(self) -> str:
        return repr(self)


class Model(Part):
    """An object of the API. Unknown fields are in `model_extra`; fields that the gateway sets are read-only."""

    # Slots, not private attributes: those would cost a Python call for each object of a listing.
    __slots__ = ("_loaded", "_owner", "_parent")

    if TYPE_CHECKING:
        _owner: object
        _parent: str
        _loaded: object

    def __copy__(self) -> Self:
        return self._carry(super().__copy__())

    def __deepcopy__(self, memo: dict[int, object] | None = None) -> Self:
        return self._carry(super().__deepcopy__(memo))

    def _carry(self, copy: Self) -> Self:
        for slot in Model.__slots__:
            if hasattr(self, slot):
                object.__setattr__(copy, slot, getattr(self, slot))
        return copy


class Versioned(TypedDict):
    """What an update of a versioned object must carry."""

    version_number: int


class ResourceModel(Model):
    """An object with an id, a version and dates of its own."""

    address_kind: ClassVar[str] = ""
    """The prefix of the object's id where it stands as an address; empty if it cannot."""

    id: Final[Annotated[str, Field(default=None)]]
    """Identifier, set by the gateway."""
    version_number: Final[Annotated[int | None, Field(default=None)]]
    """1 on creation, one more with each change; guards against overwriting somebody else's change."""
    application_id: Final[Annotated[int | None, Field(default=None)]]
    """The application that created the object."""
    company_id: Final[Annotated[int | None, Field(default=None)]]
    """The company that created the object."""
    created_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    """When the object was created, in UTC."""
    last_updated_date: Final[Annotated[Timestamp | None, Field(default=None, validation_alias=UPDATED)]]
    """When the object last changed, in UTC."""
