"""What a question asks for, and in which units."""

from __future__ import annotations

import re
from collections.abc import Sequence

from collegia.agents.reading.lexicon import Hit, Lexicon
from collegia.agents.reading.tokens import Token
from collegia.agents.reading.types import Ask, Said, Subject
from collegia.agents.reading.words import ASKING, DISMISSING, PREPOSITIONS
from collegia.tools.quantities import unit_at
from collegia.tools.units import dimension, same_dimension

__all__ = ["find_asks"]

_HOW_MANY = re.compile(r"\bhow (?:many|much)\s+", re.IGNORECASE)
_UNIT_LEAD = re.compile(r"(?:\bin(?:to)?\b|\(|,|\bboth\b|\ball\b|\bas\b|\bin\b\s*:|[-=/])\s*(?:in\s+)?", re.IGNORECASE)
_TAIL_UNIT = re.compile(r"(?:\bin\b|\bboth\b|\banswers?\b(?: in)?|[.?!,;:(]|^)\s*(?:in\s+|both\s+(?:in\s+)?)?", re.IGNORECASE)
_THRESHOLD = 2.6


def find_asks(
    text: str,
    tokens: Sequence[Token],
    hits: Sequence[Hit],
    owner: dict[int, int],
    said: list[Said],
    subjects: list[Subject],
    lexicon: Lexicon,
) -> list[Ask]:
    """The asked values, in text order."""
    sentences = _sentences(tokens)
    found = _by_unit(text, tokens, hits, lexicon)
    counted = [(ask.start, ask.end) for ask in found]
    for hit in hits:
        if not hit.of("name") or hit.first in owner or tokens[hit.first].key in PREPOSITIONS or _inside(tokens[hit.first].start, counted):
            continue
        sentence = next(s for s in sentences if s[0] <= hit.first <= s[1])
        score = _score(hit, tokens, sentence, said)
        phrase = " ".join(token.text for token in tokens[hit.first : hit.last + 1])
        kinds = {entry.subject: 0.0 for entry in hit.of("name")}
        ask = Ask(phrase, tokens[hit.first].start, hit.first, kinds, score=score)
        found.append(ask)
        found.extend(_units(ask, text, tokens[hit.last].end, lexicon))
    chosen = [ask for ask in found if ask.score >= _THRESHOLD]
    if not chosen:
        best = max((ask.score for ask in found), default=0.0)
        chosen = [ask for ask in found if ask.score == best and best >= 0.9]
    chosen.sort(key=lambda ask: ask.start)
    _narrow(chosen, lexicon)
    _tail_units(chosen, text, said, lexicon)
    for ask in chosen:
        _place(ask, tokens, hits, subjects)
    return _distinct(_merge(chosen, tokens, lexicon))


