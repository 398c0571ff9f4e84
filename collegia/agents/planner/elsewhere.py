"""Values that are stated at one place and asked at another, with a change between that no step follows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from collegia.agents.planner.search import Derivation
from collegia.agents.planner.weave import leaves, parts
from collegia.agents.reading.types import Reading

if TYPE_CHECKING:
    from collegia.agents.planner.planning import Candidate

__all__ = ["change_left"]

_CHANGE = re.compile(
    r"\b(?:(?:cool|warm|heat|thicken|thin|expand|shrink|swell|dry|drie|boil|freeze|melt|throttle|flashe|burn)s"
    r"(?:\s+(?:up|down|off|out))?|(?:is|are|was|were|been|being|gets?)\s+(?:then\s+|later\s+|first\s+)?"
    r"(?:cooled|warmed|heated|thickened|thinned|expanded|throttled|flashed|dried|boiled|let\s+down))\b"
    r"(?!\s+(?:from|to|by|between)\b)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:afterwards|thereafter|then|there|behind|beyond|after(?:\s+(?:it|that|this|the|a|an))|"
    r"at\s+(?:the|its)\s+\w+|in\s+the\s+\w+|at\s+(?:the\s+)?far\s+end)\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\b(?:after|behind|beyond|downstream\s+of)\s+(?:the|a|an|that|this|its)\s+[a-z]\w+", re.IGNORECASE
)


def change_left(candidate: Candidate, reading: Reading) -> str | None:
    """The words of a change between what is stated and what is asked, where no step goes from one state to another.

    "Zob at 90 °C cools on the way. What is its gleeb at the tap?" states the frim of another place, and so does
    "Zob at 90 °C. Its gleeb after the trap?".
    """
    change = _CHANGE.search(reading.text)
    for target, derivation in zip(candidate.targets, candidate.chosen, strict=True):
        told = _one_place(derivation, reading)
        if not told or told == {target.ask.state or 0}:
            continue
        before, after = _sentence(target.ask.start, target.ask.end, reading.text)
        if change is not None and target.ask.start >= change.end() and _PLACE.search(reading.text, before, after):
            return " ".join(change.group().split())
        behind = _BEHIND.search(reading.text, target.ask.end, after)
        if behind is not None and not any(said.measure and behind.end() <= said.start < after for said in reading.said):
            return " ".join(behind.group().split())
    return None


def _one_place(derivation: Derivation, reading: Reading) -> set[int | None]:
    """The one state of all measured values that a value rests on; empty where there are more, or none."""
    staged = any(part.rule is not None and part.rule.staged for part in parts([derivation]))
    told = {reading.said[index].state for index in leaves(derivation) if reading.said[index].measure is not None}
    return told if not staged and len(told) == 1 else set()


def _sentence(start: int, end: int, text: str) -> tuple[int, int]:
    """The span of the sentence that has a span."""
    marks = [i for i, mark in enumerate(text) if mark in "?!;" or (mark == "." and not text[i + 1 : i + 2].isdigit())]
    return max((i + 1 for i in marks if i < start), default=0), next((i for i in marks if i >= end), len(text))
