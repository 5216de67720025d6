# Generated from scgapi/_async/resources/fast_access_rules.py by tools/generate.py: edit that file.
"""Fast access rules: attributes of contacts that can be filtered by."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack, overload

from scgapi._sync.pager import Pager
from scgapi._sync.resource import Editable, Resource
from scgapi.models import fast_access_rules as spec
from scgapi.models.fast_access_rules import (
    FastAccessRuleData,
    FastAccessRuleFields,
    FastAccessRuleFilters,
    FastAccessRuleUpdate,
)


class FastAccessRule(Editable, FastAccessRuleData):
    """Where the value of an attribute of contacts comes from, and what the attribute is called."""

    Resource: ClassVar[type[FastAccessRuleResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[FastAccessRuleFields]) -> None: ...

    def update(self) -> None:
        """Save what changed since the rule was loaded; does nothing if nothing changed.

        Sends the changed fields and `version_number` (POST `/contacts/fast_access/{id}`).

        Raises:
            ConflictError: somebody else changed the rule meanwhile: `refresh()`, change again, `update()`.
            NotFoundError: the rule is gone.
        """
        self._update(spec.UPDATE)

    def refresh(self) -> None:
        """Read the rule again; unsaved changes are lost (GET `/contacts/fast_access/{id}`)."""
        self._become(self._scg.fast_access_rules.get(self.id))

    def delete(self) -> None:
        """Delete the rule (DELETE `/contacts/fast_access/{id}`)."""
        self._scg.fast_access_rules.delete(self.id)


class FastAccessRuleResource(Resource):
    """Fast access rules, through one client: `client.fast_access_rules`."""

    def list(self, **filters: Unpack[FastAccessRuleFilters]) -> Pager[FastAccessRule]:
        """Rules that match all filters, or all of them (GET `/contacts/fast_access`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(FastAccessRule, spec.LIST, options=filters)

    @overload
    def create(self, rule: FastAccessRuleData, /) -> str: ...
    @overload
    def create(self, /, **fields: Unpack[FastAccessRuleFields]) -> str: ...
    def create(self, rule: FastAccessRuleData | None = None, /, **fields: object) -> str:
        """Create a rule from keywords or from an unsaved object (POST `/contacts/fast_access`).

        Returns:
            The id of the new rule.

        Raises:
            ConflictError: another rule fills this attribute already (code 1011).
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return self._create(spec.CREATE, rule, fields)

    def get(self, rule_id: str) -> FastAccessRule:
        """The rule with this id (GET `/contacts/fast_access/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        return self._get(FastAccessRule, spec.GET, rule_id)

    def update(self, rule_id: str, **fields: Unpack[FastAccessRuleUpdate]) -> None:
        """Change the given fields, and no others (POST `/contacts/fast_access/{id}`).

        Raises:
            ConflictError: `version_number` is not the rule's current one.
            NotFoundError: there is no such rule.
        """
        self._send(spec.UPDATE, rule_id, fields=fields)

    def delete(self, rule_id: str) -> None:
        """Delete the rule (DELETE `/contacts/fast_access/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        self._send(spec.DELETE, rule_id)


FastAccessRule.Resource = FastAccessRuleResource