def _inside(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _sentences(tokens: Sequence[Token]) -> list[tuple[int, int, bool]]:
    """Token ranges of the sentences, and whether each is a question."""
    found: list[tuple[int, int, bool]] = []
    first = 0
    for index, token in enumerate(tokens):
        if token.text in (".", "?", "!", ";"):
            found.append((first, index, token.text == "?"))
            first = index + 1
    if first < len(tokens):
        found.append((first, len(tokens) - 1, False))
    return found


def _score(hit: Hit, tokens: Sequence[Token], sentence: tuple[int, int, bool], said: list[Said]) -> float:
    first, _, question = sentence
    before = tokens[first : hit.first]
    keys = [token.key for token in before]
    score = 3.0 if question else 0.0
    trigger = max((i for i, key in enumerate(keys) if key in ASKING), default=-1)
    dismiss = max((i for i, key in enumerate(keys) if key in DISMISSING), default=-1)
    measured = [item for item in said if item.measure is not None and first <= item.first < hit.first]
    if trigger >= 0:
        between = [item for item in measured if item.first >= first + trigger]
        score += 4.0 if not between else 1.5
    elif not measured and not question:
        score += 2.0 - 0.2 * len(keys)
    if dismiss > trigger and not [item for item in measured if item.first > first + dismiss]:
        score -= 6.0
    lead = next((key for key in reversed(keys) if key not in ("the", "a", "an", "its", "their", "this", "that")), "")
    if trigger >= 0 and lead in ("then", "and", "also", "plus", "finally"):
        score += 1.5
    if hit.first == first and hit.last == first and tokens[first].key in ASKING and tokens[first + 1].key != "out":
        score += 4.0
    if lead in PREPOSITIONS:
        score -= 1.5 if lead == "of" else 3.0
    if hit.last + 1 < len(tokens) and tokens[hit.last + 1].text == ":" and not question:
        score -= 1.5
    if sum((token.text == "(") - (token.text == ")") for token in before) > 0:
        score -= 4.0
    return score


def _by_unit(text: str, tokens: Sequence[Token], hits: Sequence[Hit], lexicon: Lexicon) -> list[Ask]:
    """ "how many kg/h of steam", "how many minutes", "how much m2"."""
    found: list[Ask] = []
    for match in _HOW_MANY.finditer(text):
        unit, end = unit_at(text, match.end())
        if unit is None or not unit.text:
            continue
        place = next((i for i, token in enumerate(tokens) if token.start >= match.end()), len(tokens) - 1)
        last = next((i for i, token in enumerate(tokens) if token.start >= end), len(tokens))
        near = [h for h in hits if last <= h.first <= last + 5]
        named = {e.subject for h in near for e in h.entries if e.role in ("name", "hint")}
        if last + 1 < len(tokens) and tokens[last].key == "of":
            named |= lexicon.openings.get((tokens[last + 1].key,), set())
        kinds: dict[str, float] = {}
        for kind in lexicon.by_dimension[dimension(unit.text)]:
            if kind.scale == "difference" and kind.name not in named:
                continue
            if kind.name in named:
                kinds[kind.name] = 0.0
            elif kind.common:
                kinds[kind.name] = 0.6
            else:
                kinds[kind.name] = 1.6
        if kinds:
            label = text[match.end() : end].strip()
            said_too = [tokens[h.last].end for h in near if {e.subject for e in h.of("name")} & kinds.keys()]
            found.append(Ask(label, match.start(), place, kinds, unit.text, score=9.0, end=max([end, *said_too])))
    return found


def _units(ask: Ask, text: str, end: int, lexicon: Lexicon) -> list[Ask]:
    """Read the unit written right after an asked name, "(kW)" or "in kW"; a second one is a second ask."""
    tail = text[end : end + 60]
    lead = re.match(r"[\w\s'-]{0,28}?(?:\bin\b|\(|,)\s*(?:in\s+)?", tail)
    place = end + lead.end() if lead else end
    if lead is None or re.search(r"\d", lead.group()):
        return []
    unit, stop = unit_at(text, place)
    if unit is None or not _fits_any(unit.text, ask, lexicon):
        return []
    ask.unit = unit.text
    more = re.match(r"\s*(?:and|or|,|/|&)\s*(?:in\s+)?", text[stop:])
    if more:
        second, _ = unit_at(text, stop + more.end())
        if second is not None and same_dimension(second.text, unit.text) and second.text != unit.text:
            return [Ask(ask.text, ask.start + 1, ask.place, dict(ask.kinds), second.text, score=ask.score)]
    return []


def _fits_any(unit: str, ask: Ask, lexicon: Lexicon) -> bool:
    kinds = (lexicon.registry.kinds[name] for name in ask.kinds)
    return any(kind.unit is not None and same_dimension(unit, kind.unit) for kind in kinds)


def _narrow(asks: list[Ask], lexicon: Lexicon) -> None:
    """A unit asked for decides among kinds of one name; wider kinds let narrower ones answer."""
    for ask in asks:
        if ask.unit:
            fitting = {
                name: cost
                for name, cost in ask.kinds.items()
                if (unit := lexicon.registry.kinds[name].unit) is not None and same_dimension(unit, ask.unit)
            }
            ask.kinds = fitting or ask.kinds
        for name in list(ask.kinds):
            for below in lexicon.descendants(name):
                ask.kinds.setdefault(below, ask.kinds[name] + 0.8)


def _tail_units(asks: list[Ask], text: str, said: list[Said], lexicon: Lexicon) -> None:
    """ "Answer in bar.", "…, both kW?", "Pa please.": a unit that stands alone is for what was asked before it."""
    spans = [(item.start, item.end) for item in said]
    for match in _TAIL_UNIT.finditer(text):
        unit, end = unit_at(text, match.end())
        if unit is None or not unit.text or any(a <= match.end() < b for a, b in spans):
            continue
        following = text[end : end + 24].strip().lower()
        if not re.match(r"(?:$|[.?!,;)]|please|pls|and\b|or\b)", following):
            continue
        for ask in asks:
            if not ask.unit and ask.start < match.end() and _fits_any(unit.text, ask, lexicon):
                ask.unit = unit.text
                _narrow([ask], lexicon)


def _place(ask: Ask, tokens: Sequence[Token], hits: Sequence[Hit], subjects: list[Subject]) -> None:
    """The thing and the state that words beside the asked name speak of."""
    last = next((h.last for h in hits if h.first == ask.place), ask.place)
    keys: list[object] = []
    for subject in subjects:
        for place in subject.places:
            before = 0 < ask.place - place <= 3 and not _stops(tokens[place + 1 : ask.place])
            gap = tokens[last + 1 : place]
            after = 0 < place - last <= 5 and not _stops(gap) and bool(gap) and gap[0].key in ("of", "for", "in")
            if before or after:
                ask.subject = subject.index if ask.subject is None or before else ask.subject
                if subject.value is not None:
                    keys.append(subject.value)
    ask.keys = tuple(keys)  # type: ignore[arg-type]  # subjects' values are names
    for hit in hits:
        roles = {entry.role for entry in hit.entries} & {"start", "end"}
        if len(roles) != 1:
            continue
        before = 0 < ask.place - hit.last <= 2 and not _stops(tokens[hit.last + 1 : ask.place])
        gap = [t.key for t in tokens[last + 1 : hit.first]]
        after = 0 < hit.first - last <= 3 and not _stops(tokens[last + 1 : hit.first]) and "in" not in gap
        if before or after:
            ask.state = 0 if "start" in roles else 1


def _stops(gap: Sequence[Token]) -> bool:
    return any(token.text in (",", ".", "?", ";", ":", "(", ")") or token.key == "and" or token.text[0].isdigit() for token in gap)


def _merge(asks: list[Ask], tokens: Sequence[Token], lexicon: Lexicon) -> list[Ask]:
    """ "at what temperature does water boil" asks once: the narrower name says which temperature."""
    dropped: set[int] = set()
    for left in asks:
        for right in asks:
            if left is right or id(left) in dropped or id(right) in dropped:
                continue
            wide = [name for name, cost in left.kinds.items() if cost == 0.0]
            narrow = [name for name, cost in right.kinds.items() if cost == 0.0]
            first, last = sorted((left.place, right.place))
            apart = any(t.text in (",", ".", "?", ";", "&") or t.key in ("and", "or") for t in tokens[first:last])
            if not apart and _widens(wide, narrow, lexicon):
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


def _distinct(asks: list[Ask]) -> list[Ask]:
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
