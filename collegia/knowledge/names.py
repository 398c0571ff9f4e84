"""Names in a text, found by form alone: capital letters, definitions, abbreviations.

No model and no word list of any field: a name is a run of capitalised words ("Ford Motor Company"), the subject of a
passage's first sentence ("Blade Runner (…) is a film"), or an abbreviation beside what it stands for ("net
positive suction head (NPSH)").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from collegia.knowledge.text import STOP_WORDS, key, words

__all__ = ["Name", "abbreviations", "aliases", "partial", "runs", "short_title", "subjects", "without_initials"]

_JOINING = r"(?:of|the|de|la|le|du|des|del|della|di|da|von|van|der|den|und|and|y|e|in|on|for|at|to|&|al|el|bin|ibn)"
_CAPITAL = r"(?:(?:[A-Z]\.)+|[A-ZÀ-ÖØ-ÞŁŚŠŽČŻİ][\w\u0300-\u036f'’&-]*)"
_RUN = re.compile(rf"(?<![^\W_]){_CAPITAL}(?:(?:\s+{_JOINING}){{0,2}}\s+(?:{_CAPITAL}|[IVX]+\b|\d+\b))*")
_START = re.compile(r"(?:^|[.!?:;]['\"”’)]*\s+|\n\s*|[\"“])$")
_IS = re.compile(
    r"\s*(?:\(|,|\bmay\b|\bis\b|\bwas\b|\bare\b|\bwere\b|\brefers?\b|\bmeans\b|\bdenotes\b|\bserved\b|\bbecame\b|\bhas\b|"
    r"\bhave\b|\bhad\b|\bconsists?\b|;| - | – |\[)"
)
_ABBREVIATED = re.compile(r"\(\s*([A-Z][A-Za-z0-9&-]{1,9})\s*\)")
_LONGEST = 8
_MOST = 200  # characters of a run that may still be a name; a page in capitals is none
_WORD_AND_SPACE = re.compile(r"(\S+)\s+")
_BRACKET = re.compile(r"\([^()]*+\)$")
_NO_SUBJECT = frozenset(
    "starring in on at by from during after before since until when while with within without under for as although "
    "though because if according based born following formally formerly it he she they this these those there his her "
    "their its who which what where".split()
)
_MONTH = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands in a text, at `text[start:end]`."""

    text: str
    start: int
    end: int


def runs(text: str) -> Iterator[Name]:
    """The capitalised runs of a text; a single capitalised word that begins a sentence is no name by itself."""
    for found in _RUN.finditer(text):
        said = found.group().rstrip(".,'’-&_ ")
        for suffix in ("'s", "’s"):
            said = said.removesuffix(suffix)
        cut = 0
        while (word := _WORD_AND_SPACE.match(said, cut)) and word.group(1).casefold() in STOP_WORDS:
            cut = word.end()
        start, said = found.start() + cut, said[cut:]
        if not 2 <= len(said) <= _MOST or said.casefold() in STOP_WORDS:
            continue
        if " " not in said and said[1:].islower() and _START.search(text[max(0, start - 4) : start]):
            continue
        yield Name(said, start, start + len(said))


def subjects(text: str) -> Iterator[Name]:
    """What a passage is about, guessed from how it begins: what stands before "(", a comma or "is"."""
    head = text[:240]
    end = _IS.search(head)
    if end is None or not 2 <= end.start() <= 90:
        return
    said = head[: end.start()].strip(" \"'“”‘’`*_#\n")
    if not said:
        return
    start = head.index(said)
    first, _, rest = said.partition(" ")
    if first.casefold() in {"the", "a", "an"} and rest:
        said = rest.lstrip()
        start = head.index(said, start + len(first))
        if " " not in said and said.islower():  # "The film is …": which one is not said
            return
    parts = said.split()
    capitals = sum(part[0].isupper() or part[0].isdigit() for part in parts)
    if first.casefold() in _NO_SUBJECT and all(part[0].isdigit() or _MONTH.match(part) for part in parts[1:]):
        return  # "In May 1910, …"
    if first.casefold() in _NO_SUBJECT and (capitals < 2 or 2 * capitals <= len(parts)):
        return
    if (len(parts) > 3 and 2 * capitals < len(parts)) or len(parts) > _LONGEST + 2:
        return
    if key(said) in STOP_WORDS or not key(said):
        return
    yield Name(said, start, start + len(said))


