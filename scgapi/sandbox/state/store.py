"""Storage of objects. Documents are replaced, never changed in place, so references to them stay valid."""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Iterator, Mapping, Sequence, Set

from pydantic import TypeAdapter, ValidationError

from scgapi.sandbox.errors import not_found

Document = dict[str, object]
Watcher = Callable[[Document | None, Document], None]

_ALPHABET = string.digits + string.ascii_letters
_DOCUMENT = TypeAdapter(dict[str, object])
_TEXTS = TypeAdapter(list[str])


def new_id() -> str:
    """Return a new id in the gateway's format: 22 base-62 characters."""
    return "".join(random.choices(_ALPHABET, k=22))


def document(value: object) -> Document | None:
    """Return the value as a document; None if it is not a JSON object."""
    try:
        return _DOCUMENT.validate_python(value, strict=True)
    except ValidationError:
        return None


def texts(value: object) -> list[str]:
    """Return the value as a list of texts; an empty list for None."""
    return [] if value is None else _TEXTS.validate_python(value)


def text(value: object) -> str | None:
    """Return the value if it is text, otherwise None."""
    return value if isinstance(value, str) else None


def items(value: object) -> list[object]:
    """Return the items of a list; an empty list for anything else."""
    return [*value] if isinstance(value, list) else []


def number(value: object) -> int | None:
    """Return the value if it is a whole number, otherwise None."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


class VisibilityFilter:
    """A filter that hides objects from reads, and records the hidden objects that a read would have returned."""

    def __init__(self) -> None:
        self._hidden: Set[str] = frozenset()
        self._missed: set[str] = set()

    @property
    def is_active(self) -> bool:
        """True while objects are hidden."""
        return bool(self._hidden)

    def hide(self, ids: Set[str]) -> None:
        """Hide the objects with these ids."""
        self._hidden = ids

    def show_all(self) -> Set[str]:
        """Show all objects; return the ids of the hidden ones that were looked for."""
        missed, self._hidden, self._missed = self._missed, frozenset(), set()
        return missed

    def is_hidden(self, key: str) -> bool:
        """Return True if an object is hidden, and record that it was looked for."""
        if key in self._hidden:
            self._missed.add(key)
        return key in self._hidden

    def visible(self, rows: Mapping[str, Document]) -> list[Document]:
        """Return the objects that are not hidden."""
        return [row for key, row in rows.items() if not self.is_hidden(key)]


class Collection:
    """Objects of one kind, in the order of creation. `changed` is called after every change."""

    def __init__(
        self,
        now: Callable[[], int],
        owner: Mapping[str, object],
        visibility: VisibilityFilter,
        changed: Callable[[], None],
    ) -> None:
        self._now = now
        self._owner = owner
        self._visibility = visibility
        self._rows: dict[str, Document] = {}
        self._indexes: dict[str, dict[str, str]] = {}
        self._watchers: list[Watcher] = []
        self._changed = changed
        self._visible_rows: tuple[Document, ...] | None = None

    def watch(self, watcher: Watcher) -> None:
        """Call a function with each changed object, before (None for a new object) and after the change."""
        self._watchers.append(watcher)

    def add(self, fields: Mapping[str, object], *, id: str | None = None) -> str:
        """Add an object with a generated id, version, owner and dates; return its id."""
        key, now = id or new_id(), self._now()
        generated: Document = {"id": key, **self._owner, "created_date": now, "last_updated_date": now}
        self._store(key, {**fields, **generated, "version_number": 1})
        return key

    def get(self, key: str) -> Document:
        """Return the object with this id.

        Raises:
            GatewayError: 404 if it does not exist.
        """
        if key not in self._rows:
            raise not_found(key)
        return self._rows[key]

    def find(self, key: str) -> Document | None:
        """Return the object with this id, or None."""
        return self._rows.get(key)

    def change(self, key: str, changes: Mapping[str, object]) -> None:
        """Set these fields and increment the version."""
        self.replace_fields(key, {**self.get(key), **changes})

    def replace_fields(self, key: str, fields: Mapping[str, object]) -> None:
        """Replace all fields but the generated ones, and increment the version."""
        current = self.get(key)
        version = (number(current["version_number"]) or 0) + 1
        generated = {name: current[name] for name in ("id", *self._owner, "created_date")}
        self._store(key, {**fields, **generated, "last_updated_date": self._now(), "version_number": version})

    def complete(self, key: str, fields: Mapping[str, object]) -> None:
        """Set fields without a new version, to complete the creation of an object."""
        self._store(key, {**self.get(key), **fields})

    def remove(self, key: str) -> None:
        """Remove the object."""
        self._unindex(self.get(key))
        del self._rows[key]
        self._note_change()

    def find_id(self, name: str, value: str) -> str | None:
        """Return the id of the object with this value in a unique field, or None."""
        if name not in self._indexes:
            self._indexes[name] = {str(row[name]): key for key, row in self._rows.items() if row.get(name)}
        return self._indexes[name].get(value)

    def rows(self) -> Sequence[Document]:
        """Return all visible objects; the same sequence as before if nothing has changed."""
        if self._visibility.is_active:
            return self._visibility.visible(self._rows)
        if self._visible_rows is None:
            self._visible_rows = tuple(self._rows.values())
        return self._visible_rows

    def dump(self) -> list[Document]:
        """Return all objects, including hidden ones, in the order of creation."""
        return list(self._rows.values())

    def load(self, rows: Mapping[str, Document]) -> None:
        """Replace all objects by these. Watchers are not called."""
        self._rows, self._indexes = {**rows}, {}
        self._note_change()

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._rows))

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def __len__(self) -> int:
        return len(self._rows)

    def _store(self, key: str, row: Document) -> None:
        before = self._rows.get(key)
        if before is not None:
            self._unindex(before)
        self._rows[key] = row
        self._note_change()
        for name, index in self._indexes.items():
            if row.get(name):
                index[str(row[name])] = key
        for watcher in self._watchers:
            watcher(before, row)

    def _note_change(self) -> None:
        self._visible_rows = None
        self._changed()

    def _unindex(self, row: Document) -> None:
        for name, index in self._indexes.items():
            index.pop(str(row.get(name)), None)
