"""Fast access rules: attributes of contacts that can be filtered by."""

from __future__ import annotations

from typing import Annotated

from typing_extensions import TypedDict

from scgapi._core.operation import Operation
from scgapi.models._base import ResourceModel, Versioned
from scgapi.models._fields import HIDDEN, DateFilter, IntFilter, ListOptions, TextFilter


class FastAccessRuleData(ResourceModel):
    """A fast access rule's fields (GET `/contacts/fast_access/{id}`)."""

    target_attribute: str | None = None
    """The contact's attribute that the rule fills: `fast_access_1` to `fast_access_20`."""
    target_attribute_name: str | None = None
    """The name under which `contact.fast_access` shows it and by which `fast_access.NAME` filters."""
    value_derivation_script: str | None = None
    """A JSON path into the contact, such as `$..extended_attributes.Plan`; without it the attribute can be set."""
    user_data: Annotated[str | None, HIDDEN] = None
    """Your own text."""


class FastAccessRuleFields(TypedDict, total=False):
    """What a fast access rule is created from."""

    target_attribute: str | None
    target_attribute_name: str | None
    value_derivation_script: str | None
    user_data: str | None


class FastAccessRuleUpdate(FastAccessRuleFields, Versioned):
    """What an update of a fast access rule takes."""


class FastAccessRuleFilters(ListOptions, total=False):
    """What fast access rules can be found by; see `ListOptions` for the rest."""

    id: TextFilter
    target_attribute: TextFilter
    target_attribute_name: TextFilter
    application_id: IntFilter
    created_date: DateFilter
    last_updated_date: DateFilter


_ONE = "/contacts/fast_access/{rule_id}"

LIST = Operation("fast_access_rules.list", "GET", "/contacts/fast_access", query=FastAccessRuleFilters)
CREATE = Operation("fast_access_rules.create", "POST", "/contacts/fast_access", body=FastAccessRuleFields)
GET = Operation("fast_access_rules.get", "GET", _ONE)
UPDATE = Operation("fast_access_rules.update", "POST", _ONE, body=FastAccessRuleUpdate)
DELETE = Operation("fast_access_rules.delete", "DELETE", _ONE)
