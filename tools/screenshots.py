"""Take the screenshots of the sandbox's page for the docs: `python tools/screenshots.py [FOLDER]`.

Needs playwright (the extra `dev` brings it) and a Chromium that is installed on this machine.
"""

from __future__ import annotations

import itertools
import shutil
import struct
import sys
import zlib
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

import scgapi
from scgapi.compose.rcs import CONTENT_TYPE, Reply, RichMessage
from scgapi.sandbox import AfterReads, EventService, Sandbox, faults

FOLDER = Path(__file__).parents[1] / "docs" / "images"
EXECUTABLES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ANN, BEN, CLEO, DAN, EVE = "+15552461234", "+15552467788", "+447700900123", "+15550001111", "+4915112345678"
TEXTS, PICTURES, VOICE = "15555551122", "155528999", "+15552223561"


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    executable = next(filter(None, map(shutil.which, EXECUTABLES)), None)
    if executable is None:
        print(f"needs one of {', '.join(EXECUTABLES)}", file=sys.stderr)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    seconds = itertools.count(NOW.timestamp() - 1500, 0.05)
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"]) as browser,
        Sandbox(clock=lambda: next(seconds), progress=AfterReads(1)) as gateway,
    ):
        fill(gateway)
        for name, path, dark, width, height in (
            ("sandbox-conversation", f"/#/phones/{ANN}", False, 1280, 800),
            ("sandbox-requests", "/#/requests", False, 1280, 800),
            ("sandbox-faults", "/#/faults", True, 1280, 800),
            ("sandbox-narrow", f"/#/phones/{BEN}", True, 390, 780),
        ):
            page = open_page(browser, width, height, dark=dark)
            page.goto(gateway.url + path)
            page.get_by_text("Live", exact=True).wait_for()
            page.wait_for_load_state("load")
            if name == "sandbox-requests":
                page.locator("button.toggle", has_text="message_requests.create").first.click()
                page.get_by_text("Response body").wait_for()
            page.wait_for_timeout(400)
            page.screenshot(path=folder / f"{name}.png")
            page.close()
    return 0


def open_page(browser: Browser, width: int, height: int, *, dark: bool) -> Page:
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        timezone_id="UTC",
        locale="en-GB",
    )
    page.clock.set_fixed_time(NOW)
    return page


def fill(gateway: Sandbox) -> None:
    """Fill the sandbox with conversations of a shop and its customers."""
    once = scgapi.RetryPolicy(attempts=2, base=0)
    with (
        scgapi.Client(gateway.auth, retry=once) as scg,
        EventService(gateway, "http://127.0.0.1:9/scg", attempts=2, pause=0.01) as service,
    ):
        ann, ben = gateway.phone(ANN), gateway.phone(BEN)
        scg.message_requests.create(from_=TEXTS, to=[EVE], body="Ihr Termin ist morgen um 9:00 Uhr.")
        scg.message_requests.create(
            from_=TEXTS, to=[CLEO], body="Your parcel arrives today between 14:00 and 16:00."
        )
        read_all(scg)
        picture = scg.attachments.create_and_upload(
            gradient(240, 140), name="shoes", filename="shoes.png", type="image/png"
        )
        scg.message_requests.create(
            from_=PICTURES,
            to=[ANN],
            body="The shoes you liked are back in your size. Shall we keep a pair for you?",
            attachments=[picture.id],
        )
        read_all(scg)
        ann.reply("Yes please! Until Saturday?")
        scg.message_requests.create(
            from_=PICTURES,
            to=[ANN],
            body="Done: they wait for you at the counter until Saturday, 18:00. To pay now, log in to your account.",
        )
        read_all(scg)
        scg.message_requests.create(
            from_=PICTURES, to=[ANN], body="Your login code is 482913. It is good for 10 minutes."
        )
        rich = RichMessage(
            rich_card={
                "standaloneCard": {
                    "cardContent": {
                        "title": "Table for two",
                        "description": "Tonight, 19:30, at the window",
                        "media": {"contentInfo": {"fileUrl": "https://example.com/table.jpg"}},
                    }
                }
            },
            suggestions=[Reply("Confirm", "yes"), Reply("Change", "change"), Reply("Cancel", "no")],
        )
        scg.message_requests.create(from_=PICTURES, to=[BEN], body=rich.body(), content_type=CONTENT_TYPE)
        ben.reply("Confirm")
        scg.message_requests.create(
            from_=PICTURES, to=[BEN], body="See you at 19:30. Your booking code is 7731."
        )
        gateway.phone(DAN).reply("Are you open on Sundays?", to=TEXTS)
        scg.calls.create(from_=VOICE, to=BEN)
        gateway.inject_fault("message_requests.create", faults.Refuse(503), times=1)
        gateway.inject_fault("contacts.*", faults.Slow(0.05))
        gateway.inject_fault("messages.list", faults.Throttle(calls=50, seconds=1), probability=0.5)
        scg.message_requests.create(
            from_=PICTURES, to=[CLEO], body="Your parcel was left with your neighbour."
        )
        scg.contacts.create(first_name="Cleo", primary_mdn=CLEO)
        gateway.inject_fault("auth.refresh", faults.Hang(executed=False)).stop()
        service.wait()


def read_all(scg: scgapi.Client) -> None:
    """Read all messages, which delivers them: by default, messages change state when they are read."""
    for _ in range(2):
        list(scg.messages.list())


def gradient(width: int, height: int) -> bytes:
    """Return a PNG image."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            rows += bytes(
                (250 - 90 * y // height, 150 + 60 * x // width, 110 + 100 * (x + y) // (width + height))
            )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(bytes(rows), 9)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


if __name__ == "__main__":
    sys.exit(main())
