"""The table of a run: as text, and between two markers in docs/performance.md."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple

from benchmarks.comparisons import Row

BEGIN = "<!-- benchmarks: begin -->"
END = "<!-- benchmarks: end -->"
_HEADS = ("what", "scgapi", "compared with", "its figure", "ratio", "target", "", "memory, MiB")


def rendered(rows: Iterable[Row]) -> str:
    """Return a Markdown table with aligned columns."""
    lines = [_HEADS, *(astuple(row) for row in rows)]
    widths = [max(3, *(len(line[column]) for line in lines)) for column in range(len(_HEADS))]
    lines.insert(1, tuple("-" * width for width in widths))
    return "".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |\n"
        for line in lines
    )


def placed(document: str, content: str) -> str:
    """Return the document with the content between its markers replaced.

    Raises:
        ValueError: the markers are not there, once each and in order.
    """
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end) or BEGIN in rest or END in after:
        raise ValueError(f"{BEGIN} and {END} must each stand there once, in this order")
    return f"{before}{BEGIN}\n{content.strip()}\n{END}{after}"
