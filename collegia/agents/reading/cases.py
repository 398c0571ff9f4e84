"""Lists of alternatives: "at 20 and at 40 °C" asks the same thing twice, each time with one of the values.

A list is only read so where nothing else is likely: its values are alike, joined by commas and "and", and stand after
a word of condition ("at", "for") or after a word that is repeated for each. What may be a pair (a range, a before and
an after, two sides) or may be meant together (a sum, a difference, a mixture) is no list of alternatives.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from collegia.agents.reading.both import says_both
from collegia.agents.reading.tokens import Token, flatten, normal, singular, tokenize
from collegia.agents.reading.types import Reading, Said
from collegia.agents.reading.words import PREPOSITIONS, TO, TOGETHER
from collegia.tools.units import same_dimension

__all__ = ["Case", "Listed", "listed"]

MOST = 8
"""More alternatives than this are a table, and no question."""
_LEAD = 5
"""How many words may stand between the word of condition and the list: "at a drusk of"."""
_ARTICLES = frozenset({"a", "an", "the", "both", "about"})
_NO_LIST = frozenset({"between", "from", "against", "plus", "minus", "than", "over", "by", "about"}) | TO
_CONDITION = frozenset({"at", "for"})
_OF_THINGS = frozenset({"of", "for", "in"})
_ENDING = (PREPOSITIONS | {"and", "or"}) - _CONDITION - {"of"}
_AND = frozenset({"and", "&", "versus", "vs"})
_OR = frozenset({"or"})
_COMPARING = frozenset({"versus", "compare", "compared", "comparison", "either"})
_JOINTS = (("or",), ("versus",), ("vs",), (",",), ("and",), ("&",), (",", "and"), ("?", "and"), (",", "&"))


@dataclass(frozen=True, slots=True)
class Case:
    """The question with one alternative alone.

    Attributes:
        text: the question, in which the list is replaced by the one alternative.
        kept: the length of what replaces the list.
        start, end: the span of the alternative in the question itself.
        label: how an answer of this case is told from the others: "at 20 °C".
    """

    text: str
    kept: int
    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of alternatives.

    Attributes:
        cases: one for each alternative, in the order of the text.
        start, end: the span of the whole list in the question.
        things: whether the alternatives are names of things.
        apart: whether the words themselves keep them apart: "of … and of …", or an asked name in the plural.
    """

    cases: tuple[Case, ...]
    start: int
    end: int
    things: bool
    apart: bool = False

    def original(self, case: Case, start: int, end: int) -> tuple[int, int]:
        """A span of a case's text as a span of the question."""
        if end <= self.start:
            return start, end
        if start >= self.start + case.kept:
            shift = self.end - self.start - case.kept
            return start + shift, end + shift
        return case.start, case.end

    def place(self, case: Case, position: int) -> int:
        """A place of the question, outside the list, as a place of a case's text."""
        return position if position <= self.start else position - (self.end - self.start - case.kept)


@dataclass(frozen=True, slots=True)
class _Spot:
    """All readings of one span of the text."""

    first: int
    last: int
    said: tuple[Said, ...]


def listed(reading: Reading) -> Listed | None:
    """The one list of alternatives that a question holds; None where there is none, or more than one."""
    tokens = tokenize(flatten(reading.text))
    groups = list(_groups(reading, tokens))
    if len(groups) != 1 or len(groups[0]) > MOST:
        return None
    (group,) = groups
    words = all(item.measure is None for spot in group for item in spot.said)
    if _meant_together(reading, tokens, TOGETHER - _COMPARING if words else TOGETHER):
        return None
    named = {(subject.index, subject.kind) for subject in reading.subjects}
    things = words and all(
        any((item.subject, kind) in named for item in spot.said for kind in item.kinds) for spot in group
    )
    if not things and words:
        plain = any(index > group[-1].last for index in says_both(tokens)) or _in_words(group, tokens)
    else:
        plain = _of_things(group, reading, tokens) if things else _on_condition(group, tokens)
    if not plain:
        return None
    repeated = bool(_joint(group[0], group[-2], group[-1], tokens))
    plural = any(_is_plural(ask.text.split()[-1]) for ask in reading.asks if ask.text.strip())
    return _listed(group, reading.text, tokens, things=things, apart=repeated or plural)


