"""Doubts about what a plan leaves out: things, words, acts, ways and sides that the question names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from collegia.agents.plan import Missing, Proposal
from collegia.agents.planner.replies import About
from collegia.agents.planner.weave import parts
from collegia.agents.reading.types import Reading, Said
from collegia.tools.registry import Registry

if TYPE_CHECKING:
    from collegia.agents.planner.planning import Candidate

__all__ = ["Doubt", "sides_open", "things_left", "way_in_part", "ways_left", "words_left"]

_AND_TO = re.compile(r"\b(?:and|then)\s+(?:then\s+)?to\s+$", re.IGNORECASE)
_AND = re.compile(r"\b(?:and|then)\s+$", re.IGNORECASE)
_IT = re.compile(r"\s+(?:it|them)\b")
_EACH_AFTER = re.compile(r"\s*each\b")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question back: what it asks, the name and kind of what is in doubt, and what it is about."""

    text: str
    name: str
    kind: str = ""
    unit: str = ""
    about: About | None = None

    @property
    def proposal(self) -> Proposal:
        """The question back as a proposal."""
        missing = Missing(name=self.name, kind=self.kind, unit=self.unit, question=self.text)
        return Proposal(status="clarify", missing=(missing,), message=self.text)


def things_left(candidate: Candidate, reading: Reading) -> Doubt | None:
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
        spans = {(item.start, item.end) for item in reading.said if item.first in subject.places and not item.measure}
        return Doubt(text, subject.label, about=About((min(spans),)) if len(spans) == 1 else None)
    return None


def words_left(candidate: Candidate, reading: Reading, registry: Registry) -> Doubt | None:
    """Words that change a question, and that no step takes into account: a count, a shape, a unit nobody knows."""
    used = {use.said for use in candidate.weaver.uses}
    consumed = {port.kind.name for expert in registry.experts.values() for port in expert.card.inputs}
    asked = {ask.text for ask in reading.asks}  # a word that names what is asked has been heeded
    loose = [
        said.text
        for said in reading.said
        if said.measure is None
        and not said.left_out
        and said.index not in used
        and not said.kinds.keys() & consumed
        and said.text not in asked
    ]
    once = [use.said for use in candidate.weaver.uses]
    each = [said for said in reading.said if said.each and _EACH_AFTER.match(reading.text, said.end)]
    loose += [f"{said.text} each" for said in each if once.count(said.index) == 1]
    loose += _acts_left(candidate, reading, registry)
    loose += [said.text for said in reading.said if not said.kinds and not said.left_out and _has_unit(said)]
    text = next(iter((*loose, *reading.loose)), None)
    if text is None:
        return None
    spans = [(said.start, said.end) for said in reading.said if said.measure is None and said.text == text]
    about = About(phrase=text) if text in reading.loose else About((spans[0],)) if len(spans) == 1 else None
    words = f"I cannot take {text!r} into account. Please leave it out, or say it in other words."
    return Doubt(words, text, about=about)


def _has_unit(said: Said) -> bool:
    return said.measure is not None and said.measure.unit is not None and bool(said.measure.unit.text)


def _acts_left(candidate: Candidate, reading: Reading, registry: Registry) -> list[str]:
    """ "… and to frob it": a second thing is done, which no step of the plan does."""
    heeded = {(reading.said[use.said].start, reading.said[use.said].end) for use in candidate.weaver.uses}
    found = []
    for said in reading.said:
        if said.measure is not None or said.left_out or (said.start, said.end) in heeded:
            continue
        before = reading.text[: said.start]
        acts = _AND_TO.search(before) or (_AND.search(before) and _IT.match(reading.text, said.end))
        if acts and not any(registry.kinds[kind].subject for kind in said.kinds):
            found.append(said.text)
    return found


def way_in_part(candidate: Candidate, reading: Reading) -> Doubt | None:
    """A way of three or more points ("from 20 to 50, then to 80 °C"), of which the plan takes only a part."""
    uses = candidate.weaver.uses
    taken: dict[int, set[int]] = {}
    for use in uses:
        taken.setdefault(use.step, set()).add(use.said)
    for way in reading.ways:
        if any(reading.said[index].left_out for index in way):
            continue
        used = {use.said for use in uses} & set(way)
        if used and not any(set(way) <= found for found in taken.values()):
            text = " → ".join(reading.said[index].text for index in way)
            words = f"I can follow one change at a time: which part of {text} is meant? Please ask for each by itself."
            return Doubt(words, text)
    return None


def sides_open(candidate: Candidate, reading: Reading) -> Doubt | None:
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
            return Doubt(text, loose[0].label)
    return None


def ways_left(candidate: Candidate, reading: Reading) -> Doubt | None:
    """Two ways are named that give the same sort of value ("a zob and a frim"), and the plan goes only one of them."""
    gone = {step.expert for step in candidate.weaver.steps}
    ways = {place: {expert for expert, where in reading.methods if where == place} for _, place in reading.methods}
    named = [said for said in reading.said if said.measure is None and not said.left_out and said.first in ways]
    for followed in named:
        for other in named:
            alike = followed.value != other.value and followed.kinds.keys() & other.kinds.keys()
            if alike and ways[followed.first] & gone and not ways[other.first] & gone:
                spans = sorted((said.start, said.end) for said in (followed, other))
                text = f"Which one is meant: {followed.text!r} or {other.text!r}? Please ask for one at a time."
                return Doubt(text, other.text, about=About(tuple(spans)))
    return None
