"""The HTML report: one file that loads nothing and runs nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from html import escape

from scgapi.campaigns.reporting.series import Course
from scgapi.campaigns.reporting.status import Status

_WIDTH, _HEIGHT = 720, 220
"""Size of a plot, without its margins."""

_LEFT, _TOP, _RIGHT, _BOTTOM = 64, 12, 16, 28
"""Margins of a plot."""

_COLORS = ("#1565c0", "#2e7d32", "#c62828", "#ef6c00", "#6a1b9a", "#00838f", "#9e9d24", "#5d4037", "#546e7a")

_STYLE = """
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; } th, td { text-align: left; padding: .2rem .9rem .2rem 0; vertical-align: top; }
td.number { text-align: right; font-variant-numeric: tabular-nums; } svg { max-width: 100%; height: auto; }
svg text { fill: currentColor; font-size: 11px; } .doubt { font-weight: bold; }
"""

Point = tuple[float, int]


def page(status: Status, course: Course) -> str:
    """Return the report as a whole HTML document."""
    progress = {"accepted": course.accepted.totals(), "delivered": course.delivered.totals()}
    failures = {code: series.totals() for code, series in sorted(course.failures.items())}
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        # Nothing may be loaded or run, even if a browser found markup in a name.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width">',
        f"<title>{escape(status.name)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(status.name)}</h1>",
        f"<p>{escape(status.headline)}</p>",
        _counts(status),
        "<h2>Progress over time</h2>",
        plot(progress),
        "<h2>Failures by code over time</h2>" + plot(failures) if failures else "",
        _noted(course),
        "</body></html>\n",
    ]
    return "\n".join(part for part in parts if part)


def plot(lines: Mapping[str, Sequence[Point]]) -> str:
    """Return a plot of counts over time as SVG, with a legend."""
    points = [point for line in lines.values() for point in line]
    if not points:
        return "<p>Nothing yet.</p>"
    begin, end = min(time for time, _ in points) - 1, max(time for time, _ in points)
    most = max(count for _, count in points)
    drawn = [
        _line(line, begin, end, most, _COLORS[number % len(_COLORS)])
        for number, line in enumerate(lines.values())
    ]
    legend = "".join(
        f'<tspan fill="{_COLORS[number % len(_COLORS)]}">\u25a0 </tspan><tspan>{escape(name)}\u2003</tspan>'
        for number, name in enumerate(lines)
    )
    bottom = _TOP + _HEIGHT
    return (
        f'<svg role="img" viewBox="0 0 {_LEFT + _WIDTH + _RIGHT} {bottom + 2 * _BOTTOM}" width="{_LEFT + _WIDTH + _RIGHT}">'
        f'<path d="M{_LEFT} {_TOP}V{bottom}H{_LEFT + _WIDTH}" fill="none" stroke="currentColor" opacity=".5"/>'
        f'<text x="{_LEFT - 6}" y="{_TOP + 8}" text-anchor="end">{most:,}</text>'
        f'<text x="{_LEFT - 6}" y="{bottom}" text-anchor="end">0</text>'
        f'<text x="{_LEFT}" y="{bottom + 16}">{_time(begin)}</text>'
        f'<text x="{_LEFT + _WIDTH}" y="{bottom + 16}" text-anchor="end">{_time(end)} UTC</text>'
        f"{''.join(drawn)}"
        f'<text x="{_LEFT}" y="{bottom + _BOTTOM + 14}">{legend}</text></svg>'
    )


def _line(line: Sequence[Point], begin: float, end: float, most: int, color: str) -> str:
    """Return one line that rises in steps."""
    path = f"M{_LEFT} {_TOP + _HEIGHT}"
    for time, count in line:
        x = _LEFT + _WIDTH * (time - begin) / (end - begin)
        path += f"H{x:.1f}V{_TOP + _HEIGHT * (1 - count / most):.1f}"
    return f'<path d="{path}H{_LEFT + _WIDTH}" fill="none" stroke="{color}" stroke-width="2"/>'


def _counts(status: Status) -> str:
    states = {**{name: count for name, count, _ in status.lines()}}
    codes = [(f"failed: {code or 'no code'}", count) for code, count in status.failed_by_code.items()]
    return _table(("", ""), ((name, f"{count:,}") for name, count in [*states.items(), *codes]))


def _noted(course: Course) -> str:
    if not course.noted:
        return ""
    rows = (
        (
            str(row.line),
            row.address,
            row.state.lower().replace("_", " "),
            row.code,
            row.error,
            row.external_id,
        )
        for row in course.noted
    )
    more = f"<p>And {course.left_out:,} more.</p>" if course.left_out else ""
    doubt = any(row.state == "IN_DOUBT" for row in course.noted)
    advice = (
        '<p class="doubt">A person must decide about those in doubt: look each up by its external_id.</p>'
        if doubt
        else ""
    )
    head = ("line", "address", "state", "code", "reason", "external_id")
    return f"<h2>Not delivered</h2>{advice}{_table(head, rows)}{more}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    top = "".join(f"<th>{escape(name)}</th>" for name in head) if any(head) else ""
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tr>{top}</tr>{body}</table>"


def _time(moment: float) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d %H:%M:%S}"
