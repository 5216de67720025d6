"""The plan of a campaign: what would be sent, to how many, how long it takes and what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from scgapi.campaigns.recipients.lines import plural
from scgapi.campaigns.text.characters import character_name

_MAX_SHOWN_STRAYS = 8
_LABEL_CHARACTERS = 18
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


@dataclass(frozen=True, slots=True)
class StrayCharacter:
    """A character outside of GSM-7, which makes a text UCS-2: 70 characters a segment in place of 160.

    Attributes:
        character: the character.
        plainer: what would do in its place; empty if it may go, None if nothing looks alike.
        texts: number of texts that hold it.
        in_body: whether the campaign's own text holds it; otherwise the recipients' data do.
        examples: lines of the list, with masked addresses.
    """

    character: str
    plainer: str | None
    texts: int
    in_body: bool
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EmptyField:
    """A field of the text that is empty for some recipients.

    Attributes:
        field: its name.
        texts: number of texts in which it is empty.
        examples: lines of the list, with masked addresses.
    """

    field: str
    texts: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a campaign would do. `print(plan)` tells it; it holds no texts, and addresses only masked.

    Attributes:
        campaign: the campaign's name.
        lines: lines of the list, without blank ones.
        recipients: how many are sent to.
        set_aside: number of lines by state (INVALID, DUPLICATE, OPTED_OUT) that are not sent to.
        reasons: number of lines by state and reason.
        merely_possible: recipients whose number has the right length and is in no range that is known to be in use.
        segments: SMS in all; None if only the gateway can fill in the template.
        histogram: number of recipients by the segments of their text.
        is_mms: whether attachments make the texts MMS; a segment is one message then.
        ucs2: texts that a character outside of GSM-7 makes UCS-2.
        stray_characters: those characters, the most frequent first.
        empty_fields: fields that are empty for some recipients.
        unknown_time_zones: recipients whose time zone is not known.
        rate: messages a second; None if it has no limit.
        seconds: how long it takes at this rate, within the allowed hours, if it begins now; None if it does
            not end within them, or if the rate has no limit.
        never_allowed: recipients for whom no hour is allowed in all time zones that they may be in.
        price: price of a segment.
        cost: price of all segments; None without a price.
        notes: what else to know, a sentence each.
    """

    campaign: str
    lines: int
    recipients: int
    set_aside: Mapping[str, int]
    reasons: Mapping[str, Mapping[str, int]]
    merely_possible: int
    segments: int | None
    histogram: Mapping[int, int]
    is_mms: bool
    ucs2: int
    stray_characters: tuple[StrayCharacter, ...]
    empty_fields: tuple[EmptyField, ...]
    unknown_time_zones: int
    rate: float | None
    seconds: float | None
    never_allowed: int = 0
    price: Decimal | None = None
    cost: Decimal | None = None
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<Plan of {self.campaign!r}: {plural(self.recipients, 'recipient')}, {self._segments()}>"

    def __str__(self) -> str:
        head = f"Plan of {self.campaign!r}: nothing was sent."
        return "\n".join([head, *(line.rstrip() for line in self._lines())])

    def _segments(self) -> str:
        if self.segments is None:
            return "segments unknown"
        return plural(self.segments, "MMS", "MMS") if self.is_mms else plural(self.segments, "segment")

    def _lines(self) -> Iterator[str]:
        yield _row("recipients", f"{self.recipients:,} of {plural(self.lines, 'line')}")
        for state, count in self.set_aside.items():
            yield from _counted(state.lower().replace("_", " "), count, self.reasons.get(state, {}))
        if self.merely_possible:
            yield _row(
                "merely possible",
                f"{self.merely_possible:,}, in no range of numbers that is known to be in use",
            )
        yield _row("messages" if self.is_mms else "segments", self._segments())
        if not self.is_mms and len(self.histogram) > 1:
            for segments, count in sorted(self.histogram.items()):
                yield _row("", f"{plural(count, 'text')} of {plural(segments, 'segment')}")
        yield from self._stray_lines()
        for empty in self.empty_fields:
            yield _row(
                "empty", f"{{{empty.field}}} in {plural(empty.texts, 'text')}: {', '.join(empty.examples)}"
            )
        if self.unknown_time_zones:
            yield _row("time zone", f"not known of {plural(self.unknown_time_zones, 'recipient')}")
        yield _row("duration", self._duration())
        if self.cost is not None:
            unit = "message" if self.is_mms else "segment"
            yield _row("cost", f"{self.cost:,} at {self.price} a {unit}")
        for note in self.notes:
            yield _row("note", note)

    def _stray_lines(self) -> Iterator[str]:
        if self.ucs2:
            yield _row("UCS-2", f"{plural(self.ucs2, 'text')}, with 70 characters a segment in place of 160")
        for stray in self.stray_characters[:_MAX_SHOWN_STRAYS]:
            where = (
                "the text itself"
                if stray.in_body
                else f"{plural(stray.texts, 'text')}: {', '.join(stray.examples)}"
            )
            yield _row("", f"{character_name(stray.character)} in {where}; {_advice(stray.plainer)}")
        if len(self.stray_characters) > _MAX_SHOWN_STRAYS:
            yield _row("", f"and {plural(len(self.stray_characters) - _MAX_SHOWN_STRAYS, 'other character')}")

    def _duration(self) -> str:
        if self.rate is None:
            return "as fast as the gateway takes them: no rate is set"
        at = f"at {self.rate:g} a second"
        told = "does not end within its hours" if self.seconds is None else f"{_told(self.seconds)} {at}"
        if self.never_allowed:
            told += (
                f"; never for {plural(self.never_allowed, 'recipient')}: no hour is allowed in all time zones that they may "
                "be in. Give time_zone= or default_time_zone="
            )
        return told


def _row(label: str, text: str) -> str:
    return f"{label:<{_LABEL_CHARACTERS}}{text}"


def _counted(label: str, count: int, reasons: Mapping[str, int]) -> Iterator[str]:
    ordered = sorted(reasons.items(), key=lambda item: -item[1])
    if len(ordered) == 1:
        yield _row(label, f"{count:,}: {ordered[0][0]}")
        return
    yield _row(label, f"{count:,}")
    for reason, times in ordered[:_MAX_SHOWN_STRAYS]:
        yield _row("", f"{times:,}: {reason}")
    if len(ordered) > _MAX_SHOWN_STRAYS:
        yield _row("", f"and {plural(len(ordered) - _MAX_SHOWN_STRAYS, 'other reason')}")


def _advice(plainer: str | None) -> str:
    if plainer is None:
        return "nothing plainer looks alike"
    if not plainer:
        return "leave it out"
    return "a blank would do" if plainer == " " else f"{plainer} would do"


def _told(seconds: float) -> str:
    """Write a length of time in its two largest units."""
    whole = max(1, round(seconds))
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        return f"{whole // _MINUTE} min {whole % _MINUTE} s"
    if whole < _DAY:
        return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE} min"
    return f"{plural(whole // _DAY, 'day')} {whole % _DAY // _HOUR} h"
