"""Objects as programs build and change them: names, types, read-only fields, ids, reprs."""

from __future__ import annotations

import copy
import json
import pickle
from typing import TypeVar

import pytest
import respx
from pydantic import BaseModel

import scgapi
from tests.both_clients import sent

API = "https://api.syniverse.com/scg-external-api/api/v1"
AUTH = scgapi.AuthInfo(token="t")

M = TypeVar("M", bound=BaseModel)


@pytest.mark.parametrize(
    ("model", "name", "text"),
    [
        (scgapi.Contact, "firstname", "Contact has no field 'firstname'; did you mean 'first_name'?"),
        (scgapi.AsyncContact, "frist_name", "did you mean 'first_name'?"),
        (scgapi.MessageRequest, "boddy", "MessageRequest has no field 'boddy'; did you mean 'body'?"),
        (scgapi.Address, "citi", "Address has no field 'citi'; did you mean 'city'?"),
        (scgapi.Contact, "zzz", "has no field 'zzz'; help()"),
    ],
)
def test_a_misspelt_name_is_named(model: type[scgapi.Contact], name: str, text: str) -> None:
    fields: dict[str, object] = {name: "x"}
    with pytest.raises(scgapi.InvalidArgumentError) as caught:
        model(**fields)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert text in str(caught.value)
    with pytest.raises(scgapi.InvalidArgumentError) as caught:
        setattr(model(), name, "x")
    assert text in str(caught.value)


def test_a_padding_underscore_is_dropped() -> None:
    contact = scgapi.Contact(first_name_="John")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    contact.last_name_ = "Doe"  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
    assert (contact.first_name, contact.last_name) == ("John", "Doe")
    assert scgapi.MessageRequest(from_="1").from_ == "1"


def test_fields_that_this_version_does_not_know_can_be_changed() -> None:
    contact = scgapi.Contact.model_validate({"id": "c", "shoe_size": 42})
    contact.shoe_size = 43  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
    assert contact.model_extra == {"shoe_size": 43}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("first_name", 5),
        ("birth_date", "yesterday"),
        ("address_list", [{"priority": "first"}]),
        ("social_handles", "@x"),
    ],
)
def test_a_wrong_type_is_refused_at_once_and_not_repeated(name: str, value: object) -> None:
    fields: dict[str, object] = {name: value}
    with pytest.raises(scgapi.InvalidArgumentError, match=f"Contact: {name}.* must be "):
        scgapi.Contact(**fields)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    contact = scgapi.Contact()
    with pytest.raises(scgapi.InvalidArgumentError) as caught:
        setattr(contact, name, value)
    assert "yesterday" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert getattr(contact, name) is None


@pytest.mark.parametrize("kind", [scgapi.Contact, scgapi.AsyncMessageRequest, scgapi.Attachment])
def test_an_unsaved_object_has_no_id(
    kind: type[scgapi.Contact] | type[scgapi.AsyncMessageRequest] | type[scgapi.Attachment],
) -> None:
    unsaved = kind()
    with pytest.raises(scgapi.NotCreatedError, match=f"this {kind.__name__} has no id yet"):
        print(unsaved.id)
    assert not hasattr(unsaved, "id")
    assert getattr(unsaved, "id", None) is None
    for same in (copy.copy(unsaved), copy.deepcopy(unsaved), pickle.loads(pickle.dumps(unsaved))):
        assert same == unsaved
    assert unsaved.version_number is None
    assert "id" not in unsaved.model_dump(exclude_none=True)


def test_the_error_of_a_missing_id_travels() -> None:
    error = scgapi.NotCreatedError("this Contact has no id yet")
    for other in (pickle.loads(pickle.dumps(error)), copy.copy(error), type(error)(*error.args)):
        assert (type(other), str(other)) == (scgapi.NotCreatedError, str(error))
    assert isinstance(error, AttributeError)


def test_a_repr_shows_what_is_set_and_hides_what_it_says() -> None:
    contact = scgapi.Contact(external_id="e", first_name="John", primary_mdn="+15552461234", last_name="")
    assert repr(contact) == "Contact(external_id='e', first_name='…', last_name='', primary_mdn='***34')"
    request = scgapi.MessageRequest(
        from_="155528999", to=["+15552461234", "contact:x", "+15552461235", "+15552461236"], body="Hello"
    )
    assert repr(request) == ("MessageRequest(from_='***99', to=['***34', '…', '***35', … 1 more], body='…')")
    assert "John" not in f"{contact}"


def attachment() -> scgapi.Attachment:
    return scgapi.Attachment.model_validate({"id": "a1"})


