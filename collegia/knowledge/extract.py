"""What a passage is about and which names it mentions, by rules that know no field.

`Extractor` is the interface that a model's extraction goes through as well; that one is awaited.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Protocol

from collegia.knowledge.names import abbreviations, aliases, partial, runs, short_title, subjects
from collegia.knowledge.records import (
    BY_ALIAS,
    BY_FIRST_WORDS,
    BY_HEADING,
    BY_PART,
    BY_SHORT_TITLE,
    BY_TITLE,
    Extract,
    Mention,
    Subject,
)
from collegia.knowledge.relations import relations
from collegia.knowledge.split import blank
from collegia.knowledge.text import key

__all__ = ["AsyncExtractor", "Extractor", "RuleExtractor", "also_called"]

_LONGEST = 300  # characters; what is longer is no name, and would be kept with every passage of its document
_MOST = 40  # other names of one document
_ALSO = re.compile(r"^[^\w\n]*+Also (?:called|known as|named)[^\w\n]*:[^\w\n]*(.+)$", re.IGNORECASE | re.MULTILINE)


class Extractor(Protocol):
    """Anything that finds subjects, names and relations in a passage."""

    def extract(self, title: str, also: tuple[str, ...], heading: str, body: str) -> Extract:
        """What is in a passage.

        Args:
            title: its document's title, empty where it has none.
            also: other names that the document gives what it is about.
            heading: the last heading above the passage.
            body: the passage, markup blanked out.
        """
        ...


class AsyncExtractor(Protocol):
    """The same for what has to wait: a model is asked before anything is written, never within a transaction."""

    async def extract(self, title: str, also: tuple[str, ...], heading: str, body: str) -> Extract:
        """What is in a passage; the arguments are those of `Extractor`."""
        ...


class RuleExtractor:
    """Extraction by form alone: titles, first sentences, capitals, brackets, verbs of cause and effect."""

    def extract(self, title: str, also: tuple[str, ...], heading: str, body: str) -> Extract:
        """What is in a passage."""
        about: dict[str, Subject] = {}

        def note(name: str, weight: float) -> None:
            if len(name) <= _LONGEST and (found := key(name)):
                about.setdefault(found, Subject(" ".join(name.split()), weight))

        guessed = [name.text for name in subjects(body)]
        if title:
            note(title, BY_TITLE)
            note(short_title(title), BY_SHORT_TITLE)
        for name in also:
            note(name, BY_SHORT_TITLE)
        if heading and heading != title:
            note(heading, BY_HEADING)
        for said in guessed:
            note(said, BY_HEADING if title else BY_FIRST_WORDS)
        found = list(runs(body))
        for alias in aliases(body):
            note(alias.text, BY_ALIAS)
        for long, short in abbreviations(body[:400]):
            if key(long.text) in about or key(short.text) in about:
                note(long.text, BY_ALIAS)
                note(short.text, BY_ALIAS)
        for one in ([short_title(title)] if title else []) + guessed:
            for other in partial(one):
                note(other, BY_PART)
        if not about and found and found[0].start < 200 and " " in found[0].text:
            note(found[0].text, BY_HEADING)
        mentions = {key(name.text): Mention(name.text, name.start, name.end) for name in reversed(found)}
        mentions.pop("", None)
        return Extract(tuple(about.values()), tuple(mentions.values()), tuple(relations(body)))


def also_called(text: str) -> tuple[str, ...]:
    """The other names in a line "Also called: …" of a document; the first forty, where there are more."""
    found = _ALSO.search(blank(text))
    if found is None:
        return ()
    names = (" ".join(name.split()).strip(" .*_`\"'“”‘’") for name in re.split(r"[,;]|\band\b", found.group(1)))
    return tuple(islice((name for name in names if 0 < len(name) <= _LONGEST and key(name)), _MOST))
