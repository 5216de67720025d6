"""Figures of a plan, counted while its list is read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from scgapi._core.text import mask_numbers
from scgapi.campaigns.planning.plan import EmptyField, StrayCharacter
from scgapi.campaigns.recipients.recipient import Recipient, SetAside
from scgapi.campaigns.text.characters import plainer
from scgapi.campaigns.text.messages import Message
from scgapi.compose.segments import Segments, count_segments

_MAX_REASONS = 100
"""Number of reasons that are counted separately; all others are counted as `_OTHER_REASONS`."""

_OTHER_REASONS = "other reasons"

_MAX_STRAYS = 1000
"""Number of different stray characters that are counted."""

_MAX_EXAMPLES = 3
"""Number of examples that are kept of each character."""


@dataclass(slots=True)
class _Found:
    """How often something was found, and where first."""

    count: int = 0
    examples: list[str] = field(default_factory=list[str])

    def note(self, recipient: Recipient) -> None:
        self.count += 1
        if len(self.examples) < _MAX_EXAMPLES:
            self.examples.append(f"line {recipient.line} ({mask_numbers(recipient.address)})")


class Tally:
    """What is counted of the recipients of a plan."""

    def __init__(self, message: Message) -> None:
        self._message = message
        self._constant = None if message.fields else message.shown_text({})
        self._of_constant = None if self._constant is None else count_segments(self._constant)
        self.recipients: int = 0
        self.states: Counter[str] = Counter()
        self.reasons: dict[str, Counter[str]] = {}
        self.histogram: Counter[int] = Counter()
        self.uncounted: int = 0
        self.ucs2: int = 0
        self.merely_possible: _Found = _Found()
        self.time_zones: Counter[tuple[str, ...]] = Counter()
        self._empty: dict[str, _Found] = {}
        self._strays: dict[str, _Found] = {}

    def add(self, recipient: Recipient, *, is_merely_possible: bool) -> None:
        """Count a recipient that will be sent to."""
        self.recipients += 1
        self.time_zones[recipient.time_zones] += 1
        if is_merely_possible:
            self.merely_possible.note(recipient)
        fields = recipient.fields
        for name in self._message.fields:
            if not fields[name]:
                self._empty.setdefault(name, _Found()).note(recipient)
        if self._message.is_mms:
            self.histogram[1] += 1
            return
        counted = self._counted(recipient)
        if counted is None:
            self.uncounted += 1
            return
        self.histogram[counted.segments] += 1
        if counted.forced_by:
            self.ucs2 += 1
            for char in counted.forced_by:
                if char in self._strays or len(self._strays) < _MAX_STRAYS:
                    self._strays.setdefault(char, _Found()).note(recipient)

    def set_aside(self, row: SetAside) -> None:
        """Count a line that was set aside."""
        self.states[row.state] += 1
        reasons = self.reasons.setdefault(row.state, Counter())
        # The line of the first is another in each reason.
        reason = (
            "an earlier line has the same address" if row.state == "DUPLICATE" else mask_numbers(row.reason)
        )
        reasons[reason if reason in reasons or len(reasons) < _MAX_REASONS else _OTHER_REASONS] += 1

    def stray_characters(self) -> tuple[StrayCharacter, ...]:
        """Return the characters that made texts UCS-2, the most frequent first."""
        literal = self._message.literal
        found = sorted(self._strays.items(), key=lambda item: -item[1].count)
        return tuple(
            StrayCharacter(char, plainer(char), one.count, char in literal, tuple(one.examples))
            for char, one in found
        )

    def empty_fields(self) -> tuple[EmptyField, ...]:
        """Return the fields that were empty for some recipients."""
        return tuple(EmptyField(name, one.count, tuple(one.examples)) for name, one in self._empty.items())

    def _counted(self, recipient: Recipient) -> Segments | None:
        if self._of_constant is not None:
            return self._of_constant
        text = self._message.shown_text(recipient.fields)
        return None if text is None else count_segments(text)
