"""Measure planning: a list in a CSV file is read, checked, counted and put into a journal.

    python -m benchmarks.planning 1000000

Prints one line of JSON: rows, rows a second by the clock and by CPU time, and the peak of memory in MiB.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

import scgapi
from scgapi.campaigns.journal.journal import Journal
from scgapi.campaigns.planning.planner import Planning
from scgapi.campaigns.recipients.recipients import Recipients
from scgapi.campaigns.text.messages import Message

NAMES = ("Ann", "Bob", "Maria", "Zoë", "André", "Łukasz", "José", "李")
AREAS = ("212", "415", "305", "312", "617", "702", "555")
BODY = "Hi {First Name}, your table for {guests} is booked. Reply STOP to opt out."
KIB_PER_MIB = 1024


def main() -> None:
    """Run the benchmark that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planning", description=__doc__)
    parser.add_argument("rows", type=int)
    rows: int = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "guests.csv")
        write_list(path, rows)
        recipients = Recipients.csv(path, address="mobile", region="US")
        planning = Planning("benchmark", recipients, Message(BODY), "155528999", 30, check_opt_outs=False)
        with (
            Journal(Path(folder, "campaigns.db")) as journal,
            scgapi.Client(scgapi.AuthInfo(token="unused")) as scg,
        ):
            wall, cpu = time.perf_counter(), time.process_time()
            plan = planning.plan(scg, journal)
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_PER_MIB
    figures = {
        "rows": rows,
        "recipients": plan.recipients,
        "rows_per_second": round(rows / wall),
        "rows_per_cpu_second": round(rows / cpu),
        "peak_mib": round(peak, 1),
    }
    print(json.dumps(figures))
    sys.exit(plan.recipients == 0)


def write_list(path: Path, rows: int) -> None:
    """Write a realistic list: numbers in several forms, some duplicated, some invalid."""
    choice = random.Random(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "First Name", "mobile", "guests", "city"])
        for index in range(rows):
            number = 2_000_000 + index * 7919 % 8_000_000
            area = AREAS[index % len(AREAS)]
            form = choice.random()
            if form < 0.5:
                mobile = f"+1{area}{number}"
            elif form < 0.98:
                mobile = f"({area}) {number // 10000}-{number % 10000:04d}"
            else:
                mobile = choice.choice(["1.5552E+10", "", "n/a", "+12125550123"])
            writer.writerow([index, choice.choice(NAMES), mobile, choice.randint(1, 9), "Springfield"])


if __name__ == "__main__":
    main()
