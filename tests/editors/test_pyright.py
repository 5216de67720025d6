"""Hovers and completions of VS Code and other editors with pyright."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.editors.language_server import LanguageServer

START = "import scgapi\nscg = scgapi.Client()\n"


@pytest.fixture(scope="module")
def editor() -> Iterator[LanguageServer]:
    with LanguageServer() as server:
        yield server


@pytest.mark.parametrize(
    ("program", "shown"),
    [
        ("scg.message_requests.create(from_='1', to⌖=['2'])", "Recipients, in a list"),
        ("scg.message_requests.create(from_='1', to=['2'], expiry_time⌖='')", "epoch milliseconds"),
        ("scg.contacts.update('x', version_number=1, primary_mdn⌖='')", "unique in the account"),
        ("scg.messages.list(created_date⌖='')", "including both ends"),
        ("scg.messages.list(prefetch⌖=8)", "at most 32"),
        ("scgapi.Contact(voice_preference⌖='NONE')", "REQUIRE_VOICE"),
        ("scg.messages.get('x').state⌖", "DELIVERED (on the handset)"),
        ("scg.message_requests⌖", "the way to send"),
        ("scg.message_requests.create⌖", "Send a text to one or many recipients"),
        ("scgapi.types.MessageRequestFields⌖", "for functions of yours"),
        ("scg.contacts.get('x').update⌖", "POST the path that its class names"),
        ("scgapi.Contact⌖", "/contacts/{id}"),
    ],
)
def test_hovers_say_what_a_name_means(editor: LanguageServer, program: str, shown: str) -> None:
    assert shown in editor.hover(START + program)


@pytest.mark.parametrize(
    ("program", "offered"),
    [
        ("scg.messages.list(state='⌖')", "'DELIVERED'"),
        ("scg.messages.list(state=['⌖'])", "'DELIVERED'"),
        ("scg.sender_ids.list(capabilities='⌖')", "'MMS'"),
        ("scg.contact_address_statuses.list(consent_status=['⌖'])", "'OPTOUT'"),
        ("scg.message_requests.create(from_='1', to=['2'], on_unknown='⌖')", "'verify'"),
        ("scg.message_requests.create(⌖)", "external_id="),
        ("scg.messages.list(⌖)", "state="),
        ("scg.⌖", "message_requests"),
        ("scgapi.⌖", "AsyncClient"),
        ("scgapi.types.⌖", "Recipient"),
        ("from scgapi import events\nevents.⌖", "Receiver"),
    ],
)
def test_names_and_known_values_are_offered(editor: LanguageServer, program: str, offered: str) -> None:
    assert offered in editor.complete(START + program)


@pytest.mark.parametrize(
    ("program", "problem"),
    [
        ("scg.message_requests.create(from_='1', to=['2'], boddy='x')", 'No parameter named "boddy"'),
        ("scg.contacts.create(first_name=5)", 'parameter "first_name" of type "str | None"'),
        ("scg.messages.list(status='SENT')", 'No parameter named "status"'),
    ],
)
def test_the_wrong_keyword_is_underlined(editor: LanguageServer, program: str, problem: str) -> None:
    (said,) = editor.problems(f"{START}{program}\n")
    assert problem in said
