"""The vocabulary that the installed domains declare, compiled once for fast look-up in a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple
from weakref import WeakKeyDictionary

from collegia.agents.reading.tokens import Token, phrase_key
from collegia.tools.kinds import Kind, Value
from collegia.tools.registry import Registry
from collegia.tools.units import dimension

__all__ = ["Entry", "Hit", "Lexicon", "lexicon_of"]

Role = Literal["name", "hint", "word", "ambiguous", "start", "end", "side", "method", "implies"]


class Entry(NamedTuple):
    """What a phrase may be."""

    role: Role
    subject: str
    """The kind's name, the slot, the expert, or the domain phrase, by role."""
    value: Value | None = None


class Hit(NamedTuple):
    """A phrase of the vocabulary found in a text: token range and all that it may be."""

    first: int
    last: int
    entries: tuple[Entry, ...]

    def of(self, role: Role) -> tuple[Entry, ...]:
        """The entries with that role."""
        return tuple(entry for entry in self.entries if entry.role == role)


@dataclass(eq=False)
class Lexicon:
    """Phrases by their comparable form, kinds by dimension, kinds by parent."""

    registry: Registry
    phrases: dict[tuple[str, ...], list[Entry]] = field(default_factory=lambda: defaultdict(list))
    things: dict[tuple[str, ...], list[Entry]] = field(default_factory=lambda: defaultdict(list))
    openings: dict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))
    """Kinds by the first word of their names."""
    longest: int = 1
    by_dimension: dict[str, list[Kind]] = field(default_factory=lambda: defaultdict(list))
    finders: list[Kind] = field(default_factory=list)
    children: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, phrase: str, entry: Entry) -> None:
        """Take up one phrase."""
        key = phrase_key(phrase)
        if key and entry not in self.phrases[key]:
            self.phrases[key].append(entry)
            if entry.role in ("word", "ambiguous") and self.registry.kinds[entry.subject].subject:
                self.things[key].append(entry)
            self.longest = max(self.longest, len(key))

    def scan(self, tokens: Sequence[Token]) -> Iterator[Hit]:
        """Every longest phrase at every place; shorter ones inside a longer one are not given."""
        covered = -1
        for hit in self._longest(self.phrases, tokens):
            if hit.last > covered:
                covered = hit.last
                yield hit

    def scan_things(self, tokens: Sequence[Token]) -> Iterator[Hit]:
        """Names of things, those inside longer phrases too: the steam of "steam demand"."""
        covered = -1
        for hit in self._longest(self.things, tokens):
            if hit.first > covered:
                covered = hit.last
                yield hit

    def _longest(self, phrases: Mapping[tuple[str, ...], list[Entry]], tokens: Sequence[Token]) -> Iterator[Hit]:
        """The longest phrase that begins at each place, where one does."""
        words = [index for index, token in enumerate(tokens) if token.text != "-"]
        for place, first in enumerate(words):
            for length in range(min(self.longest, len(words) - place), 0, -1):
                span = words[place : place + length]
                if found := phrases.get(tuple(tokens[i].key for i in span)):
                    yield Hit(first, span[-1], tuple(found))
                    break

    def descendants(self, kind: str) -> Iterator[str]:
        """The kinds below a kind."""
        for child in self.children.get(kind, ()):
            yield child
            yield from self.descendants(child)


_compiled: WeakKeyDictionary[Registry, tuple[int, Lexicon]] = WeakKeyDictionary()


def lexicon_of(registry: Registry) -> Lexicon:
    """The compiled vocabulary of a registry, made anew when domains were added."""
    size = len(registry.experts)
    known = _compiled.get(registry)
    if known is not None and known[0] == size:
        return known[1]
    made = _compile(registry)
    _compiled[registry] = (size, made)
    return made


def _compile(registry: Registry) -> Lexicon:
    lexicon = Lexicon(registry)
    for kind in registry.kinds.values():
        for name in (*kind.names, kind.name.replace("_", " ")):
            key = phrase_key(name)
            if key and key[0] == "of":
                continue  # "how many kmol/h of vapour" is read by the first word of "vapour flow"
            lexicon.add(name, Entry("name", kind.name))
            lexicon.openings[key[:1]].add(kind.name)
        for hint in kind.hints:
            lexicon.add(hint, Entry("hint", kind.name))
        for word, value in kind.words.items():
            lexicon.add(word, Entry("word", kind.name, value))
        for word, question in kind.ambiguous.items():
            lexicon.add(word, Entry("ambiguous", kind.name, question))
        if kind.unit is not None:
            lexicon.by_dimension[dimension(kind.unit)].append(kind)
        if kind.find is not None:
            lexicon.finders.append(kind)
        if kind.parent is not None:
            lexicon.children[kind.parent.name].append(kind.name)
    for domain in registry.domains.values():
        for word in domain.start:
            lexicon.add(word, Entry("start", ""))
        for word in domain.end:
            lexicon.add(word, Entry("end", ""))
        for side in domain.sides:
            for word in side.words:
                lexicon.add(word, Entry("side", side.slot))
        for phrase, stated in domain.implies.items():
            for kind_name, value in stated.items():
                lexicon.add(phrase, Entry("implies", kind_name, value))
    for expert in registry.experts.values():
        for method in expert.card.methods:
            lexicon.add(method, Entry("method", expert.name))
    return lexicon
