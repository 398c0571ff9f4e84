"""The parts of a question that ask several things: each is searched for itself, so that none is drowned by another."""

from __future__ import annotations

import re

from collegia.knowledge.text import FILLER_WORDS, content_words

__all__ = ["facets"]

_EDGE = re.compile(r"[?!;:]+ ?|[.,] | [-–—] | (?:and|or|but|while|whereas|then|versus|vs) ", re.IGNORECASE)
_FEWEST = 2  # content words of a part
_MOST = 6


def facets(question: str) -> tuple[str, ...]:
    """The parts of a question with enough words to search by; empty where it is all of one piece."""
    parts: list[str] = []
    held: list[str] = []
    said = asked = 0  # words in what is held, and those of them that say what it is about
    for piece in _EDGE.split(" ".join(question.split())):
        held += [piece] if piece else []
        found = content_words(piece)
        said += len(found)
        asked += sum(word not in FILLER_WORDS for word in found)
        if (asked or said) >= _FEWEST:
            parts.append(" ".join(held))
            held, said, asked = [], 0, 0
    if held and parts:
        parts[-1] = " ".join([parts[-1], *held])
    return tuple(parts[:_MOST]) if len(parts) > 1 else ()
