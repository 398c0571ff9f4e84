"""From a candidate to a proposal: the plan with its assumptions and warnings, or the question back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from collegia.agents.numbers import format_unit
from collegia.agents.plan import Asked, FromStep, Missing, Plan, Proposal
from collegia.agents.planner.search import Derivation
from collegia.agents.planner.weave import parts
from collegia.agents.reading.attach import PLAUSIBLE
from collegia.agents.reading.types import Ask, Reading, Said, Subject
from collegia.tools.card import Port
from collegia.tools.kinds import Kind
from collegia.tools.quantities import Measure, fits
from collegia.tools.registry import Registry
from collegia.tools.units import ATMOSPHERE, convert, parse_unit, same_dimension

if TYPE_CHECKING:
    from collegia.agents.planner.planner import Candidate
    from collegia.agents.planner.targets import Target

__all__ = ["by_gauge", "clarify_methods", "clarify_misfits", "from_vacuum", "no_expert", "out_of_scope", "propose"]


def propose(candidate: Candidate, reading: Reading, registry: Registry) -> Proposal:
    """The plan of a candidate, or a question back for what it lacks or cannot place."""
    weaver = candidate.weaver
    if weaver.lacks:
        missing = _missing(candidate, reading, registry)
        if not _concerned(candidate, reading):
            return out_of_scope(reading, registry)
        return Proposal(status="clarify", missing=missing, message=_ask_for(missing))
    doubt = _doubt(candidate, reading, registry)
    if doubt is not None:
        return doubt
    asked = tuple(
        _asked(target, derivation, step, thing, registry)
        for target, derivation, step, thing in zip(
            candidate.targets, candidate.chosen, candidate.steps, _things(candidate, reading), strict=True
        )
    )
    warnings = [f"{reading.said[index].text!r} was not needed" for index in candidate.unused]
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
    name = target.label if target.ask.score < 9.0 else kind.label
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


def _doubt(candidate: Candidate, reading: Reading, registry: Registry) -> Proposal | None:
    """A question back where a value is left over that could change the answer, or a reading is only a guess."""
    for index in candidate.unused:
        said = reading.said[index]
        port = _could_take(said, candidate, registry)
        if port is not None:
            text = (
                f"I could not place {said.text!r}: is it the {port.kind.label}? "
                f"Please name it (for example “{port.kind.label} {said.text}”), or leave it out."
            )
            missing = Missing(name=port.kind.label, kind=port.kind.name, unit=_unit_shown(port.kind), question=text)
            return Proposal(status="clarify", missing=(missing,), message=text)
        if (said.named or (said.measure and said.measure.unit)) and not _repeats(said, candidate, reading, registry):
            kind = registry.kinds[min(said.kinds, key=lambda name: said.kinds[name])]
            text = (
                f"I do not see what the {kind.label} {said.text!r} is for. If it does not matter, please leave it out."
            )
            missing = Missing(name=kind.label, kind=kind.name, unit=_unit_shown(kind), question=text)
            return Proposal(status="clarify", missing=(missing,), message=text)
    return (
        _things_left(candidate, reading)
        or _words_left(candidate, reading, registry)
        or _sides_open(candidate, reading)
        or _unsupported(candidate, reading, registry)
        or _contradicted(candidate, reading, registry)
    )


def _things_left(candidate: Candidate, reading: Reading) -> Proposal | None:
    """A thing was named beside another, and nothing of it went into the answer: it may have been asked of too."""
    used = {use.said for use in candidate.weaver.uses}
    known = [subject for subject in reading.subjects if subject.kind and subject.value is not None]
    named = {reading.said[index].value for index in used if reading.said[index].measure is None}
    if len({subject.value for subject in known}) < 2 or not any(subject.value in named for subject in known):
        return None
    keys = {
        key
        for target, derivation in zip(candidate.targets, candidate.chosen, strict=True)
        if derivation.output is not None and derivation.output.keyed
        for key in target.ask.keys
    }
    for subject in known:
        own = subject.value in keys or any(reading.said[index].subject == subject.index for index in used)
        said = any(item.index in used and item.first in subject.places for item in reading.said)
        if own or said or subject.value in named:
            continue
        text = f"What of {subject.label}? I could answer for one thing only; please ask for one at a time."
        return Proposal(status="clarify", missing=(Missing(name=subject.label, kind="", question=text),), message=text)
    return None


def _words_left(candidate: Candidate, reading: Reading, registry: Registry) -> Proposal | None:
    """Words that change a question, and that no step takes into account: a count, a shape, a unit nobody knows."""
    used = {use.said for use in candidate.weaver.uses}
    consumed = {port.kind.name for expert in registry.experts.values() for port in expert.card.inputs}
    asked = {ask.text for ask in reading.asks}  # a word that names what is asked has been heeded
    loose = [
        said.text
        for said in reading.said
        if said.measure is None
        and said.index not in used
        and not said.kinds.keys() & consumed
        and said.text not in asked
    ]
    for text in (*loose, *reading.loose):
        words = f"I cannot take {text!r} into account. Please leave it out, or say it in other words."
        return Proposal(status="clarify", missing=(Missing(name=text, kind="", question=words),), message=words)
    return None


def _sides_open(candidate: Candidate, reading: Reading) -> Proposal | None:
    """Sides were named and belong to no thing, while a step needs to know which thing is on which side."""
    loose = [
        s
        for s in reading.subjects
        if s.side and not s.kind and not any(item.subject == s.index for item in reading.said)
    ]
    if not loose:
        return None
    by_index = {subject.index: subject for subject in reading.subjects}
    for part in parts(candidate.chosen):
        if part.rule is None or not part.rule.joins:
            continue
        filled = [by_index[i] for slot, i in part.rule.slots.items() if slot and i is not None]
        if len(filled) > 1 and not any(subject.side for subject in filled):
            names = " and ".join(subject.label for subject in filled)
            text = f"Which is on the {loose[0].label}: {names}? Please say it beside the name."
            return Proposal(
                status="clarify", missing=(Missing(name=loose[0].label, kind="", question=text),), message=text
            )
    return None


def _contradicted(candidate: Candidate, reading: Reading, registry: Registry) -> Proposal | None:
    """A value in a notation of its own that the plan passes over, though an expert makes of it what was stated too."""
    used = {use.said for use in candidate.weaver.uses}
    stated = {use.kind for use in candidate.weaver.uses}
    for said in reading.said:
        if said.measure is not None or said.index in used:
            continue
        for kind in said.kinds:
            other = next(
                (u for u in candidate.weaver.uses if u.kind == kind and reading.said[u.said].value != said.value), None
            )
            if (
                other is not None
                and not registry.kinds[kind].subject
                and not said.implied
                and registry.kinds[kind].unit is None
            ):
                text = (
                    f"Which one is meant: {reading.said[other.said].text!r} or {said.text!r}? "
                    "Please ask for one at a time."
                )
                missing = Missing(name=registry.kinds[kind].label, kind=kind, question=text)
                return Proposal(status="clarify", missing=(missing,), message=text)
            if registry.kinds[kind].find is None:
                continue
            for expert in registry.experts.values():
                takes = any(port.kind.name == kind and port.required for port in expert.card.inputs)
                gives = next((port for port in expert.card.outputs if port.kind.name in stated), None)
                if takes and gives is not None:
                    text = (
                        f"{said.text!r} already says the {gives.kind.label}, and the question states it apart. "
                        "Which one holds?"
                    )
                    missing = Missing(
                        name=gives.kind.label, kind=gives.kind.name, unit=_unit_shown(gives.kind), question=text
                    )
                    return Proposal(status="clarify", missing=(missing,), message=text)
            if not registry.kinds[kind].subject and not any(u.kind == kind for u in candidate.weaver.uses):
                text = f"I do not see what {said.text!r} is for. If it does not matter, please leave it out."
                missing = Missing(name=registry.kinds[kind].label, kind=kind, question=text)
                return Proposal(status="clarify", missing=(missing,), message=text)
    return None


def _could_take(said: Said, candidate: Candidate, registry: Registry) -> Port | None:
    """An input of the plan that was computed or defaulted, and that the left-over value could be."""
    if said.measure is None or said.measure.unit is None:
        return None
    for step in candidate.weaver.steps:
        for port in registry.experts[step.expert].card.inputs:
            bound = step.arguments.get(port.name)
            if bound is None or bound.via == "given" or not fits(said.measure, port.kind):
                continue
            cost = said.kinds.get(port.kind.name)
            if cost is not None and (bound.via == "default" or cost <= 2.1):
                return port
    return None


def _unsupported(candidate: Candidate, reading: Reading, registry: Registry) -> Proposal | None:
    """A value taken for a kind that nothing but its dimension speaks for, where that is not the only way to read it."""
    weak = [
        use for use in candidate.weaver.uses if use.cost >= PLAUSIBLE and reading.said[use.said].measure is not None
    ]
    for use in weak:
        kind = registry.kinds[use.kind]
        rivals = [
            other for other in weak if other.said != use.said and _same_dimension(registry.kinds[other.kind], kind)
        ]
        required = registry.experts[use.expert].card.input(use.port).required
        better = [
            name
            for name, cost in reading.said[use.said].kinds.items()
            if cost + 2.0 < use.cost and name not in registry.kinds[use.kind].lineage()
        ]
        if not rivals and not better and not candidate.unused and required:
            continue
        if not rivals and not candidate.unused and use.expert in {name for name, _ in reading.methods}:
            continue  # the method is named, and this is the one value of its kind
        said = reading.said[use.said].text
        text = f"Is {said!r} the {kind.label}? Please name it (for example “{kind.label} {said}”)."
        missing = Missing(name=kind.label, kind=kind.name, unit=_unit_shown(kind), question=text)
        return Proposal(status="clarify", missing=(missing,), message=text)
    return None


def _same_dimension(left: Kind, right: Kind) -> bool:
    return left.unit is not None and right.unit is not None and same_dimension(left.unit, right.unit)


def _is_standard_atmosphere(measure: Measure) -> bool:
    if measure.unit is None or not same_dimension(measure.unit.text, "pascal"):
        return False
    return abs(convert(measure.value, measure.unit.text, "pascal") - ATMOSPHERE) < 30.0


def _agree(left: Said, right: Said) -> bool:
    """Whether two stated values are one and the same."""
    if left.measure is None or right.measure is None:
        return False
    units = [measure.unit.text if measure.unit else "" for measure in (left.measure, right.measure)]
    if not same_dimension(*units):
        return False
    value = convert(left.measure.value, units[0], units[1])
    return abs(value - right.measure.value) <= 2e-3 * abs(right.measure.value)


def _repeats(said: Said, candidate: Candidate, reading: Reading, registry: Registry) -> bool:
    """Whether a left-over value says again what a value in use says: a specific gravity beside a density."""
    if said.measure is not None and _is_standard_atmosphere(said.measure):
        return True  # gauge pressures are counted from it anyhow
    likely = {kind for kind, cost in said.kinds.items() if cost <= 1.0}
    used = {use.kind for use in candidate.weaver.uses}
    alike = [reading.said[use.said] for use in candidate.weaver.uses if use.kind in likely]
    if alike:
        return any(_agree(said, other) for other in alike)
    for expert in registry.experts.values():
        takes = {port.kind.name for port in expert.card.inputs if port.required}
        if takes & likely and len(takes) == 1 and any(port.kind.name in used for port in expert.card.outputs):
            return True
    return False


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
            Missing(name=name, kind=kind.name, unit=_unit_shown(kind), why=_why(parent), question=question),
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


def _unit_shown(kind: Kind) -> str:
    if kind.unit is None:
        return ""
    shown = kind.show[0] if kind.show else kind.unit
    return parse_unit(shown).text


def _ask_for(missing: Sequence[Missing]) -> str:
    """The question back, in whole sentences."""
    questions = [item.question for item in missing if item.question]
    plain = [item for item in missing if not item.question]
    parts = []
    if plain:
        named = [f"{item.name} (in {format_unit(item.unit)})" if item.unit else item.name for item in plain]
        parts.append("To answer this I still need: " + "; ".join(named) + ".")
    return " ".join([*questions, *parts])


def _concerned(candidate: Candidate, reading: Reading) -> bool:
    """Whether a question that lacks everything speaks of the domains at all."""
    return bool(candidate.weaver.uses) or reading.known_share >= 0.5 or any(s.question for s in reading.subjects)


def clarify_misfits(reading: Reading, registry: Registry) -> Proposal:
    """A quantity was named with a unit that cannot be its own: ask, naming what would fit."""
    missing = []
    for misfit in reading.misfits:
        kind = registry.kinds[misfit.kind]
        fitting = format_unit(_unit_shown(kind)) or "a plain number"
        if not misfit.unit:
            text = (
                f"{misfit.name} is stated as {misfit.text!r} with no unit that I know. "
                f"In which unit is it? For example in {fitting}."
            )
            missing.append(Missing(name=kind.label, kind=kind.name, unit=_unit_shown(kind), question=text))
            continue
        other = _what_unit_is(misfit.unit, registry)
        text = (
            f"{misfit.text!r} is not a {kind.label}: its unit has another dimension{other}. "
            f"A {kind.label} is given in {fitting}."
        )
        missing.append(Missing(name=kind.label, kind=kind.name, unit=_unit_shown(kind), question=text))
    message = " ".join(item.question for item in missing) + " Which value did you mean?"
    return Proposal(status="clarify", missing=tuple(missing), message=message)


def by_gauge() -> Proposal:
    """A pressure is asked by gauge: what is computed is absolute, and the two are never mixed."""
    text = "I give computed pressures as absolute. Please ask for it absolute, then for the conversion to gauge."
    return Proposal(
        status="clarify", missing=(Missing(name="pressure reference", kind="", question=text),), message=text
    )


def from_vacuum(said: Said) -> Proposal:
    """A pressure below the atmosphere: how it is counted is not guessed."""
    text = f"{said.text!r} is said as a vacuum. Please state the absolute pressure."
    return Proposal(status="clarify", missing=(Missing(name="the state meant", kind="", question=text),), message=text)


def no_expert(asks: Sequence[Ask]) -> Proposal:
    """Something is asked that no installed expert gives."""
    names = ", ".join(f"{ask.text!r} in {format_unit(ask.unit)}" if ask.unit else repr(ask.text) for ask in asks)
    text = f"No installed expert gives {names}. Please ask without it, or say it in other words."
    missing = tuple(Missing(name=ask.text, kind="", unit=ask.unit, question=text) for ask in asks)
    return Proposal(status="clarify", missing=missing, message=text)


def _what_unit_is(unit: str, registry: Registry) -> str:
    common = [k.label for k in registry.kinds.values() if k.common and k.unit and same_dimension(k.unit, unit)]
    return f" (it is the unit of a {common[0]})" if common else ""


def out_of_scope(reading: Reading, registry: Registry) -> Proposal:
    """No installed expert gives what is asked; or nothing is asked although values are stated."""
    stated = [
        said for said in reading.said if said.measure is not None and said.named and said.measure.unit is not None
    ]
    if stated and reading.known_share >= 0.5 and not reading.asks:
        text = "I read the values, but not what is asked. Which quantity do you want?"
        return Proposal(
            status="clarify", missing=(Missing(name="what is asked", kind="", question=text),), message=text
        )
    scopes = "; ".join(domain.scope or domain.title for domain in registry.domains.values())
    text = (
        "This is outside the domains that are installed, so I cannot answer it. "
        f"I can help with: {scopes or 'nothing yet'}."
    )
    return Proposal(status="out_of_domain", message=text)


def clarify_methods(reading: Reading, targets: Sequence[Target], registry: Registry) -> Proposal:
    """No plan was found at all, although experts for the asked values exist."""
    names = ", ".join(target.label for target in targets)
    text = f"I could not find a way to {names} from what is given. Please say which values are known, with their names."
    return Proposal(status="clarify", missing=(Missing(name=names, kind="", question=text),), message=text)
