"""Message templates, what they make of bodies, and fast access rules."""

from __future__ import annotations

import pytest

import scgapi
from scgapi._sync.resources.fast_access_rules import FastAccessRule
from scgapi._sync.resources.message_templates import MessageTemplate
from tests.scenarios.driver import Do, attribute

NUMBER = "+15552461234"


def message_templates(do: Do) -> None:
    made = do.text("message_templates.create", name="Hello", pattern="Hello ${who}, $5 off for ${what}!")
    with pytest.raises(scgapi.ConflictError):
        do("message_templates.create", name="Hello", pattern="x")
    found = do("message_templates.get", made)
    assert (attribute(found, "designation"), attribute(found, "ownership")) == ("TEMPLATE", "PRIVATE")
    assert [attribute(row, "id") for row in do.many("message_templates.list", name="Hello")] == [made]
    sent = _sent(do, '#set($who="Ann \\"A\\"")\n#set($what = \'$who\')\n#parse("Hello")')
    # A backslash is none of Velocity's escapes: that was no string, and so no #set.
    assert attribute(sent, "body") != attribute(sent, "request_body")
    sent = _sent(do, '#set($who="Ann ""A""")\n#set($what = \'$who\')\nPS: #parse("Hello") Bye')
    assert attribute(sent, "body") == 'PS: Hello Ann "A", $5 off for $who! Bye'
    assert str(attribute(sent, "request_body")).startswith("#set(")

    do("message_templates.update", made, pattern="Bye ${who}", version_number=1)
    assert attribute(_sent(do, '#set($who="Ann")\n#parse("Hello")'), "body") == "Bye Ann"
    do("message_templates.replace", made, name="Bye", pattern="Bye", version_number=2)
    assert attribute(do("message_templates.get", made), "designation") is None
    failed = _sent(do, '#parse("Hello")')
    assert (attribute(failed, "state"), attribute(failed, "failure_code")) == ("FAILED", "1006")
    do("message_templates.delete", made)
    with pytest.raises(scgapi.NotFoundError):
        do("message_templates.delete", made)


def message_template_objects(do: Do) -> None:
    unsaved = MessageTemplate(designation="VALIDATOR", name="Code", pattern="Your code is ${code}")
    template = do("message_templates.get", do("message_templates.create", unsaved))
    sender = _sender(do)
    version = attribute(sender, "version_number")
    do("sender_ids.update", attribute(sender, "id"),
       message_templates=[attribute(template, "id")], version_number=version)  # fmt: skip
    assert attribute(_sent(do, "Your code is 1234"), "state") != "FAILED"
    assert attribute(_sent(do, "Buy now"), "failure_code") == "1006"
    assert attribute(_sent(do, '#parse("Code")'), "failure_code") == "1006"

    setattr(template, "pattern", "${anything}")  # noqa: B010 - of either client
    do.on(template, "update")
    assert attribute(_sent(do, "Buy now"), "state") != "FAILED"
    do.on(template, "replace")
    do.on(template, "refresh")
    assert attribute(template, "version_number") == 3
    do.on(template, "delete")
    assert do.many("message_templates.list") == []


def fast_access_rules(do: Do) -> None:
    ann = do.text("contacts.create", first_name="Ann", extended_attributes={"plan": {"level": "gold"}})
    bob = do.text("contacts.create", first_name="Bob", extended_attributes={"plan": {"level": "tin"}})
    made = do.text(
        "fast_access_rules.create",
        target_attribute="fast_access_12",
        target_attribute_name="level",
        value_derivation_script="$..extended_attributes.plan.level",
    )
    with pytest.raises(scgapi.ConflictError):
        do("fast_access_rules.create", target_attribute="fast_access_12")
    for wrong in ({"target_attribute": "fast_access_21"}, {"target_attribute": None}, {}):
        with pytest.raises(scgapi.BadRequestError):
            do("fast_access_rules.create", **wrong)
    found = do("contacts.get", ann)
    assert (attribute(found, "fast_access_12"), attribute(found, "fast_access")) == (
        "gold",
        {"level": "gold"},
    )
    by_name = do.many("contacts.list", extra_filters={"fast_access.level": "tin"})
    by_number = do.many("contacts.list", extra_filters={"fast_access_12": "tin"})
    assert [attribute(row, "id") for row in (*by_name, *by_number)] == [bob, bob]

    do("fast_access_rules.update", made, value_derivation_script="$.first_name", version_number=1)
    assert attribute(do("contacts.get", ann), "fast_access_12") == "Ann"
    assert len(do.many("fast_access_rules.list", target_attribute_name="level")) == 1
    do("fast_access_rules.delete", made)
    assert attribute(do("contacts.get", ann), "fast_access_12") is None

    unsaved = FastAccessRule(target_attribute="fast_access_1", value_derivation_script="$['first_name']")
    rule = do("fast_access_rules.get", do("fast_access_rules.create", unsaved))
    assert attribute(do("contacts.get", bob), "fast_access_1") == "Bob"
    setattr(rule, "value_derivation_script", "$.address_list[*]")  # noqa: B010 - of either client
    do.on(rule, "update")
    do.on(rule, "refresh")
    assert attribute(do("contacts.get", bob), "fast_access_1") is None
    do.on(rule, "delete")
    assert do.many("fast_access_rules.list") == []


def _sender(do: Do) -> object:
    return next(row for row in do.many("sender_ids.list") if attribute(row, "address") == "155528999")


def _sent(do: Do, body: str) -> object:
    request = do.text("message_requests.create", from_="155528999", to=[NUMBER], body=body)
    (message,) = do.many("message_requests.list_messages", request)
    return message
