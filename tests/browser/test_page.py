"""The page of a sandbox, as people use it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="needs playwright: pip install playwright")

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, Response, expect

import scgapi
from scgapi.compose.rcs import CONTENT_TYPE, Reply, RichMessage
from scgapi.sandbox import EventService, Sandbox, faults
from tests.sandbox.calls import MDN, Clock
from tests.sandbox.pictures import HTML, PNG

PICTURES, VOICE = "155528999", "+15552223561"
OTHER = "+15550002222"
VIEWS = ("phones", "requests", "events", "faults", "account")


@pytest.fixture
def page(browser: Browser, gateway: Sandbox) -> Iterator[Page]:
    """A page that loads nothing from elsewhere, and has nothing to complain of."""
    wrong: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            wrong.append(message.text)

    def asked(request: Request) -> None:
        if not request.url.startswith((gateway.url, "blob:")):
            wrong.append(f"asked {request.url}")

    def answered(response: Response) -> None:
        if response.status >= 400:
            wrong.append(f"{response.status} {response.url}")

    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    opened.on("console", heard)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("request", asked)
    opened.on("response", answered)
    yield opened
    context.close()
    assert wrong == []


def show(page: Page, gateway: Sandbox, path: str = "") -> None:
    page.goto(f"{gateway.url}/{path}")
    expect(page.locator("#connection")).to_have_text("Live")


def send(scg: scgapi.Client, body: str, to: str = MDN) -> str:
    return scg.message_requests.create(from_=PICTURES, to=[to], body=body)


def agree(page: Page) -> None:
    def accept(dialog: Dialog) -> None:
        dialog.accept()

    page.once("dialog", accept)


def test_what_is_sent_shows_at_once(page: Page, gateway: Sandbox, scg: scgapi.Client) -> None:
    show(page, gateway)
    expect(page.get_by_text("No messages yet")).to_be_visible()
    send(scg, "Your code is 123456")
    line = page.locator("#phone-list a")
    expect(line).to_contain_text(MDN)
    expect(line).to_contain_text("Your code is 123456")
    expect(line.locator(".unread")).to_contain_text("1")
    line.click()
    message = page.locator(".message")
    expect(message.locator(".text")).to_have_text("Your code is 123456")
    expect(message.locator(".meta")).to_contain_text("CREATED")
    expect(message.locator(".meta")).to_contain_text(f"from {PICTURES}")
    expect(message.locator(".meta")).to_contain_text("1 segment")
    expect(line.locator(".unread")).to_have_count(0)
    page.get_by_role("button", name="Copy the code 123456").click()
    expect(page.locator("#toast")).to_have_text("Code copied")
    assert page.evaluate("navigator.clipboard.readText()") == "123456"
    # A second one, while the conversation is open, and the states as they change.
    send(scg, "And again")
    expect(page.locator(".message")).to_have_count(2)
    list(scg.messages.list())
    expect(page.locator(".message .meta", has_text="SENT")).to_have_count(2)
    assert gateway.phone(MDN).unread == 0


def test_looking_moves_nothing(page: Page, gateway: Sandbox, scg: scgapi.Client) -> None:
    send(scg, "Hi")
    for view in VIEWS:
        show(page, gateway, f"#/{view}")
    show(page, gateway, f"#/phones/{MDN}")
    expect(page.locator(".message .meta")).to_contain_text("CREATED")
    assert gateway.phone(MDN).messages()[0].state == "CREATED"
    with page.expect_popup() as opened:
        page.locator(".message").get_by_role("link", name="JSON").click()
    expect(opened.value.locator("body")).to_contain_text('"state":"CREATED"')
    assert gateway.received("messages.*") == 0


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=alert(1)>",
        "<script>alert(1)</script>",
        "</p></li><h1>Hacked</h1>",
        "&lt;b&gt; \u202e right to left",
        '"><svg onload=alert(1)>',
    ],
)
def test_markup_shows_as_text(page: Page, gateway: Sandbox, scg: scgapi.Client, text: str) -> None:
    def no_dialog(dialog: Dialog) -> None:
        pytest.fail(f"a script of a message ran: {dialog.message}")

    page.on("dialog", no_dialog)
    send(scg, text)
    gateway.phone(MDN).reply(text)
    rich = RichMessage(
        rich_card={
            "standaloneCard": {
                "cardContent": {
                    "title": text,
                    "description": text,
                    "media": {"contentInfo": {"fileUrl": "javascript:alert(1)"}},
                    "suggestions": [
                        {"action": {"text": text, "openUrlAction": {"url": "javascript:alert(1)"}}}
                    ],
                }
            }
        },
        suggestions=[Reply(text[:25], "x")],
    )
    scg.message_requests.create(from_=PICTURES, to=[MDN], body=rich.body(), content_type=CONTENT_TYPE)
    show(page, gateway, f"#/phones/{MDN}")
    expect(page.locator(".message")).to_have_count(3)
    assert page.locator(".message > .bubble > .text").all_inner_texts() == [text, text]
    expect(page.locator(".card .subject")).to_have_text(text)
    assert page.locator("a[href^='javascript']").count() == 0
    page.fill("#search-text", text)
    expect(page.locator("#list-title")).to_have_text("Messages found")
    expect(page.locator("#phone-list .preview").last).to_have_text(text)
    page.goto(f"{gateway.url}/#/requests")
    page.locator("button.toggle").first.click()
    expect(page.get_by_role("heading", name="Request body")).to_be_visible()
    assert page.locator("main script, main svg, main img[src='x']").count() == 0


def test_the_handset_answers(page: Page, gateway: Sandbox, scg: scgapi.Client, tmp_path: Path) -> None:
    sender = next(one for one in scg.sender_ids.list() if one.address == PICTURES)
    sender.consent_managed_by = "SCG"
    sender.update()
    send(scg, "Shall we?")
    show(page, gateway, f"#/phones/{MDN}")
    page.get_by_role("textbox", name="Reply as the handset").fill("Yes,\nplease")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".message.mo .text")).to_have_text("Yes,\nplease")
    (message,) = scg.messages.list(direction="MO")
    assert (message.body, message.to_address, message.from_address) == ("Yes,\nplease", PICTURES, MDN)
    page.get_by_role("button", name="STOP").click()
    expect(page.locator(".message.mo")).to_have_count(2)
    send(scg, "Are you sure?")
    expect(page.locator(".message.mt .badge.bad")).to_have_text("FAILED 1005")
    expect(page.locator(".failure")).to_contain_text("No consent")
    page.get_by_role("button", name="START").click()
    expect(page.locator(".message.mo")).to_have_count(3)
    send(scg, "Welcome back")
    expect(page.locator(".message.mt .badge").last).to_have_text("CREATED")
    picture = tmp_path / "cat.png"
    picture.write_bytes(PNG)
    page.set_input_files("#reply-picture", picture)
    expect(page.locator(".chosen")).to_have_text("cat.png")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".message.mo .picture")).to_be_visible()
    assert gateway.phone(MDN).messages()[-1].type == "MMS"
    expect(page.locator(".chosen")).to_have_text("")


def test_a_conversation_begins_at_the_handset(page: Page, gateway: Sandbox, scg: scgapi.Client) -> None:
    show(page, gateway)
    page.get_by_role("button", name="New").click()
    page.get_by_label("Number of the handset").fill(OTHER)
    page.keyboard.press("Enter")
    page.get_by_label("To", exact=True).select_option(PICTURES)
    page.get_by_role("textbox", name="Reply as the handset").fill("Hello?")
    page.keyboard.press("Enter")
    expect(page.locator(".message.mo .text")).to_have_text("Hello?")
    assert [message.from_address for message in scg.messages.list(direction="MO")] == [OTHER]


def test_pictures_show(page: Page, gateway: Sandbox, scg: scgapi.Client) -> None:
    good = scg.attachments.create_and_upload(PNG, name="a", filename="a.png", type="image/png").id
    bad = scg.attachments.create_and_upload(HTML, name="b", filename="b.png", type="image/png").id
    scg.message_requests.create(from_=PICTURES, to=[MDN], body="Look", attachments=[good, bad])
    show(page, gateway, f"#/phones/{MDN}")
    picture = page.locator(".picture")
    expect(picture).to_have_count(1)
    expect(page.locator(".media", has_text="b.png")).to_be_visible()
    expect(picture).to_have_js_property("naturalWidth", 40)
    expect(page.locator(".message .meta")).to_contain_text("MMS")


def test_rich_messages_are_drawn_and_answered(page: Page, gateway: Sandbox, scg: scgapi.Client) -> None:
    rich = RichMessage(text="Table for two?", suggestions=[Reply("Confirm", "yes"), Reply("Cancel", "no")])
    scg.message_requests.create(from_=PICTURES, to=[MDN], body=rich.body(), content_type=CONTENT_TYPE)
    show(page, gateway, f"#/phones/{MDN}")
    expect(page.locator(".rich .text")).to_have_text("Table for two?")
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".message.mo .text")).to_have_text("Confirm")
    assert gateway.phone(MDN).messages()[-1].body == "Confirm"


def test_calls_ring(page: Page, gateway: Sandbox, scg: scgapi.Client) -> None:
    show(page, gateway, f"#/phones/{MDN}")
    rejected = scg.calls.create(from_=VOICE, to=MDN)
    expect(page.locator("#phone-list")).to_contain_text("RINGING")
    page.get_by_role("button", name="Reject").click()
    expect(page.locator(".call")).to_contain_text("REJECTED")
    expect(page.locator(".banner")).to_be_hidden()
    assert scg.calls.get(rejected).state == "REJECTED"
    accepted = scg.calls.create(from_=VOICE, to=MDN)
    page.get_by_role("button", name="Accept").click()
    expect(page.locator(".banner")).to_contain_text("In a call")
    collectors = scg.calls.digits_collectors(accepted)
    made = collectors.create(prompt={"sentence": "Your number?"}, max_digits="3")
    page.get_by_role("button", name="Press 4").click()
    expect(page.locator(".banner")).to_contain_text("ACTIVE")
    for key in ("Press 2", "Press #"):
        page.get_by_role("button", name=key).click()
        expect(page.get_by_role("button", name=key)).to_be_enabled()
    assert collectors.get(made).digits == "42#"
    page.get_by_role("button", name="Hang up").click()
    expect(page.locator(".call")).to_have_count(2)
    expect(page.locator(".call").last).to_contain_text("COMPLETED")
    page.get_by_role("button", name="Call", exact=True).click()
    expect(page.locator(".banner")).to_contain_text("Calling")
    (ringing,) = scg.calls.list(direction="IN")
    assert ringing.state == "STARTED"


def test_messages_and_calls_are_in_the_order_of_time(browser: Browser) -> None:
    clock = Clock()
    with Sandbox(clock=clock) as gateway:
        phone = gateway.phone(MDN)
        # On whole seconds and between them, which are written differently.
        for step in range(3):
            phone.reply(f"Message {step}", to=PICTURES)
            clock.now += 0.5
            phone.call(VOICE)
            phone.hang_up()
            clock.now += 0.5
        page = browser.new_page()
        show(page, gateway, f"#/phones/{MDN}")
        expect(page.locator(".messages > li")).to_have_count(6)
        kinds = page.locator(".messages > li").evaluate_all("all => all.map(one => one.classList[0])")
        assert kinds == ["message", "call"] * 3
        page.close()


def test_messages_are_found_and_cleared(page: Page, gateway: Sandbox, scg: scgapi.Client) -> None:
    request_id = send(scg, "Your parcel arrives today")
    send(scg, "Your code is 4821", OTHER)
    gateway.phone(OTHER).reply("Thanks")
    show(page, gateway)
    lines = page.locator("#phone-list a")
    expect(lines).to_have_count(2)
    search = page.get_by_role("searchbox", name="Search messages and numbers")
    search.fill("PARCEL")
    expect(lines).to_have_count(1)
    expect(page.locator("#list-title")).to_have_text("Messages found")
    lines.first.click()
    expect(page.locator(".message.found .text")).to_have_text("Your parcel arrives today")
    search.fill("4821")
    expect(lines).to_have_count(1)
    search.fill(OTHER)
    expect(lines).to_have_count(2)
    search.fill("")
    page.get_by_text("Filters").click()
    page.get_by_label("State").select_option("RECEIVED")
    expect(lines).to_have_count(1)
    page.get_by_label("State").select_option("")
    page.get_by_label("Sender").select_option(label=f"{PICTURES} · Pictures")
    expect(lines).to_have_count(3)
    page.get_by_label("Sender").select_option("")
    page.locator(".message").get_by_role("link", name="Request").click()
    expect(page.get_by_label("Request", exact=True)).to_have_value(request_id)
    expect(lines).to_have_count(1)
    page.get_by_label("Request", exact=True).fill("")
    expect(lines).to_have_count(2)
    agree(page)
    page.locator(".conversation-head").get_by_role("button", name="Clear").click()
    expect(page.locator(".message")).to_have_count(0)
    expect(lines).to_have_count(1)
    agree(page)
    page.get_by_role("button", name="Clear all").click()
    expect(lines).to_have_count(0)
    assert len(list(scg.messages.list())) == 3


def test_requests_are_logged_with_bodies_on_demand(page: Page, gateway: Sandbox, scg: scgapi.Client) -> None:
    show(page, gateway, "#/requests")
    expect(page.get_by_text("Nothing yet.")).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    send(scg, "Your code is 4821")
    entry = page.locator(".entry")
    expect(entry).to_contain_text("/messaging/message_requests")
    for text in ("POST", "200", " ms", "message_requests.create"):
        expect(entry).to_contain_text(text)
    assert not any(re.search(r"/requests/\d", url) for url in asked)
    entry.get_by_role("button").click()
    expect(page.locator(".details pre").first).to_contain_text("Your code is 4821")
    scg.contacts.create(first_name="Ann")
    expect(page.locator(".entry")).to_have_count(2)
    expect(page.locator(".details pre").first).to_be_visible()
    page.get_by_role("searchbox", name="Filter requests").fill("contacts")
    expect(page.locator(".entry")).to_have_count(1)
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_text("Nothing matches.")).to_be_visible()


def test_polling_does_not_flood_the_requests(page: Page, gateway: Sandbox, scg: scgapi.Client) -> None:
    show(page, gateway, "#/requests")
    send(scg, "Hi")
    for _ in range(150):
        list(scg.contacts.list())
    entries = page.locator(".entry")
    expect(entries).to_have_count(2)
    expect(entries.first).to_contain_text("\u00d7150")
    entries.first.get_by_role("button").click()
    expect(page.locator(".details pre").first).to_be_visible()
    list(scg.contacts.list())
    expect(entries.first).to_contain_text("\u00d7151")
    expect(page.locator(".details pre").first).to_be_visible()
    page.get_by_role("checkbox", name="Repeated reads as one").uncheck()
    expect(entries).to_have_count(100)


def test_what_a_handset_did_not_get_looks_so(page: Page, gateway: Sandbox, scg: scgapi.Client) -> None:
    show(page, gateway, f"#/phones/{MDN}")
    later = datetime.fromtimestamp(gateway.gateway.now, UTC) + timedelta(days=1)
    request_id = scg.message_requests.create(
        from_=PICTURES, to=[MDN], body="Your code is 482913", scheduled_delivery_time=later
    )
    line = page.locator(".message")
    expect(line).to_contain_text("Not on the phone yet")
    scg.message_requests.cancel(request_id)
    expect(line).to_contain_text("Canceled: never sent to the phone")
    expect(line).to_have_class(re.compile(r"\babsent\b"))
    expect(page.get_by_role("button", name="Copy the code")).to_have_count(0)
    expect(page.locator("#phone-list")).to_contain_text("DELETED")
    send(scg, "There")
    expect(page.locator(".message", has_text="There")).not_to_have_class(re.compile(r"\babsent\b"))


def test_events_are_shown_with_answers_and_retries(page: Page, gateway: Sandbox) -> None:
    show(page, gateway, "#/events")
    page.get_by_label("Post events to").fill("http://127.0.0.1:9/scg")
    page.get_by_role("button", name="Start").click()
    expect(page.locator(".services")).to_contain_text("http://127.0.0.1:9")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".services li")).to_have_count(0)
    with EventService(gateway, "http://127.0.0.1:9/scg", attempts=2, pause=0) as service:
        gateway.phone(MDN).reply("Hello?", to=PICTURES)
        service.wait()
    entry = page.locator(".entry")
    expect(entry).to_contain_text("mo_message_received")
    expect(entry).to_contain_text("FAILED")
    expect(entry.locator(".answers .badge")).to_have_text(["none", "none"])
    entry.get_by_role("button").click()
    expect(page.locator(".attempts li")).to_have_count(2)
    expect(page.locator(".details pre")).to_contain_text('"message_body": "Hello?"')


def test_faults_are_switched(page: Page, gateway: Sandbox, scg: scgapi.Client) -> None:
    show(page, gateway, "#/faults")
    expect(page.get_by_text("No rules")).to_be_visible()
    page.get_by_label("Operation or pattern").fill("contacts.list")
    page.get_by_label("Fault", exact=True).select_option(label="503 Service Unavailable")
    page.get_by_label("Times").fill("2")
    page.get_by_role("button", name="Add rule").click()
    rule = page.locator(".rules li")
    expect(rule).to_contain_text("Refuse(status=503")
    expect(rule).to_contain_text("at most 2 times")
    with scgapi.Client(gateway.auth, retry=scgapi.RetryPolicy(attempts=1)) as once:
        with pytest.raises(scgapi.ScgError):
            list(once.contacts.list())
        expect(rule).to_contain_text("fired 1")
        page.get_by_role("switch").click()
        expect(page.get_by_role("switch")).to_have_attribute("aria-checked", "false")
        assert list(once.contacts.list()) == []
        page.get_by_role("switch").click()
        expect(page.get_by_role("switch")).to_have_attribute("aria-checked", "true")
        (again,) = gateway.gateway.rules.in_force()
        assert (again.fault, again.times, again.fired) == (faults.Refuse(503), 2, 0)
    page.get_by_role("button", name="Switch all off").click()
    expect(page.get_by_role("switch")).to_have_attribute("aria-checked", "false")
    assert gateway.gateway.rules.in_force() == []
    page.get_by_label("As JSON").fill("{")
    page.get_by_role("button", name="Add rule").click()
    expect(page.locator("#toast")).to_have_text("The fault is not JSON.")


def test_token_clock_and_progress(page: Page, gateway: Sandbox, scg: scgapi.Client) -> None:
    show(page, gateway, "#/account")
    token = gateway.gateway.token
    expect(page.locator(".value")).to_have_text(token)
    page.get_by_role("button", name="Rotate").click()
    expect(page.locator(".value")).not_to_have_text(token)
    expect(page.locator(".value")).to_have_text(gateway.gateway.token)
    page.get_by_role("button", name="Expire").click()
    expect(page.locator("#toast")).to_contain_text("refused from now on")
    list(scg.contacts.list())
    assert gateway.received("auth.refresh") == 1
    before = gateway.gateway.now
    page.get_by_role("button", name="+1 hour").click()
    expect(page.locator("#toast")).to_contain_text("3600 s")
    assert gateway.gateway.now - before >= 3600
    page.get_by_label("They move").select_option("Immediate")
    page.locator("form", has_text="They move").get_by_role("button", name="Set").click()
    expect(page.locator("#toast")).to_have_text("Progress set")
    send(scg, "Hi")
    show(page, gateway, f"#/phones/{MDN}")
    expect(page.locator(".message .meta")).to_contain_text("DELIVERED")
    page.goto(f"{gateway.url}/#/account")
    agree(page)
    page.get_by_role("button", name="Reset the sandbox").click()
    expect(page.locator("#toast")).to_have_text("The sandbox was reset")
    assert gateway.gateway.phones.latest() == []


def test_earlier_messages_are_loaded_on_demand(page: Page, gateway: Sandbox) -> None:
    phone = gateway.phone(MDN)
    for number in range(120):
        phone.reply(f"Message {number}", to=PICTURES)
    show(page, gateway, f"#/phones/{MDN}")
    expect(page.locator(".message")).to_have_count(50)
    expect(page.locator(".message").last).to_be_in_viewport()
    for count in (100, 120):
        page.get_by_role("button", name="Show earlier messages").click()
        expect(page.locator(".message")).to_have_count(count)
    expect(page.get_by_role("button", name="Show earlier messages")).to_be_hidden()
    phone.reply("One more", to=PICTURES)
    expect(page.locator(".message")).to_have_count(121)
    assert page.locator(".message .text").all_inner_texts() == [
        *(f"Message {number}" for number in range(120)),
        "One more",
    ]


def test_phones_are_listed_in_pages(page: Page, gateway: Sandbox) -> None:
    for number in range(120):
        gateway.phone(f"+1555000{number + 1000}").reply("Hi", to=PICTURES)
    show(page, gateway)
    expect(page.locator("#phone-list li")).to_have_count(50)
    page.get_by_role("button", name="Show more").click()
    expect(page.locator("#phone-list li")).to_have_count(100)
    page.get_by_role("button", name="Show more").click()
    expect(page.locator("#phone-list li")).to_have_count(120)
    expect(page.get_by_role("button", name="Show more")).to_be_hidden()


def test_the_keyboard_is_enough(page: Page, gateway: Sandbox, scg: scgapi.Client) -> None:
    send(scg, "Shall we?")
    show(page, gateway)
    expect(page.locator("#phone-list a")).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.locator("#phone-list a").evaluate("one => one === document.activeElement"):
            break
    link = page.locator("#phone-list a")
    expect(link).to_be_focused()
    assert link.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator(".message")).to_have_count(1)
    # The focus stays where it is while the list changes.
    send(scg, "Hello", OTHER)
    expect(page.locator("#phone-list a")).to_have_count(2)
    expect(page.locator(f"#phone-list a[data-number='{MDN}']")).to_be_focused()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.locator("#reply-text").evaluate("one => one === document.activeElement"):
            break
    page.keyboard.type("Yes")
    page.keyboard.press("Enter")
    expect(page.locator(".message.mo .text")).to_have_text("Yes")
    expect(page.locator("#reply-text")).to_be_focused()


NAMELESS = """
() => [...document.querySelectorAll("a, button, input, select, textarea")]
  .filter((one) => one.checkVisibility() || one.type === "file")
  .filter((one) => !(one.getAttribute("aria-label") || one.labels?.length || one.textContent.trim() || one.querySelector("img[alt]:not([alt=''])")))
  .map((one) => one.outerHTML)
