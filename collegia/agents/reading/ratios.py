"""Ratios of one thing at two values: "k(350 K)/k(330 K)", "the ratio of k at 350 K to k at 330 K".

Which value stands above is said, so nothing is arranged: what stands above is after, what stands below is before. What
such a ratio is, the vocabulary says by a name of the form "k/k".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from collegia.agents.reading.lexicon import Hit, Lexicon
from collegia.agents.reading.tokens import Token, phrase_key
from collegia.agents.reading.types import Said

__all__ = ["Quotient", "above_and_below", "ratios", "with_ratios"]

_NAME = r"(?<![\w/])(?P<name>[^\W\d]\w{0,11}(?: [a-z]{2,12})?)"
_MOST = 8
"""More ratios than this are a table, and no question; each looks through the whole text."""
_AT = r"[^(),;:?]{1,24}"
_FORMS = (
    re.compile(
        rf"(?:\bratio (?:of )?(?:the )?)?{_NAME}\s?\((?P<above>{_AT})\)\s?[/:÷]\s?(?P=name)\s?\((?P<below>{_AT})\)"
    ),
    re.compile(
        rf"(?:\bratio of (?:the )?)?{_NAME} at (?P<above>{_AT}?) (?:over|divided by|relative to|to) "
        rf"(?:that|the one|(?:the )?(?P=name)) at (?P<below>\d\S* ?\S{{1,6}}?)(?=[\s,;?.]|$)"
    ),
    re.compile(
        rf"\bhow many times (?:larger|bigger|greater|higher|faster|as \w+) (?:is|does|will|would) (?:the )?{_NAME} "
        rf"(?:be |run )?at (?P<above>{_AT}?) (?:than|as|compared with|compared to) (?:that )?(?:at )?"
        rf"(?P<below>\d\S* ?\S{{1,6}}?)(?=[\s,;?.]|$)",
        re.IGNORECASE,
    ),
)


@dataclass(frozen=True, slots=True)
class Quotient:
    """A ratio, by its spans: the whole of it, and the values above and below.

    Attributes:
        name: the key of "k/k", by which the vocabulary may know it.
        above, below: the indices of the values.
        text: the whole as it is written.
    """

    name: tuple[str, ...]
    first: int
    last: int
    above: Said
    below: Said
    text: str


def ratios(flat: str, tokens: Sequence[Token], said: Sequence[Said]) -> list[Quotient]:
    """The ratios of a text in which one value stands above and one below."""
    return list(_found(flat, tokens, said))


def _found(flat: str, tokens: Sequence[Token], said: Sequence[Said]) -> Iterator[Quotient]:
    for form in _FORMS:
        for match in islice(form.finditer(flat), _MOST):
            above, below = (
                [item for item in said if item.measure and start <= item.start and item.end <= end]
                for start, end in (match.span("above"), match.span("below"))
            )
            inside = [i for i, token in enumerate(tokens) if match.start() <= token.start and token.end <= match.end()]
            if len(above) == len(below) == 1 and inside:
                name = phrase_key(f"{match['name']} / {match['name']}")
                yield Quotient(name, inside[0], inside[-1], above[0], below[0], match.group())


def with_ratios(hits: Sequence[Hit], found: Sequence[Quotient], lexicon: Lexicon) -> tuple[list[Hit], list[str]]:
    """The hits with each ratio as one name in place of the names in it, and the ratios that no vocabulary knows."""
    kept, unknown = list(hits), []
    for ratio in found:
        names = tuple(entry for entry in lexicon.phrases.get(ratio.name, ()) if entry.role == "name")
        if not names:
            unknown.append(ratio.text)
            continue
        kept = [hit for hit in kept if not ratio.first <= hit.first <= ratio.last or hit.of("word")]
        kept.append(Hit(ratio.first, ratio.last, names))
    return sorted(kept, key=lambda hit: (hit.first, hit.last)), unknown


def above_and_below(found: Sequence[Quotient]) -> None:
    """Place the values of ratios: above is after, below is before."""
    for ratio in found:
        ratio.above.state, ratio.below.state = 1, 0
