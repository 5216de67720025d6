"""Show `Final[Annotated[T, Field(…)]]` attributes of models as fields of type T with a "read-only" label."""

from __future__ import annotations

from griffe import Attribute, Class, Expr, ExprSubscript, ExprTuple, Extension


class ReadOnly(Extension):
    """A griffe extension for the models, whose read-only fields type checkers take for constants."""

    def on_class_members(self, *, cls: Class, **_: object) -> None:
        """Unwrap the annotation of each read-only field."""
        for attribute in cls.attributes.values():
            wrapped = attribute.annotation
            if isinstance(wrapped, ExprSubscript) and wrapped.canonical_name == "Final":
                _unwrap(attribute, wrapped.slice)


def _unwrap(attribute: Attribute, annotation: Expr | str) -> None:
    if (
        isinstance(annotation, ExprSubscript)
        and annotation.canonical_name == "Annotated"
        and isinstance(annotation.slice, ExprTuple)
    ):
        annotation = annotation.slice.elements[0]
    attribute.annotation = annotation
    attribute.labels.add("read-only")
