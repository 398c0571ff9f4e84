"""Plain text: words, keys, sentences. What every other module of this room reads text with."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

__all__ = [
    "FILLER_WORDS",
    "STOP_WORDS",
    "Span",
    "asked_words",
    "content_words",
    "key",
    "related",
    "sentences",
    "stem",
    "words",
]

STOP_WORDS = frozenset(
    "a an and are as at be been being but by can could did do does doing done for from had has have having he her hers "
    "him his how i if in into is it its itself me my no nor not of on one or our ours out own same she should so some "
    "such than that the their theirs them then there these they this those through to too under until up us very was "
    "we were what when where which while who whom whose why will with would you your yours also am because both did "
    "each get give gives got just let may might more most much must off only other over per shall since tell".split()
)

# words of a question that tell how to answer and not what about
FILLER_WORDS = frozenset(
    "about across actually again allow another answer around ask asked away back become becomes better big bring call "
    "case change changes come comes connect create creates danger decide decides describe difference different "
    "difficult document documents end ends even exactly explain find first gets go goes going good happen happens help "
    "helps instead keep keeps kind know last leave less like link links look made make makes many mean means mechanism "
    "mend mine my name need needed needs new now old once part people phenomena place point problem put question "
    "rather reason reasons right run same say says second see show side sides something still take takes thing things "
    "third though three time times told trace trick tricks true try turn two use used uses usual usually want way ways "
    "well went work works worse year years actually really truly simply basically opposed compared strongly badly "
    "easily clearly".split()
)

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ABBREVIATIONS = frozenset(
    "e.g i.e etc vs mr mrs ms dr st no fig eq approx ca cf al jr sr prof gen col inc ltd co corp dept est vol pp ed "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
# a run of full stops is tried from its first one only, so that a million of them cost a million steps
_ENDS = re.compile(r"(?<![.!?])[.!?]++[\"'”’)\]]*+(?=\s|$)|\n\s*\n|\n(?=\s*(?:[-*+]\s|\d+[.)]\s|#|\|))|\n(?<=\|\n)")
_BEFORE = re.compile(r"\s*(?:(?:[-*+•]|\d{1,2}[.)])\s+)*\s*")  # list marks and white space before a sentence
_NUMBER = re.compile(r"\s*(?:[-*+•]\s+)*\d{1,2}")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text: `text[start:end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The piece itself."""
        return text[self.start : self.end]


def words(text: str) -> list[str]:
    """The words of a text as they stand, punctuation left out."""
    return _WORD.findall(text)


def key(text: str) -> str:
    """What two spellings of one name share: case, accents, punctuation and a leading article left out."""
    if not text.isascii():  # bare before and after: to sort a long heap of accents takes the square of its length
        text = _bare(unicodedata.normalize("NFKD", _bare(text)))
    found = [_possessive(word) for word in _WORD.findall(text.casefold())]
    if len(found) > 1 and found[0] in {"the", "a", "an"}:
        found = found[1:]
    return " ".join(found)


def _bare(text: str) -> str:
    return "".join(c for c in text if not unicodedata.combining(c))


def _possessive(word: str) -> str:
    """ "newton's" without its ending; other apostrophes are left out."""
    if word.endswith(("'s", "’s")):
        word = word[:-2]
    return word.replace("'", "").replace("’", "")


def content_words(text: str) -> list[str]:
    """The words of a text in small letters that say what it is about."""
    found = (word.casefold().replace("’", "'") for word in _WORD.findall(text))
    return [word for said in found if (word := said.removesuffix("'s")) not in STOP_WORDS and not word.endswith("n't")]


def asked_words(text: str) -> list[str]:
    """The words of a question that say what it is about, those that only say how to answer left out."""
    found = content_words(text)
    return [word for word in found if word not in FILLER_WORDS] or found


def sentences(text: str) -> Iterator[Span]:
    """The sentences of a text, list items and table rows among them, without the white space around them."""
    start = 0
    for mark in _ENDS.finditer(text):
        if mark.group()[0] == "." and (_inside(text, mark) or _numbered(text, start, mark.start())):
            continue
        if (span := _trimmed(text, start, mark.end())) is not None:
            yield span
        start = mark.end()
    if (span := _trimmed(text, start, len(text))) is not None:
        yield span


def _numbered(text: str, start: int, dot: int) -> bool:
    """Whether a full stop belongs to the number of a list's item."""
    return dot - start <= 24 and _NUMBER.fullmatch(text, start, dot) is not None


def _inside(text: str, mark: re.Match[str]) -> bool:
    """Whether a full stop belongs to an abbreviation or an initial, and the sentence goes on."""
    dot = mark.start()
    before = re.search(r"[^\s(]*$", text[max(0, dot - 12) : dot])
    word = before.group().casefold() if before else ""
    after = text[mark.end() : mark.end() + 2].strip()
    unit = re.search(r"\d\s*$", text[max(0, dot - 4) : dot - 1])  # "at 300 K." ends a sentence, "J. Smith" does not
    initial = len(word) == 1 and text[dot - 1].isupper() and unit is None
    if word in _ABBREVIATIONS or initial:
        return True
    return bool(after) and after[0].islower()


def _trimmed(text: str, start: int, end: int) -> Span | None:
    start = _BEFORE.match(text, start, end).end()  # type: ignore[union-attr]  # it matches the empty text too
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if end > start else None


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its English ending (Porter's second algorithm)."""
    return str(_stemmer().stemWord(word))


_own = threading.local()  # a stemmer works on the word within itself: two threads would mix up theirs


def _stemmer() -> Any:
    if not hasattr(_own, "stemmer"):
        import snowballstemmer

        _own.stemmer = snowballstemmer.stemmer("english")
    return _own.stemmer


def related(one: str, other: str) -> bool:
    """Whether two stems are of one family, as director and directed are: alike in their first five letters."""
    shared = min(len(one), len(other))
    if one == other:
        return True
    return shared >= 4 and one[: min(5, shared)] == other[: min(5, shared)]
