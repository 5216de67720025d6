"""Rules of fault injection, over HTTP."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import JsonValue, TypeAdapter

from scgapi.sandbox.control.tagged_unions import TaggedUnion
from scgapi.sandbox.faults.kinds import FAULTS, Fault
from scgapi.sandbox.faults.rules import Rule, Rules

_KINDS: dict[str, TypeAdapter[Fault]] = {kind.__name__: TypeAdapter(kind) for kind in FAULTS}
_FAULTS = TaggedUnion[Fault]("fault", _KINDS, TypeAdapter(Fault))


class RuleActions:
    """Actions on the fault rules of a gateway."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules

    def add(
        self,
        operation: str,
        fault: dict[str, JsonValue],
        *,
        times: int | None = None,
        after: int = 0,
        probability: float = 1.0,
        seed: int = 0,
    ) -> dict[str, object]:
        """Add a rule."""
        rule = self._rules.add(
            operation, _FAULTS.load(fault), times=times, after=after, probability=probability, seed=seed
        )
        return _shown(rule)

    def list(self) -> list[dict[str, object]]:
        """Return the active rules."""
        return [_shown(rule) for rule in self._rules.in_force()]

    def stopped(self) -> Sequence[dict[str, object]]:
        """Return the rules that were stopped last."""
        return [_shown(rule) for rule in self._rules.stopped()]

    def get(self, rule_id: str) -> dict[str, object]:
        """Return one active rule."""
        return _shown(self._find(rule_id))

    def stop(self, rule_id: str) -> None:
        """Stop one rule."""
        self._find(rule_id).stop()

    def _find(self, rule_id: str) -> Rule:
        for rule in self._rules.in_force():
            if rule.id == rule_id:
                return rule
        raise LookupError(f"no rule {rule_id} is active")


def _shown(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "operation": rule.operation,
        "fault": _FAULTS.dump(rule.fault),
        "times": rule.times,
        "after": rule.after,
        "probability": rule.probability,
        "seed": rule.seed,
        "fired": rule.fired,
    }
