"""Sorting of planned recipients: who may be sent to now, and who shares a request. Pure functions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from scgapi.campaigns.engine.rules import Content, Rules
from scgapi.campaigns.journal.databases import as_texts
from scgapi.campaigns.journal.rows import Claimed
from scgapi.errors import ScgError


@dataclass(slots=True)
class SortedRecipients:
    """Planned recipients, sorted by what to do with them.

    Attributes:
        sends: requests to make: their recipients and the content.
        postponed: recipients that may be sent to later, by the time in seconds since 1970.
        refused: recipients that cannot be sent to, each with the reason.
    """

    sends: list[tuple[list[Claimed], Content]] = field(default_factory=list[tuple[list[Claimed], Content]])
    postponed: dict[float, list[Claimed]] = field(
        default_factory=lambda: defaultdict[float, list[Claimed]](list)
    )
    refused: list[tuple[Claimed, str]] = field(default_factory=list[tuple[Claimed, str]])


def sort_recipients(rows: Sequence[Claimed], rules: Rules, now: float) -> SortedRecipients:
    """Sort planned recipients; `now` is in seconds since 1970."""
    found = SortedRecipients()
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
        # A recipient that was in a request before stays in it: the request is repeated under the same external_id.
        if rules.batch > 1 and row.send is None:
            if batch is None or len(batch) >= rules.batch:
                batch = batches[content] = []
                found.sends.append((batch, content))
            batch.append(row)
        else:
            found.sends.append(([row], content))
    return found
