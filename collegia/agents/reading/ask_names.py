"""Asked names that share their words, are joined to each other, or ask for the same thing twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from collegia.agents.reading.lexicon import Hit, Lexicon
from collegia.agents.reading.tokens import Token
from collegia.agents.reading.types import Ask, Subject
from collegia.agents.reading.units_alone import LoneUnit
from collegia.tools.quantities import unit_at

__all__ = ["distinct", "goes_on", "joined", "merge", "of_several", "share_first_word", "share_last_words"]

_VERSUS = frozenset({"versus", "vs"})
_AND = frozenset({"and", ",", "&", "plus", "/"}) | _VERSUS
_JOINING = _AND | frozenset({"the", "its", "also", "in", "(", ")", "[", "]", "then", "a", "an"})
_GOING_ON = frozenset({"and", "&", "versus", "vs"})
_LITTLE = frozenset({"of", "in", "for", "a", "an", "the"})
_BY = frozenset({"by", "from", "after", "with", "using", "per"})


def joined(
    chosen: list[Ask], found: list[Ask], tokens: Sequence[Token], units: Sequence[LoneUnit], hits: Sequence[Hit]
) -> list[Ask]:
    """ "density and Z of ethylene": a name joined to an asked one is asked too."""
    methods = {i for hit in hits if hit.of("method") for i in range(hit.first, hit.last + 1)}
    methods |= {place - 1 for place in methods if tokens[place - 1].key in _BY}
    spoken = [token for index, token in enumerate(tokens) if index not in methods]  # "Z by Virial and density"
    kept = list(chosen)
    for ask, following in pairwise(found):
        if following in kept and ask not in kept and ask.score >= 0 and _linked(ask, following, spoken, units):
            kept.append(ask)
    for ask in found:
        if ask in kept or not kept:
            continue
        before = max((a for a in kept if a.start < ask.start), key=lambda a: a.start, default=None)
        if before is None or ask.score < 0:
            continue
        if _linked(before, ask, spoken, units) or tokens[ask.place - 1].key in _VERSUS:
            kept.append(ask)
    return kept


def _linked(left: Ask, right: Ask, tokens: Sequence[Token], units: Sequence[LoneUnit]) -> bool:
    """Whether only joining words and units stand between two names."""
    gap = [
        t for t in tokens if left.end <= t.start < right.start and not any(u.start <= t.start < u.end for u in units)
    ]
    if len(gap) > 1 and _is_unit(gap[0].text):
        gap = gap[1:]  # "power W, speed": a unit of one letter
    words = [t.key for t in gap]
    return bool(words) and set(words) <= _JOINING and any(w in _AND for w in words)


def _is_unit(text: str) -> bool:
    unit, end = unit_at(text, 0)
    return unit is not None and bool(unit.text) and end == len(text) and len(text) <= 3


def share_first_word(asks: list[Ask], tokens: Sequence[Token], lexicon: Lexicon) -> None:
    """ "critical pressure and temperature" asks for the critical temperature."""
    asks.sort(key=lambda ask: ask.start)
    for before, ask in pairwise(asks):
        if not any(lexicon.registry.kinds[name].common for name in ask.kinds):
            continue
        gap = [t.key for t in tokens if before.end <= t.start < ask.start]
        words = [t.key for t in tokens if before.start <= t.start < before.end]
        own = [t.key for t in tokens if ask.start <= t.start < ask.end]
        if not gap or not set(gap) <= {"and", "&", ",", "the"} or len(words) < 2:
            continue
        entries = lexicon.phrases.get((words[0], *own), [])
        kinds = {entry.subject: 0.0 for entry in entries if entry.role == "name"}
        if kinds:
            ask.kinds = kinds


def goes_on(asks: list[Ask], tokens: Sequence[Token], lexicon: Lexicon) -> list[Ask]:
    """ "galactic longitude and latitude", "size of a zob and of a frim": the second word takes a name's beginning."""
    found: list[Ask] = []
    starts = {ask.start for ask in asks}
    for ask in asks:
        own = [t for t in tokens if ask.start <= t.start < ask.end and t.text != "-"]
        after = [t for t in tokens if t.start >= ask.end][:5]
        if len(own) < 2 or not after or after[0].key not in _GOING_ON:
            continue
        place = next((i for i, t in enumerate(after) if i and t.key not in _LITTLE), len(after))
        for length in (2, 1):
            more = after[place : place + length]
            entries = lexicon.phrases.get(tuple(t.key for t in (*own[:-1], *more)), []) if len(more) == length else []
            kinds = {entry.subject: 0.0 for entry in entries if entry.role == "name"}
            if kinds and more[0].start not in starts and kinds.keys() != ask.kinds.keys():
                text = " ".join(t.text for t in (*own[:-1], *more))
                end = more[-1].end
                found.append(Ask(text, more[0].start, tokens.index(more[0]), kinds, score=ask.score, end=end))
                break
    return found


