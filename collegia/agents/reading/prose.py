"""Words of prose that change a question and that nothing here can follow: factors, conditions, references, counts.

They are classes of plain English and no list of cases: each is asked about wherever no name of the vocabulary holds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from collegia.agents.reading.changed import changed
from collegia.agents.reading.lexicon import Hit, Lexicon
from collegia.agents.reading.tokens import Token
from collegia.agents.reading.types import Said, Subject
from collegia.agents.reading.words import (
    AFTER_ONLY,
    ASKING,
    BREAKS,
    CHANGES,
    COMPARED,
    CONDITIONAL,
    FACTORS,
    FRACTIONS,
    NUMBER_WORDS,
    PREPOSITIONS,
    REFERRING,
    STOP,
    TELLING,
    TURNED,
)
from collegia.tools.units import same_dimension

__all__ = ["unheeded", "ways"]

_ON_THE_WAY = frozenset(
    {"to", "and", "then", ",", "->", "→", "=>", "down", "up", "finally", "back", "further", "on", ";"}
)
_LEADING = frozenset({"to", "then", "->", "→", "=>"})
_HEEDED = frozenset({"name", "word", "method", "ambiguous", "side", "start", "end", "implies"})
_FOLD = re.compile(r"(?:\w{3,}|\d+)-?fold$")


def unheeded(
    tokens: Sequence[Token],
    said: Sequence[Said],
    hits: Sequence[Hit],
    subjects: Sequence[Subject],
    text: str,
    lexicon: Lexicon,
) -> tuple[str, ...]:
    """The phrases that no reading takes into account, in the order of the text."""
    known = {i for hit in hits if _is_heeded(hit) for i in range(hit.first, hit.last + 1)}
    known |= {i for item in said for i in range(item.first, item.last + 1)}
    inside = {i: item for item in said for i in range(item.first, item.last + 1)}
    found = [
        *_numbers(tokens, said, hits),
        *_factors(tokens, known, text),
        *_references(tokens, known),
        *_shares(tokens, inside),
        *_counted_from(tokens, inside, hits, lexicon),
        *_turned(tokens, inside, hits, text),
        *_unread_names(tokens, known, subjects, text),
        *changed(tokens, said, known, hits, text, lexicon),
    ]
    return tuple(dict.fromkeys(phrase for _, phrase in sorted(found)))


def ways(tokens: Sequence[Token], said: Sequence[Said]) -> tuple[tuple[int, ...], ...]:
    """Runs of three or more values of one dimension that lead from one to the next."""
    found: list[list[Said]] = []
    led: list[bool] = []
    for left, right in pairwise(item for item in said if item.measure is not None):
        gap = [token.key for token in tokens[left.last + 1 : right.first]]
        on = set(gap) <= _ON_THE_WAY and bool(gap) and same_dimension(_unit(left), _unit(right))
        leads = bool(set(gap) & _LEADING) or (right.measure is not None and right.measure.pair == "end")
        if not on:
            continue
        if found and found[-1][-1] is left:
            found[-1].append(right)
            led[-1] = led[-1] or leads
        else:
            before = tokens[left.first - 1].key if left.first else ""
            found.append([left, right])
            led.append(leads or before == "from")
    return tuple(tuple(item.index for item in way) for way, to in zip(found, led, strict=True) if to and len(way) > 2)


def _unit(item: Said) -> str:
    return item.measure.unit.text if item.measure is not None and item.measure.unit is not None else ""


def _phrase(tokens: Sequence[Token], first: int, last: int, text: str) -> str:
    """The words as they stand in the text; a mark at the end is none."""
    end = tokens[min(last, len(tokens) - 1)]
    if last > first and not (end.is_word or end.text[0].isdigit() or end.text == "§"):
        end = tokens[first]
    return " ".join(text[tokens[first].start : end.end].split())


def _is_heeded(hit: Hit) -> bool:
    return any(entry.role in _HEEDED for entry in hit.entries)


def _numbers(tokens: Sequence[Token], said: Sequence[Said], hits: Sequence[Hit]) -> Iterator[tuple[int, str]]:
    """ "two 10 kW pumps", "5 elbows", "5 atü": counts and units that nothing here understands."""
    known = {index for hit in hits for index in range(hit.first, hit.last + 1)}
    inside = {index for item in said for index in range(item.first, item.last + 1)}
    bare = {item.first: item for item in said if item.measure is not None and item.measure.unit is None}
    for index, token in enumerate(tokens[:-1]):
        following = tokens[index + 1]
        if token.text.lower() in NUMBER_WORDS and NUMBER_WORDS[token.text.lower()] > 1 and index not in known | inside:
            yield index, f"{token.text} {following.text}"
        item = bare.get(index)
        counted = following.key == "of" and tokens[min(index + 2, len(tokens) - 1)].key in ("them", "these", "those")
        if item is not None and counted:
            yield index, f"{token.text} of {tokens[index + 2].text}"
        if item is None or item.last != index or item.named or index in known or index + 1 in known | inside:
            continue
        before = tokens[index - 1] if index else None
        alone = before is not None and before.key in ("at", "of", "from", "by") and not item.kinds
        alone = alone and (following.start > token.end or following.text in (",", ";", "?", "."))
        labelled = before is not None and (before.text.isupper() or before.text in ("(", "-", "/", "#", "[", "^"))
        glued = following.start == token.end and following.is_word
        unknown = following.is_word and following.text.lower() not in STOP and not following.text.isupper()
        small = item.measure is not None and item.measure.value < 1900
        if not labelled and small and (unknown or glued or alone):
            yield index, f"{token.text} {following.text}" if following.is_word else token.text


def _factors(tokens: Sequence[Token], known: set[int], text: str) -> Iterator[tuple[int, str]]:
    """ "twice that", "two thirds", "half full", "a dozen", "in series": a value is not what its number says."""
    for index, token in enumerate(tokens):
        if index in known:
            continue
        before = tokens[index - 1].key if index else ""
        after = tokens[index + 1].key if index + 1 < len(tokens) else ""
        part = token.key in FRACTIONS and (before in ("a", "one") or before in NUMBER_WORDS or after == "of")
        if {token.key, token.text.lower()} & FACTORS or part or _FOLD.match(token.text.lower()):
            yield index, _phrase(tokens, index, index + 1, text)
        if before == "in" and token.text.lower() in ("series", "parallel", "tandem"):
            yield index, f"in {token.text}"


def _references(tokens: Sequence[Token], known: set[int]) -> Iterator[tuple[int, str]]:
    """ "as before", "the latter", "unless it boils", "whichever is larger": what holds is said by something else."""
    keys = [token.text.lower() for token in tokens]
    for index, key in enumerate(keys):
        if index in known:
            continue
        if key in REFERRING and keys[index - 1 : index] == ["the"]:
            yield index, f"the {tokens[index].text}"
        if key == "as" and keys[index + 1 : index + 2] in (["before"], ["above"], ["previously"]):
            yield index, f"as {tokens[index + 1].text}"
        if key == "only" and set(keys[index + 1 : index + 2]) & AFTER_ONLY:
            yield index, f"only {tokens[index + 1].text}"
        if key == "same" and "as" in keys[index + 1 : index + 4]:
            yield index, "the same as"
        if key in CONDITIONAL and keys[index - 1 : index] not in (["nothing"], ["anything"], ["or"]):
            yield index, tokens[index].text


def _shares(tokens: Sequence[Token], inside: dict[int, Said]) -> Iterator[tuple[int, str]]:
    """ "20 % more", "reduced by 10 %", "80 % of 60 kg/s": a share that changes another value."""
    for item in dict.fromkeys(id(one) for one in inside.values()):
        share = next(one for one in inside.values() if id(one) == item)
        if share.measure is None or share.measure.unit is None or share.measure.unit.text != "percent":
            continue
        after = [token.key for token in tokens[share.last + 1 : share.last + 3]]
        before = [token.text.lower() for token in tokens[max(0, share.first - 4) : share.first]]
        changed = before[-1:] == ["by"] and any(key.startswith(CHANGES) for key in before[:-1])
        led = before[-2:-1] and (before[-2].endswith("ed") or before[-2].startswith(CHANGES) or before[-2] in COMPARED)
        cut = before[-1:] == ["to"] and bool(led) and not share.named and before[:1] != ["from"]
        part = after[:1] == ["of"] and (other := inside.get(share.last + 2)) is not None and other.measure is not None
        if (after[:1] and after[0] in COMPARED) or changed or part or cut:
            words = tokens[share.last + 1].text if share.last + 1 < len(tokens) else ""
            yield share.first, f"{before[-1]} {share.text}" if changed or cut else f"{share.text} {words}"


def _counted_from(
    tokens: Sequence[Token], inside: dict[int, Said], hits: Sequence[Hit], lexicon: Lexicon
) -> Iterator[tuple[int, str]]:
    """ "5 K above its frim": a value that is counted from another one, which is not stated."""
    for hit in hits:
        kinds = [lexicon.registry.kinds[entry.subject] for entry in hit.of("name")]
        lead = [token.key for token in tokens[max(0, hit.first - 2) : hit.first]]
        if len(lead) < 2 or lead[0] not in COMPARED or lead[1] not in ("the", "its", "their"):
            continue
        item = inside.get(hit.first - 3)
        if item is None or item.measure is None or item.measure.unit is None or item.measure.unit.reference:
            continue
        same = [kind for kind in kinds if kind.unit and same_dimension(kind.unit, item.measure.unit.text)]
        if any(kind.scale == "point" for kind in same):
            yield item.first, f"{item.text} {lead[0]} {lead[1]} {tokens[hit.first].text}"


def _turned(
    tokens: Sequence[Token], inside: dict[int, Said], hits: Sequence[Hit], text: str
) -> Iterator[tuple[int, str]]:
    """ "not 5 bar", "instead of water", "without the NRTL model": a value or a method that is said not to hold."""
    methods = {hit.first for hit in hits if hit.of("method")}
    for index, token in enumerate(tokens):
        following = [t.key for t in tokens[index + 1 : index + 2]]
        two = token.key in ("rather", "other") and following == ["than"]
        if not two and token.text.lower() not in TURNED:
            continue
        for place in range(index + 1, min(len(tokens), index + 5)):
            if tokens[place].text in BREAKS or tokens[place].text in (",", ")") or tokens[place].key in ("but", "and"):
                break
            if tokens[place].key in ("than", "exceed", "exceeding", "only") and not two:
                break
            if place in inside or place in methods:
                yield index, _phrase(tokens, index, inside[place].last if place in inside else place, text)
                break


def _unread_names(
    tokens: Sequence[Token], known: set[int], subjects: Sequence[Subject], text: str
) -> Iterator[tuple[int, str]]:
    """ "of water and blorptane": a name beside one that is known, which nothing here knows."""
    places = {place for subject in subjects if subject.kind for place in subject.places}
    for index, token in enumerate(tokens):
        if token.key not in ("and", "&") or not index or index + 1 >= len(tokens):
            continue
        right = index + 1
        while right < len(tokens) - 1 and tokens[right].key in ("of", "the", "a", "an", "for", "in"):
            right += 1
        if _near(index - 1, places, known) and _is_name(right, tokens, known):
            word = text[tokens[right].start :].split(maxsplit=1)[0].rstrip(".,;:?!)")
            ended = text[tokens[right].start + len(word) :].lstrip()[:1]
            rest = text[tokens[right].start + len(word) :].split()
            if ended in ("", "?", ".", ",", ";") or (rest and rest[0].lower() in PREPOSITIONS):
                yield right, f"and {word}"
        opening = tokens[index - 2].key in ("of", "for", "in", "the", ",") if index > 1 else True
        if right in places and opening and index - 1 not in known and _is_name(index - 1, tokens, known):
            yield index - 1, f"{tokens[index - 1].text} and"


def _near(index: int, places: set[int], known: set[int]) -> bool:
    """Whether a known name of a thing ends here."""
    while index in known:
        if index in places:
            return True
        index -= 1
    return False


def _is_name(index: int, tokens: Sequence[Token], known: set[int]) -> bool:
    token = tokens[index]
    if index in known or not token.is_word or token.text.lower() in STOP | ASKING | PREPOSITIONS | TELLING:
        return False
    glued = index + 1 < len(tokens) and tokens[index + 1].start == token.end and tokens[index + 1].text[0].isdigit()
    return glued or len(token.text) > 3
