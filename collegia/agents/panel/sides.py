"""Which answers are the same, by rule: the same words, the same yes or no, the same of two options, the same number.

Where no rule can tell, that is said, and the members vote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from collegia.agents.guard import Grounds, guard
from collegia.knowledge.text import sentences
from collegia.tools.quantities import find_quantities
from collegia.tools.routing.index import content_words

__all__ = ["alike", "differences", "sides"]

_ADDS = 2
"""Words that an answer may have beside its number and the question's own, and still be nothing but that number."""
_SHOWN = 2
"""Sentences that tell what an answer has and the others have not."""
_CLOSED = re.compile(
    r"(?:is|are|was|were|do|does|did|can|could|will|would|should|shall|may|must|has|have|had)\b", re.IGNORECASE
)
_YES_OR_NO = re.compile(r"\W*(yes|no)\s*(?:[.,;:!–—-]|$)", re.IGNORECASE)
_EITHER = re.compile(r"([\w-]+),? or (?:an? |the )?([\w-]+)\s*\?", re.IGNORECASE)
_QUALIFIED = re.compile(
    r"\b(?:unless|if|only|but|however|except|when|where|although|though|both|either|sometimes|partly|depend\w*)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not?|nor|neither|never|hardly)\b|n[’']t\b", re.IGNORECASE)
_EMPTY = frozenset(
    "a an the is are was were it its be of at in to that this about approximately roughly around".split()
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")


def sides(question: str, answers: Mapping[str, str]) -> list[list[str]] | None:
    """The members who gave the same answer, side by side; None where no rule tells.

    Args:
        question: that they answered.
        answers: by member.
    """
    if len(same := alike(answers)) == 1:
        return same
    for rule in (_by_option, _by_number):
        if (found := rule(question, answers)) is not None:
            return found
    return None


def alike(answers: Mapping[str, str]) -> list[list[str]]:
    """The members whose answers are the same word for word, capitals and stops aside."""
    bare = {name: " ".join(re.findall(r"[^\W_]+", text.casefold())) or text for name, text in answers.items()}
    # A sign or a point of a number is no stop, and MPa are no mPa: what differs in numbers is not alike.
    digits = {name: re.findall(r"\S*\d\S*(?:\s+\S+)?", text.rstrip(" .!")) for name, text in answers.items()}
    return _grouped(answers, lambda one, other: bare[one] == bare[other] and digits[one] == digits[other])


def _by_option(question: str, answers: Mapping[str, str]) -> list[list[str]] | None:
    """By yes or no, or by one of two options that the question names."""
    said: dict[str, str] = {}
    either = _EITHER.search(question)
    closed = _CLOSED.match(question.strip()) is not None and _DENIED.search(question) is None
    for name, text in answers.items():
        if _QUALIFIED.search(text):
            return None
        if either is not None:
            words = set(_words(text))
            named = [option for option in map(str.casefold, either.groups()) if option in words]
            # A word of its own may turn the answer round: "the Amazon is the shorter one".
            if len(named) != 1 or _DENIED.search(text) or _added(question, text):
                return None
            said[name] = named[0]
        elif closed and (found := _YES_OR_NO.match(text)) is not None:
            said[name] = found[1].casefold()
        else:
            return None
    return _grouped(answers, lambda one, other: said[one] == said[other])


def _by_number(question: str, answers: Mapping[str, str]) -> list[list[str]] | None:
    """By the one number that each answer has beside those of the question, where it says little else."""
    said: dict[str, str] = {}
    added: dict[str, frozenset[str]] = {}
    for name, text in answers.items():
        own = guard(text, Grounds(texts=(question,))).strays
        if len(own) != 1 or _DENIED.search(text) or _QUALIFIED.search(text):
            return None
        said[name] = own[0].text
        added[name] = _added(question, f"{text[: own[0].start]} {text[own[0].end :]}")
        if len(added[name]) > _ADDS:
            return None
        added[name] |= _marks(said[name])
    found = _grouped(answers, lambda one, other: _same_number(said[one], said[other]))
    for one, other in combinations(answers, 2):
        # "5 bar(g)" may be "6 bar" or "5 bar", and these two differ: no rule tells on which side it stands.
        if _same_number(said[one], said[other]) != any(one in side and other in side for side in found):
            return None
    # "It rises by 5 K" and "it falls by 5 K", "300" and "300 K": no rule tells whether these say the same.
    return found if all(len({added[name] for name in side}) == 1 for side in found) else None


def _same_number(one: str, other: str) -> bool:
    """Whether one number is the other within the rounding of its digits, in whatever unit."""
    return not guard(one, Grounds(texts=(other,))).strays or not guard(other, Grounds(texts=(one,))).strays


def _marks(number: str) -> frozenset[str]:
    """Whether a number has a unit, and what a pressure is counted from."""
    return frozenset("no unit" if one.unit is None else one.unit.reference for one in find_quantities(number))


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _added(question: str, text: str) -> frozenset[str]:
    """The words of an answer that the question does not have."""
    return frozenset(_words(text)) - frozenset(_words(question)) - _EMPTY


def _grouped(names: Mapping[str, str], same: Callable[[str, str], bool]) -> list[list[str]]:
    found: list[list[str]] = []
    for name in names:
        side = next((side for side in found if same(side[0], name)), None)
        if side is None:
            found.append([name])
        else:
            side.append(name)
    return found


def differences(texts: Mapping[str, str], votes: Mapping[str, int]) -> str:
    """What answers differ in: the votes of each, and its sentences that have the most words which no other has.

    Args:
        texts: by label.
        votes: by label.
    """
    lines = []
    for label, text in texts.items():
        others = {word for other, said in texts.items() if other != label for word in _telling(said)}
        spans = [(span.start, span.of(text)) for span in sentences(text)]
        own = {start: len(set(_telling(said)) - others) for start, said in spans}
        ranked = sorted((one for one in spans if own[one[0]]), key=lambda one: (-own[one[0]], one[0]))[:_SHOWN]
        told = " … ".join(" ".join(said.split()) for _, said in sorted(ranked)) or "nothing that no other says"
        count = votes.get(label, 0)
        lines.append(f"Answer {label}, for which {count} {'stands' if count == 1 else 'stand'}, alone says: {told}")
    return "\n".join(lines)


def _telling(text: str) -> Sequence[str]:
    """Words and numbers that tell answers apart."""
    return (*content_words(text), *re.findall(r"\d[\d.,]*\d|\d", text))
