"""Mentions: `@name` in a question says of which domain, by which expert, or from which document it is to be answered.

A mention stands at the start of a word and names something exactly. It is taken out of what is read; where the sentence
needs a word for a document, "the document" stands in its place, since a name may hold numbers and words that would be
read as values. Every other word that begins with @ is left as it is, and noted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import groupby
from typing import Any, Literal

from collegia.knowledge.records import Listed
from collegia.tools.registry import Registry

__all__ = ["NO_MENTIONS", "Mentions", "Names", "Read", "may_mention", "quoted", "read_mentions"]

Sort = Literal["domain", "expert", "document"]

_MENTION = re.compile(r'(?<![^\s(\[{,;:])@(?:"([^"\n]+)"|“([^”\n]+)”|([^\s@"“”,;()\[\]{}<>]++)(?!@))')
_JOINED = re.compile(r"\s*(?:,|&|,?\s*\b(?:and|or)\b)?\s*")
_LED = re.compile(r"(?<!\S)(?P<number>[\d.,]+\s+)?(?P<word>[A-Za-z]+)\s+$")
_TAKEN_OUT = frozenset("using with by via through use ask from of in per on under within".split())
"""Words that lead to a name and say nothing without it."""
_SENTENCE = _TAKEN_OUT | frozenset("to at for see read does do did is are was and or than as like about into".split())
"""Words after which a sentence needs a word for a document."""
_ARTICLES = frozenset("the a an our my your this that their".split())
_EMPTY = re.compile(r"\(\s*\)|\[\s*\]")
_MOST_TOLD = 5  # words that mention nothing and are told of
_LONGEST_TOLD = 40  # letters of such a word


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a question mentions; nothing limits it where a sort is empty.

    Attributes:
        domains: names of those whose experts alone may be planned, the generic ones beside them.
        experts: names of those that have to be called.
        documents: sources of those that alone are read.
        held: whether the experts were mentioned in an earlier question: one that has no part in this is not called.
    """

    domains: tuple[str, ...] = ()
    experts: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    held: bool = False

    def __bool__(self) -> bool:
        return bool(self.domains or self.experts or self.documents)

    def over(self, earlier: Mentions) -> Mentions:
        """What holds for a follow-up: each sort as it says, or else as the question before it said."""
        return Mentions(
            self.domains or earlier.domains,
            self.experts or earlier.experts,
            self.documents or earlier.documents,
            held=not self.experts and bool(earlier.experts),
        )

    @property
    def told(self) -> tuple[str, ...]:
        """What they limit, a sentence for each sort."""
        found = []
        if self.domains:
            found.append(f"only of the {_listed('domain', self.domains)}, as mentioned")
        if self.experts:
            found.append(f"by the {_listed('expert', self.experts)}, as mentioned")
        if self.documents:
            found.append(f"only from the {_listed('document', self.documents)}, as mentioned")
        return tuple(found)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as a run keeps it."""
        said: dict[str, Any] = {
            "domains": list(self.domains), "experts": list(self.experts), "documents": list(self.documents)
        }  # fmt: skip
        return {**said, "held": True} if self.held else said

    @property
    def options(self) -> dict[str, Any]:
        """What a run keeps of them; nothing where there are none."""
        return {"mentions": self.to_dict()} if self else {}

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Mentions:
        """What a run's options keep of them."""
        said = options.get("mentions") or {}
        domains, experts, documents = (tuple(said.get(name, ())) for name in ("domains", "experts", "documents"))
        return cls(domains, experts, documents, held=bool(said.get("held")))


NO_MENTIONS = Mentions()


@dataclass(frozen=True, slots=True)
class Read:
    """A text with its mentions read.

    Attributes:
        typed: as it came.
        text: as it is read; empty where it holds nothing but mentions.
        mentions: what it mentions.
        notes: words that look like a mention and are none, and names that could be two things.
        unknown: the words that look like a mention and are none.
    """

    typed: str
    text: str
    mentions: Mentions = NO_MENTIONS
    notes: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def options(self) -> dict[str, Any]:
        """What a run keeps of it."""
        return {**self.mentions.options, "said": self.typed} if self.mentions else {}


class Names:
    """What can be mentioned.

    Args:
        registry: the domains and experts.
        documents: what the documents are called.
    """

    def __init__(self, registry: Registry, documents: Sequence[Listed] = ()) -> None:
        self._told: dict[str, str] = {name: f"domain: {one.title}" for name, one in registry.domains.items()}
        self._told |= {name: one.card.purpose for name, one in registry.experts.items() if name not in self._told}
        self._found: dict[str, dict[Sort, list[str]]] = {}
        for name in registry.domains:
            self._add(name, "domain", name)
        for name in registry.experts:
            self._add(name, "expert", name)
        for one in documents:
            for name in dict.fromkeys((one.name, one.source)):
                self._add(name, "document", one.source)
            offered = one.name if one.name not in self._told else one.source
            self._told.setdefault(offered, f"document: {one.title or one.source}")

    def _add(self, name: str, sort: Sort, target: str) -> None:
        """Under the name as it is written, and under it in small letters."""
        for key in dict.fromkeys((name, name.casefold())):
            targets = self._found.setdefault(key, {}).setdefault(sort, [])
            if target not in targets:
                targets.append(target)

    @property
    def offered(self) -> Mapping[str, str]:
        """Every name as it is written after the @, with what it is."""
        return {quoted(name): told for name, told in self._told.items()}

    def find(self, name: str) -> Mapping[Sort, Sequence[str]]:
        """What a name stands for: domains and experts by name, documents by source."""
        return self._found.get(name) or self._found.get(name.casefold()) or {}

    def close(self, name: str) -> Sequence[str]:
        """Names that are nearly this one, the nearest first."""
        keys = {key.casefold(): key for key in self._told}
        return [keys[one] for one in get_close_matches(name.casefold(), keys, n=3, cutoff=0.6)]


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    sort: Sort
    targets: tuple[str, ...]


