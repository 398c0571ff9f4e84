"""Short forms written out in a question, with the places of every word in the question as it was asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from collegia.knowledge.memory.amounts import unit_of
from collegia.knowledge.memory.naming import word_keys
from collegia.knowledge.memory.records import Abbreviation, Amount, Claim, Conflict, Fact
from collegia.knowledge.memory.sentences import parse
from collegia.knowledge.names import abbreviations
from collegia.knowledge.text import sentences
from collegia.tools.quantities import find_quantities

__all__ = ["Expanded", "Taken", "expand", "occurs", "short_key"]

_UNIT_STANDS = re.compile(r"(?:\b(?:in|into|to|as|many|much)\s+|[(\[/·*]\s*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Taken:
    """A short form that was written out.

    Attributes:
        start, end: its span in the question as it was asked.
        fact: what was remembered.
    """

    short: str
    long: str
    start: int
    end: int
    fact: Fact

    @property
    def assumption(self) -> str:
        """The assumption to show beside the answer."""
        return f"{self.short} was taken for {self.long}, as you said on {self.fact.day}"


@dataclass(frozen=True, slots=True)
class Expanded:
    """A question with its short forms written out.

    Attributes:
        question: as it was asked.
        text: with the short forms written out.
        taken: what was written out, in order.
        conflicts: short forms that the question itself explains otherwise; they were left as they stand.
    """

    question: str
    text: str
    taken: tuple[Taken, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the question that a span of `text` was made from; a long form leads to its whole short form."""
        return self._place(start, last=False), self._place(end, last=True)

    def _place(self, place: int, *, last: bool) -> int:
        shift = 0
        for one in self.taken:
            first = one.start + shift
            after = first + len(one.long)
            if place < first or (place == first and last):
                break
            if place < after or (place == after and last):
                return one.end if last else one.start
            shift += len(one.long) - (one.end - one.start)
        return place - shift


def short_key(short: str) -> str:
    """What two spellings of a short form share: a plain word's case; capitals within are part of the form."""
    return short.casefold() if len(short) > 2 and short[1:] == short[1:].lower() else short


def occurs(short: str, text: str) -> bool:
    """Whether a short form stands in a text as a word of its own; "CW-101" is the name of something else."""
    return short.casefold() in text.casefold() and _pattern(short).search(text) is not None


def expand(question: str, facts: Iterable[Fact]) -> Expanded:
    """Write out the short forms of a question once; what is written out is not looked at again.

    What the question explains itself goes before what was remembered. A short form that is a unit as well is left
    where a unit may stand: the MW of "5 MW" is no molecular weight.
    """
    known = [(fact, fact.content) for fact in facts if isinstance(fact.content, Abbreviation)]
    standing = [(fact, said) for fact, said in known if fact.replaced_by is None and occurs(said.short, question)]
    if not standing:
        return Expanded(question, question)
    now = dict(_explained(question, [said.short for _, said in standing]))
    taken: list[Taken] = []
    conflicts: list[Conflict] = []
    for fact, said in standing:
        mine = now.get(short_key(said.short))
        if mine is not None and word_keys(mine) != word_keys(said.long):
            conflicts.append(_otherwise(fact, said, mine))
            continue
        taken.extend(Taken(said.short, said.long, *span, fact) for span in _places(said, question))
    # the longest at each place: "CW return" before "CW"
    taken.sort(key=lambda one: (one.start, -(one.end - one.start)))
    text, end, written = [], 0, []
    for one in taken:
        if one.start >= end:
            text += [question[end : one.start], one.long]
            end = one.end
            written.append(one)
    return Expanded(question, "".join((*text, question[end:])), tuple(written), tuple(conflicts))


def _pattern(short: str) -> re.Pattern[str]:
    case = re.IGNORECASE if short_key(short) == short.casefold() and short.islower() else re.NOFLAG
    return re.compile(rf"(?<![\w-]){re.escape(short)}(?!\w|-\d|-[A-Z])", case)


def _places(said: Abbreviation, question: str) -> Iterator[tuple[int, int]]:
    """Where a short form is to be written out: not where it is explained, and not where it is a unit."""
    unit = unit_of(said.short) is not None
    measured = [(one.start, one.end) for one in find_quantities(question) if one.unit is not None]
    long = rf"\s*\(\s*{re.escape(said.long)}\s*\)"
    whole = [found.span() for found in re.finditer(rf"\b{re.escape(said.long)}\b", question, re.IGNORECASE)]
    for found in _pattern(said.short).finditer(question):
        start, end = found.span()
        if any(first < end and start < last for first, last in (*measured, *whole)):
            continue
        if unit and _UNIT_STANDS.search(question[:start]):
            continue
        explained = question[:start].rstrip().endswith("(") and question[end:].lstrip().startswith(")")
        if explained or re.match(long, question[end:], re.IGNORECASE):
            continue
        yield start, end


def _explained(question: str, shorts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Short forms that a question explains, by their keys: "chilled water (CW)", "CW (chilled water)", "CW means …"."""
    for long, short in abbreviations(question):
        yield short_key(short.text), long.text
    for written in shorts:
        found = re.search(rf"{_pattern(written).pattern}\s*\(\s*([A-Za-z][A-Za-z -]+[a-z])\s*\)", question)
        if found is not None and found.group(1) != written:
            yield short_key(written), found.group(1)
    for span in sentences(question):
        parsed = parse(span.of(question))
        if isinstance(parsed, Abbreviation):
            yield short_key(parsed.short), parsed.long


def _otherwise(fact: Fact, said: Abbreviation, now: str) -> Conflict:
    why = f"{said.short} is {now} in this question, and {said.long} as you said on {fact.day}; the question goes before"
    return Conflict(Claim("user", said.short, Amount(now)), fact.claim(), why)
