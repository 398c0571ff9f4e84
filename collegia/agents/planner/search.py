"""Backward reasoning by lightest derivation: what each value costs to have, over all experts at once.

Knuth's generalisation of Dijkstra's algorithm (Information Processing Letters 6, 1977): what is given costs little,
what an expert computes costs its inputs and a step, a default costs more than either, and asking the user costs most.
Values are settled in order of cost, so the first derivation of a value is its cheapest.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from collegia.agents.planner.rules import Key, Rule
from collegia.agents.reading.types import Said
from collegia.tools.card import Port
from collegia.tools.kinds import Kind

__all__ = ["Context", "Derivation", "Fact", "Lack", "Leaf", "Search"]

STEP_COST = 1.0
DEFAULT_COST = 6.0
"""What an optional input may cost to have before its default is taken instead."""
DEFAULT_PRICE = 3.5
"""What taking a default costs where the value could be computed: more than a step or two."""
STATED_PRICE = 1.5
"""The same where only a stated value may replace it."""
MISSING_COST = 40.0
SPOKEN_OF = 12.0
"""How much cheaper it is to ask for what a word of the question suggests: "pump" for a pump's efficiency."""
REFERENCE_COST = 4.0
"""What it costs to go on with a stated value where the question asks for another of its kind."""
SEED_COST = 0.3
DERIVED_MISSING = 20.0
"""Asking for what an expert would compute is asked last: the user knows a flow sooner than a duty."""
STATED_LIMIT = 3.3


@dataclass(frozen=True, slots=True)
class Fact:
    """A stated value, taken for a value of a kind."""

    said: Said
    kind: str
    cost: float


@dataclass(frozen=True, slots=True)
class Lack:
    """A value that nothing gives: the user would have to be asked."""

    kind: str


Leaf = Fact | Lack


@dataclass(slots=True, eq=False)
class Derivation:
    """A way to have a value: a leaf, or an expert with a derivation for each bound port."""

    key: Key
    cost: float
    leaf: Leaf | None = None
    rule: Rule | None = None
    output: Port | None = None
    inputs: dict[str, Derivation | None] = field(default_factory=dict)
    below: frozenset[Key] = frozenset()
    """The computed values it rests on."""
    stated: frozenset[Key] = frozenset()
    """The stated values it rests on."""


@dataclass(slots=True, eq=False)
class _Waiting:
    rule: Rule
    best: list[tuple[float, Derivation] | None]
    open: int


@dataclass
class Context:
    """What all searches of one question share.

    Attributes:
        rules: the ways to use experts.
        kinds: all kinds by name.
        joint: kinds that belong to no single thing.
        wanted: kinds whose every derivation is kept, not only the cheapest.
        properties: kinds that an expert gives for a named thing.
        sides: the slots that things are known to fill.
        several: whether the question speaks of several things.
        asked: kinds that the question itself asks for.
        likely: kinds that it may ask for, by a unit alone too.
        named_methods: experts whose method the question names.
        hinted: kinds that some word of the question suggests.
    """

    rules: Sequence[Rule]
    kinds: dict[str, Kind]
    joint: frozenset[str]
    wanted: frozenset[str]
    properties: frozenset[str] = frozenset()
    several: bool = False
    sides: Mapping[int, str] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()
    likely: frozenset[str] = frozenset()
    named_methods: frozenset[str] = frozenset()
    hinted: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.lineages = {name: kind.lineage() for name, kind in self.kinds.items()}
        self.ports: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, rule in enumerate(self.rules):
            for index, port in enumerate(rule.card.inputs):
                self.ports[port.kind.name].append((number, index))


