"""Plans: what is read, set aside, counted and handed to the journal."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest

import scgapi
from scgapi.campaigns.planning.plan import Plan
from scgapi.campaigns.planning.planner import Planning, check_price
from scgapi.campaigns.planning.preview import (
    Preview,
    find_preview,
    find_preview_async,
    send_test,
    send_test_async,
)
from scgapi.campaigns.recipients.recipient import Recipient, SetAside
from scgapi.campaigns.recipients.recipients import Recipients
from scgapi.campaigns.recipients.suppression import Suppressed
from scgapi.campaigns.text.messages import Message
from scgapi.errors import CampaignError, InvalidArgumentError, PlanRefusedError, RecipientsError
from scgapi.sandbox import Sandbox
from tests.snippets import blocks, credentials, run

SENDER = "155528999"
TEXT = "Hi {First Name}, your table for {guests} is booked."
LIST = """First Name,mobile,guests,zone,id
Ann,+15552461234,2,,a
Bob,(555) 246-1235,3,Europe/Paris,b
Ann again,1-555-246-1234,4,,c
Eve,1.5552E+10,5,,d
too,few
Zo\u00eb,+12125550123,,,e
Out,+15552461236,1,,f
Lost,+15552461237,1,Mars/Olympus,g
"""


@dataclass
class MemoryJournal:
    """What a plan has handed over."""

    settings: dict[str, str] = field(default_factory=dict[str, str])
    rows: list[Recipient | SetAside] = field(default_factory=list[Recipient | SetAside])

    def begin(self, name: str, settings: Mapping[str, str]) -> None:
        self.settings = dict(settings)

    def add(self, rows: Iterable[Recipient | SetAside]) -> None:
        self.rows = [*rows]


def planning(
    recipients: Recipients, text: str = TEXT, suppress: Suppressed | None = None, price: Decimal | None = None
) -> Planning:
    return Planning("spring", recipients, Message(text), SENDER, 30, suppress, price=price)


@pytest.fixture
def guests(tmp_path: Path) -> Recipients:
    path = tmp_path / "guests.csv"
    path.write_text(LIST, encoding="utf-8")
    return Recipients.csv(path, address="mobile", region="US", time_zone="zone", keep=["id"])


def opt_out(scg: scgapi.Client, address: str, sender: str = SENDER) -> None:
    sender_id = next(one.id for one in scg.sender_ids.list() if one.address == sender)
    scg.contact_address_statuses.set_consent(address=address, sender_id=sender_id, status="OPTOUT")


def test_each_line_is_a_recipient_or_set_aside_with_the_reason(
    scg: scgapi.Client, guests: Recipients
) -> None:
    opt_out(scg, "+15552461236")
    journal = MemoryJournal()
    plan = planning(guests, price=Decimal("0.01")).plan(scg, journal)
    assert [
        (row.line, row.address, dict(row.fields)) for row in journal.rows if isinstance(row, Recipient)
    ] == [
        (2, "+15552461234", {"First Name": "Ann", "guests": "2", "id": "a"}),
        (3, "+15552461235", {"First Name": "Bob", "guests": "3", "id": "b"}),
        (7, "+12125550123", {"First Name": "Zo\u00eb", "guests": "", "id": "e"}),
    ]
    aside = {row.line: (row.state, row.reason) for row in journal.rows if isinstance(row, SetAside)}
    assert aside[4] == ("DUPLICATE", "the same recipient as line 2")
    assert aside[5][0] == aside[6][0] == aside[9][0] == "INVALID"
    assert "rounded by a spreadsheet" in aside[5][1]
    assert aside[6][1] == "2 values where there are 5 columns"
    assert aside[8] == ("OPTED_OUT", "opted out at the gateway")
    assert "'Mars/Olympus' is no time zone" in aside[9][1]
    zones = {row.line: row.time_zones for row in journal.rows if isinstance(row, Recipient)}
    assert (zones[3], zones[7]) == (("Europe/Paris",), ("America/New_York",))
    assert (plan.lines, plan.recipients, plan.segments, plan.cost) == (8, 3, 3, Decimal("0.03"))
    assert plan.set_aside == {"DUPLICATE": 1, "INVALID": 3, "OPTED_OUT": 1}
    assert plan.merely_possible == 2
    assert [(one.field, one.texts) for one in plan.empty_fields] == [("guests", 1)]
    (stray,) = plan.stray_characters
    assert (stray.character, stray.plainer, stray.texts, stray.in_body) == ("\u00eb", "e", 1, False)


def test_a_plan_reads_well_and_tells_no_numbers_or_texts(scg: scgapi.Client, guests: Recipients) -> None:
    plan = planning(guests, price=Decimal("0.01")).plan(scg, MemoryJournal())
    lines = str(plan).splitlines()
    assert lines[0] == "Plan of 'spring': nothing was sent."
    assert "recipients        4 of 8 lines" in lines
    assert "segments          4 segments" in lines
    assert "duration          1 s at 30 a second" in lines
    assert "cost              0.04 at 0.01 a segment" in lines
    assert any(
        "\u00eb (U+00EB latin small letter e with diaeresis) in 1 text: line 7 (***23); e would do" in line
        for line in lines
    )
    assert any("{guests} in 1 text: line 7 (***23)" in line for line in lines)
    for told in (str(plan), repr(plan)):
        for private in ("555246", "2125550123", "Ann", "table"):
            assert private not in told


def test_an_async_client_makes_the_same_plan(
    scg: scgapi.Client, gateway: Sandbox, guests: Recipients, tmp_path: Path
) -> None:
    opt_out(scg, "+15552461236")
    (tmp_path / "out.txt").write_text("+15552461235\n")
    made = planning(guests, suppress=tmp_path / "out.txt")

    async def plan(journal: MemoryJournal) -> Plan:
        async with scgapi.AsyncClient(gateway.auth) as client:
            return await made.plan_async(client, journal)

    journal, other = MemoryJournal(), MemoryJournal()
    assert made.plan(scg, journal) == asyncio.run(plan(other))
    assert journal == other
    assert ("OPTED_OUT", "on the suppression list") in {
        (row.state, row.reason[:23]) for row in journal.rows if isinstance(row, SetAside)
    }


def test_async_rows_and_database_rows_stay_in_their_thread(gateway: Sandbox) -> None:
    import threading

    threads: set[int] = set()

    async def rows() -> AsyncIterator[Mapping[str, object]]:
        for number in range(2500):
            yield {"address": f"+1555{2460000 + number}", "guests": number}

    def plain() -> Iterator[Mapping[str, object]]:
        threads.add(threading.get_ident())
        yield {"address": "+15552461234", "guests": 1}

    async def plan(recipients: Recipients) -> Plan:
        async with scgapi.AsyncClient(gateway.auth) as client:
            return await planning(recipients, "{guests}").plan_async(client, MemoryJournal())

    assert asyncio.run(plan(Recipients.rows(rows))).recipients == 2500
    assert asyncio.run(plan(Recipients.rows(plain))).recipients == 1
    assert threads == {threading.get_ident()}


def test_the_opt_outs_of_other_senders_do_not_count(scg: scgapi.Client, guests: Recipients) -> None:
    other = next(one.address for one in scg.sender_ids.list() if one.address not in (SENDER, None))
    assert other is not None
    opt_out(scg, "+15552461234", other)
    assert "OPTED_OUT" not in planning(guests).plan(scg, MemoryJournal()).set_aside
    by_channel = Planning("spring", guests, Message(TEXT), "channel:any", 30)
    assert by_channel.plan(scg, MemoryJournal()).set_aside["OPTED_OUT"] == 1


def test_the_sender_may_be_given_by_its_id(scg: scgapi.Client, guests: Recipients) -> None:
    opt_out(scg, "+15552461234")
    sender_id = next(one.id for one in scg.sender_ids.list() if one.address == SENDER)
    for sender in (sender_id, f"sender_id:{sender_id}"):
        plan = Planning("spring", guests, Message(TEXT), sender, 30).plan(scg, MemoryJournal())
        assert plan.set_aside["OPTED_OUT"] == 1


def test_a_suppression_list_that_cannot_be_read_stops_the_plan(
    scg: scgapi.Client, guests: Recipients, tmp_path: Path
) -> None:
    path = tmp_path / "out.csv"
    path.write_text("phone\n(555) 246-1235\n\n1.5552E+10\n")
    own = Recipients.csv(path, address="phone", region="US")
    with pytest.raises(RecipientsError, match=r"line 4 of .*out.csv holds no address to suppress: rounded"):
        planning(guests, suppress=own).plan(scg, MemoryJournal())


@pytest.mark.parametrize("text", ["Hi {first name}", "Hi {First_Name}", "Hi {name}", "Hi {First Name.x}"])
def test_a_field_that_the_list_lacks_refuses_the_plan(
    scg: scgapi.Client, guests: Recipients, text: str
) -> None:
    journal = MemoryJournal()
    with pytest.raises(PlanRefusedError, match="First Name"):
        planning(guests, text).plan(scg, journal)
    assert journal == MemoryJournal()


def test_a_row_without_a_field_refuses_the_plan_with_its_line(scg: scgapi.Client) -> None:
    rows: list[Mapping[str, object]] = [
        {"address": f"+1555246{number:04d}", "guests" if number != 1500 else "gests": 1}
        for number in range(2000)
    ]
    journal = MemoryJournal()
    with pytest.raises(
        PlanRefusedError, match="line 1501 of the list of rows has no field 'guests'; did you mean 'gests'"
    ):
        planning(Recipients.rows(rows), "{guests}").plan(scg, journal)
    assert journal == MemoryJournal()


@pytest.mark.parametrize(("option", "column"), [("time_zone", "zonne"), ("keep", "idd")])
def test_a_column_that_the_list_is_read_by_must_exist(
    scg: scgapi.Client, guests: Recipients, option: str, column: str
) -> None:
    path = guests.reading.title
    recipients = (
        Recipients.csv(path, address="mobile", region="US", time_zone=column)
        if option == "time_zone"
        else Recipients.csv(path, address="mobile", region="US", keep=[column])
    )
    with pytest.raises(RecipientsError, match=f"has no column '{column}'; did you mean '{column[0]}"):
        planning(recipients).plan(scg, MemoryJournal())


def settings_of(scg: scgapi.Client, recipients: Recipients, text: str = TEXT) -> dict[str, str]:
    journal = MemoryJournal()
    planning(recipients, text).plan(scg, journal)
    return journal.settings


def test_settings_tell_another_text_or_list_and_nothing_else(scg: scgapi.Client, guests: Recipients) -> None:
    path = Path(guests.reading.title)
    before = settings_of(scg, guests)
    assert settings_of(scg, guests) == before
    opt_out(scg, "+15552461235")
    assert settings_of(scg, guests) == before
    assert settings_of(scg, guests, f"{TEXT}!") != before
    for changed in (LIST.replace("Bob", "Rob"), LIST + "X,+15552461239,1,,x\n", LIST.replace("1235", "1238")):
        path.write_text(changed, encoding="utf-8")
        assert settings_of(scg, guests)["recipients"] != before["recipients"]
    path.write_text(LIST, encoding="utf-8-sig")
    assert settings_of(scg, guests) == before


def test_a_preview_shows_what_one_recipient_would_read(
    scg: scgapi.Client, gateway: Sandbox, guests: Recipients
) -> None:
    made = planning(guests)
    preview = find_preview(made, scg, 2)
    assert preview == find_preview(made, scg, "555-246-1235")
    assert preview.text == "Hi Bob, your table for 3 is booked."
    assert str(preview).splitlines() == ["line 3, ***35, 1 x GSM-7:", "Hi Bob, your table for 3 is booked."]
    assert "Bob" not in repr(preview)
    assert "1235" not in repr(preview)
    for which, message in ((99, "so many recipients"), ("+15552469999", r"\*\*\*99")):
        with pytest.raises(CampaignError, match=f"does not have {message}"):
            find_preview(made, scg, which)
    for wrong in (0, "call me", True):
        with pytest.raises(InvalidArgumentError):
            find_preview(made, scg, wrong)
    group = scg.contact_groups.get(scg.contact_groups.create(name="Guests"))
    for name, number in (("Ann", "+15552461234"), ("Bob", "+15552461235")):
        group.add_contact(scg.contacts.create(first_name=name, primary_mdn=number))
    members = planning(Recipients.group(group), "Hi {first_name}")

    async def find() -> list[Preview]:
        async with scgapi.AsyncClient(gateway.auth) as client:
            return [
                await find_preview_async(made, client, 2),
                await find_preview_async(members, client, "+15552461235"),
            ]

    assert asyncio.run(find()) == [preview, find_preview(members, scg, 2)]


def test_a_test_send_goes_to_your_own_phone_alone(
    scg: scgapi.Client, gateway: Sandbox, guests: Recipients
) -> None:
    made = planning(guests)
    assert len(send_test(made, scg, "555-246-7777", 2)) == 2

    async def send() -> list[str]:
        async with scgapi.AsyncClient(gateway.auth) as client:
            return await send_test_async(made, client, "+15552467777", 1)

    assert len(asyncio.run(send())) == 1
    texts = [message.body for message in scg.messages.list() if message.to_address == "+15552467777"]
    ann, bob = "Hi Ann, your table for 2 is booked.", "Hi Bob, your table for 3 is booked."
    assert sorted(map(str, texts)) == [ann, ann, bob]
    assert len(texts) == len([*scg.messages.list()])
    for to, count in (("my phone", 1), ("+15552467777", 0)):
        with pytest.raises(InvalidArgumentError):
            send_test(made, scg, to, count)


def test_attachments_make_it_mms_and_the_length_of_the_text_no_matter(scg: scgapi.Client) -> None:
    recipients = Recipients.rows(["+15552461234", "contact:a"])
    message = Message("\u2019" * 500, attachments=["picture"])
    plan = Planning("spring", recipients, message, SENDER, None, price=Decimal(2)).plan(scg, MemoryJournal())
    assert (plan.segments, plan.ucs2, plan.cost) == (2, 0, Decimal(4))
    assert "messages          2 MMS" in str(plan)
    assert "time zone         not known of 1 recipient" in str(plan)
    assert "no rate is set" in str(plan)


def test_a_template_that_only_the_gateway_fills_in_is_not_counted(scg: scgapi.Client) -> None:
    message = Message(template="welcome", variables={"name": "{address}"})
    recipients = Recipients.rows(["+15552461234"])
    plan = Planning("spring", recipients, message, SENDER, 1, price=Decimal(2)).plan(scg, MemoryJournal())
    assert (plan.segments, plan.cost) == (None, None)
    assert "segments unknown" in str(plan)
    assert "only the gateway can fill in this template" in str(plan)


@pytest.mark.parametrize("price", ["a lot", -1, float("nan"), float("inf"), True])
def test_a_price_is_a_number(price: float | str) -> None:
    with pytest.raises(InvalidArgumentError, match="price must be"):
        check_price(price)


def test_a_price_is_exact() -> None:
    assert check_price(0.0075) == check_price("0.0075") == Decimal("0.0075")
    assert check_price(None) is None


def test_the_docs_show_what_the_program_prints(scg: scgapi.Client, gateway: Sandbox, tmp_path: Path) -> None:
    page = "docs/campaign-lists.md"
    assert run(blocks(page)[0], tmp_path, **credentials(gateway)) == blocks(page, "text")[0]


def test_all_opt_outs_count_however_many_pages_they_fill(scg: scgapi.Client) -> None:
    numbers = [f"+1555246{number:04d}" for number in range(130)]
    for number in numbers:
        opt_out(scg, number)
    plan = planning(Recipients.rows([*numbers, "+15552460999"]), "Hi").plan(scg, MemoryJournal())
    assert (plan.recipients, plan.set_aside) == (1, {"OPTED_OUT": 130})
