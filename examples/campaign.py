"""Text everybody on a list, each once: plan, run, report. It needs `pip install -e '.[campaign]'`.

On your account, what was sent is in campaigns.db in this folder. Kill the program and start it again with the same
numbers: it goes on where it was, and texts nobody twice.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from gateway import Setting, setting

import scgapi
from scgapi.campaigns import Campaign, Recipients

NAMES = ("Ann", "Bob", "Carol", "Dan")


def write_list(path: Path, numbers: tuple[str, ...]) -> None:
    """Write the list. Yours comes out of a spreadsheet, with whatever columns the text needs."""
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["first_name", "mobile", "guests"])
        for index, number in enumerate(numbers):
            rows.writerow([NAMES[index % len(NAMES)], number, 2 + index % 3])


@contextmanager
def prepared(given: Setting) -> Generator[Campaign, None, None]:
    """Yield the campaign. On the sandbox it is a new one in each run."""
    with TemporaryDirectory() as folder:
        guests = Path(folder, "guests.csv")
        write_list(guests, given.recipients)
        campaign = Campaign(
            # Its identity: take another name for another text or list.
            "spring-sale",
            sender=given.sender,
            body="Hi {first_name}, your table for {guests} is booked.",
            recipients=Recipients.csv(guests, address="mobile", region="US"),
            # Texts a second.
            rate=30,
            journal=Path(folder if given.is_demo else ".", "campaigns.db"),
        )
        try:
            yield campaign
        finally:
            campaign.close()


def main() -> None:
    with (
        setting("Text everybody on a list, each once.", sends=True) as given,
        scgapi.Client(given.auth, url=given.api) as scg,
        prepared(given) as campaign,
    ):
        # Sends nothing.
        print(campaign.plan(scg))
        for progress in campaign.run(scg):
            print(progress)
        campaign.report().to_csv(sys.stdout)


if __name__ == "__main__":
    main()
