"""Fast access rules: attributes of contacts that can be filtered by."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._async.objects import AsyncUpdatable, operations
from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncResource
from scgapi.models import fast_access_rules as spec
from scgapi.models.fast_access_rules import (
    FastAccessRuleData,
    FastAccessRuleFields,
    FastAccessRuleFilters,
    FastAccessRuleUpdate,
)


@operations(refresh=spec.GET, update=spec.UPDATE, delete=spec.DELETE)
class AsyncFastAccessRule(AsyncUpdatable, FastAccessRuleData):
    """The source of an attribute of contacts, and the attribute's name: `/contacts/fast_access/{id}`."""

    Resource: ClassVar[type[AsyncFastAccessRuleResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[FastAccessRuleFields]) -> None: ...


class AsyncFastAccessRuleResource(AsyncResource):
    """Fast access rules, through one client: `client.fast_access_rules`."""

    def list(self, **filters: Unpack[FastAccessRuleFilters]) -> AsyncPager[AsyncFastAccessRule]:
        """List rules that match all filters, or all of them (GET `/contacts/fast_access`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncFastAccessRule, spec.LIST, options=filters)

    async def create(
        self, rule: FastAccessRuleData | None = None, /, **fields: Unpack[FastAccessRuleFields]
    ) -> str:
        """Create a rule from keywords or from an unsaved object (POST `/contacts/fast_access`).

        Returns:
            The id of the new rule.

        Raises:
            ConflictError: another rule fills this attribute already (code 1011).
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return await self._create(spec.CREATE, rule, fields)

    async def get(self, rule_id: str) -> AsyncFastAccessRule:
        """Get the rule with this id (GET `/contacts/fast_access/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return await self._get(AsyncFastAccessRule, spec.GET, rule_id)

    async def update(self, rule_id: str, **fields: Unpack[FastAccessRuleUpdate]) -> None:
        """Change the given fields, and no others (POST `/contacts/fast_access/{id}`).

        Raises:
            ConflictError: `version_number` is not the rule's current one.
            NotFoundError: there is no such rule.
        """
        await self._send(spec.UPDATE, rule_id, fields=fields)

    async def delete(self, rule_id: str) -> None:
        """Delete the rule (DELETE `/contacts/fast_access/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        await self._send(spec.DELETE, rule_id)


AsyncFastAccessRule.Resource = AsyncFastAccessRuleResource
