"""From derivations to a plan: shared steps once, every argument bound, every use of a stated value known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from collegia.agents.plan import Binding, Default, FromStep, Given, Step
from collegia.agents.planner.rules import Key
from collegia.agents.planner.search import Derivation, Fact, Lack
from collegia.agents.reading.types import Said
from collegia.tools.card import Port
from collegia.tools.kinds import Value
from collegia.tools.quantities import as_kind

__all__ = ["Use", "Weaver", "double_ways", "leaves", "parts", "rests_on_values"]


@dataclass(frozen=True, slots=True)
class Use:
    """How a stated value is used: as which kind, in which state."""

    said: int
    kind: str
    state: int | None
    port: str
    expert: str
    step: int
    cost: float


@dataclass
class Weaver:
    """Collects steps; the same expert on the same arguments is one step."""

    steps: list[Step] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    lacks: list[tuple[Lack, Port, Derivation]] = field(default_factory=list)
    _made: dict[int, str] = field(default_factory=dict)
    _same: dict[tuple[str, str], str] = field(default_factory=dict)

    def step(self, derivation: Derivation) -> str:
        """The id of the step that gives a derived value, made with all it needs."""
        rule = derivation.rule
        if rule is None:
            raise ValueError("a leaf is no step")
        known = self._made.get(id(derivation.inputs))
        if known is not None:
            return known
        arguments: dict[str, Binding] = {}
        for port in rule.card.inputs:
            bound = derivation.inputs.get(port.name)
            made = self._bind(port, bound, derivation)
            if made is not None:
                arguments[port.name] = made
        signature = (rule.card.name, repr(sorted((name, repr(bound)) for name, bound in arguments.items())))
        step_id = self._same.get(signature)
        if step_id is None:
            step_id = f"s{len(self.steps) + 1}"
            self.steps.append(Step(id=step_id, expert=rule.card.name, arguments=arguments))
            self._same[signature] = step_id
        self._made[id(derivation.inputs)] = step_id
        return step_id

    def _bind(self, port: Port, bound: Derivation | None, parent: Derivation) -> Binding | None:
        if bound is None:
            return Default(value=port.default, unit=port.kind.unit or "")
        if isinstance(bound.leaf, Lack):
            self.lacks.append((bound.leaf, port, parent))
            return None
        if isinstance(bound.leaf, Fact):
            fact = bound.leaf
            expert = parent.rule.card.name if parent.rule is not None else ""
            place = parent.rule.state(port) if parent.rule is not None and port.at else bound.key[2]
            self.uses.append(
                Use(fact.said.index, port.kind.name, place, port.name, expert, id(parent.inputs), fact.cost)
            )
            return given(fact.said, port)
        if bound.output is None:
            raise ValueError("a derivation is a leaf or an output")
        return FromStep(step=self.step(bound), output=bound.output.name)


def given(said: Said, port: Port) -> Given:
    """A stated value, in the unit of the port it fills."""
    value: Value | None = said.value
    if said.measure is not None:
        value = as_kind(said.measure, port.kind)
    return Given(
        value=value, unit=port.kind.unit or "", text=said.text, start=said.start, end=said.end, kind=port.kind.name
    )


def rests_on_values(steps: Iterable[Step]) -> dict[str, frozenset[int]]:
    """On which stated values, by their places in the text, every step rests, itself or by the steps before it."""
    found: dict[str, frozenset[int]] = {}
    for step in steps:
        own = {bound.start for bound in step.arguments.values() if isinstance(bound, Given)}
        found[step.id] = frozenset(own).union(*(found.get(need, frozenset()) for need in step.needs()))
    return found


def parts(derivations: Iterable[Derivation]) -> list[Derivation]:
    """All computed values that derivations are made of, themselves included, each once."""
    found: dict[int, Derivation] = {}
    stack = list(derivations)
    while stack:
        current = stack.pop()
        if id(current) in found or current.rule is None:
            continue
        found[id(current)] = current
        stack.extend(bound for bound in current.inputs.values() if bound is not None)
    return list(found.values())


def leaves(derivation: Derivation) -> set[int]:
    """The stated values that a derivation rests on."""
    bound = [leaf for part in parts([derivation]) for leaf in part.inputs.values() if leaf is not None]
    return {one.leaf.said.index for one in bound if isinstance(one.leaf, Fact)}


def double_ways(chosen: list[Derivation]) -> list[str]:
    """Experts by which a set of derivations computes one value in more than one way."""
    ways: dict[Key, set[str]] = {}
    for part in parts(chosen):
        if part.rule is not None:
            ways.setdefault(part.key, set()).add(part.rule.card.name)
    return sorted(name for names in ways.values() if len(names) > 1 for name in names)