def _is_plural(word: str) -> bool:
    return word.lower().endswith("s") and normal(word) != word.lower()


def _groups(reading: Reading, tokens: Sequence[Token]) -> list[list[_Spot]]:
    """Runs of values that are alike and joined as a list."""
    by_span: dict[tuple[int, int], list[Said]] = {}
    for item in (
        one for one in reading.said if not one.left_out
    ):  # places are counted anew: a notation of its own is several words here
        inside = [i for i, token in enumerate(tokens) if token.start < item.end and token.end > item.start]
        by_span.setdefault((inside[0], inside[-1]) if inside else (0, 0), []).append(item)
    spots: list[_Spot] = []
    for (first, last), items in sorted(by_span.items(), key=lambda one: (one[0][0], -one[0][1])):
        if not spots or last > spots[-1].last:  # a shorter name inside a longer one is no alternative to it
            spots.append(_Spot(first, last, tuple(items)))
    joining = _AND | (_OR if any(says_both(tokens)) else frozenset())
    found: list[list[_Spot]] = []
    for left, right in pairwise(spots):
        going_on = bool(found) and found[-1][-1] is left
        head = found[-1][0] if going_on else left
        if not _alike(left, right, reading.arranged) or _joint(head, left, right, tokens) is None:
            continue
        if going_on:
            found[-1].append(right)
        else:
            found.append([left, right])
    return [group for group in found if joining & set(_keys(tokens, group[-2].last + 1, group[-1].first))]


def _keys(tokens: Sequence[Token], first: int, last: int) -> list[str]:
    return [token.text.lower() if token.text.lower() in PREPOSITIONS else token.key for token in tokens[first:last]]


def _alike(left: _Spot, right: _Spot, arranged: frozenset[int]) -> bool:
    """Whether two spans state different values of one kind, and neither is one end of something."""
    pairs = [(one, other) for one in left.said for other in right.said]
    if any(item.each or (item.state is not None and item.index not in arranged) for item in (*left.said, *right.said)):
        return False
    return any(_differ(one, other) for one, other in pairs)


def _differ(one: Said, other: Said) -> bool:
    if one.measure is None or other.measure is None:
        shared = one.kinds.keys() & other.kinds.keys()
        return one.measure is other.measure and bool(shared) and one.value != other.value
    units = [item.measure.unit.text if item.measure.unit else "" for item in (one, other) if item.measure]
    if one.measure.pair or other.measure.pair or not same_dimension(*units):
        return False
    return (one.measure.value, units[0]) != (other.measure.value, units[1])


def _joint(head: _Spot, left: _Spot, right: _Spot, tokens: Sequence[Token]) -> list[str] | None:
    """The words that the right value repeats of those before the first one; None where the two are no list."""
    gap = _keys(tokens, left.last + 1, right.first)
    length = max((len(joint) for joint in _JOINTS if tuple(gap[: len(joint)]) == joint), default=0)
    if not length:
        return None
    rest = [key for key in gap[length:] if key not in _ARTICLES]
    lead = [key for key in _keys(tokens, 0, head.first) if key not in _ARTICLES]
    if gap[0] == "?" and not rest:
        return None
    return rest if rest in (lead[len(lead) - len(rest) :], ["that", "of"], ["those", "of"]) else None


