"""What a question asks for, and in which units."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from collegia.agents.reading.ask_names import (
    distinct,
    goes_on,
    joined,
    merge,
    of_several,
    share_first_word,
    share_last_words,
)
from collegia.agents.reading.ask_units import counted, in_units, narrow, unclaimed, weigh_units
from collegia.agents.reading.both import named_before
from collegia.agents.reading.lexicon import Hit, Lexicon
from collegia.agents.reading.tokens import Token
from collegia.agents.reading.types import Ask, Said, Subject
from collegia.agents.reading.units_alone import LoneUnit
from collegia.agents.reading.words import ASKING, CHANGES, DISMISSING, PREPOSITIONS

__all__ = ["find_asks"]

_THRESHOLD = 2.6


def find_asks(
    tokens: Sequence[Token],
    hits: Sequence[Hit],
    owner: dict[int, int],
    said: list[Said],
    subjects: list[Subject],
    units: Sequence[LoneUnit],
    lexicon: Lexicon,
) -> list[Ask]:
    """The asked values, in text order."""
    sentences = _sentences(tokens)
    claimed: set[int] = set()
    found = counted(units, tokens, hits, lexicon, claimed)
    spans = [(ask.start, ask.end) for ask in found]
    methods = frozenset(hit.first for hit in hits if hit.of("method"))
    for hit in hits:
        if not hit.of("name") or hit.first in owner or tokens[hit.first].key in PREPOSITIONS:
            continue
        if _inside(tokens[hit.first].start, spans) or _is_prose(hit, tokens, hits):
            continue
        sentence = next(s for s in sentences if s[0] <= hit.first <= s[1])
        score = _score(hit, tokens, sentence, said, units, methods)
        phrase = _spelled(tokens[hit.first : hit.last + 1])
        kinds = {entry.subject: 0.0 for entry in hit.of("name")}
        ask = Ask(phrase, tokens[hit.first].start, hit.first, kinds, score=score, end=tokens[hit.last].end)
        found.append(ask)
    found.sort(key=lambda ask: ask.start)
    found = weigh_units(_without_doers(found, tokens, methods), units, tokens, lexicon)
    chosen = [ask for ask in found if ask.score >= _THRESHOLD]
    if not chosen:
        best = max((ask.score for ask in found), default=0.0)
        chosen = [ask for ask in found if ask.score == best and best >= 0.4]
    both = named_before(found, tokens)
    for ask in both:
        ask.recalled = True
    chosen += [ask for ask in both if ask not in chosen]
    chosen = joined(chosen, found, tokens, units, hits)
    share_first_word(chosen, tokens, lexicon)
    chosen.extend(share_last_words(chosen, tokens, lexicon))
    chosen.extend(goes_on(chosen, tokens, lexicon))
    chosen = merge(chosen, tokens, lexicon)
    chosen.extend(in_units(chosen, units, claimed, tokens, lexicon))
    chosen.extend(unclaimed(units, claimed, tokens, hits, said, lexicon))
    chosen.sort(key=lambda ask: ask.start)
    for ask in chosen:
        _hinted(ask, tokens, hits, sentences, lexicon)
        narrow(ask, lexicon)
        _place(ask, tokens, hits, subjects)
    return distinct([each for ask in chosen for each in of_several(ask, tokens, subjects)])


def _spelled(tokens: Sequence[Token]) -> str:
    """Words with blanks where the text has some."""
    gaps = ["", *(" " if left.end < right.start else "" for left, right in pairwise(tokens))]
    return "".join(gap + token.text for gap, token in zip(gaps, tokens, strict=True))


def _is_prose(hit: Hit, tokens: Sequence[Token], hits: Sequence[Hit]) -> bool:
    """ "Estimate the zob", "zob vs frim": the word that asks or compares is no name, since a name follows it."""
    key = tokens[hit.first].key
    following = tokens[hit.last + 1] if hit.last + 1 < len(tokens) else None
    if hit.last > hit.first or following is None:
        return False
    names = [other.first - hit.last for other in hits if other.of("name")]
    if key in ASKING:
        return following.key in ("the", "its", "a", "an") and any(2 <= gap <= 3 for gap in names)
    return key == "vs" and hit.first > 0 and following.is_word and any(1 <= gap <= 3 for gap in names)


_DOES = frozenset({"do", "does", "did", "will", "would"})


def _without_doers(found: list[Ask], tokens: Sequence[Token], methods: frozenset[int]) -> list[Ask]:
    """ "by what zob does the frim rise": the frim is what changes, and only the zob is asked; a method gives it."""
    ends = {ask.end for ask in found if not ask.by_unit}
    kept = []
    for ask in found:
        before = [t for t in tokens[max(0, ask.place - 3) : ask.place] if t.key not in ("the", "its", "a")][-2:]
        does = len(before) == 2 and before[1].text.lower() in _DOES and before[0].end in ends
        if not does or ask.place in methods:
            kept.append(ask)
    return kept


def _hinted(
    ask: Ask, tokens: Sequence[Token], hits: Sequence[Hit], sentences: list[tuple[int, int, bool]], lexicon: Lexicon
) -> None:
    """ "the pressure that keeps saturated ammonia at …": another word of the sentence says which pressure."""
    kinds = lexicon.registry.kinds
    wide = [kinds[name] for name in ask.kinds if kinds[name].common and ask.kinds[name] <= 0.6]
    if not wide or ask.by_unit:
        return
    sentence = next((s for s in sentences if s[0] <= ask.place <= s[1]), (0, len(tokens), False))
    for hit in hits:
        if sentence[0] <= hit.first <= sentence[1]:
            for entry in hit.of("hint"):
                kind = kinds[entry.subject]
                if kind.scale != "difference" and any(kind.unit == one.unit for one in wide):
                    ask.kinds.setdefault(kind.name, 1.0)


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


def _ends_in_question(last: int, tokens: Sequence[Token]) -> bool:
    """Whether a part before a semicolon belongs to a question."""
    if tokens[last].text != ";":
        return False
    return next((token.text for token in tokens[last + 1 :] if token.text in (".", "?", "!")), "") == "?"


def _unit_in_brackets(hit: Hit, tokens: Sequence[Token], units: Sequence[LoneUnit]) -> bool:
    """ "flammable range (LFL and UFL in vol%)": brackets that name values with a unit ask for them."""
    close = next((token.start for token in tokens[hit.last + 1 :] if token.text == ")"), -1)
    return any(tokens[hit.last].end <= unit.start < close for unit in units)


def _score(
    hit: Hit,
    tokens: Sequence[Token],
    sentence: tuple[int, int, bool],
    said: list[Said],
    units: Sequence[LoneUnit],
    methods: frozenset[int],
) -> float:
    first, last, question = sentence
    before = tokens[first : hit.first]
    keys = [token.key for token in before]
    score = 3.0 if question else 1.5 if _ends_in_question(last, tokens) else 0.0
    trigger = max((i for i, key in enumerate(keys) if key in ASKING), default=-1)
    dismiss = max((i for i, key in enumerate(keys) if key in DISMISSING), default=-1)
    measured = [item for item in said if item.measure is not None and first <= item.first < hit.first]
    arrow = max((i for i, token in enumerate(before) if token.text in ("->", "→", "=>")), default=-1)
    if arrow >= 0 and not any(item.first > first + arrow for item in measured):
        score += 4.0
    if [token.text for token in tokens[hit.last + 1 : hit.last + 3]] == ["=", "?"]:
        score += 6.0
    if trigger >= 0:
        between = [item for item in measured if item.first >= first + trigger]
        score += 4.0 if not between else 1.5
    elif not measured and not question and (first == 0 or tokens[first - 1].text != ";"):
        score += 2.0 - 0.2 * len(keys)
    if (
        dismiss > trigger
        and len(keys) - dismiss <= 4
        and ")" not in keys[dismiss:]
        and not [item for item in measured if item.first > first + dismiss]
        # "Z by Virial and density": the method is named, and another name follows
        and not (first + dismiss + 1 in methods and {"and", ","} & set(keys[dismiss:]))
    ):
        score -= 6.0
    lead = next((key for key in reversed(keys) if key not in ("the", "a", "an", "its", "their", "this", "that")), "")
    if trigger >= 0 and lead in ("then", "and", "also", "plus", "finally"):
        score += 1.5
    if hit.first == first and hit.last == first and tokens[first].key in ASKING and tokens[first + 1].key != "out":
        score += 4.0
    after = tokens[hit.last + 1] if hit.last + 1 < len(tokens) else None
    closed = keys[-2:] in (["is", "the"], ["are", "the"]) and keys[-3:-2] != [] and keys[-3] not in ASKING
    if closed and after is not None and after.is_word and after.key not in PREPOSITIONS:
        score -= 5.0  # "is the flow choked?" asks for no value
    if keys[-1:] in (["that"], ["this"], ["these"], ["those"], ["same"], ["nothing"], ["not"]):
        score -= 4.0  # "to that level" speaks of what was said
    if keys[-1:] in (["the"], ["its"], ["their"]) and before[-2:-1] and before[-2].text.lower().startswith(CHANGES):
        score -= 4.0  # "that raises the level" says what is done
    if not question:
        score += _ends_the_telegram(hit, tokens, first, last, said)
    if lead in PREPOSITIONS:
        score -= 1.5 if lead == "of" else 3.0
    if hit.last + 1 < len(tokens) and tokens[hit.last + 1].text == ":" and not question:
        score -= 1.5
    if sum((token.text == "(") - (token.text == ")") for token in before) > 0 and not _unit_in_brackets(
        hit, tokens, units
    ):
        score -= 4.0
    return score


def _ends_the_telegram(hit: Hit, tokens: Sequence[Token], first: int, last: int, said: list[Said]) -> float:
    """ "…: zob and morp.", "… - zob please": what comes last, after a mark, and states nothing more, is asked."""
    if any(item.measure is not None and hit.last < item.first <= last for item in said):
        return 0.0
    after = [token.key for token in tokens[hit.last + 1 : hit.last + 3]]
    polite = bool({"please", "pls"} & set(after[:1])) or after in ([",", "please"], [",", "pls"])
    gap = [token.text for token in tokens[first : hit.first]]
    mark = max(
        (i for i, text in enumerate(gap) if text == ":" or (text == "-" and _stands_free(first + i, tokens))),
        default=-1,
    )
    if mark < 0:
        return 3.0 if polite else 0.0
    stated = any(item.measure is not None and first + mark < item.first < hit.first for item in said)
    return 0.0 if stated else 3.5


def _stands_free(index: int, tokens: Sequence[Token]) -> bool:
    """Whether a dash has a blank on both sides."""
    token = tokens[index]
    return 0 < index < len(tokens) - 1 and tokens[index - 1].end < token.start and token.end < tokens[index + 1].start


def _place(ask: Ask, tokens: Sequence[Token], hits: Sequence[Hit], subjects: list[Subject]) -> None:
    """The thing and the state that words beside the asked name speak of."""
    last = next((h.last for h in hits if h.first == ask.place), ask.place)
    keys: list[object] = []
    for subject in subjects:
        for place in subject.places:
            before = 0 < ask.place - place <= 3 and not _stops(tokens[place + 1 : ask.place])
            gap = tokens[last + 1 : place]
            after = (
                0 < place - last <= 5 and not _stops(gap[1:]) and bool(gap) and gap[0].key in ("of", "for", "in", "(")
            )
            if before or after:
                ask.subject = subject.index if ask.subject is None or before else ask.subject
                if subject.value is not None:
                    keys.append(subject.value)
    for hit in hits:
        if 0 < hit.first - last <= 7 and not _stops(tokens[last + 1 : hit.first]):
            for entry in hit.of("hint"):
                if entry.subject in ask.kinds:
                    ask.kinds[entry.subject] -= 0.5
    lowest = min(ask.kinds.values(), default=0.0)
    if lowest < 0:
        ask.kinds = {name: cost - lowest for name, cost in ask.kinds.items()}
    ask.keys = tuple(keys)  # type: ignore[arg-type]  # subjects' values are names
    for hit in hits:
        roles = {entry.role for entry in hit.entries} & {"start", "end"}
        if len(roles) != 1:
            continue
        before = 0 < ask.place - hit.last <= 2 and not _stops(tokens[hit.last + 1 : ask.place])
        words = tokens[last + 1 : hit.first]
        after = 0 < hit.first - last <= 3 and not _stops(words) and "in" not in {token.key for token in words}
        if before or after:
            ask.state = 0 if "start" in roles else 1


def _stops(gap: Sequence[Token]) -> bool:
    return any(
        token.text in (",", ".", "?", ";", ":", "(", ")") or token.key == "and" or token.text[0].isdigit()
        for token in gap
    )