def share_last_words(asks: list[Ask], tokens: Sequence[Token], lexicon: Lexicon) -> list[Ask]:
    """ "vapour and liquid rates": the first word takes the end of the second name."""
    found: list[Ask] = []
    for ask in asks:
        if ask.by_unit or ask.place < 2 or tokens[ask.place - 1].key not in ("and", "&", "or"):
            continue
        own = [t.key for t in tokens if ask.start <= t.start < ask.end and t.text != "-"]
        for length in (1, 2):
            lead = [t.key for t in tokens[ask.place - 1 - length : ask.place - 1]]
            for cut in range(1, len(own)):
                entries = lexicon.phrases.get((*lead, *own[cut:]), [])
                kinds = {entry.subject: 0.0 for entry in entries if entry.role == "name"}
                taken = any(other.place >= ask.place - 1 - length and other.place < ask.place for other in asks)
                if kinds and len(lead) == length and not taken and not found:
                    text = (
                        " ".join(t.text for t in tokens[ask.place - 1 - length : ask.place - 1])
                        + ask.text[ask.text.find(" ") :]
                    )
                    first = tokens[ask.place - 1 - length]
                    found.append(Ask(text, first.start, ask.place - 1 - length, kinds, score=ask.score, end=first.end))
    return found


def merge(asks: list[Ask], tokens: Sequence[Token], lexicon: Lexicon) -> list[Ask]:
    """ "at what temperature does water boil" asks once: the narrower name says which temperature."""
    dropped: set[int] = set()
    ordered = sorted(asks, key=lambda ask: ask.start)
    pairs = [pair for left, right in pairwise(ordered) for pair in ((left, right), (right, left))]
    for left, right in pairs:
        if id(left) in dropped or id(right) in dropped:
            continue
        wide = [name for name, cost in left.kinds.items() if cost == 0.0]
        narrow = [name for name, cost in right.kinds.items() if cost == 0.0]
        first, last = sorted((left.place, right.place))
        apart = any(t.text in (".", "?", ";") or t.key in _AND | {"or"} for t in tokens[first:last])
        if not apart and not left.recalled and _widens(wide, narrow, lexicon):
            right.unit = right.unit or left.unit
            dropped.add(id(left))
    return [ask for ask in asks if id(ask) not in dropped]


def _widens(wide: list[str], narrow: list[str], lexicon: Lexicon) -> bool:
    """Whether the first kinds are a common one of the same dimension as the second, narrower ones."""
    kinds = lexicon.registry.kinds
    if not any(kinds[name].common for name in wide) or any(kinds[name].common for name in narrow):
        return False
    units = {kinds[name].unit for name in wide}
    return bool(narrow) and all(kinds[name].unit in units for name in narrow)


def distinct(asks: list[Ask]) -> list[Ask]:
    """The same thing asked twice in other words is asked once, in the unit that was named."""
    kept: list[Ask] = []
    for ask in asks:
        twin = next(
            (
                other
                for other in kept
                if other.kinds.keys() == ask.kinds.keys()
                and (other.subject, other.state, other.keys) == (ask.subject, ask.state, ask.keys)
                and (not other.unit or not ask.unit or other.unit == ask.unit)
            ),
            None,
        )
        if twin is None:
            kept.append(ask)
        elif not twin.unit:
            twin.unit = ask.unit
    return kept


def of_several(ask: Ask, tokens: Sequence[Token], subjects: list[Subject]) -> list[Ask]:
    """ "the density of water and of oil" asks of each thing."""
    places = sorted((place, subject.index) for subject in subjects if subject.kind for place in subject.places)
    after = [(place, index) for place, index in places if place > ask.place]
    if ask.subject is None or not after or after[0][1] != ask.subject:
        return [ask]
    found = [ask]
    by_index = {subject.index: subject for subject in subjects}
    end = after[0][0] + len(by_index[after[0][1]].label.split()) - 1
    for place, index in after[1:]:
        gap = [token.key for token in tokens[end + 1 : place]]
        if not gap or not set(gap) <= {",", "and", "of", "the", "&", "for"} or index in {a.subject for a in found}:
            break
        value = by_index[index].value
        twin = replace(ask, start=ask.start + len(found), subject=index, kinds=dict(ask.kinds))
        twin.keys = (value,) if value is not None else ask.keys
        found.append(twin)
        end = place + len(by_index[index].label.split()) - 1
    if len(found) > 1:
        first = by_index[after[0][1]].value
        ask.keys = (first,) if first is not None else ask.keys
    return found
