"""Fast access rules: attributes of contacts that can be filtered by."""

from __future__ import annotations

from typing import Annotated

from typing_extensions import TypedDict

from scgapi._core.model.base import ResourceModel, Versioned
from scgapi._core.model.fields import SENSITIVE, DateFilter, IntFilter, ListOptions, TextFilter
from scgapi._core.operation import Operation


class FastAccessRuleData(ResourceModel):
    """A fast access rule's fields (GET `/contacts/fast_access/{id}`)."""

    target_attribute: str | None = None
    """The contact's attribute that the rule fills: `fast_access_1` to `fast_access_20`."""
    target_attribute_name: str | None = None
    """The name under which `contact.fast_access` shows it and by which `fast_access.NAME` filters."""
    value_derivation_script: str | None = None
    """A JSON path into the contact, such as `$..extended_attributes.Plan`; without it the attribute can be set."""
    user_data: Annotated[str | None, SENSITIVE] = None
    """Your own text."""


class _FastAccessRuleFields(TypedDict, total=False):
    """Keys that FastAccessRuleFields shares with FastAccessRuleUpdate."""

    target_attribute: str | None
    """Attribute of the contact that the rule fills: `fast_access_1` to `fast_access_20`."""
    target_attribute_name: str | None
    """Name under which `contact.fast_access` shows it, and by which `fast_access.NAME` filters."""
    value_derivation_script: str | None
    """JSON path into the contact, such as `$..extended_attributes.Plan`; without it the attribute can
    be set."""
    user_data: str | None
    """Text of your own."""


class FastAccessRuleFields(_FastAccessRuleFields, closed=True):
    """Fields of a fast access rule to create."""


class FastAccessRuleUpdate(_FastAccessRuleFields, Versioned, closed=True):
    """Fields of a fast access rule that an update can change."""


class FastAccessRuleFilters(ListOptions, total=False, closed=True):
    """Filters for fast access rules; see `ListOptions` for the other keywords."""

    id: TextFilter
    """Id, or several of which any may match."""
    target_attribute: TextFilter
    """Attribute that the rule fills, such as `fast_access_1`; or several."""
    target_attribute_name: TextFilter
    """Name of the attribute, or several."""
    application_id: IntFilter
    """Id of the application that created it, or several."""
    created_date: DateFilter
    """Time of creation: one time, or a range `(from, to)` including both ends."""
    last_updated_date: DateFilter
    """Time of the last change: one time, or a range `(from, to)` including both ends."""


_ONE = "/contacts/fast_access/{rule_id}"

LIST = Operation("fast_access_rules.list", "GET", "/contacts/fast_access", query=FastAccessRuleFilters)
CREATE = Operation("fast_access_rules.create", "POST", "/contacts/fast_access", body=FastAccessRuleFields)
GET = Operation("fast_access_rules.get", "GET", _ONE)
UPDATE = Operation("fast_access_rules.update", "POST", _ONE, body=FastAccessRuleUpdate)
DELETE = Operation("fast_access_rules.delete", "DELETE", _ONE)
