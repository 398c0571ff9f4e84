"""Which parts of a question ask for words, not for numbers: why, how, what it means, when to use what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from collegia.knowledge.text import FILLER_WORDS, Span, content_words, sentences

__all__ = ["Clause", "blanked", "clauses", "wants_number"]

_ASKING = (
    r"(?:why|what|how|which|when|where|explain|describe|say|is|are|does|do|calculate|compute|estimate|give|state|quote|"
    r"find|determine|evaluate|quantify)\b"
)
_CLAUSE = re.compile(
    # from the first of several spaces only, and all of them: so that many cost their number and not its square
    rf"(?<!\s)\s*+[,–—]\s*+(?=(?:(?:and|but|then|so)\s+)?{_ASKING})|(?<!\s)\s++(?=(?:and|but|then|so)\s+{_ASKING})|[;:]\s+",
    re.IGNORECASE,
)
_COUNTED = (
    r"(?!\s+(?:much|many|long|far|fast|large|big|hot|cold|high|low|deep|thick|often|heavy|strong|wide|tall|quickly)\b)"
)
_WORDS = re.compile(
    rf"\bwhy\b|\bhow\s+come\b|\bhow{_COUNTED}\s+(?:does|do|did|can|could|would|should|is|are|might|may)\b"
    # "how strongly does it act", "how dangerous is it": a degree is told in words
    r"|\bhow\s+(?!fast\b)(?:\w{3,}ly|dangerous|important|safe|serious|risky|sensitive|reliable|accurate|toxic|bad|good|"
    r"hazardous|harmful|critical|severe|significant|flammable|volatile)\s+(?:does|do|did|can|could|would|should|is|are|was|"
    r"were|might|may|will)\b"
    r"|\b(?:explain|describe|trace|connect|outline|discuss|justify|summari[sz]e)\b"
    r"|\bwhat\s+(?:limits|governs|drives|controls|determines|decides|prevents)\s+(?:the|a|an|its|their|it|such|this)\b"
    r"|\bwhat\s+(?:is|are|was|were)\s+(?:happening|going\s+on|stopping|causing|preventing|wrong|amiss|done\s+wrong)\b"
    r"|\bwhat\s+(?:can|could|might|may|will)\s+(?:happen|be\s+done|go\s+wrong)\b"
    r"|\bwhat\s+(?:happens|causes?|does|do|did|would|should|else|makes?|goes|kind|sort|becomes|limits?\s+does)\b"
    r"|\bwhat(?:\s+is|\s+are|'s)?\s+(?:the\s+|meant\b|a\s+)?(?:two\s+|main\s+|usual\s+|thermodynamic\s+|physical\s+)?"
    r"(?:reasons?|difference|purpose|risks?|dangers?|hazards?|idea|role|advantages?|disadvantages?|assumptions?|signs?|"
    r"symptoms?|remed(?:y|ies)|rules?|meaning|meant|mechanism|principle)\b"
    r"|\b(?:reasons?\s+for|rules?\s+of\s+thumb|in\s+words|tell\s+me\s+about|difference\s+between|behind\s+it)\b"
    r"|\bwhat\s+(?:is|are)\b(?=[^?,;\d]*\ban?\b)[^?,;\d]*(?:[?,;]|$)"
    r"|\b(?:give|name|list|state|tell)\s+(?:(?:me|the|two|three|some|main|possible|usual|other|its)\s+){0,4}"
    r"(?:reasons?|causes?|ways?|means|tricks?|signs?|symptoms?|remed(?:y|ies)|measures|phenomena|dangers?|risks?)\b"
    r"|\bsay\s+(?:what|why|how|when|whether|which)\b|\bwhen\s+(?:should|would|must|can)\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\bwhat\s+(?:do|does|did|would|should)\b[^?]*\b(?:cost|weigh|amount|come|hold|measure|equal|read)\b", re.IGNORECASE
)
_PERHAPS = re.compile(
    r"^\W*(?:and|but|then|so|or)?\s*(?:what|which|when|where|who|is|are|does|do|did|can|could|should|must|will|would|name|"
    r"list|define|has|have)\b",
    re.IGNORECASE,
)


_NUMBER = re.compile(
    r"\b(?:calculate|compute|determine|estimate|evaluate|find|give|quantify|quote|report|scale|size|state|"
    r"work\s+(?:it|them|out)|how\s+(?:much|many|long|far|fast|large|big|hot|cold|high|deep|thick|heavy|wide|tall))\b"
    r"|\bwhat(?:\s+is|\s+are|'s)\b[^.?!]*(?<![\w-])\d",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a question that asks for words; `sure` where its own words say so, whatever else it has."""

    start: int
    end: int
    sure: bool


def clauses(question: str) -> tuple[Clause, ...]:
    """The parts that ask for words, or may."""
    return tuple(_found(question))


def _found(question: str) -> Iterator[Clause]:
    for sentence in sentences(question):
        start = sentence.start
        edges = [edge.end() + sentence.start for edge in _CLAUSE.finditer(sentence.of(question))]
        for edge in [*edges, sentence.end]:
            said = question[start:edge]
            if _WORDS.search(said) and not _AMOUNT.search(said):
                yield Clause(start, edge, sure=True)
            elif (
                _PERHAPS.match(said)
                and not _tells(question, start, sentence)
                and any(word not in FILLER_WORDS for word in content_words(said))
            ):
                yield Clause(start, edge, sure=False)  # "what I need:" asks nothing by itself
            start = edge


def _tells(question: str, start: int, sentence: Span) -> bool:
    """Whether a part asks nothing and tells more of what was named before: "…, which cools on the way"."""
    inside = start > sentence.start and not question[: sentence.end].endswith("?")
    return inside and re.match(r"\W*(?:which|who|where|when)\b", question[start:], re.IGNORECASE) is not None


def wants_number(text: str) -> bool:
    """Whether the words of a text ask for a number to be worked out, whatever can be done about it."""
    return bool(_NUMBER.search(text))


def blanked(question: str, parts: tuple[Clause, ...]) -> str:
    """The question with these parts turned into spaces, so that every other word keeps its place."""
    for part in parts:
        question = question[: part.start] + " " * (part.end - part.start) + question[part.end :]
    return question
