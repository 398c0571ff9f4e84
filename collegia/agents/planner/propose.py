"""From a candidate to a proposal: the plan with its assumptions and warnings, or the question back for a lack."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from collegia.agents.numbers import format_unit
from collegia.agents.plan import Asked, FromStep, Missing, Plan, Proposal
from collegia.agents.planner.questions import concerned, out_of_scope, unit_shown
from collegia.agents.planner.search import Derivation
from collegia.agents.reading.types import Reading, Subject
from collegia.tools.card import Port
from collegia.tools.registry import Registry
from collegia.tools.units import parse_unit, same_dimension

if TYPE_CHECKING:
    from collegia.agents.planner.planning import Candidate
    from collegia.agents.planner.targets import Target

__all__ = ["propose"]


def propose(candidate: Candidate, reading: Reading, registry: Registry) -> Proposal:
    """The plan of a candidate, or a question back for what it lacks."""
    weaver = candidate.weaver
    if weaver.lacks:
        missing = _missing(candidate, reading, registry)
        if not concerned(candidate, reading):
            return out_of_scope(reading, registry)
        return Proposal(status="clarify", missing=missing, message=_ask_for(missing))
    asked = tuple(
        _asked(target, derivation, step, thing, registry)
        for target, derivation, step, thing in zip(
            candidate.targets, candidate.chosen, candidate.steps, _things(candidate, reading), strict=True
        )
    )
    warnings = [f"{reading.said[index].text!r} was not needed" for index in candidate.unused] + reading.settled
    plan = Plan(
        steps=tuple(weaver.steps),
        asked=asked,
        assumptions=tuple(_assumptions(candidate, reading)),
        warnings=tuple(warnings),
    )
    return Proposal(status="plan", plan=plan)


def _things(candidate: Candidate, reading: Reading) -> list[str]:
    """The thing to name beside each asked value, where one name is asked of several."""
    labels = {subject.index: subject.label for subject in reading.subjects}
    names = [target.label for target in candidate.targets]
    return [
        labels.get(target.ask.subject, "") if names.count(target.label) > 1 and target.ask.subject is not None else ""
        for target in candidate.targets
    ]


def _asked(target: Target, derivation: Derivation, step: str, thing: str, registry: Registry) -> Asked:
    if derivation.output is None:
        raise ValueError("an asked value is an output")
    kind = derivation.output.kind
    unit = target.ask.unit
    if kind.unit and not (unit and same_dimension(unit, kind.unit)):
        unit = parse_unit(kind.show[0]).text if kind.show else parse_unit(kind.unit).text
    if not kind.unit:
        unit = unit if unit and kind.unit == "" and same_dimension(unit, "") else ""
        if kind.unit == "" and not unit and kind.show:
            unit = parse_unit(kind.show[0]).text
    if kind.scale == "difference" and unit in ("degree_Celsius", "degree_Fahrenheit"):
        unit = "delta_" + unit
    key = target.key(derivation) if derivation.output.keyed else None
    name = kind.label if target.ask.by_unit else target.label
    if key is not None:
        name = f"{key} {name}"
    elif thing:
        name = f"{name} of {thing}"
    source = FromStep(step=step, output=derivation.output.name, key=key)
    return Asked(name=name, kind=kind.name, unit=unit, source=source)


def _assumptions(candidate: Candidate, reading: Reading) -> list[str]:
    found: list[str] = []
    for use in candidate.weaver.uses:
        said = reading.said[use.said]
        if said.implied:
            found.append(f"{said.text!r} was taken to state the {use.kind.replace('_', ' ')}")
        elif said.measure is not None and use.cost >= 1.0:
            found.append(f"{said.text!r} was taken for the {use.port.replace('_', ' ')} of {use.expert}")
    return list(dict.fromkeys(found))


def _missing(candidate: Candidate, reading: Reading, registry: Registry) -> tuple[Missing, ...]:
    found: dict[tuple[str, str], Missing] = {}
    for lack, port, parent in candidate.weaver.lacks:
        kind = registry.kinds.get(lack.kind, port.kind)
        name = _spoken(port, parent, reading)
        question = ""
        if kind.subject:
            question = next((s.question for s in reading.subjects if s.question), "")
        found.setdefault(
            (kind.name, name),
            Missing(name=name, kind=kind.name, unit=unit_shown(kind), why=_why(parent), question=question),
        )
    return tuple(found.values())


def _spoken(port: Port, parent: Derivation, reading: Reading) -> str:
    """A missing value in words: "outlet temperature of water" with the states' plain words."""
    words = {"start": "initial ", "end": "final ", "": ""}[port.at]
    name = f"{words}{port.kind.label}"
    subject = parent.rule.subject(port) if parent.rule is not None else None
    thing: Subject | None = next((s for s in reading.subjects if s.index == subject), None)
    if thing is not None and len(reading.subjects) > 1 and not port.kind.subject:
        name += f" of {thing.label}"
    elif port.slot and thing is None:
        name += f" ({port.slot.replace('_', ' ')})"
    return name


def _why(parent: Derivation) -> str:
    return f"for {parent.rule.card.name}" if parent.rule is not None else ""


def _ask_for(missing: Sequence[Missing]) -> str:
    """The question back, in whole sentences."""
    questions = [item.question for item in missing if item.question]
    plain = [item for item in missing if not item.question]
    parts = []
    if plain:
        named = [f"{item.name} (in {format_unit(item.unit)})" if item.unit else item.name for item in plain]
        parts.append("To answer this I still need: " + "; ".join(named) + ".")
    return " ".join([*questions, *parts])
