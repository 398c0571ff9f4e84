"""Words beside a value by which it is not what its number says: a sign, a rest, a part, a place it is measured over.

They are classes of plain English; a domain adds its own as words of a kind that no expert takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from collegia.agents.reading.lexicon import Hit, Lexicon
from collegia.agents.reading.tokens import Token
from collegia.agents.reading.types import Said
from collegia.agents.reading.words import (
    ASKING,
    BREAKS,
    COMPARED,
    CORRECTING,
    DIVIDING,
    LATELY,
    NUMBER_WORDS,
    PREPOSITIONS,
    REST,
    SPANNING,
    STOP,
    TELLING,
)
from collegia.tools.units import same_dimension

__all__ = ["changed"]

_SIGNS = frozenset({"minus", "negative"})
_BELOW = frozenset({"below", "under", "beneath"})
_ZERO = frozenset({"zero", "freezing"})
_EVEN = ("one", "-", "to", "-", "one")
_OBJECTS = frozenset({"it", "them"})
_UNDONE = re.compile(r"un(?!i|der|less|til|changed|limited|affected)\w{3,}ed$")
_NEAR = 9
"""How many words away, in the same clause, a word of a rest still speaks of a share."""


def changed(
    tokens: Sequence[Token], said: Sequence[Said], known: set[int], hits: Sequence[Hit], text: str, lexicon: Lexicon
) -> Iterator[tuple[int, str]]:
    """The phrases that change a value, each with its place."""
    inside = {i: item for item in said if item.measure is not None for i in range(item.first, item.last + 1)}
    yield from _signs(tokens, inside, known)
    yield from _rests(tokens, inside, known, text)
    yield from _parts(tokens, known, text)
    yield from _once(tokens, known, text)
    yield from _then_too(tokens, known, inside, text)
    yield from _over(tokens, inside, hits, lexicon, text)
    yield from _than(tokens, inside, text)


def _span(tokens: Sequence[Token], first: int, last: int, text: str) -> str:
    return " ".join(text[tokens[first].start : tokens[min(last, len(tokens) - 1)].end].split())


def _signs(tokens: Sequence[Token], inside: dict[int, Said], known: set[int]) -> Iterator[tuple[int, str]]:
    """ "minus 5 K", "negative 3 bar", "20 K below zero", "sub-zero"."""
    for index, token in enumerate(tokens):
        low = token.text.lower()
        following = tokens[index + 1].text.lower() if index + 1 < len(tokens) else ""
        if index not in known and low in _SIGNS and (index + 1 in inside or following in NUMBER_WORDS):
            yield index, f"{token.text} {tokens[index + 1].text}"
        elif low in _BELOW and following in _ZERO:
            yield index, f"{token.text} {following}"
        elif low == "subzero" or (low == "sub" and "zero" in [t.text.lower() for t in tokens[index + 1 : index + 3]]):
            yield index, token.text


def _rests(tokens: Sequence[Token], inside: dict[int, Said], known: set[int], text: str) -> Iterator[tuple[int, str]]:
    """ "10 % is left over", "5 % remains", "all but 0.1": a share of what is not meant."""
    shares = {index: item for index, item in inside.items() if _is_share(item)}
    for index, token in enumerate(tokens):
        low = token.text.lower()
        after = [t.text.lower() for t in tokens[index + 1 : index + 3]]
        excepted = (low == "all" and after[:1] == ["but"]) or (low == "apart" and after[:1] == ["from"])
        if excepted and index + 2 in inside:
            yield index, _span(tokens, index, inside[index + 2].last, text)
        if index in known or not (low in REST or _UNDONE.match(low)):
            continue
        near = next(
            (place for place in sorted(shares, key=lambda p: abs(p - index)) if _near(place, index, tokens)), None
        )
        if near is not None:
            yield index, token.text


def _is_share(item: Said) -> bool:
    if item.measure is None:
        return False
    if item.measure.unit is None:
        return 0 < item.measure.value < 1
    return item.measure.unit.text in ("percent", "ppm", "")


def _near(place: int, index: int, tokens: Sequence[Token]) -> bool:
    low, high = sorted((place, index))
    return high - low <= _NEAR and not any(t.text in BREAKS or t.text == "," for t in tokens[low + 1 : high])


def _parts(tokens: Sequence[Token], known: set[int], text: str) -> Iterator[tuple[int, str]]:
    """ "split equally", "shared by", "divided in": a part of a stated value is meant."""
    for index, token in enumerate(tokens):
        following = tokens[index + 1].key if index + 1 < len(tokens) else ""
        if index not in known and token.text.lower() in DIVIDING and following not in ("to", "into"):
            yield index, token.text
        if [t.text.lower() for t in tokens[index : index + 5]] in (list(_EVEN), ["1", ":", "1"]):
            yield index, _span(tokens, index, index + 4, text)
        if token.text.lower() == "equal" and index + 1 < len(tokens) and tokens[index + 1].key in ("part", "portion"):
            yield index, _span(tokens, index, index + 1, text)


def _once(tokens: Sequence[Token], known: set[int], text: str) -> Iterator[tuple[int, str]]:
    """ "formerly 3 bar", "it used to be 40 m", "sorry, I meant 5": what is said first does not hold."""
    for index, token in enumerate(tokens):
        if index in known:
            continue
        low = token.text.lower()
        after = tokens[index + 1].key if index + 1 < len(tokens) else ""
        if low in CORRECTING or low in LATELY:
            yield index, token.text
        elif (low == "used" and after == "to") or (low == "no" and after == "longer"):
            later = tokens[index + 2].key if index + 2 < len(tokens) else ""
            if low == "no" or later in ("be", "have"):
                yield index, _span(tokens, index, index + 1, text)


def _then_too(
    tokens: Sequence[Token], known: set[int], inside: dict[int, Said], text: str
) -> Iterator[tuple[int, str]]:
    """ "… from 20 to 50 °C and to frob it": a second thing is done, and nothing here knows which."""
    for index, token in enumerate(tokens):
        if token.key not in ("and", "&"):
            continue
        place = index + 1
        infinitive = False
        while place < len(tokens) and tokens[place].key in ("then", "also", "to"):
            infinitive = infinitive or tokens[place].key == "to"
            place += 1
        if place >= len(tokens) or place in known or place in inside or not _is_content(tokens[place]):
            continue
        acts = place + 1 < len(tokens) and tokens[place + 1].key in _OBJECTS
        if infinitive or acts:
            yield index, _span(tokens, index, place, text)


def _is_content(token: Token) -> bool:
    low = token.text.lower()
    return token.is_word and len(low) > 2 and low not in STOP | ASKING | PREPOSITIONS | TELLING


def _over(
    tokens: Sequence[Token], inside: dict[int, Said], hits: Sequence[Hit], lexicon: Lexicon, text: str
) -> Iterator[tuple[int, str]]:
    """ "214 mm over the glurp": measured over another thing, a value is not that thing's own."""
    for hit in hits:
        if hit.first < 3 or tokens[hit.first - 1].key not in ("the", "its", "their"):
            continue
        lead = tokens[hit.first - 2].text.lower()
        item = inside.get(hit.first - 3)
        if lead not in SPANNING or item is None or item.measure is None or item.measure.unit is None:
            continue
        kinds = [lexicon.registry.kinds[e.subject] for e in hit.entries if e.role in ("name", "hint")]
        if any(kind.name in item.kinds and item.kinds[kind.name] < 5.0 for kind in kinds):
            yield item.first, _span(tokens, item.first, hit.last, text)


def _alike(left: Said, right: Said) -> bool:
    """Whether two values are of one dimension, and not the same."""
    units = [item.measure.unit for item in (left, right) if item.measure is not None]
    texts = [unit.text for unit in units if unit is not None]
    return left is not right and len(texts) == 2 and same_dimension(texts[0], texts[1])


def _than(tokens: Sequence[Token], inside: dict[int, Said], text: str) -> Iterator[tuple[int, str]]:
    """ "5 K hotter than the other", "5 K above 60 °C": a value that is counted from another one."""
    for index, token in enumerate(tokens):
        left, right = inside.get(index - 1), inside.get(index + 1)
        if token.text.lower() in COMPARED | _BELOW and left is not None and right is not None and _alike(left, right):
            yield left.first, _span(tokens, left.first, right.last, text)
        if token.key != "than" or index < 2:
            continue
        item = inside.get(index - 2)
        if item is not None and item.last == index - 2 and tokens[index - 1].is_word:
            yield item.first, _span(tokens, item.first, index, text)
