"""Doubting a plan: a question back where a value is left over that could change the answer, or a reading is a guess."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from collegia.agents.planner.elsewhere import change_left
from collegia.agents.planner.leftover import Doubt, sides_open, things_left, way_in_part, ways_left, words_left
from collegia.agents.planner.pinned import pinned_doubt
from collegia.agents.planner.questions import unit_shown
from collegia.agents.planner.replies import About
from collegia.agents.planner.weave import Use, leaves, parts, rests_on_values
from collegia.agents.reading.attach import PLAUSIBLE
from collegia.agents.reading.types import Reading, Said
from collegia.tools.card import Port
from collegia.tools.kinds import Kind
from collegia.tools.quantities import Measure, fits
from collegia.tools.registry import Registry
from collegia.tools.units import ATMOSPHERE, convert, same_dimension

if TYPE_CHECKING:
    from collegia.agents.planner.planning import Candidate

__all__ = ["Doubt", "doubt"]

_BY = re.compile(r"\bby\s+(?:about\s+|another\s+|some\s+|a further\s+)?$", re.IGNORECASE)
_SAID_OF = re.compile(r"\s+(?:of\s+\w+\s+)?(?:is\s+|are\s+|may\s+)?([a-z]{4,})\b")


def _of_kind(text: str, kind: Kind, said: Said, *, asked: bool) -> Doubt:
    """A doubt about one value; `asked` where the question is whether it is of the kind."""
    about = About(((said.start, said.end),), kind.name if asked else "")
    return Doubt(text, kind.label, kind.name, unit_shown(kind), about)


def doubt(candidate: Candidate, reading: Reading, registry: Registry) -> Doubt | None:
    """A question back where a value is left over that could change the answer, or a reading is only a guess."""
    for index in candidate.unused:
        said = reading.said[index]
        port = _could_take(said, candidate, registry)
        if port is not None:
            text = (
                f"I could not place {said.text!r}: is it the {port.kind.label}? "
                f"Please name it (for example “{port.kind.label} {said.text}”), or leave it out."
            )
            return _of_kind(text, port.kind, said, asked=True)
        if (said.named or (said.measure and said.measure.unit)) and not _repeats(said, candidate, reading, registry):
            kind = registry.kinds[min(said.kinds, key=lambda name: said.kinds[name])]
            text = (
                f"I do not see what the {kind.label} {said.text!r} is for. If it does not matter, please leave it out."
            )
            return _of_kind(text, kind, said, asked=False)
    return (
        _not_asked(reading)
        or _thing_open(candidate, reading, registry)
        or things_left(candidate, reading)
        or words_left(candidate, reading, registry)
        or _changed_by(candidate, reading, registry)
        or _changed_since(candidate, reading)
        or _slighted(candidate, reading, registry)
        or _narrower_passed_over(candidate, reading, registry)
        or way_in_part(candidate, reading)
        or sides_open(candidate, reading)
        or _unsupported(candidate, reading, registry)
        or _exchangeable(candidate, reading, registry)
        or _one_for_each(candidate, reading)
        or ways_left(candidate, reading)
        or _contradicted(candidate, reading, registry)
        or pinned_doubt(candidate, reading, registry)
    )


def _not_asked(reading: Reading) -> Doubt | None:
    """Something stands in a list of asked things, and is none that anything here knows: no part is left silently."""
    if not reading.unasked:
        return None
    item = reading.unasked[0]
    text = f"I do not know what {item!r} asks for. Please name it in other words, or leave it out."
    return Doubt(text, item, about=About(phrase=item))


def _changed_by(candidate: Candidate, reading: Reading, registry: Registry) -> Doubt | None:
    """ "raised BY 4 bar": the amount of a change was taken for where the change leads."""
    for use in candidate.weaver.uses:
        said, kind = reading.said[use.said], registry.kinds[use.kind]
        if said.measure is not None and kind.scale == "point" and _BY.search(reading.text[: said.start]):
            text = (
                f"{said.text!r} seems to be the amount of a change. "
                f"What is the {kind.label} before it, and what after it?"
            )
            return Doubt(text, kind.label, kind.name, unit_shown(kind))
    return None


def _changed_since(candidate: Candidate, reading: Reading) -> Doubt | None:
    """ "Zob at 90 °C cools on the way. Its gleeb at the end?": what is stated does not hold where it is asked."""
    change = change_left(candidate, reading)
    if change is None:
        return None
    text = f"Do the stated values hold there too ({change!r})? Please state those of the place that is asked of."
    return Doubt(text, change)


def _slighted(candidate: Candidate, reading: Reading, registry: Registry) -> Doubt | None:
    """A method is named, and the plan has what the method gives by another one."""
    experts = {step.expert for step in candidate.weaver.steps}
    taken = {(reading.said[use.said].start, reading.said[use.said].end) for use in candidate.weaver.uses}
    made = {part.output.kind.name for part in parts(candidate.chosen) if part.output is not None}
    for place in dict.fromkeys(place for _, place in reading.methods):
        names = {name for name, own in reading.methods if own == place}
        phrase = next((said for said in reading.said if said.first <= place <= said.last), None)
        if names & experts or (phrase is not None and (phrase.start, phrase.end) in taken):
            continue
        gives = {
            port.kind.name for name in names if name in registry.experts for port in registry.experts[name].card.outputs
        }
        if gives & made:
            kind = registry.kinds[min(gives & made)]
            word = phrase.text if phrase is not None else kind.label
            text = f"I could not follow {word!r} for the {kind.label}. Please state the {kind.label}, or leave it out."
            return Doubt(text, kind.label, kind.name, unit_shown(kind))
    return None


def _narrower_passed_over(candidate: Candidate, reading: Reading, registry: Registry) -> Doubt | None:
    """A value of a wide kind is answered, while a narrower one would take a stated value that this answer does not.

    "A frob 3 m across and 9 m long, filled 1 m deep: how many m3?" may ask for the whole or for what is in it.
    """
    used = {use.said: use.kind for use in candidate.weaver.uses}
    for target, derivation in zip(candidate.targets, candidate.chosen, strict=True):
        kind = derivation.output.kind if derivation.output is not None else None
        own = leaves(derivation)
        if kind is None or not kind.common:
            continue
        for expert in registry.experts.values():
            below = next((p for p in expert.card.outputs if p.kind is not kind and kind.name in p.kind.lineage()), None)
            if below is None or target.kinds.get(below.kind.name, 9.0) > 1.5:
                continue
            needed = [port.kind.name for port in expert.card.inputs if port.required]
            more = [
                i for i, name in used.items() if i not in own and name in needed and not registry.kinds[name].common
            ]
            rest = [said for said in reading.said if said.index in own and said.measure is not None]
            served = more and all(name == used[more[0]] or any(name in said.kinds for said in rest) for name in needed)
            if served and len(needed) > 1:
                text = (
                    f"Is the {below.kind.label} asked, which {reading.said[more[0]].text!r} would go into, "
                    f"or the {kind.label} without it?"
                )
                return Doubt(text, below.kind.label, below.kind.name, unit_shown(below.kind))
    return None


def _thing_open(candidate: Candidate, reading: Reading, registry: Registry) -> Doubt | None:
    """A value is asked of a thing that the vocabulary knows to be ambiguous: another thing's value is no answer."""
    open_ = {thing.index: thing for thing in reading.subjects if thing.question and thing.value is None}
    for target, derivation in zip(candidate.targets, candidate.chosen, strict=True):
        thing = open_.get(target.ask.subject) if target.ask.subject is not None else None
        named = {kind for index in leaves(derivation) for kind in reading.said[index].kinds}
        if thing is not None and any(registry.kinds[kind].subject for kind in named):
            return Doubt(thing.question, thing.label, thing.kind)
    return None