@dataclass
class Search:
    """One search over the rules and facts of a question.

    Attributes:
        context: the rules and kinds.
        facts: the stated values, by what they are.
        seeds: derivations that a plan has already, free to use again.
        ask_missing: whether what nothing gives may be had by asking the user.
    """

    context: Context
    facts: Sequence[tuple[Key, Fact]]
    seeds: Sequence[Derivation] = ()
    ask_missing: bool = False
    settled: dict[Key, Derivation] = field(default_factory=dict)
    found: dict[str, list[Derivation]] = field(default_factory=lambda: defaultdict(list))

    def run(self) -> None:
        """Settle every value that can be had."""
        self._queue: list[tuple[float, int, Derivation]] = []
        self._order = count()
        self._waiting: dict[int, _Waiting] = {}
        self._spread: dict[str, set[int]] = defaultdict(set)
        for key, _ in self.facts:
            if key[1] is not None:
                for name in self.context.lineages[key[0]]:
                    self._spread[name].add(key[1])
        self._by_kind: dict[str, list[Derivation]] = defaultdict(list)
        for key, fact in self.facts:
            derivation = Derivation(key, fact.cost, leaf=fact)
            self._by_kind[key[0]].append(derivation)
            self._push(derivation)
        for seed in self.seeds:
            self._seed(seed)
        for number, rule in enumerate(self.context.rules):
            if not any(port.required for port in rule.card.inputs):
                self._fire(self._waiting_for(number))
        if self.ask_missing:
            self._push_missing()
        while self._queue:
            _, _, derivation = heapq.heappop(self._queue)
            if derivation.key in self.settled:
                continue
            self.settled[derivation.key] = derivation
            self._arrived(derivation)

    def _seed(self, seed: Derivation) -> None:
        """Offer all that a step of the plan gives, not only what the plan takes of it."""
        rule = seed.rule
        if rule is None:
            return
        for output in rule.card.outputs:
            if output is seed.output or not output.optional_output:
                key = self._key(rule, output)
                self._push(replace(seed, key=key, cost=SEED_COST, output=output))

    def _key(self, rule: Rule, output: Port) -> Key:
        if output.kind.name in self.context.joint:
            return (output.kind.name, None, None)
        return (output.kind.name, rule.subject(output), rule.state(output))

    def _push(self, derivation: Derivation) -> None:
        if derivation.key[0] in self.context.wanted and derivation.rule is not None:
            self.found[derivation.key[0]].append(derivation)
        heapq.heappush(self._queue, (derivation.cost, next(self._order), derivation))

    def _push_missing(self) -> None:
        produced = {port.kind.name for rule in self.context.rules for port in rule.card.outputs}
        sought = {name for kind in self.context.wanted for name in self.context.lineages[kind]}
        sought -= {name for name in sought if self.context.kinds[name].common and name not in self.context.likely}
        for name in list(self.context.ports):
            if name in sought:
                continue  # nobody is asked for what was asked
            kind = self.context.kinds[name]
            if kind.unit is None and not kind.subject and kind.find is None:
                continue  # nobody is asked to say a word that only marks what is meant
            extra = DERIVED_MISSING if name in produced and not self.context.kinds[name].common else 0.0
            extra -= SPOKEN_OF if name in self.context.hinted else 0.0
            self._push(Derivation((name, -1, -1), MISSING_COST + extra, leaf=Lack(name)))

    def _waiting_for(self, number: int) -> _Waiting:
        known = self._waiting.get(number)
        if known is None:
            rule = self.context.rules[number]
            known = _Waiting(rule, [None] * len(rule.card.inputs), sum(port.required for port in rule.card.inputs))
            self._waiting[number] = known
            for index, port in enumerate(rule.card.inputs):
                if not port.required:
                    known.best[index] = self._stated(rule, port)
        return known

    def _stated(self, rule: Rule, port: Port) -> tuple[float, Derivation] | None:
        """The stated value for an optional input: it is bound from the start, so that no default gets ahead of it."""
        best: tuple[float, Derivation] | None = None
        for fact in self._by_kind.get(port.kind.name, ()):
            penalty = self._penalty(rule, port, fact)
            if penalty is not None and (best is None or fact.cost + penalty < best[0]):
                best = (fact.cost + penalty, fact)
        return best

    def _arrived(self, derivation: Derivation) -> None:
        kind = derivation.key[0]
        stated = derivation.leaf is not None
        for distance, name in enumerate(self.context.lineages[kind]):
            if distance and stated:
                break  # a stated value is there as each kind it may be
            extra = self._narrower(kind, distance)
            for number, index in self.context.ports.get(name, ()):
                rule = self.context.rules[number]
                port = rule.card.inputs[index]
                penalty = self._penalty(rule, port, derivation)
                if penalty is None:
                    continue
                cost = derivation.cost + penalty + extra
                waiting = self._waiting_for(number)
                known = waiting.best[index]
                if known is not None and known[0] <= cost:
                    continue
                waiting.best[index] = (cost, derivation)
                if known is None and port.required:
                    waiting.open -= 1
                if waiting.open == 0:
                    self._fire(waiting)

    def _is_reference(self, kind: str, rule: Rule) -> bool:
        """Whether a stated value only serves to find an asked one of its kind: the rate constant at 50 °C."""
        if kind not in self.context.asked or self.context.kinds[kind].common:
            return False
        return all(output.kind.name != kind for output in rule.card.outputs)

    def _narrower(self, kind: str, distance: int) -> float:
        """What it costs that a narrower kind serves for a wider one; one that is itself asked for serves first."""
        if not distance:
            return 0.0
        return 0.1 if kind in self.context.asked else 1.2 + 0.3 * distance

    def _penalty(self, rule: Rule, port: Port, derivation: Derivation) -> float | None:
        kind, subject, state = derivation.key
        if isinstance(derivation.leaf, Lack):
            return 0.0 if port.required else None
        if not port.required and not _may_replace_default(port, derivation):
            return None
        place = self._place_penalty(rule, port, kind, subject)
        if place is None:
            return None
        if isinstance(derivation.leaf, Fact) and self._is_reference(kind, rule):
            place += REFERENCE_COST
        return _sum(place, _state_penalty(rule, port, state))

    def _place_penalty(self, rule: Rule, port: Port, kind: str, subject: int | None) -> float | None:
        wanted = rule.subject(port)
        if subject == wanted or kind in self.context.joint or (rule.joins and not port.slot):
            return 0.0
        if subject is None:
            return 0.05
        if wanted is None:
            side = self.context.sides.get(subject, "")
            if side and port.slot and side != port.slot:
                return None
            return 0.1 if len(self._spread[kind]) <= 1 or not rule.joins else None
        return None

    def _fire(self, waiting: _Waiting) -> None:
        rule = waiting.rule
        named = rule.card.name in self.context.named_methods
        cost = rule.bias + (0.2 if named else STEP_COST * rule.card.cost)
        if self.ask_missing:
            # Ask for what completes the values already stated, not for what would do without them.
            bound_now = sum(1 for best in waiting.best if best is not None and isinstance(best[1].leaf, Fact))
            cost += 2.0 * (5 - min(5, bound_now))
        inputs: dict[str, Derivation | None] = {}
        for port, best in zip(rule.card.inputs, waiting.best, strict=True):
            if best is not None and (port.required or best[0] < DEFAULT_COST):
                cost += best[0]
                inputs[port.name] = best[1]
            else:
                cost += 0.0 if self.ask_missing else _default_price(port)
                inputs[port.name] = None
        if _twice(inputs) or (rule.joins and _one_for_all(rule, inputs)):
            return
        owners = {
            d.key[1]
            for port in rule.card.inputs
            if (d := inputs[port.name]) is not None and d.key[1] is not None and d.key[1] >= 0
            if port.required or not (isinstance(d.leaf, Fact) and d.leaf.said.measure is None)
        }
        if not rule.joins and rule.slots.get("") is None and len(owners) > 1:
            return  # values of two things do not make one
        owner = next(iter(owners)) if len(owners) == 1 and not rule.joins else None
        bound = [derivation for derivation in inputs.values() if derivation is not None and derivation.rule is not None]
        below = frozenset(key for derivation in bound for key in (derivation.key, *derivation.below))
        stated = frozenset(d.key for d in inputs.values() if d is not None and isinstance(d.leaf, Fact))
        stated |= frozenset(key for derivation in bound for key in derivation.stated)
        for output in rule.card.outputs:
            key = self._key(rule, output)
            if owner is not None and key[1] is None and output.kind.name not in self.context.joint:
                key = (key[0], owner, key[2])
            if _circular(key, below, self.context.lineages) or key in stated:
                continue
            extra = 0.2 if output.optional_output else 0.0
            self._push(
                Derivation(key, cost + extra, rule=rule, output=output, inputs=inputs, below=below, stated=stated)
            )


