"""Which planned recipients may be sent to now, and which of them go in one request. Pure functions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from scgapi.campaigns.engine.rules import Content, Rules
from scgapi.campaigns.journal.databases import as_texts
from scgapi.campaigns.journal.rows import Claimed
from scgapi.errors import ScgError


@dataclass(slots=True)
class Sorted:
    """Recipients, sorted.

    Attributes:
        sends: requests to make: their recipients and the content.
        postponed: recipients that may be sent to later, by the moment in seconds since 1970.
        refused: recipients that cannot be sent to, each with the reason.
    """

    sends: list[tuple[list[Claimed], Content]] = field(default_factory=list[tuple[list[Claimed], Content]])
    postponed: dict[float, list[Claimed]] = field(
        default_factory=lambda: defaultdict[float, list[Claimed]](list)
    )
    refused: list[tuple[Claimed, str]] = field(default_factory=list[tuple[Claimed, str]])


def sort(rows: Sequence[Claimed], rules: Rules, now: float) -> Sorted:
    """Sort planned recipients; `now` is the time of day, in seconds since 1970."""
    found = Sorted()
    batches: dict[Content, list[Claimed]] = {}
    for row in rows:
        if rules.hours is not None:
            moment = rules.hours.next_moment(now, row.time_zones.split())
            if moment is None:
                known = row.time_zones or "unknown: give AllowedHours a zone for such recipients"
                found.refused.append((row, f"no hour is allowed in its time zones ({known})"))
                continue
            if moment > now:
                found.postponed[moment].append(row)
                continue
        try:
            content = rules.compose(as_texts(row.fields))
        except KeyError as error:
            found.refused.append((row, f"the field {error.args[0]!r} is missing"))
            continue
        except ScgError as error:
            found.refused.append((row, str(error)))
            continue
        batch = batches.get(content)
        # One that was part of a request before stays in it: it goes under the same external_id again.
        if rules.batch > 1 and row.send is None:
            if batch is None or len(batch) >= rules.batch:
                batch = batches[content] = []
                found.sends.append((batch, content))
            batch.append(row)
        else:
            found.sends.append(([row], content))
    return found
