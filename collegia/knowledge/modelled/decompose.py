"""A question taken apart into questions for one fact each, which are searched for."""

from __future__ import annotations

from collegia.knowledge.modelled.talk import Talk
from collegia.knowledge.modelled.telling import fenced
from collegia.knowledge.text import content_words, key, stem

__all__ = ["MOST_QUESTIONS", "about", "decompose"]

MOST_QUESTIONS = 4
_LONGEST = 200  # characters of a part


async def decompose(talk: Talk, question: str) -> list[str]:
    """The parts of a question, at most four; none where it is its own part or the model gives none.

    A part that shares no word with the question is about something else, and is left out with a note.
    """
    part = {"type": "string", "minLength": 1, "maxLength": _LONGEST}
    form = {"questions": {"type": "array", "items": part, "minItems": 1, "maxItems": MOST_QUESTIONS}}
    reply = await talk.ask("decompose", fenced("question", question), form)
    if reply is None:
        return []
    said: dict[str, str] = {}
    for one in reply["questions"]:
        said.setdefault(key(one), " ".join(one.split()))
    said.pop(key(question), None)
    parts = [one for one in said.values() if about(one, question)]
    if len(parts) < len(said):
        talk.notes.append(f"{len(said) - len(parts)} parts of the question had no word of it, and were left out")
    return parts


def about(query: str, *texts: str) -> bool:
    """Whether a query that a model wrote shares a word with what it was shown."""
    shown = {stem(word) for text in texts for word in content_words(text)}
    return any(stem(word) in shown for word in content_words(query))