def _contradicted(candidate: Candidate, reading: Reading, registry: Registry) -> Doubt | None:
    """A value in a notation of its own that the plan passes over, though an expert makes of it what was stated too."""
    used = {use.said for use in candidate.weaver.uses}
    stated = {use.kind for use in candidate.weaver.uses}
    for said in reading.said:
        if said.measure is not None or said.index in used or said.left_out:
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
                both = sorted((item.start, item.end) for item in (reading.said[other.said], said))
                return Doubt(text, registry.kinds[kind].label, kind, about=About(tuple(both)))
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
                    return Doubt(text, gives.kind.label, gives.kind.name, unit_shown(gives.kind))
            if not registry.kinds[kind].subject and not any(u.kind == kind for u in candidate.weaver.uses):
                text = f"I do not see what {said.text!r} is for. If it does not matter, please leave it out."
                return Doubt(text, registry.kinds[kind].label, kind, about=About(((said.start, said.end),)))
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


def _unsupported(candidate: Candidate, reading: Reading, registry: Registry) -> Doubt | None:
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
        measure = reading.said[use.said].measure
        share = measure is not None and measure.unit is not None and measure.unit.text == "percent"
        said_of = _SAID_OF.match(
            reading.text, reading.said[use.said].end
        )  # "10 % slips through": of what, says no word
        share = share and said_of is not None and said_of[1] in reading.words
        if not share and not rivals and not better and not candidate.unused and required:
            continue
        if not share and not rivals and not candidate.unused and use.expert in {name for name, _ in reading.methods}:
            continue  # the method is named, and this is the one value of its kind
        said = reading.said[use.said].text
        text = f"Is {said!r} the {kind.label}? Please name it (for example “{kind.label} {said}”)."
        return _of_kind(text, kind, reading.said[use.said], asked=True)
    return None


