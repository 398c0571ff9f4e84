"""Background that a small model writes for another one: only its sentences that are to the point, short, and supported.

A sentence is dropped where it shares too little with the question, where it has a number or a name that neither the
question nor the results nor the documents have, and where there is no room left. Each drop is kept with its reason.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from pydantic import BaseModel, ConfigDict

from collegia.agents.guard import Grounds, guard
from collegia.knowledge.names import runs
from collegia.knowledge.text import sentences
from collegia.tools.routing.index import content_words

__all__ = ["Background", "Dropped", "sifted"]

_RELEVANT = 2
"""Words that a sentence must have of the question, or of what is known to be about it."""
_ROOT = 4
"""Letters by which words are compared: "fouls", "fouling". No stemmer need be installed for this."""
_BYTES_A_TOKEN = 3.0


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Dropped(_Frozen):
    """A sentence that was left out, and why."""

    text: str
    why: str


class Background(_Frozen):
    """What one expert wrote for another, sifted."""

    writer: str
    reader: str
    kept: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()

    @property
    def note(self) -> str:
        """One sentence on what became of it."""
        said = f"{self.reader} was given background by {self.writer}: {len(self.kept)} sentences kept"
        if not self.dropped:
            return said
        reasons = "; ".join(f"{one.text!r}: {one.why}" for one in self.dropped)
        return f"{said}, {len(self.dropped)} dropped ({reasons})"


def sifted(
    written: str, question: str, support: Sequence[str], most_tokens: int, *, writer: str, reader: str
) -> Background:
    """What is left of a background.

    Args:
        written: by the small model.
        question: that it is for.
        support: texts that its numbers and names may come from, beside the question.
        most_tokens: how long it may be, by an estimate.
        writer: the expert that wrote it.
        reader: the expert that it is for.
    """
    said = [" ".join(span.of(written).split()) for span in sentences(written)]
    texts = (question, *support)
    dropped = {place: why for place, one in enumerate(said) if (why := _fault(one, said[:place], texts))}
    near = _near([one for place, one in enumerate(said) if place not in dropped], question, support)
    dropped |= {
        place: "it is not to the point" for place, one in enumerate(said) if place not in dropped and one not in near
    }
    room = most_tokens
    kept: set[int] = set()
    # The most relevant go first into what room there is; they are read in the order in which they were written.
    for place in sorted(set(range(len(said))) - dropped.keys(), key=lambda one: (-_shared(said[one], question), one)):
        if (needs := math.ceil(len(said[place].encode()) / _BYTES_A_TOKEN)) <= room:
            kept.add(place)
            room -= needs
        else:
            dropped[place] = f"it is too long for what is left of {most_tokens} tokens"
    return Background(
        writer=writer,
        reader=reader,
        kept=tuple(said[place] for place in sorted(kept)),
        dropped=tuple(Dropped(text=said[place], why=dropped[place]) for place in sorted(dropped)),
    )


def _near(said: Sequence[str], question: str, support: Sequence[str]) -> set[str]:
    """The sentences that are about a question: by its words, the texts that go with it, and sentences found before."""
    known = frozenset(root for text in (question, *support) for root in _roots(text))
    enough = min(_RELEVANT, len(_roots(question)))
    found: set[str] = set()
    while more := {one for one in said if one not in found and len(known & _roots(one)) >= enough}:
        found |= more
        known |= {root for one in more for root in _roots(one)}
    return found


def _shared(sentence: str, question: str) -> int:
    return len(_roots(sentence) & _roots(question))


def _roots(text: str) -> frozenset[str]:
    return frozenset(word[:_ROOT] for word in content_words(text))


def _fault(sentence: str, before: Sequence[str], texts: tuple[str, ...]) -> str:
    """Why a sentence cannot stand, whatever it is about; empty where it can."""
    if sentence in before:
        return "it is said already"
    if strays := guard(sentence, Grounds(texts=texts)).strays:
        return f"nothing supports {', '.join(one.text for one in strays)}"
    if names := list(_new_names(sentence, " ".join(texts))):
        return f"nothing supports {', '.join(names)}"
    return ""


def _new_names(sentence: str, texts: str) -> Iterator[str]:
    """Names by their capitals that no text has; one word that begins the sentence may be any word."""
    known = set(re.findall(r"\w+", texts.casefold()))
    for name in runs(sentence):
        if not known.issuperset(re.findall(r"\w+", name.text.casefold())):
            yield name.text