def _on_condition(group: Sequence[_Spot], tokens: Sequence[Token]) -> bool:
    """Whether measured values stand as conditions: "at 20 and 40 °C", "in DN80 and in DN100"."""
    lead = [key for key in _keys(tokens, 0, group[0].first) if key not in _ARTICLES]
    if not lead or lead[-1] in _NO_LIST:
        return False
    rest = _joint(group[0], group[-2], group[-1], tokens) or []
    if not rest and not _one_unit(group):
        return False  # "2 h and 30 min" is one time
    if rest:
        return rest[0] in _CONDITION or (len(rest) == 1 and rest[0] in PREPOSITIONS)
    for key in reversed(lead[-_LEAD:]):
        if key in _CONDITION:
            return True
        if not (key[0].isalpha() or key == "=") or key in _NO_LIST or key in _ENDING:
            return False
    return False


def _in_words(group: Sequence[_Spot], tokens: Sequence[Token]) -> bool:
    """Whether ways of doing something stand as conditions: "in a zob and in a frim"."""
    lead = [key for key in _keys(tokens, 0, group[0].first) if key not in _ARTICLES]
    return bool(lead) and lead[-1] in _CONDITION | _OF_THINGS


def _one_unit(group: Sequence[_Spot]) -> bool:
    units = {spot.said[0].measure.unit for spot in group if spot.said[0].measure is not None}
    return len(units) <= 1


def _of_things(group: Sequence[_Spot], reading: Reading, tokens: Sequence[Token]) -> bool:
    """Whether names stand as those of which something is asked, and not as parts of one thing."""
    place = group[0].first - 1
    while place >= 0 and tokens[place].key in _ARTICLES:
        place -= 1
    if place < 0 or tokens[place].key not in _OF_THINGS:
        return False
    after = tokens[group[-1].last + 1] if group[-1].last + 1 < len(tokens) else None
    if after is not None and after.is_word and after.key not in PREPOSITIONS:
        return False
    before = tokens[place - 1] if place else None
    if before is None or not before.is_word or before.key == "each":
        return True
    spans = [(ask.start, ask.end) for ask in reading.asks] + [(unit.start, unit.end) for unit in reading.units]
    if _joint(group[0], group[-2], group[-1], tokens):  # "5 kg of zob and wabber" are 5 kg of both together
        spans += [(item.start, item.end) for item in reading.said]
    return any(start <= before.start < end for start, end in spans)


def _meant_together(reading: Reading, tokens: Sequence[Token], words: frozenset[str]) -> bool:
    """Whether some word says that the values are not meant one by one; a word of an asked name says nothing."""
    spans = [(ask.start, ask.end) for ask in reading.asks]
    return any(token.key in words and not any(start <= token.start < end for start, end in spans) for token in tokens)


_UNIT = re.compile(r"^[-+−]?[\d.,]+(?:[eE][-+−]?\d+)?\s*")


def _listed(group: Sequence[_Spot], text: str, tokens: Sequence[Token], *, things: bool, apart: bool) -> Listed:
    start, end = tokens[group[0].first].start, group[-1].said[0].end
    unit = _UNIT.sub("", group[-1].said[0].text) if group[-1].said[0].measure is not None else ""
    cases = []
    for spot in group:
        item = spot.said[0]
        kept = item.text
        if item.measure is not None and item.measure.lent and unit:
            kept = f"{kept} {unit}"
        label = f"of {kept}" if things else f"{_condition(group[0].first, text, tokens)} {kept}"
        cases.append(Case(text[:start] + kept + text[end:], len(kept), item.start, item.end, label))
    return Listed(tuple(cases), start, end, things, apart)


def _condition(first: int, text: str, tokens: Sequence[Token]) -> str:
    """The words before a list that tell its cases: "at", "with φ of"."""
    for place in range(first - 1, max(-1, first - 1 - _LEAD), -1):
        if not (tokens[place].is_word or tokens[place].text == "="):
            break
        if tokens[place].key in PREPOSITIONS and tokens[place].key != "of":
            words = [t.text for t in tokens[place + 1 : first] if t.key not in ("both", "the", "a", "an")]
            return " ".join([tokens[place].text.lower(), *map(singular, words)])
    return "for"
