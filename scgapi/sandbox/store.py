"""Where the gateway keeps its objects. Documents are replaced, never changed in place: who has one may keep it."""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Iterator, Mapping, Set

from pydantic import TypeAdapter, ValidationError

from scgapi.sandbox.errors import not_found

Document = dict[str, object]
Watcher = Callable[[Document | None, Document], None]

_ALPHABET = string.digits + string.ascii_letters
_DOCUMENT = TypeAdapter(dict[str, object])
_TEXTS = TypeAdapter(list[str])


def new_id() -> str:
    """An id as the gateway makes them: 22 base-62 characters."""
    return "".join(random.choices(_ALPHABET, k=22))


def document(value: object) -> Document | None:
    """The value as a document, None if it is not one."""
    try:
        return _DOCUMENT.validate_python(value, strict=True)
    except ValidationError:
        return None


def texts(value: object) -> list[str]:
    """The value as a list of texts; nothing if it is absent."""
    return [] if value is None else _TEXTS.validate_python(value)


def text(value: object) -> str | None:
    """The value if it is text."""
    return value if isinstance(value, str) else None


def items(value: object) -> list[object]:
    """The items of a list; nothing if it is none."""
    return [*value] if isinstance(value, list) else []


def number(value: object) -> int | None:
    """The value if it is a whole number."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


class Veil:
    """What a read does not get to see; it notes what it missed."""

    def __init__(self) -> None:
        self._hidden: Set[str] = frozenset()
        self._missed: set[str] = set()

    def cover(self, ids: Set[str]) -> None:
        """Hide the objects with these ids."""
        self._hidden = ids

    def lift(self) -> Set[str]:
        """Hide nothing any more; return the ids that were missed."""
        missed, self._hidden, self._missed = self._missed, frozenset(), set()
        return missed

    def hides(self, key: str) -> bool:
        """Whether an object is hidden."""
        if key in self._hidden:
            self._missed.add(key)
        return key in self._hidden

    def shown(self, rows: Mapping[str, Document]) -> list[Document]:
        """The objects that are not hidden."""
        if not self._hidden:
            return list(rows.values())
        return [row for key, row in rows.items() if not self.hides(key)]


class Collection:
    """Objects of one kind, in the order they came."""

    def __init__(self, now: Callable[[], int], owner: Mapping[str, object], veil: Veil) -> None:
        self._now = now
        self._owner = owner
        self._veil = veil
        self._rows: dict[str, Document] = {}
        self._indexes: dict[str, dict[str, str]] = {}
        self._watchers: list[Watcher] = []

    def watch(self, watcher: Watcher) -> None:
        """Have a function called with each object that changed, as it was (None if it is new) and as it is."""
        self._watchers.append(watcher)

    def add(self, fields: Mapping[str, object], *, id: str | None = None) -> str:
        """Keep a new object: its id, version, owner and dates are made here."""
        key, now = id or new_id(), self._now()
        made: Document = {"id": key, **self._owner, "created_date": now, "last_updated_date": now}
        self._keep(key, {**fields, **made, "version_number": 1})
        return key

    def get(self, key: str) -> Document:
        """The object with this id.

        Raises:
            GatewayError: 404, there is none.
        """
        if key not in self._rows:
            raise not_found(key)
        return self._rows[key]

    def find(self, key: str) -> Document | None:
        """The object with this id, None if there is none."""
        return self._rows.get(key)

    def change(self, key: str, changes: Mapping[str, object]) -> None:
        """Set these fields; one version more."""
        self.put(key, {**self.get(key), **changes})

    def put(self, key: str, fields: Mapping[str, object]) -> None:
        """Set all fields but those that are made here; one version more."""
        kept = self.get(key)
        version = (number(kept["version_number"]) or 0) + 1
        made = {name: kept[name] for name in ("id", *self._owner, "created_date")}
        self._keep(key, {**fields, **made, "last_updated_date": self._now(), "version_number": version})

    def complete(self, key: str, fields: Mapping[str, object]) -> None:
        """Set fields that belong to the object's making: it stays the same version."""
        self._keep(key, {**self.get(key), **fields})

    def remove(self, key: str) -> None:
        """Forget the object."""
        self._unindex(self.get(key))
        del self._rows[key]

    def holder(self, name: str, value: str) -> str | None:
        """The id of the object whose field, a unique key, has this value."""
        if name not in self._indexes:
            self._indexes[name] = {str(row[name]): key for key, row in self._rows.items() if row.get(name)}
        return self._indexes[name].get(value)

    def rows(self) -> list[Document]:
        """All objects that are to be seen."""
        return self._veil.shown(self._rows)

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._rows))

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def __len__(self) -> int:
        return len(self._rows)

    def _keep(self, key: str, row: Document) -> None:
        before = self._rows.get(key)
        if before is not None:
            self._unindex(before)
        self._rows[key] = row
        for name, index in self._indexes.items():
            if row.get(name):
                index[str(row[name])] = key
        for watcher in self._watchers:
            watcher(before, row)

    def _unindex(self, row: Document) -> None:
        for name, index in self._indexes.items():
            index.pop(str(row.get(name)), None)
