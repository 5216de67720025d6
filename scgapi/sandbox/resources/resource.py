"""Resources: the handlers that most kinds of objects share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import ModuleType

from pydantic import AliasChoices

from scgapi._core.model.base import Model
from scgapi._core.operation import Operation
from scgapi.sandbox.errors import not_unique, stale
from scgapi.sandbox.resources.body_checks import VERSION, checked_body, fields_of
from scgapi.sandbox.resources.query import Query
from scgapi.sandbox.resources.query_cache import Selections
from scgapi.sandbox.state.account import Account, APIRequest, APIResponse, OperationHandler
from scgapi.sandbox.state.store import Collection as Rows
from scgapi.sandbox.state.store import Document, document


def no_defaults(_account: Account, _fields: Document) -> Document:
    """Return no fields."""
    return {}


def accept_any(_account: Account, _fields: Document, _current: Document | None) -> None:
    """Accept every checked body."""


def show_as_stored(_account: Account, row: Document) -> Document:
    """Return the object as it is stored."""
    return row


def ignore_removal(_account: Account, _row: Document) -> None:
    """Do nothing after a deletion."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Resource:
    """A kind of object: handlers for the operations that its model module names LIST, CREATE, GET and so on.

    `defaults` returns the fields that the gateway sets on creation. `prepare` checks and completes the fields to
    store; it also gets the current object, or None. `show` adds fields that are derived on each read, and `derived`
    names them. `removed` is called after a deletion.
    """

    spec: ModuleType
    model: type[Model]
    unique: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict[str, str])
    filter_prefixes: tuple[str, ...] = ()
    defaults: Callable[[Account, Document], Document] = no_defaults
    prepare: Callable[[Account, Document, Document | None], None] = accept_any
    show: Callable[[Account, Document], Document] = show_as_stored
    derived: Collection[str] = ()
    removed: Callable[[Account, Document], None] = ignore_removal

    @property
    def name(self) -> str:
        """Name of the collection: that of the model module."""
        return self.spec.__name__.rpartition(".")[2]

    def handlers(self) -> dict[Operation, OperationHandler]:
        """Return the handlers, by operation, of the operations that the model module has."""
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

    def rows(self, account: Account) -> Rows:
        """Return the account's objects of this kind."""
        return account.collection(self.name)

    @cached_property
    def names(self) -> frozenset[str]:
        """Wire names of all fields, including those that only the gateway sets."""
        return frozenset(wire for name in self.model.model_fields for wire in _wire_names(self.model, name))

    @cached_property
    def alternative_names(self) -> Mapping[str, str]:
        """Alternative names of fields, and the names that the published definition has for them."""
        groups = [_wire_names(self.model, name) for name in self.model.model_fields]
        return {other: first for first, *others in groups for other in others}

    def body(self, request: APIRequest) -> Document:
        """Return the checked body of a request. An update may contain read-only fields, which are ignored.

        Raises:
            GatewayError: the body is not a JSON object, or a field is unknown, missing or of a wrong type.
        """
        given = request.body
        fields = document(given)
        if fields is None or request.operation.body is None:
            return checked_body(request.operation, given)
        known = fields_of(request.operation.body).names
        for other, name in self.alternative_names.items():
            if other in fields and other not in known and name in known:
                value = fields.pop(other)
                fields.setdefault(name, value)
        # A new object has no read-only fields yet, so only null or empty values are accepted for them.
        ignored = self.names if request.ids else {name for name in self.names if fields.get(name) is None}
        return checked_body(request.operation, fields, ignored=(*self.ignored, *ignored))

    def with_defaults(self, account: Account, fields: Document) -> Document:
        """Return the fields of a new object, with defaults for those that are absent or null."""
        defaults = self.defaults(account, fields)
        return {**fields, **{name: value for name, value in defaults.items() if fields.get(name) is None}}

    def query(self, account: Account, request: APIRequest) -> Query:
        """Return the query of a listing request."""
        return Query(
            request.operation,
            request.query,
            aliases=self.aliases,
            filter_prefixes=self.filter_prefixes,
            sortable=self.names,
            selection=account.component(Selections).for_request(request),
        )

    def page(self, account: Account, request: APIRequest, rows: Sequence[Document]) -> APIResponse:
        """Return the requested page of these rows."""
        query = self.query(account, request)
        is_by_prefix = any(name.startswith(self.filter_prefixes) for name in query.filters)
        if is_by_prefix or query.depends_on(self.derived):
            shown = query.selection.with_derived_fields(
                rows, account.changes, lambda row: self.show(account, row)
            )
            return APIResponse(200, query.page_body(*query.select(shown)))
        found, total = query.select(rows)
        return APIResponse(200, query.page_body([self.show(account, row) for row in found], total))

    def list(self, account: Account, request: APIRequest) -> APIResponse:
        """Handle GET on the collection."""
        return self.page(account, request, self.rows(account).rows())

    def create(self, account: Account, request: APIRequest) -> APIResponse:
        """Handle POST on the collection."""
        fields = self.body(request)
        self._check(account, fields, None)
        return APIResponse(200, {"id": self.rows(account).add(self.with_defaults(account, fields))})

    def get(self, account: Account, request: APIRequest) -> APIResponse:
        """Handle GET on an object."""
        return APIResponse(200, self.show(account, self.rows(account).get(request.ids[0])))

    def update(self, account: Account, request: APIRequest) -> APIResponse:
        """Handle POST on an object: absent fields keep their values."""
        current = self.rows(account).get(request.ids[0])
        fields = self._changed_fields(account, request, current)
        self.rows(account).change(request.ids[0], fields)
        return APIResponse()

    def replace(self, account: Account, request: APIRequest) -> APIResponse:
        """Handle PUT on an object: absent fields are cleared, except those that the gateway sets."""
        current = self.rows(account).get(request.ids[0])
        fields = self._changed_fields(account, request, current)
        writable = fields_of(request.operation.body).names if request.operation.body else ()
        kept = {name: value for name, value in current.items() if name not in writable}
        self.rows(account).replace_fields(request.ids[0], {**kept, **fields})
        return APIResponse()

    def delete(self, account: Account, request: APIRequest) -> APIResponse:
        """Handle DELETE on an object."""
        row = self.rows(account).get(request.ids[0])
        self.rows(account).remove(request.ids[0])
        self.removed(account, row)
        return APIResponse()

    def _changed_fields(self, account: Account, request: APIRequest, current: Document) -> Document:
        fields = self.body(request)
        if VERSION in fields and fields.pop(VERSION) != current[VERSION]:
            raise stale()
        self._check(account, fields, current)
        # Null resets a field to its default.
        defaults = self.defaults(account, {**current, **fields})
        return {name: defaults.get(name) if value is None else value for name, value in fields.items()}

    def _check(self, account: Account, fields: Document, current: Document | None) -> None:
        self.prepare(account, fields, current)
        own = current["id"] if current else None
        for name in self.unique:
            wanted = fields.get(name)
            if wanted and self.rows(account).find_id(name, str(wanted)) not in (None, own):
                raise not_unique(name)

    def _operation(self, name: str) -> Operation | None:
        found: object = getattr(self.spec, name, None)
        return found if isinstance(found, Operation) else None


def _wire_names(model: type[Model], name: str) -> list[str]:
    alias = model.model_fields[name].validation_alias
    if isinstance(alias, AliasChoices):
        return [choice for choice in alias.choices if isinstance(choice, str)]
    return [alias if isinstance(alias, str) else name]
