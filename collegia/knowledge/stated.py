"""Values that documents state: "new commercial steel has a roughness of about 0.045 mm".

A number is taken from a sentence only where nothing else in it could be meant: it names the quantity, has one value of
its dimension, no range and no bound, and speaks of what the question speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from collegia.knowledge.compose import Quote
from collegia.knowledge.records import Hit
from collegia.knowledge.text import asked_words, content_words, related, sentences, stem
from collegia.tools.kinds import Kind
from collegia.tools.quantities import Measure, as_kind, find_quantities, fits

__all__ = ["StatedValue", "asks_documents", "stated_values"]

_DOCUMENTS = re.compile(
    r"\b(?:handbook|hand-book|manual|data ?sheet|specification|spec|procedure|standard practice|rules? of thumb|"
    r"typical|typically|usual|usually|recommended|customary|according to|as (?:stated|given|listed) in|"
    r"(?:from|in) (?:the|our|my) (?:documents?|files?|notes?|report|drawing))\b",
    re.IGNORECASE,
)
_LONGEST = 400  # letters of a sentence that is read for a value
_SYMBOL = 2  # letters of a name that is a symbol, so its case counts
_TAG = re.compile(r"\b[A-Z]{1,4}-?\d{2,5}[A-Z]?\b")  # the name of one piece of equipment: E-101, P2003A
_UNSURE = re.compile(  # a bound, a condition, a negation, the past: the value is not simply what it is
    r"\b(?:below|above|beyond|exceed\w*|less|more|least|most|up to|min(?:imum)?|max(?:imum)?|within|limit\w*|"
    r"not|no|none|never|cannot|neither|nor|rarely|if|when|whenever|unless|until|except|without|should|must|may|might|could|would|"
    r"was|were|had|been|formerly|used to|before|after|once|instead|either|or|half|twice|double\w*)\b|n['’]t\b|[<>≤≥?]",
    re.IGNORECASE,
)
_ABOUT = r"(?:about|approximately|around|roughly|ca\.?|some)?\s*"
_IS = re.compile(  # "the roughness of new commercial steel is about 0.045 mm"
    rf"(?:\s+(?:of|for|in)\s+(?:(?!\b(?:with|whose|and|that|which|is|are|has)\b)[^,;:()]){{1,80}})?"
    rf"\s*(?:is|are|=|:|equals)\s*{_ABOUT}$",
    re.IGNORECASE,
)
_HAS = re.compile(r"\b(?:has|have)\s+(?:an?|the)\s+$", re.IGNORECASE)  # "new commercial steel has a roughness of …"
_OF = re.compile(rf"\s+of\s+{_ABOUT}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StatedValue:
    """A value as a sentence of a document states it.

    Attributes:
        written: the number with its unit, as the document has it.
        value: in the kind's own unit.
        quote: the sentence.
        about: how many words of the question stand in the sentence, the quantity's own name left out.
    """

    written: str
    value: float
    quote: Quote
    about: int


def asks_documents(question: str) -> bool:
    """Whether a question says that a value is to come from documents: "the usual …", "as given in the handbook"."""
    return bool(_DOCUMENTS.search(question))


def stated_values(kind: Kind, question: str, hits: Iterable[Hit], raw: dict[int, str]) -> tuple[StatedValue, ...]:
    """The values of a kind that sentences state and that the question may mean, the nearest first.

    Args:
        kind: of the value that is wanted.
        question: what was asked; its words tell which sentence speaks of the same thing.
        hits: passages to look in.
        raw: the texts of their documents, by the store's number.
    """
    own = {stem(word) for name in _names(kind) for word in content_words(name)}
    tags = set(_TAG.findall(question))
    # units and numbers say nothing of what the sentence speaks of
    said_of = dict.fromkeys(stem(word) for word in asked_words(question) if word.isalpha() and len(word) > 2)
    wanted = [one for one in said_of if one not in own]
    found: list[StatedValue] = []
    for hit in hits:
        passage = hit.passage
        for span in sentences(passage.body):
            said = span.of(passage.body)
            stems = [stem(word) for word in content_words(said)]
            measure = _only(said, kind)
            there = set(_TAG.findall(said))
            if (
                measure is None
                or (there or set(_TAG.findall(passage.heading))) - tags
                or not tags <= (there | set(_TAG.findall(passage.heading)))
            ):
                continue  # several values, or one of another thing
            start, end = passage.start + span.start, passage.start + span.end
            text = raw[passage.document][start:end]
            quote = Quote(hit.name, hit.source, start, end, text, passage.heading)
            about = sum(any(related(one, other) for other in stems) for one in wanted) + len(tags)
            found.append(StatedValue(measure.text, as_kind(measure, kind), quote, about))
    return tuple(sorted(found, key=lambda one: -one.about))


def _names(kind: Kind) -> tuple[str, ...]:
    return (*kind.names, kind.name.replace("_", " "))


def _only(sentence: str, kind: Kind) -> Measure | None:
    """The value that a sentence gives to the quantity, by its name; none where anything else could be meant."""
    if len(sentence) > _LONGEST:
        return None
    measures = [one for one in find_quantities(sentence) if fits(one, kind)]
    if len(measures) != 1 or measures[0].pair or _UNSURE.search(sentence):
        return None
    before = sentence[: measures[0].start]
    for name in _names(kind):
        flags = re.NOFLAG if len(name) <= _SYMBOL else re.IGNORECASE
        for found in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", before, flags):
            between, lead = before[found.end() :], before[: found.start()]
            if _IS.fullmatch(between) or (_OF.fullmatch(between) and _HAS.search(lead)):
                return measures[0]
    return None
