"""How passages are put before a model: as data between two marks that the text itself cannot write."""

from __future__ import annotations

from collegia.knowledge.records import Hit
from collegia.knowledge.split import shown
from collegia.knowledge.text import content_words, sentences, stem

__all__ = ["excerpt", "fenced", "listed"]


def fenced(what: str, text: str) -> str:
    """A text between `<what>` and `</what>`; where it has such a mark itself, the marks are made longer."""
    mark = what
    while f"<{mark}>" in text or f"</{mark}>" in text:
        mark += "-text"
    return f"<{mark}>\n{text}\n</{mark}>"


def listed(what: str, items: list[str], first: int = 1) -> str:
    """Numbered items, each on a line of its own, fenced."""
    return fenced(what, "\n".join(f"[{number}] {' '.join(one.split())}" for number, one in enumerate(items, first)))


def excerpt(hit: Hit, question: str, most: int) -> str:
    """Where a passage is from, and as many of its sentences as fit: those with the most words of a question."""
    body = hit.passage.body
    place = " › ".join(filter(None, (hit.name, hit.passage.heading)))
    if len(said := shown(body)) > most:
        wanted = {stem(word) for word in content_words(question)}
        spans = list(sentences(body))
        counts = [len(wanted & {stem(word) for word in content_words(span.of(body))}) for span in spans]
        kept: list[int] = []
        left = most
        for one in sorted(range(len(spans)), key=lambda one: (-counts[one], one)):
            if spans[one].end - spans[one].start <= left:
                kept.append(one)
                left -= spans[one].end - spans[one].start
        said = " … ".join(shown(spans[one].of(body)) for one in sorted(kept)) or said[:most]
    return f"{place}: {said}"