def _exchangeable(candidate: Candidate, reading: Reading, registry: Registry) -> Doubt | None:
    """Two values of one step that could as well be taken for each other: no word says which is which."""
    by_step: dict[int, list[Use]] = {}
    for use in candidate.weaver.uses:
        port = registry.experts[use.expert].card.input(use.port)
        if not port.at and not port.slot and reading.said[use.said].measure is not None:
            by_step.setdefault(use.step, []).append(use)
    for uses in by_step.values():
        for one, other in combinations(uses, 2):
            left, right = reading.said[one.said], reading.said[other.said]
            if one.kind == other.kind or left is right or _agree(left, right):
                continue
            crossed = left.kinds.get(other.kind, 99.0) + right.kinds.get(one.kind, 99.0)
            if crossed <= left.kinds.get(one.kind, 99.0) + right.kinds.get(other.kind, 99.0) + 1e-6:
                kind = registry.kinds[one.kind]
                text = f"Which is the {kind.label}: {left.text!r} or {right.text!r}? Please name both."
                return Doubt(text, kind.label, kind.name, unit_shown(kind))
    return None


def _one_for_each(candidate: Candidate, reading: Reading) -> Doubt | None:
    """Two values of one kind, one for each of two asked values: no word that is followed says which is for which."""
    rests = rests_on_values(candidate.weaver.steps)
    alike: dict[tuple[str, int | None, int | None], dict[int, Said]] = {}
    for use in candidate.weaver.uses:
        said = reading.said[use.said]
        if said.measure is not None:
            told = said.index not in reading.arranged  # where no word says the place, it tells nothing apart
            place = (use.state, said.subject) if told else (None, None)
            alike.setdefault((use.kind, *place), {})[said.start] = said
    for places in alike.values():
        for one, other in combinations(places.values(), 2):
            if _agree(one, other) or any({one.start, other.start} <= found for found in rests.values()):
                continue
            text = (
                f"What is asked with {one.text!r}, and what with {other.text!r}? "
                "I cannot tell which belongs to which; please ask for one at a time."
            )
            return Doubt(text, f"{one.text} and {other.text}")
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
