"""The words of plain English by which people say that something leans on what was said before."""

from __future__ import annotations

import re

__all__ = [
    "AMOUNTS", "CHANGING", "CHAT", "FACTORS", "LITTLE", "MARKED", "REMOVING", "SETTING", "SHARES", "WHY", "blank",
]  # fmt: skip

MARKED = re.compile(
    r"^\W*(?:(?:ok|okay|so|well|hm+|great|thanks|thank you)\b\W*)*"
    r"(?:and|but|or|also|same|what about|how about|what if|what for)\b|\binstead\b|\bthe same\b|\bsame\b",
    re.IGNORECASE,
)
"""Words that make of a text a follow-up, also where it could stand by itself."""

CHAT = re.compile(
    r"^\W*(?:(?:and|but|or|also|so|then|now|ok|okay|well|hm+)\b\W*)+|\b(?:"
    r"what about|how about|what if|what for|what would (?:it|that) be|what(?:'s| is|s) (?:it|that|this)"
    r"|would (?:it|that) be|how (?:much|high|large|big) (?:is|was|would|does)"
    r"|(?:the )?same(?: thing| again| question)?|let'?s (?:say|try|take|use)?|go (?:to|for)|rerun|re-?do|repeat"
    r"|recalc(?:ulate)?|also|again|please|pls|plz|thanks|thank you|instead|rather|now|then|ok|okay|well|so"
    r"|hm+|too|as well|just|only|try|use|take|say|make|set|change|put|give|show|tell|me|is|are|was|be|does|do|did|will"
    r"|would|could|can|should|you|we|i|it|its|it's|that|this|there|these|those|them|their|value|figure|one|case|answer|result"
    r")\b",
    re.IGNORECASE,
)
"""Words of talking, which change nothing of a question."""

SETTING = re.compile(r"\b(?:use|take|try|make|set|change|put|assume|with|raise|increase|lower|reduce)\b", re.IGNORECASE)
"""Words after which a name says what is to change, and asks for nothing."""

LITTLE = frozenset(
    """a an the of for at in with to from on by as per given about into and or through if when what which how my our
    would become go get x""".split()
)
"""Words that may stand in a follow-up beside what it changes."""

REMOVING = re.compile(
    r"\b(?:without|leave out|leaving out|remove|ignore|ignoring|neglect|neglecting|skip|forget(?: about)?)\b"
    r"|\bno(?= [a-z])|^\W*(?:and\s+)?drop\b(?= the)",
    re.IGNORECASE,
)
"""Words that take something away."""

_UP = r"(?:increas\w*|rais\w*|add)"
_DOWN = r"(?:reduc\w*|lower\w*|decreas\w*|cut|drop)"
_MORE = r"(?:more|higher|larger|greater|bigger|extra)"
_LESS = r"(?:less|lower|smaller)"
_BEGIN = r"^\W*(?:(?:and|now|then|ok|please)\b\W*)*"
_NUMBER = r"(?<![\w.])(\d+(?:\.\d+)?)"
_SHARE = _NUMBER + r"\s?(?:%|percent)"

FACTORS = (
    (re.compile(r"\b(?:doubl(?:e|ed|ing)|twice)\b", re.IGNORECASE), 2),
    (re.compile(r"\b(?:tripl(?:e|ed|ing)|trebl(?:e|ed|ing)|thrice)\b", re.IGNORECASE), 3),
    (re.compile(r"\bquadrupl(?:e|ed|ing)\b", re.IGNORECASE), 4),
    (re.compile(r"\b(?:half|halv(?:e|ed|ing))\b", re.IGNORECASE), "0.5"),
    (re.compile(_NUMBER + r"\s?(?:times|x)(?!\w)", re.IGNORECASE), "times"),
)
"""Words that multiply a value, and by what; `times` takes the number that they hold."""

SHARES = (
    (re.compile(rf"{_SHARE}\s{_MORE}\b", re.IGNORECASE), 1),
    (re.compile(rf"{_SHARE}\s{_LESS}\b", re.IGNORECASE), -1),
    (re.compile(rf"{_BEGIN}{_UP}\b(?=.*\bby\s+{_SHARE})", re.IGNORECASE), 1),
    (re.compile(rf"{_BEGIN}{_DOWN}\b(?=.*\bby\s+{_SHARE})", re.IGNORECASE), -1),
)
"""Words that change a value by a share of it, and in which direction."""

AMOUNTS = (
    (re.compile(rf"{_BEGIN}{_UP}\b(?=.*\bby\s+\d)", re.IGNORECASE), 1),
    (re.compile(rf"{_BEGIN}{_DOWN}\b(?=.*\bby\s+\d)", re.IGNORECASE), -1),
    (re.compile(rf"(?<=[\w°³²%])\s+{_MORE}\b", re.IGNORECASE), 1),
    (re.compile(rf"(?<=[\w°³²%])\s+{_LESS}\b", re.IGNORECASE), -1),
)
"""Words that change a value by an amount, and in which direction; a number stands in the same text."""

CHANGING = re.compile(rf"{_BEGIN}(?:{_UP}|{_DOWN})\b", re.IGNORECASE)
"""Words that change a value to what is stated."""

WHY = re.compile(
    r"^\W*(?:(?:and|but|so|ok|hm+)\b\W*)*"
    r"(?:why|how come|what makes|what drives|explain|where does|how did|how do you)\b",
    re.IGNORECASE,
)


def blank(text: str, *patterns: re.Pattern[str]) -> str:
    """The text without what matches."""
    for pattern in patterns:
        text = pattern.sub(" ", text)
    return " ".join(text.split())
