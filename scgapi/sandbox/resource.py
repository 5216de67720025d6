"""What most resources do alike: list, create, get, update, replace, delete."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import ModuleType

from pydantic import AliasChoices

from scgapi._core.operation import Operation
from scgapi.models._base import Model
from scgapi.sandbox.checks import VERSION, checked_body, fields_of
from scgapi.sandbox.errors import not_unique, stale
from scgapi.sandbox.query import Query
from scgapi.sandbox.store import Collection, Document
from scgapi.sandbox.world import Call, Handler, Reply, World


def nothing(_world: World, _fields: Document) -> Document:
    """No fields of its own."""
    return {}


def anything(_world: World, _fields: Document, _current: Document | None) -> None:
    """Every checked body is fine."""


def as_stored(_world: World, row: Document) -> Document:
    """Objects are shown as they are stored."""
    return row


def unmoved(_world: World, _row: Document) -> None:
    """Nothing else happens."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Resource:
    """A kind of object: handlers for the operations that its model module names LIST, CREATE, GET and so on.

    `defaults` are the fields that the gateway itself sets on creation, `prepare` checks or completes what is to
    be stored (it gets the fields, and the object as it was or None), `show` adds what is worked out when it is
    read, and `removed` follows a deletion.
    """

    spec: ModuleType
    model: type[Model]
    unique: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict[str, str])
    open_filters: tuple[str, ...] = ()
    defaults: Callable[[World, Document], Document] = nothing
    prepare: Callable[[World, Document, Document | None], None] = anything
    show: Callable[[World, Document], Document] = as_stored
    removed: Callable[[World, Document], None] = unmoved

    @property
    def name(self) -> str:
        """The name of the collection: the model module's own."""
        return self.spec.__name__.rpartition(".")[2]

    def handlers(self) -> dict[Operation, Handler]:
        """Those of the six that the model module has."""
        return {
            operation: handler
            for operation, handler in (
                (self._operation("LIST"), self.list),
                (self._operation("CREATE"), self.create),
                (self._operation("GET"), self.get),
                (self._operation("UPDATE"), self.update),
                (self._operation("REPLACE"), self.replace),
                (self._operation("DELETE"), self.delete),
            )
            if operation is not None
        }

    def rows(self, world: World) -> Collection:
        """The objects."""
        return world.collection(self.name)

    def query(self, call: Call) -> Query:
        """What the call asks of a list of these objects."""
        sortable = {wire for name in self.model.model_fields for wire in _wire_names(self.model, name)}
        return Query(
            call.operation, call.query, aliases=self.aliases, open_names=self.open_filters, sortable=sortable
        )

    def page(self, world: World, call: Call, rows: list[Document]) -> Reply:
        """The page of these rows that the call asks for."""
        query = self.query(call)
        return Reply(200, query.envelope(*query.select([self.show(world, row) for row in rows])))

    def list(self, world: World, call: Call) -> Reply:
        """GET on the collection."""
        return self.page(world, call, self.rows(world).rows())

    def create(self, world: World, call: Call) -> Reply:
        """POST on the collection."""
        fields = checked_body(call.operation, call.body, ignored=self.ignored)
        self._check(world, fields, None)
        return Reply(200, {"id": self.rows(world).add({**self.defaults(world, fields), **fields})})

    def get(self, world: World, call: Call) -> Reply:
        """GET on an object."""
        return Reply(200, self.show(world, self.rows(world).get(call.ids[0])))

    def update(self, world: World, call: Call) -> Reply:
        """POST on an object: what is absent stays."""
        current = self.rows(world).get(call.ids[0])
        fields = self._next(world, call, current)
        self.rows(world).change(call.ids[0], fields)
        return Reply()

    def replace(self, world: World, call: Call) -> Reply:
        """PUT on an object: what is absent is cleared, but for what the gateway itself sets."""
        current = self.rows(world).get(call.ids[0])
        fields = self._next(world, call, current)
        writable = fields_of(call.operation.body).names if call.operation.body else ()
        kept = {name: value for name, value in current.items() if name not in writable}
        self.rows(world).put(call.ids[0], {**kept, **fields})
        return Reply()

    def delete(self, world: World, call: Call) -> Reply:
        """DELETE on an object."""
        row = self.rows(world).get(call.ids[0])
        self.rows(world).remove(call.ids[0])
        self.removed(world, row)
        return Reply()

    def _next(self, world: World, call: Call, current: Document) -> Document:
        fields = checked_body(call.operation, call.body)
        if VERSION in fields and fields.pop(VERSION) != current[VERSION]:
            raise stale()
        self._check(world, fields, current)
        return fields

    def _check(self, world: World, fields: Document, current: Document | None) -> None:
        self.prepare(world, fields, current)
        own = current["id"] if current else None
        for name in self.unique:
            wanted = fields.get(name)
            if wanted and self.rows(world).holder(name, str(wanted)) not in (None, own):
                raise not_unique(name)

    def _operation(self, name: str) -> Operation | None:
        found: object = getattr(self.spec, name, None)
        return found if isinstance(found, Operation) else None


def _wire_names(model: type[Model], name: str) -> list[str]:
    alias = model.model_fields[name].validation_alias
    if isinstance(alias, AliasChoices):
        return [choice for choice in alias.choices if isinstance(choice, str)]
    return [alias if isinstance(alias, str) else name]
