"""Items of a list of asked things that were not understood: what is asked beside a known name must not be dropped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from collegia.agents.reading.lexicon import Hit
from collegia.agents.reading.tokens import Token
from collegia.agents.reading.types import Ask, Said
from collegia.agents.reading.units_alone import LoneUnit
from collegia.agents.reading.words import ASKING, BREAKS, DISMISSING, NUMBER_WORDS, PREPOSITIONS, STOP, TELLING
from collegia.tools.quantities import unit_at

__all__ = ["unasked"]

_SEPARATORS = frozenset({",", "/", "and", "or", "&", "plus"})
_CLOSE = frozenset({"/", "and", "or", "&", "plus"})
_OPENING = frozenset(
    {"the", "a", "an", "its", "their", "also", "then", "and", "both", "total", "-", "(", ")", "[", "]"}
)
_PLAIN = frozenset("-()'§")
_LONGEST = 4
"""An item of more words is prose."""
_MARKS = frozenset({"i", "ii", "iii", "iv", "v", "a", "b", "c", "d", "e", "1", "2", "3", "4", "5"})


@dataclass(frozen=True, slots=True)
class _Item:
    first: int
    last: int
    """The last token, the item's own; `first` above it where nothing stands between two separators."""
    lead: str
    """What separates it from the item before."""


def unasked(
    tokens: Sequence[Token],
    said: Sequence[Said],
    hits: Sequence[Hit],
    asks: Sequence[Ask],
    units: Sequence[LoneUnit],
    text: str,
) -> tuple[str, ...]:
    """The items, as they are written, of lists in which something else is asked."""
    marks = _Marks(tokens, said, hits, asks, units, text)
    found = [*_numbered(tokens, said, asks), *_listed(marks)]
    return tuple(dict.fromkeys(phrase for _, phrase in sorted(found)))


def _listed(marks: _Marks) -> Iterator[tuple[int, str]]:
    for run in _runs(marks):
        asked = [any(marks.asks(i) for i in range(item.first, item.last + 1)) for item in run]
        for place, own in enumerate(asked):
            if not own:
                continue
            for step in (1, -1):
                other = place + step
                while 0 <= other < len(run) and not asked[other]:
                    lead = run[max(other, other - step)].lead
                    far = asked[other + step :] if step > 0 else asked[:other]
                    verdict = marks.verdict(run[other])
                    if verdict == "stop" or (step < 0 and lead not in _CLOSE and True not in far):
                        break
                    if verdict == "item":
                        yield run[other].first, marks.phrase(run[other])
                    other += step


def _runs(marks: _Marks) -> Iterator[list[_Item]]:
    """The parts of each sentence, cut at the marks and words that join a list."""
    run: list[_Item] = []
    first, lead = 0, ""
    for index, token in enumerate([*marks.tokens, Token(".", ".", 0, 0)]):
        ends = token.text in BREAKS
        if not ends and (token.key not in _SEPARATORS or index in marks.inside):
            continue
        run.append(_Item(first, index - 1, lead))
        first, lead = index + 1, token.key
        if ends:
            yield run
            run, lead = [], ""


class _Marks:
    """What is known of each token."""

    def __init__(
        self,
        tokens: Sequence[Token],
        said: Sequence[Said],
        hits: Sequence[Hit],
        asks: Sequence[Ask],
        units: Sequence[LoneUnit],
        text: str,
    ) -> None:
        self.tokens = tokens
        self.text = text
        self.measured = {i for item in said if item.measure for i in range(item.first, item.last + 1)}
        self.spans = [(ask.start, ask.end) for ask in asks]
        self.units = {i for u in units for i, t in enumerate(tokens) if u.start <= t.start < u.end}
        self.inside = {i for item in said for i in range(item.first, item.last + 1)} | self.units
        self.known = {i for hit in hits for i in range(hit.first, hit.last + 1)} | self.inside
        asked = {kind for ask in asks for kind in ask.kinds}
        self.named = {
            i
            for hit in hits
            if any(entry.subject not in asked for entry in hit.of("name"))
            and not hit.of("word")
            and not hit.of("start")
            and not hit.of("end")
            for i in range(hit.first, hit.last + 1)
        }

    def asks(self, index: int) -> bool:
        """Whether a token is part of an asked name."""
        return any(start <= self.tokens[index].start < end for start, end in self.spans)

    def phrase(self, item: _Item) -> str:
        """An item as it is written, without what it is asked of."""
        words = self.tokens[item.first : item.last + 1]
        behind = next((n for n, token in enumerate(words) if n and token.key in PREPOSITIONS), len(words))
        return " ".join(token.text for token in words[:behind])

    def verdict(self, item: _Item) -> str:
        """What a part of a list is: an `item` not understood, nothing to mind (`pass`), or where the list ends."""
        places = [i for i in range(item.first, item.last + 1) if i not in self.units]
        texts = [self.tokens[i].text for i in places[:3]]
        if texts[:1] == ["("] and texts[2:] == [")"]:
            places = places[3:]  # "(b) the other one"
        while places and self.tokens[places[0]].key in _OPENING:
            places = places[1:]
        behind = next((n for n, i in enumerate(places) if n and self.tokens[i].key in PREPOSITIONS), len(places))
        stating = any(i in self.measured for i in places)
        places = places[:behind]  # "the colour of water at 20 °C"
        if any(i in self.measured or self.tokens[i].text[0].isdigit() for i in places):
            return "stop"
        words = [i for i in places if self.tokens[i].is_word]
        if any(not self.tokens[i].is_word and self.tokens[i].text not in _PLAIN for i in places):
            return "stop"
        if not words:
            return "pass"
        prose = STOP | ASKING | TELLING | PREPOSITIONS | DISMISSING | NUMBER_WORDS.keys()
        if unit_at(self.text, self.tokens[words[0]].start)[1] >= self.tokens[words[-1]].end:
            return "pass"
        if self.tokens[words[0]].text.lower() in prose or len(words) > _LONGEST:
            return "stop"
        if any(i in self.named for i in words):
            return "stop" if stating else "item"
        unknown = [i for i in words if i not in self.known and self.tokens[i].text.lower() not in prose]
        return "item" if unknown and len(unknown) == len(words) else "pass"


def _apart(index: int, tokens: Sequence[Token]) -> bool:
    """Whether a blank stands before: the "(a)" of "5 bar(a)" numbers nothing."""
    return index == 0 or tokens[index - 1].end < tokens[index].start


def _numbered(tokens: Sequence[Token], said: Sequence[Said], asks: Sequence[Ask]) -> Iterator[tuple[int, str]]:
    """ "(i) … (ii) …": each numbered part asks or states something."""
    marks = [
        index
        for index in range(1, len(tokens) - 1)
        if tokens[index - 1].text == "("
        and _apart(index - 1, tokens)
        and tokens[index + 1].text == ")"
        and tokens[index].text.lower() in _MARKS
    ]
    ends = [*marks[1:], len(tokens)]
    if len(marks) < 2:
        return
    for mark, end in zip(marks, ends, strict=True):
        stop = tokens[end - 1].end
        asked = any(tokens[mark].end <= ask.start < stop for ask in asks)
        stated = any(mark < item.first < end for item in said)
        if not asked and not stated:
            text = " ".join(token.text for token in tokens[mark + 2 : min(end, mark + 7)] if token.text != "(")
            yield mark, text