def _default_price(port: Port) -> float:
    if port.stated_only:
        return STATED_PRICE if port.default is not None else 0.0
    return DEFAULT_PRICE


def _circular(key: Key, below: frozenset[Key] | set[Key], lineages: dict[str, tuple[str, ...]]) -> bool:
    """Whether a value would be had from itself: a velocity from the time it takes, and that from the velocity."""
    kind, subject, state = key
    own = lineages[kind]
    return any(
        t == state and (s == subject or s is None or subject is None) and (k in own or kind in lineages[k])
        for k, s, t in below
        if s != -1
    )


def _twice(inputs: dict[str, Derivation | None]) -> bool:
    """Whether one stated value would fill two ports by one and the same reading of it."""
    readings = [
        (d.leaf.said.index, d.leaf.kind)
        for d in inputs.values()
        if d is not None and isinstance(d.leaf, Fact) and not d.leaf.said.each
    ]
    return len(readings) != len(set(readings))


def _one_for_all(rule: Rule, inputs: dict[str, Derivation | None]) -> bool:
    """Whether what joins several things would have the same values for each: a thing beside itself."""
    slots: dict[str, list[tuple[str, int]]] = {}
    for port in rule.card.inputs:
        bound = inputs[port.name]
        if port.slot:
            same = id(bound.inputs) if bound is not None and bound.leaf is None else id(bound)
            slots.setdefault(port.slot, []).append((port.kind.name, same))
    derived = any(bound is not None and bound.leaf is None for bound in inputs.values())
    return derived and len(slots) > 1 and len({tuple(sorted(places)) for places in slots.values()}) == 1


def _may_replace_default(port: Port, derivation: Derivation) -> bool:
    if isinstance(derivation.leaf, Fact):
        return derivation.leaf.cost <= STATED_LIMIT
    return not port.stated_only


def _state_penalty(rule: Rule, port: Port, state: int | None) -> float | None:
    wanted = rule.state(port)
    if state == wanted:
        return 0.0
    if port.at:
        if state is None and (rule.base or 0) == 0:
            if port.at == "start":
                return 0.4
            # one value that says neither cannot be both before and after
            twin = any(other.at == "start" and other.kind.name == port.kind.name for other in rule.card.inputs)
            return None if twin else 0.9
        return None
    if state is None:
        return 0.05
    if wanted is None:
        return 0.9 + 0.4 * state
    return None


def _sum(left: float, right: float | None) -> float | None:
    return None if right is None else left + right
