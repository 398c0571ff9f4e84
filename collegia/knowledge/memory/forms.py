"""The forms of plain English that memory knows. None of their words belongs to a domain."""

from __future__ import annotations

import re

__all__ = [
    "AFTERTHOUGHT",
    "BY_I_MEAN",
    "HAS_OF",
    "IS",
    "IT",
    "LASTING",
    "LEVEL",
    "MEANS",
    "NO",
    "NOTHING",
    "NO_LONG",
    "NO_NAME",
    "OF",
    "OPENING",
    "OURS",
    "PREFERENCES",
    "STANDS_FOR",
    "USE_FOR",
    "USE_OF",
]

# One character for one character, so that every place stays where it was.
LEVEL = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " ", "\u2009": " "})


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_REMEMBER = r"(?:note|remember|keep in mind|bear in mind|do(?: not|n't) forget)\b(?:\s+that\b|\s*[:,])?\s*"
_HENCE = r"(?:from now on|in (?:the )?future|for the record)\b\s*[,:]?\s*"

OPENING = _form(rf"^(?:(?:please|and|so|also)\b,?\s*|fyi\s*[,:]\s*|{_REMEMBER}|{_HENCE})+")
LASTING = _form(
    rf"(?:(?:please|and|so|also)\b,?\s*)*(?:{_REMEMBER}|{_HENCE}|always\b)|(?:i|we)\s+(?:always\s+)?prefer\b"
)
NO = _form(
    r"(?:(?:no|nope|not so|wrong|that(?:'s| is) (?:wrong|not right|incorrect)|actually|sorry|correction)\s*[,:;.!-]+\s*"
    r"|actually\s+|i meant\s+)+"
)
IT = _form(
    r"(?:(?P<it>(?:it|that)(?:'s|\s+(?:is|was|should be|must be|has to be))|make it)\s+|(?:use|take)\s+)?(?P<value>.+)"
)

MEANS = _form(r"(?P<short>[^\s\"]+|\"[^\"]{1,40}\")\s+(?P<link>means?|denotes?|=|is)\s+(?P<long>.+)")
STANDS_FOR = _form(
    r"(?P<short>\"?[^\"]{1,40}?\"?)\s+(?:stands?\s+for|is\s+(?:short|our (?:word|name|abbreviation|short form))\s+for"
    r"|abbreviates)\s+(?P<long>.+)"
)
BY_I_MEAN = _form(r"(?:by|with)\s+(?P<short>\"?[^\"]{1,40}?\"?),?\s+(?:i|we)\s+(?:always\s+)?mean\s+(?P<long>.+)")
NO_LONG = _form(
    r"^(?:that|to|more|less)\b|\b(?:i|we|you|he|she|it|they|there|is|are|was|were|will|would|should|must|can|may|has|have)\b"
)

PREFERENCES = (
    _form(
        r"(?:always\s+)?(?:answer|give|show|report|state|express|quote|write|print|use)\s+(?:me\s+)?(?P<name>.*?)\s*"
        r"\b(?:in|as)\s+(?P<unit>.+)"
    ),
    _form(
        r"(?:i|we)\s+(?:always\s+)?(?:prefer|want|like|need|would like)\s+(?P<name>.+?)\s+(?:to be\s+)?in\s+"
        r"(?P<unit>.+)"
    ),
    _form(
        r"(?:(?:i|we)\s+(?:always\s+)?(?:prefer|use|want|like)|(?:always\s+)?use)\s+(?P<unit>.+?)\s+for\s+(?P<name>.+)"
    ),
    _form(r"(?:our|my|the)\s+(?:\w+\s+)?unit\s+(?:of|for)\s+(?P<name>.+?)\s+is\s+(?P<unit>.+)"),
)
AFTERTHOUGHT = _form(r",?\s*\b(?:please|always|from now on|in (?:the )?future)$")
NOTHING = frozenset("answer result everything value it them number figure".split())
"""What names no quantity, in its comparable form."""

USE_FOR = _form(r"(?:always\s+)?(?:use|take|assume)\s+(?P<value>.+?)\s+(?:for|as)\s+(?P<what>.+)")
USE_OF = _form(
    r"(?:always\s+)?(?:use|take|assume)\s+(?:an?|the)\s+(?P<what>.+?)\s+of\s+(?P<value>.+?)(?:\s+(?:for|in)\s+(?P<subject>.+))?"
)
HAS_OF = _form(r"(?P<subject>.+?)\s+(?:has|have)\s+(?:an?\s+)?(?P<what>.+?)\s+of\s+(?P<value>.+)")
IS = _form(r"\s+(?:is|are|equals?|should be|must be|has to be|have to be)\s+|\s*[=:]\s*")
OURS = _form(r"(?:our|my)\b")
OF = _form(r"\s+(?:of|in|at|for|inside|within)\s+")

NO_NAME = _form(
    r"\b(?:if|when|while|unless|until|except|whenever|without|not|never|no|and|or|than|between|that|which|who|because|it|"
    r"there|he|she|they|you|we|i|what|how|why|where|is|are|was|were|has|have|means?|should|must|can|may|least|"
    r"most|above|below|over|under)\b|[,;:?!\"()]"
)
"""Words and marks that no name of a quantity holds; a sentence that has them there says more than a value."""