def short_title(title: str) -> str:
    """A title without the bracket or the part after a comma that tells it from others of its name."""
    said = title.strip()
    found = _BRACKET.search(said)
    return said[: found.start()].rstrip() if found and found.start() else said or title


def abbreviations(text: str) -> Iterator[tuple[Name, Name]]:
    """Pairs of what is abbreviated and its abbreviation: "net positive suction head (NPSH)"."""
    for found in _ABBREVIATED.finditer(text):
        letters = [letter.casefold() for letter in found.group(1) if letter.isupper()]
        before = list(re.finditer(r"[A-Za-z]+", text[max(0, found.start() - 120) : found.start()]))
        offset = max(0, found.start() - 120)
        for count in range(len(letters), min(len(letters) + 3, len(before)) + 1):
            taken = before[-count:]
            initials = [word.group()[0].casefold() for word in taken if word.group() not in STOP_WORDS]
            if initials[: len(letters)] == letters and len(letters) >= 2:
                start, end = offset + taken[0].start(), offset + taken[-1].end()
                yield Name(text[start:end], start, end), Name(found.group(1), found.start(1), found.end(1))
                break


_KNOWN_AS = re.compile(
    r"(?:\b(?:(?:known|billed|credited|referred to|published|released)\s+(?:\w+ly\s+)?(?:\w+\s+)?as"
    r"|aka|a\.k\.a\.|called|named|nicknamed|titled|stage name|pen name|ring name|English(?: language)?|(?<=, )or)"
    r"(?![\w-])|\(\s*born)\s*(?:the\s+|simply\s+|:\s*)*[\"“'‘]?\s*"
    rf"({_RUN.pattern})"
)
_TITLES = frozenset("sir dame lord lady dr prof saint st king queen prince princess jr sr ii iii iv".split())


def aliases(text: str) -> Iterator[Name]:
    """Other names that the beginning of a passage gives its subject: "known as …", "(English: …)", "born …"."""
    head = text[:400]
    for found in _KNOWN_AS.finditer(head):
        said = found.group(1).rstrip(".,'’-& ")
        if len(said) > 2 and not _MONTH.match(said):
            yield Name(said, found.start(1), found.start(1) + len(said))


def partial(name: str) -> list[str]:
    """Shorter forms of a name of three words or more: without its middle, its initials, its first or its last.

    Two words only: the first and the last, the first two, the last two, and each one within with the last. They are
    spelt as the name is.
    """
    said = [(key(word) or word.casefold(), word) for word in words(name)]
    if len(said) > 1 and said[0][0] in {"the", "a", "an"}:
        said = said[1:]
    parts = [one for one in said if len(one[0]) > 1 and one[0] not in _TITLES]
    if len(parts) == 2 and len(said) > 2:
        pairs = [tuple(parts)]
    elif 3 <= len(parts) <= 5:
        pairs = [tuple(parts[:2]), *((part, parts[-1]) for part in parts[:-1])]
    else:
        return []
    found = {f"{left[0]} {right[0]}": f"{left[1]} {right[1]}" for left, right in pairs}
    return [spelt for keys, spelt in found.items() if not any(part in STOP_WORDS for part in keys.split())]


def without_initials(said: str) -> str:
    """A key of a name without single letters; empty where nothing changes or too little is left."""
    parts = said.split()
    kept = [part for part in parts if len(part) > 1 or part.isdigit()]
    return " ".join(kept) if 2 <= len(kept) < len(parts) else ""
