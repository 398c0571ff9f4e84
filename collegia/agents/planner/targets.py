"""What a plan has to give: the asked values, as kinds of things in states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from collegia.agents.planner.search import Derivation
from collegia.agents.reading.types import Ask, Reading
from collegia.tools.card import Card
from collegia.tools.kinds import Value
from collegia.tools.registry import Registry

__all__ = ["Target", "targets_of", "unanswerable"]

_WHOLE = re.compile(r"\s*(?:$|[,/&?.;:(\[]|and\b|or\b|of\b|in\b|for\b)")
_JOINT = re.compile(r"[\s()]*(?:,|/|&|and|or|plus)[\s,]*(?:and\s+)?(?:the\s+|its\s+)?")


@dataclass(slots=True)
class Target:
    """One asked value."""

    ask: Ask
    kinds: dict[str, float]
    label: str

    def penalty(self, derivation: Derivation, reading: Reading) -> float | None:
        """What it costs to answer with this derivation; None where it cannot be the answer."""
        _, subject, state = derivation.key
        cost = 0.0
        if self.ask.subject is not None and subject is not None and subject != self.ask.subject:
            rule = derivation.rule
            of_a_thing = rule is not None and any(port.kind.subject for port in rule.card.inputs)
            own = rule is None or rule.slots.get("") is not None or of_a_thing
            if (
                own
                and not self._same_thing(subject, reading)
                and derivation.output is not None
                and not derivation.output.keyed
            ):
                return None
            cost += 0.3
        if self.ask.state is not None:
            if state is not None and state % 2 != self.ask.state % 2 and state != self.ask.state:
                return None
            cost += 0.0 if state is not None else 0.4
        elif state is not None:
            cost += 0.3 if state else 0.4
        if derivation.output is not None and derivation.output.keyed and self.key(derivation) is None:
            cost += 0.6  # nothing says which entry: all of them answer
        return cost

    def _same_thing(self, subject: int, reading: Reading) -> bool:
        by_index = {s.index: s for s in reading.subjects}
        left, right = by_index.get(subject), by_index.get(self.ask.subject if self.ask.subject is not None else -1)
        return left is not None and right is not None and left.value is not None and left.value == right.value

    def key(self, derivation: Derivation) -> str | None:
        """Which entry of a mapping is asked for."""
        names: tuple[Value, ...] = self.ask.keys
        return str(names[0]) if names else None


def targets_of(reading: Reading, registry: Registry, cards: Sequence[Card]) -> list[Target]:
    """The asked values that some expert could give; a value that the question itself states is not asked."""
    outputs = {port.kind.name for card in cards for port in card.outputs}
    found: list[Target] = []
    for ask in reading.asks:
        kinds = {name: cost for name, cost in ask.kinds.items() if name in outputs}
        if not kinds:
            continue
        found.extend(_split(ask, kinds, reading, registry, cards))
    open_ = [target for target in found if not _stated(target, reading)]
    found = open_ or found
    return found or _by_method(reading, registry)


def _split(
    ask: Ask, kinds: dict[str, float], reading: Reading, registry: Registry, cards: Sequence[Card]
) -> list[Target]:
    """One name for several results of one expert asks for each: the "flammable range" has two ends."""
    named = [name for name, cost in kinds.items() if cost == 0.0]
    together = [c for c in cards if sum(port.kind.name in named for port in c.outputs) == len(named)]
    if not 1 < len(named) <= 3 or not together or ask.by_unit or " " not in ask.text:
        return [Target(ask, _weighed(kinds, reading), ask.text)]
    return [Target(ask, {name: 0.0}, registry.kinds[name].label) for name in named]


def unanswerable(reading: Reading, registry: Registry, cards: Sequence[Card]) -> list[Ask]:
    """Asked values that no expert gives, where the question plainly asks for them."""
    outputs = {port.kind.name for card in cards for port in card.outputs}
    return [
        ask
        for ask in reading.asks
        if not ask.kinds
        or (not outputs & ask.kinds.keys() and _listed_with_another(ask, outputs, reading))
        or (ask.score >= 5.0 and not outputs & ask.kinds.keys() and all(registry.kinds[k].unit for k in ask.kinds))
    ]


def _listed_with_another(ask: Ask, outputs: set[str], reading: Reading) -> bool:
    """Whether an asked name stands in a list beside one that can be had: "the frob, the blorp and the mass"."""
    if _WHOLE.match(reading.text, ask.end) is None:
        return False  # "clean bed pressure drop": a word of a longer name
    for other in reading.asks:
        if other is ask or not outputs & other.kinds.keys():
            continue
        left, right = sorted((ask, other), key=lambda one: one.start)
        if left.end <= right.start and _JOINT.fullmatch(reading.text[left.end : right.start]):
            return True
    return False


def _weighed(kinds: dict[str, float], reading: Reading) -> dict[str, float]:
    """Kinds of one name, those favoured that other words of the question suggest too."""
    return {name: max(0.0, cost - 0.2 * min(3, reading.hints.get(name, 0))) for name, cost in kinds.items()}


def _stated(target: Target, reading: Reading) -> bool:
    ask = target.ask
    if ask.score >= 5.0 or ask.unit:
        return False
    best = min(target.kinds.values())
    likely = {name for name, cost in target.kinds.items() if cost <= best + 0.01}
    return any(
        said.named
        and any(said.kinds.get(kind, 9.0) <= 0.5 for kind in likely)
        and (ask.subject is None or said.subject in (None, ask.subject))
        and (said.state in (None, ask.state) if ask.state is not None else said.state is None)
        for said in reading.said
    )


def _by_method(reading: Reading, registry: Registry) -> list[Target]:
    """A method named without a value asked for asks for what the method gives first."""
    found: list[Target] = []
    for name, place in reading.methods:
        expert = registry.experts.get(name)
        if expert is None or any(name == target.label for target in found):
            continue
        output = expert.card.outputs[0]
        ask = Ask(output.kind.label, 0, place, {output.kind.name: 0.0}, score=1.0)
        found.append(Target(ask, {output.kind.name: 0.0}, output.kind.label))
    return found[:1]
