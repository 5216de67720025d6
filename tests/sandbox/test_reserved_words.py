"""Reserved keywords of recipients, and their effect on consent."""

from __future__ import annotations

import pytest

from scgapi.models import contact_address_history, contact_address_statuses, keywords, sender_ids
from tests.sandbox.calls import MDN, Caller

SMS = "15555551122"


@pytest.fixture
def api() -> Caller:
    """A gateway that manages the consent for a sender id."""
    api = Caller()
    (row,) = api.rows(sender_ids.LIST, name="Texts")
    api.change(sender_ids.UPDATE, str(row["id"]), consent_managed_by="SCG", version_number=1)
    return api


def consent_after(api: Caller, body: str) -> object:
    api.gateway.receive(to=SMS, from_=MDN, body=body)
    rows = api.rows(contact_address_statuses.LIST, address=MDN)
    return rows[0]["consent_status"] if rows else None


@pytest.mark.parametrize("word", ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT"])
@pytest.mark.parametrize("form", ["{}", "{}.", " {}!\n", "'{}'", "({})"])
def test_words_that_opt_out(api: Caller, word: str, form: str) -> None:
    assert consent_after(api, form.format(word.capitalize())) == "OPTOUT"
    (told,) = api.rows(contact_address_history.LIST, msisdn=MDN)
    assert (told["keyword"], told["source"]) == (word, "MESSAGE")


@pytest.mark.parametrize("word", ["start", "Unstop", "YES!"])
def test_words_that_opt_in(api: Caller, word: str) -> None:
    assert consent_after(api, "stop") == "OPTOUT"
    assert consent_after(api, word) == "OPTIN"


@pytest.mark.parametrize(
    "body",
    [
        "non-stop",
        "stop it",
        "please stop",
        "STOP-ALL",
        "stopped",
        "s top",
        "help",
        "INFO",
        "",
        "!",
        "yes please",
    ],
)
def test_messages_that_change_nothing(api: Caller, body: str) -> None:
    assert consent_after(api, body) is None


def test_a_company_cannot_add_reserved_words(api: Caller) -> None:
    (row,) = api.rows(sender_ids.LIST, name="Texts")
    for word in ("stop", "Quit", "YES"):
        body = {"value": word, "sender_id": row["id"]}
        assert api.refused(keywords.CREATE, body=body)[:2] == (400, "SCG_ERROR_4004")


def test_a_keyword_is_a_word_of_its_own(api: Caller) -> None:
    (row,) = api.rows(sender_ids.LIST, name="Pictures")
    api.create(keywords.CREATE, value="GO", sender_id=row["id"], actions="OPTOUT", search_words_count=9)
    for body, heard in (("a no-go area", 0), ("go-kart", 0), ("let us go, now", 1)):
        api.gateway.receive(to="155528999", from_=MDN, body=body)
        assert len(api.rows(contact_address_statuses.LIST, address=MDN)) == heard


def test_a_new_account_has_a_history_entry(api: Caller) -> None:
    (row,) = api.rows(contact_address_history.LIST)
    assert (row["status"], row["source"], row["keyword"]) == ("OPTIN", "MESSAGE", "START")
    assert api.rows(contact_address_statuses.LIST) == []