@dataclass
class _Notes:
    told: list[str] = field(default_factory=list)
    unknown: dict[str, None] = field(default_factory=dict)

    def all(self, names: Names) -> Iterator[str]:
        yield from dict.fromkeys(self.told)
        for name in list(self.unknown)[:_MOST_TOLD]:
            close = names.close(name) if len(name) <= _LONGEST_TOLD else ()
            near = f"; close to it: {', '.join('@' + quoted(one) for one in close)}" if close else ""
            yield f"@{_short(name)} names no document, expert or domain{near}"
        if (more := len(self.unknown) - _MOST_TOLD) > 0:
            yield f"{more} more words with @ name no document, expert or domain"


def may_mention(text: str) -> bool:
    """Whether anything in a text looks like a mention."""
    return "@" in text and _MENTION.search(text) is not None


def quoted(name: str) -> str:
    """A name as it is written after the @."""
    match = _MENTION.fullmatch(f"@{name}")
    return name if match is not None and match[3] and name[-1:].isalnum() else f'"{name}"'


def read_mentions(text: str, names: Names) -> Read:
    """Read the mentions of a question.

    Args:
        text: as `read_question` gives it.
        names: what can be mentioned.
    """
    notes = _Notes()
    found = list(_mentions(text, names, notes))

    def of(sort: Sort) -> tuple[str, ...]:
        return tuple(dict.fromkeys(target for one in found if one.sort == sort for target in one.targets))

    mentions = Mentions(of("domain"), of("expert"), of("document"))
    left = _taken_out(text, found) if found else text
    return Read(text, left, mentions, tuple(notes.all(names)), tuple(notes.unknown))


def _mentions(text: str, names: Names, notes: _Notes) -> Iterator[_Found]:
    for match in _MENTION.finditer(text):
        bare = match[3]
        name = bare or match[1] or match[2]
        for said in _endings(bare) if bare else (name,):
            if by_sort := names.find(said):
                sort = next(iter(by_sort))  # a domain goes before an expert, and that before a document
                targets = tuple(by_sort[sort])
                if "document" in by_sort and (sort != "document" or len(targets) > 1):
                    notes.told.append(_several(said, sort, by_sort["document"]))
                yield _Found(match.start(), match.start() + 1 + len(said) if bare else match.end(), sort, targets)
                break
        else:
            # "@20 °C" says at which temperature
            if not bare or not bare.lstrip("+-−.~≈")[:1].isdigit():
                notes.unknown[bare.rstrip(".:!?'’…") if bare else name] = None


def _endings(word: str) -> Iterator[str]:
    """A word, and it without the punctuation behind it: "@pump.", "@pump's"."""
    while word:
        yield word
        if word.endswith(("'s", "’s")):
            word = word[:-2]
        elif word[-1].isalnum():
            return
        else:
            word = word[:-1]


def _several(name: str, sort: Sort, documents: Sequence[str]) -> str:
    sources = ", ".join("@" + quoted(one) for one in documents)
    if sort == "document":
        return f"{len(documents)} documents are called {name}, and all were taken; one alone: {sources}"
    return f"@{name} was taken for the {sort}; the document of that name is {sources}"


def _taken_out(text: str, found: Sequence[_Found]) -> str:
    """The text without the mentions; those that only a comma or an "and" joins go as one."""
    made, place = "", 0
    for _, group in groupby(_numbered(text, found), key=lambda pair: pair[0]):
        together = [one for _, one in group]
        left = text[place : together[0].start]
        place = together[-1].end
        documents = sum(len(one.targets) for one in together if one.sort == "document")
        led = _LED.search(left)
        word = led["word"].lower() if led else ""
        if documents and word in _SENTENCE | _ARTICLES:
            article = "" if word in _ARTICLES else "the "
            made += f"{left}{article}document{'s' if documents > 1 else ''}"
            continue
        if led and word in _TAKEN_OUT and not led["number"]:  # "4 in" is a length
            left = left[: led.start("word")]
        made += left
        place += 2 if text[place : place + 2] in ("'s", "’s") else 0
        if made[-1:].isspace() and not text[place : place + 1].isalnum():
            made = made.rstrip()
    made = _EMPTY.sub("", made + text[place:]).strip().lstrip(",;: \t\n")
    return made if any(one.isalnum() for one in made) else ""


def _numbered(text: str, found: Sequence[_Found]) -> Iterator[tuple[int, _Found]]:
    """The mentions, each with the number of its group."""
    number, end = 0, -1
    for one in found:
        if end >= 0 and not _JOINED.fullmatch(text, end, one.start):
            number += 1
        end = one.end
        yield number, one


def _listed(sort: str, names: Sequence[str]) -> str:
    return f"{sort}{'s' if len(names) > 1 else ''} {', '.join(names)}"


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_TOLD else f"{name[: _LONGEST_TOLD - 1]}…"