"""


def test_everything_has_a_name_and_a_place(page: Page, gateway: Sandbox, scg: scgapi.Client) -> None:
    send(scg, "Your code is 4821")
    gateway.inject_fault("contacts.list", faults.Refuse())
    for view in (*VIEWS, f"phones/{MDN}"):
        show(page, gateway, f"#/{view}")
        assert page.evaluate(NAMELESS) == []
        for landmark in ("banner", "navigation", "main"):
            assert page.get_by_role(landmark).count() == 1
        expect(page.locator("nav a[aria-current='page']")).to_have_count(1)
    expect(page.locator("#conversation [role='log'][aria-live='polite']")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_colors_and_widths(page: Page, gateway: Sandbox, scg: scgapi.Client, scheme: str, width: int) -> None:
    send(scg, f"A long word: {'x' * 400}")
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 700})
    for view in (*VIEWS, f"phones/{MDN}"):
        show(page, gateway, f"#/{view}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        colors = page.evaluate(
            "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
        )
        dark, light = sorted(sum(map(int, re.findall(r"\d+", color))) for color in colors)
        assert light - dark > 450
        background = sum(map(int, re.findall(r"\d+", colors[0])))
        assert background == (dark if scheme == "dark" else light)
    if width == 320:
        expect(page.locator("#phone-list")).to_be_hidden()
        page.get_by_role("link", name="Back to the phones").click()
        expect(page.locator("#phone-list a")).to_be_visible()
        expect(page.locator("#conversation")).to_be_hidden()


def test_the_page_comes_back_after_the_sandbox(browser: Browser) -> None:
    with Sandbox() as gateway:
        page = browser.new_page()
        show(page, gateway)
        gateway.stop()
        expect(page.locator("#connection")).to_have_text("Reconnecting…", timeout=20_000)
        gateway.start()
        expect(page.locator("#connection")).to_have_text("Live", timeout=20_000)
        gateway.phone(MDN).reply("Hello?", to=PICTURES)
        expect(page.locator("#phone-list a")).to_contain_text("Hello?")
        page.close()