@respx.mock
def test_objects_are_accepted_where_their_ids_are() -> None:
    route = respx.route(method="POST").respond(json={"id": "new"})
    sender = scgapi.SenderId.model_validate({"id": "s1"})
    group = scgapi.ContactGroup.model_validate({"id": "g1"})
    template = scgapi.MessageTemplate.model_validate({"id": "t1"})
    call = scgapi.Call.model_validate({"id": "c1"})
    script = scgapi.ApplicationScript.model_validate({"id": "x1"})
    with scgapi.Client(AUTH) as scg:
        scg.message_requests.create(from_=sender, to=[group], attachments=[attachment(), "a2"])
        scg.sender_ids.create(message_templates=[template])
        scg.bridges.create(call_ids=[call])
        scg.application_instances.create(script_id=script, sender_id=sender)
        scg.contact_exports.create(contact_group_id=group)
        scg.contact_imports.create(import_attachment_id=attachment())
        scg.access_tokens.create(resource="ATTACHMENT", resource_id=attachment())
        scg.application_instances.create(scgapi.ApplicationInstance(script_id=script))
    bodies = [json.loads(request.content) for request in sent(route)]
    assert (
        bodies[0].items() >= {"from": "sender_id:s1", "to": ["group:g1"], "attachments": ["a1", "a2"]}.items()
    )
    assert bodies[1:] == [
        {"message_templates": ["t1"]},
        {"call_ids": ["c1"]},
        {"script_id": "x1", "sender_id": "s1"},
        {"contact_group_id": "g1"},
        {"import_attachment_id": "a1"},
        {"resource": "ATTACHMENT", "resource_id": "a1"},
        {"script_id": "x1"},
    ]


def test_an_object_of_another_kind_or_without_an_id_is_refused_before_anything_is_sent() -> None:
    with scgapi.Client(AUTH) as scg:
        with pytest.raises(scgapi.InvalidArgumentError, match="attachments"):
            scg.message_requests.create(
                from_="1",
                to=["2"],
                attachments=[scgapi.Contact.model_validate({"id": "c"})],  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
            )
        with pytest.raises(scgapi.NotCreatedError, match=r"attachments\[0\]: this Attachment has no id yet"):
            scg.message_requests.create(from_="1", to=["2"], attachments=[scgapi.Attachment()])
        with pytest.raises(scgapi.NotCreatedError, match=r"to\[0\]: this Contact has no id yet"):
            scg.message_requests.create(from_="1", to=[scgapi.Contact()])


def test_a_subclass_may_have_properties_with_setters() -> None:
    class Named(scgapi.Contact):
        @property
        def name(self) -> str | None:
            return self.first_name

        @name.setter
        def name(self, value: str) -> None:
            self.first_name = value

    contact = Named.model_validate({})
    contact.name = "John"
    assert (contact.name, contact.first_name) == ("John", "John")
    with pytest.raises(scgapi.InvalidArgumentError, match="no field 'nam'"):
        contact.nam = "x"  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize("name", ["first_name", "id", "shoe_size"])
def test_deleting_a_field_is_refused_for_an_update_would_not_send_it(name: str) -> None:
    contact = scgapi.Contact.model_validate({"id": "c", "first_name": "John", "shoe_size": 42})
    with pytest.raises(scgapi.InvalidArgumentError, match=f"Contact.{name} cannot be deleted.*None"):
        delattr(contact, name)
    with pytest.raises(AttributeError):
        del contact.nothing  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]


def saved(model: type[M]) -> M:
    return model.model_validate({"id": "i"})


def test_an_unsaved_message_takes_objects_for_their_addresses() -> None:
    message = scgapi.Message(from_=saved(scgapi.SenderId), to=saved(scgapi.Contact))
    assert (message.from_, message.to) == ("sender_id:i", "contact:i")


def test_an_unsaved_message_request_takes_objects_for_their_addresses() -> None:
    recipients: list[scgapi.Contact | scgapi.ContactGroup] = [
        saved(scgapi.Contact),
        saved(scgapi.ContactGroup),
    ]
    request = scgapi.MessageRequest(from_=saved(scgapi.Channel), to=["+15551234567", *recipients])
    assert (request.from_, request.to) == ("channel:i", ["+15551234567", "contact:i", "group:i"])
    setattr(request, "to", recipients)  # noqa: B010 - to type checkers, the field is what can be read from it
    assert request.to == ["contact:i", "group:i"]
    with pytest.raises(scgapi.NotCreatedError):
        scgapi.MessageRequest(to=[scgapi.Contact()])
    with pytest.raises(scgapi.InvalidArgumentError):
        scgapi.MessageRequest(to=[saved(scgapi.SenderId)])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
